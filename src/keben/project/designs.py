"""The designs that a project can choose: Keben's, and its own in ``styles/designs``.

A design is a folder of style sheets with a ``design.toml``, and may have a folder of templates of the same name.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from keben.core.design import CANONS, Design, Margins, Sections
from keben.core.errors import Finding, Place
from keben.core.lengths import millimetres
from keben.core.paper import Openings
from keben.core.toml.schema import Table, Text, checked, read_toml
from keben.project.filenames import leads_out
from keben.project.files import OUTSIDE_ADVICE, read_text
from keben.project.themefolders import default_folder

FOLDER = "designs"
"""Below ``styles`` and ``templates``."""

FILE = "design.toml"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")


def _part(text: str) -> float:
    over, _, under = text.partition("/")
    return float(over) / float(under or 1)


Part = Annotated[
    str,
    checked(
        lambda text: re.fullmatch(r"\d{1,3}(\.\d+)?/[1-9]\d{0,2}|0?\.\d+", text) and 0 < _part(text) < 0.5,
        "Write a part of the page below a half, such as “1/9”.",
    ),
]


class _Parts(Table):
    inner: Part
    top: Part
    outer: Part
    bottom: Part


class _DesignFile(Table):
    """``design.toml``."""

    canon: Annotated[str, checked(CANONS.__contains__, f"Use one of {', '.join(CANONS)}.")] | None = None
    margins: _Parts | None = None
    body: Annotated[Text, checked(millimetres, "Write it in points: “10.5pt”.")] = "10.5pt"
    leading: Annotated[float, Field(ge=1, le=4, strict=False)] = 1.7
    longest: Annotated[int, Field(ge=5, le=80)] = 40
    openings: Openings = "recto"
    sections: Sections = "plain"


def designs_of(root: Path) -> tuple[Mapping[str, Design], tuple[Finding, ...]]:
    """Keben's designs with those of the project at ``root`` over them, by name; and what is wrong in its own."""
    own = root / "styles" / FOLDER
    known = dict(default_designs())
    findings: list[Finding] = []
    if not own.is_dir() or own.resolve() == (default_folder() / "styles" / FOLDER).resolve():
        return known, ()
    if leads_out(own, root):
        message = "This link leaves the project."
        return known, (Finding(Place(f"styles/{FOLDER}"), "outside-path", message, OUTSIDE_ADVICE),)
    for path in sorted(own.glob(f"*/{FILE}")):
        if _NAME.fullmatch(path.parent.name) and not leads_out(path, root):
            design, problems = _read(path, f"styles/{FOLDER}/{path.parent.name}/{FILE}")
            findings += problems
            known |= {design.name: design} if design else {}
    return known, tuple(findings)


@cache
def default_designs() -> Mapping[str, Design]:
    """The designs that Keben has.

    Raises:
        MachineError: the installation has no default theme.
    """
    folder = default_folder() / "styles" / FOLDER
    read = (_read(path, path.name)[0] for path in sorted(folder.glob(f"*/{FILE}")))
    return {design.name: design for design in read if design}


def _read(path: Path, shown: str) -> tuple[Design | None, tuple[Finding, ...]]:
    text, findings = read_text(path, shown)
    file = None
    if text is not None:
        file, _, findings = read_toml(text, shown, _DesignFile)
    if file is None:
        return None, findings
    margins = CANONS[file.canon or "paperback"]
    if parts := file.margins:
        margins = Margins(_part(parts.inner), _part(parts.top), _part(parts.outer), _part(parts.bottom))
    name = path.parent.name
    return (
        Design(name, margins, file.body, file.leading, file.longest, file.openings, file.sections),
        (),
    )


def unknown_design(name: str, known: Iterable[str], place: Place) -> Finding:
    """That a book names a design that there is not."""
    known = sorted(known)
    near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
    advice = f"Did you mean “{near[0]}”?" if near else f"Use one of {', '.join(known)}."
    return Finding(place, "design", f"“{name[:40]}” is not a design.", advice)
