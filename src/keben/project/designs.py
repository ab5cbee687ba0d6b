"""The designs that a project can choose: Keben's, and its own in ``styles/designs``.

A design is a folder of style sheets with a ``design.toml``, and may have a folder of templates of the same name.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from keben.core.design import Design
from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.project.filenames import leads_out
from keben.project.files import OUTSIDE_ADVICE, read_text
from keben.project.themefolders import default_folder

FOLDER = "designs"
"""Below ``styles`` and ``templates``."""

FILE = "design.toml"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True, slots=True)
class DesignText:
    """A ``design.toml`` as it was read."""

    name: str
    """The design's."""
    shown: str
    """What messages call the file."""
    text: str


def design_texts(root: Path) -> tuple[tuple[DesignText, ...], tuple[Finding, ...]]:
    """The files of Keben's designs, and then of those of the project at ``root``; and which of these are not read.

    Raises:
        MachineError: the installation has no default theme.
    """
    own = root / "styles" / FOLDER
    texts = [*_default_texts()]
    if not own.is_dir() or own.resolve() == (default_folder() / "styles" / FOLDER).resolve():
        return tuple(texts), ()
    if leads_out(own, root):
        message = wording("This link leaves the project.")
        return tuple(texts), (Finding(Place(f"styles/{FOLDER}"), "outside-path", message, OUTSIDE_ADVICE),)
    findings: list[Finding] = []
    for path in sorted(own.glob(f"*/{FILE}")):
        if _NAME.fullmatch(path.parent.name) and not leads_out(path, root):
            shown = f"styles/{FOLDER}/{path.parent.name}/{FILE}"
            text, problems = read_text(path, shown)
            findings += problems
            texts += [] if text is None else [DesignText(path.parent.name, shown, text)]
    return tuple(texts), tuple(findings)


def _default_texts() -> Iterator[DesignText]:
    folder = default_folder() / "styles" / FOLDER
    for path in sorted(folder.glob(f"*/{FILE}")):
        text, _ = read_text(path, path.name)
        if text is not None:
            yield DesignText(path.parent.name, path.name, text)


def read_designs(texts: Iterable[DesignText]) -> tuple[Mapping[str, Design], tuple[Finding, ...]]:
    """Designs by name, of two of one name the last; and what is wrong in their files."""
    # A build whose settings are kept reads none.
    from keben.project.designfile import read_design

    known: dict[str, Design] = {}
    findings: list[Finding] = []
    for each in texts:
        design, problems = read_design(each.text, each.shown, each.name)
        findings += problems
        known |= {design.name: design} if design else {}
    return known, tuple(findings)


def designs_of(root: Path) -> tuple[Mapping[str, Design], tuple[Finding, ...]]:
    """Keben's designs with those of the project at ``root`` over them, by name; and what is wrong in its own."""
    texts, findings = design_texts(root)
    known, problems = read_designs(texts)
    return known, (*findings, *problems)


@cache
def default_designs() -> Mapping[str, Design]:
    """The designs that Keben has.

    Raises:
        MachineError: the installation has no default theme.
    """
    return read_designs(_default_texts())[0]


def unknown_design(name: str, known: Iterable[str], place: Place) -> Finding:
    """That a book names a design that there is not."""
    known = sorted(known)
    near = difflib.get_close_matches(name.lower(), known, 1, 0.6)
    advice = (
        wording("Did you mean “{near}”?", near=near[0])
        if near
        else wording("Use one of {known}.", known=series(known))
    )
    return Finding(place, "design", wording("“{name}” is not a design.", name=name[:40]), advice)
