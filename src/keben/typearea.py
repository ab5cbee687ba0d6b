"""The type area as ``book.toml`` says it: [print], and what an edition says anew in [editions.NAME.print]."""

import re
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from keben.errors import Finding, Place
from keben.model import Kinsoku, NamedFont, TypeArea, Writing
from keben.schema import Table, Text
from keben.tomlplaces import KeyPath

Locate = Callable[[KeyPath], Place]

POINT = 25.4 / 72
"""Millimetres."""

_MM = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": POINT}
_TRIMS = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B5": (176.0, 250.0),
    "B6": (125.0, 176.0),
}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt)")


class PrintTable(Table):
    """[print]."""

    trim: Text = "A5"
    body: Text = "10.5pt"
    leading: Annotated[float, Field(ge=1, le=4, strict=False)] = 1.7
    measure: Annotated[int, Field(ge=5, le=80)] = 27
    lines: Annotated[int, Field(ge=5, le=80)] = 26
    kinsoku: Kinsoku = "gb"
    latin: str = ""


def type_area(
    table: PrintTable,
    own: PrintTable | None,
    writing: Writing,
    edition: str,
    locate: Locate,
    findings: list[Finding],
) -> TypeArea:
    """An edition's type area. ``own`` is what it says anew.

    Columns that nobody counted fill the area that [print] gives to horizontal lines.
    """
    said = own.model_fields_set if own else frozenset()
    merged = table.model_copy(update={name: getattr(own, name) for name in said})

    def place(key: str) -> Place:
        return locate(("editions", edition, "print", key) if key in said else ("print", key))

    trim = _trim(merged.trim, place("trim"), findings)
    body = _length(merged.body)
    if not body:
        advice = "Write it in points: “10.5pt”."
        findings.append(Finding(place("body"), "body-size", f"“{merged.body}” is not a type size.", advice))
        body = 10.5 * POINT
    measure, lines = merged.measure, merged.lines
    if writing == "vertical":
        measure, lines = turned(table.measure, table.lines, merged.leading)
        measure = merged.measure if "measure" in said else measure
        lines = merged.lines if "lines" in said else lines
    latin = NamedFont(merged.latin, place("latin")) if merged.latin else None
    return TypeArea(*trim, round(body / POINT, 3), merged.leading, measure, lines, merged.kinsoku, latin)


def turned(measure: int, lines: int, leading: float) -> tuple[int, int]:
    """Characters in a column, and columns, that fill an area of horizontal lines; ``leading`` in body sizes."""
    # The last column has no white behind it.
    return int(lines * leading), int((measure + leading - 1) / leading)


def _trim(text: str, place: Place, findings: list[Finding]) -> tuple[float, float]:
    """Width and height in millimetres."""
    known = _TRIMS.get(text.upper())
    if known is not None:
        return known
    lengths = [_length(word) for word in text.split()]
    if len(lengths) == 2 and lengths[0] and lengths[1]:
        return lengths[0], lengths[1]
    advice = f"Use one of {', '.join(_TRIMS)}, or a width and a height such as “148mm 210mm”."
    findings.append(Finding(place, "trim", f"“{text}” is not a page size.", advice))
    return _TRIMS["A5"]


def _length(text: str) -> float | None:
    """A CSS length in millimetres."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _MM[match[2]] if match else None
