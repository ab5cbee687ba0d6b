"""The schema of a ``design.toml``."""

import re
from typing import Annotated

from pydantic import Field

from keben.core.design import CANONS, Design, Margins, Sections
from keben.core.errors import Finding
from keben.core.lengths import millimetres
from keben.core.paper import Openings
from keben.core.saying import series, wording
from keben.core.toml.schema import Table, Text, checked, read_toml


def _part(text: str) -> float:
    over, _, under = text.partition("/")
    return float(over) / float(under or 1)


Part = Annotated[
    str,
    checked(
        lambda text: re.fullmatch(r"\d{1,3}(\.\d+)?/[1-9]\d{0,2}|0?\.\d+", text) and 0 < _part(text) < 0.5,
        wording("Write a part of the page below a half, such as “1/9”."),
    ),
]


class _Parts(Table):
    inner: Part
    top: Part
    outer: Part
    bottom: Part


class _DesignFile(Table):
    """``design.toml``."""

    canon: (
        Annotated[str, checked(CANONS.__contains__, wording("Use one of {canons}.", canons=series(CANONS)))]
        | None
    ) = None
    margins: _Parts | None = None
    body: Annotated[Text, checked(millimetres, wording("Write it in points: “10.5pt”."))] = "10.5pt"
    leading: Annotated[float, Field(ge=1, le=4, strict=False)] = 1.7
    longest: Annotated[int, Field(ge=5, le=80)] = 40
    openings: Openings = "recto"
    sections: Sections = "plain"


def read_design(text: str, shown: str, name: str) -> tuple[Design | None, tuple[Finding, ...]]:
    """Read the design of a name; ``shown`` is what messages call its file."""
    file, _, findings = read_toml(text, shown, _DesignFile)
    if file is None:
        return None, findings
    margins = CANONS[file.canon or "paperback"]
    if parts := file.margins:
        margins = Margins(_part(parts.inner), _part(parts.top), _part(parts.outer), _part(parts.bottom))
    return (
        Design(name, margins, file.body, file.leading, file.longest, file.openings, file.sections),
        (),
    )
