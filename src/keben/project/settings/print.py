"""The type area as ``book.toml`` says it: [print], and what an edition says anew in [editions.NAME.print]."""

from typing import Annotated

from pydantic import Field

from keben.core.errors import Finding, Place
from keben.core.lengths import MM_PER, PAPERS, millimetres, paper
from keben.core.paper import FrontFolios, Kinsoku, NamedFont, Openings, TypeArea, Writing, is_vertical
from keben.core.toml.schema import Table, Text
from keben.project.settings.tables import PlacedTable

TRIMS = ("A4", "A5", "A6", "B5", "B6")
"""The page sizes that messages name."""


class PrintTable(Table):
    """[print]."""

    trim: Text = "A5"
    body: Text = "10.5pt"
    leading: Annotated[float, Field(ge=1, le=4, strict=False)] = 1.7
    measure: Annotated[int, Field(ge=5, le=80)] = 27
    lines: Annotated[int, Field(ge=5, le=80)] = 26
    kinsoku: Kinsoku = "gb"
    latin: str = ""
    fallback: list[Text] = Field(default_factory=list)
    openings: Openings = "recto"
    front_folios: FrontFolios = "continued"


def type_area(
    general: PlacedTable[PrintTable], own: PlacedTable[PrintTable] | None, writing: Writing
) -> tuple[TypeArea, tuple[Finding, ...]]:
    """An edition's type area, and what is wrong in its tables; ``own`` has what the edition says anew.

    Columns that nobody counted fill the area that [print] gives to horizontal lines.
    """
    table = general.table
    said = own.table.model_fields_set if own else frozenset()
    merged = table.model_copy(update={name: getattr(own.table, name) for name in said} if own else {})

    def place(name: str, *inner: int) -> Place:
        return (own if own and name in said else general).place(name, *inner)

    trim, wrong_trim = _trim(merged.trim, place("trim"))
    body, wrong_body = _body(merged.body, place("body"))
    measure, lines = merged.measure, merged.lines
    if is_vertical(writing):
        measure, lines = turned(table.measure, table.lines, merged.leading)
        measure = merged.measure if "measure" in said else measure
        lines = merged.lines if "lines" in said else lines
    latin = NamedFont(merged.latin, place("latin")) if merged.latin else None
    fallback = tuple(
        NamedFont(family, place("fallback", number)) for number, family in enumerate(merged.fallback)
    )
    body_pt = round(body / MM_PER["pt"], 3)
    area = TypeArea(
        *trim,
        body_pt,
        merged.leading,
        measure,
        lines,
        merged.kinsoku,
        latin,
        merged.openings,
        fallback,
        merged.front_folios,
    )
    return area, (*wrong_trim, *wrong_body)


def turned(measure: int, lines: int, leading: float) -> tuple[int, int]:
    """Characters in a column, and columns, that fill an area of horizontal lines; ``leading`` in body sizes."""
    # The last column has no white behind it.
    return int(lines * leading), int((measure + leading - 1) / leading)


def _trim(text: str, place: Place) -> tuple[tuple[float, float], tuple[Finding, ...]]:
    """Width and height in millimetres."""
    size = paper(text)
    if size is not None:
        return size, ()
    advice = f"Use one of {', '.join(TRIMS)}, or a width and a height such as “148mm 210mm”."
    return PAPERS["A5"], (Finding(place, "trim", f"“{text}” is not a page size.", advice),)


def _body(text: str, place: Place) -> tuple[float, tuple[Finding, ...]]:
    """The type size in millimetres."""
    if size := millimetres(text):
        return size, ()
    wrong = Finding(place, "body-size", f"“{text}” is not a type size.", "Write it in points: “10.5pt”.")
    return 10.5 * MM_PER["pt"], (wrong,)
