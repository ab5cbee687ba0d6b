"""The type area in ``book.toml``: [print], and what an edition overrides in [editions.NAME.print]."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any

from pydantic import Field

from keben.core.design import Design, Margins, room
from keben.core.errors import Finding, Place
from keben.core.lengths import MM_PER, PAPERS, millimetres
from keben.core.paper import (
    LEAST_BOTTOM,
    LEAST_INNER,
    LEAST_OUTER,
    LEAST_TOP,
    USUAL_AREA,
    FrontFolios,
    Kinsoku,
    NamedFont,
    Openings,
    TypeArea,
    Writing,
    is_vertical,
)
from keben.core.saying import wording
from keben.core.toml.schema import Table, Text, checked
from keben.core.trims import trim_advice, trim_size
from keben.project.designs import unknown_design
from keben.project.settings.tables import PlacedTable

Length = Annotated[str, checked(millimetres, wording("Write a number and a unit: “18mm”."))]


class MarginsTable(Table):
    """The margins of an odd page, as it is read."""

    inner: Length
    top: Length
    outer: Length
    bottom: Length


class PrintTable(Table):
    """[print]."""

    trim: Text = "A5"
    design: str = ""
    margins: MarginsTable | None = None
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
    general: PlacedTable[PrintTable],
    own: PlacedTable[PrintTable] | None,
    writing: Writing,
    designs: Mapping[str, Design],
) -> tuple[TypeArea, Design | None, tuple[Finding, ...]]:
    """An edition's type area and design, and what is wrong in its tables; ``own`` has what the edition overrides.

    Where a design or margins are said, the measure and the lines are as many as fit, if nobody counted them. Otherwise
    they are the usual ones, fewer on a page that is too small for these, and columns that nobody counted fill the area
    that [print] gives to horizontal lines.
    """
    table = general.table
    said = own.table.model_fields_set if own else frozenset()
    merged = table.model_copy(update={name: getattr(own.table, name) for name in said} if own else {})

    def place(name: str, *inner: int) -> Place:
        return (own if own and name in said else general).place(name, *inner)

    design = designs.get(merged.design)
    wrong = [] if design or not merged.design else [unknown_design(merged.design, designs, place("design"))]
    anywhere = said | table.model_fields_set
    if design:
        given: dict[str, Any] = {
            "body": design.body, "leading": design.leading, "openings": design.openings
        }  # fmt: skip
        merged = merged.model_copy(update={key: given[key] for key in given.keys() - anywhere})
    trim, problems = _trim(merged.trim, place("trim"))
    wrong += problems
    body, problems = _body(merged.body, place("body"))
    wrong += problems
    margins, problems = _margins(merged.margins, trim, place("margins"))
    wrong += problems
    margins = margins or (design.margins if design else None)
    em = body, body * merged.leading
    measure, lines = _roomy(merged, anywhere, trim, em)
    if margins:
        longest = design.longest if design else MOST
        fits = fitting(trim, margins, em, longest, vertical=is_vertical(writing))
        measure = measure if "measure" in anywhere else fits[0]
        lines = lines if "lines" in anywhere else fits[1]
    elif is_vertical(writing):
        measure, lines = turned(*_roomy(table, table.model_fields_set, trim, em), merged.leading)
        measure = merged.measure if "measure" in said else measure
        lines = merged.lines if "lines" in said else lines
    latin = NamedFont(merged.latin, place("latin")) if merged.latin else None
    fallback = tuple(
        NamedFont(family, place("fallback", number)) for number, family in enumerate(merged.fallback)
    )
    body_pt = round(body / MM_PER["pt"], 3)
    shares = (margins.inner_share, margins.top_share) if margins else _USUAL_SHARES
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
        *shares,
    )
    return area, design, tuple(wrong)


def _roomy(
    table: PrintTable, counted: Collection[str], trim: tuple[float, float], em: tuple[float, float]
) -> tuple[int, int]:
    """Characters in a line and lines on a page: the table's, or fewer where nobody counted them and they do not fit.

    Those of a smaller page have margins like the usual page's.
    """
    fits = fitting(trim, _USUAL_MARGINS, em, MOST, vertical=False)
    wide = trim[0] - LEAST_INNER - LEAST_OUTER - _SLACK
    high = trim[1] - LEAST_TOP - LEAST_BOTTOM - _SLACK
    measure = table.measure if "measure" in counted or table.measure * em[0] <= wide else fits[0]
    lines = table.lines if "lines" in counted or table.lines * em[1] <= high else fits[1]
    return measure, lines


def _usual_margins() -> Margins:
    """The margins of the usual page, in parts of it."""
    area, point = USUAL_AREA, MM_PER["pt"]
    across = 1 - area.measure * area.body_pt * point / area.width
    down = 1 - area.lines * area.body_pt * area.leading * point / area.height
    inner, top = across * area.inner_share, down * area.top_share
    return Margins(inner, top, across - inner, down - top)


_USUAL_MARGINS = _usual_margins()
_SLACK = 0.5
"""In millimetres, for what pages need beside their type area."""

MOST = 80
"""Characters in a line, and lines on a page."""

_USUAL_SHARES = USUAL_AREA.inner_share, USUAL_AREA.top_share


def fitting(
    trim: tuple[float, float], margins: Margins, em: tuple[float, float], longest: int, *, vertical: bool
) -> tuple[int, int]:
    """Whole characters in a line, and whole lines on a page, between margins.

    ``em`` has the sizes of a character and a line in millimetres.
    """
    width, height = trim
    wide = room(width, margins.inner, margins.outer, (LEAST_INNER, LEAST_OUTER))
    high = room(height, margins.top, margins.bottom, (LEAST_TOP, LEAST_BOTTOM))
    character, line = em
    along, through = (high, wide) if vertical else (wide, high)
    # A design's longest line is one that the eye finds back from; a column is longer.
    most = MOST if vertical else longest
    return max(5, min(int(along / character + _HAIR), most)), max(5, min(int(through / line + _HAIR), MOST))


_HAIR = 1e-6

_SIDES = {
    "inner": wording("inner"),
    "top": wording("top"),
    "outer": wording("outer"),
    "bottom": wording("bottom"),
}


def _margins(
    table: MarginsTable | None, trim: tuple[float, float], place: Place
) -> tuple[Margins | None, tuple[Finding, ...]]:
    """Margins in parts of the page; None where nobody said them, or they leave no room."""
    if table is None:
        return None, ()
    inner, top, outer, bottom = (
        millimetres(each) or 0.0 for each in (table.inner, table.top, table.outer, table.bottom)
    )
    least = {"inner": LEAST_INNER, "top": LEAST_TOP, "outer": LEAST_OUTER, "bottom": LEAST_BOTTOM}
    said = {"inner": inner, "top": top, "outer": outer, "bottom": bottom}
    wrong = tuple(
        Finding(
            place,
            "margins",
            wording(
                "The {side} margin of {said:g} mm is narrower than {least:g} mm.",
                side=_SIDES[side],
                said=said[side],
                least=least[side],
            ),
            wording("Folds, thumbs, running heads and folios need as much: widen it."),
        )
        for side in said
        if said[side] < least[side]
    )
    if inner + outer >= trim[0] * 0.8 or top + bottom >= trim[1] * 0.8:
        message = wording(
            "These margins leave too little of a page of {trim:g} × {trim2:g} mm.",
            trim=trim[0],
            trim2=trim[1],
        )
        wrong += (Finding(place, "margins", message, wording("Choose smaller margins or a larger trim.")),)
    parts = inner / trim[0], top / trim[1], outer / trim[0], bottom / trim[1]
    return (None if wrong else Margins(*parts)), wrong


def turned(measure: int, lines: int, leading: float) -> tuple[int, int]:
    """Characters in a column, and columns, that fill an area of horizontal lines; ``leading`` in body sizes."""
    # The last column has no white behind it.
    return int(lines * leading), int((measure + leading - 1) / leading)


def _trim(text: str, place: Place) -> tuple[tuple[float, float], tuple[Finding, ...]]:
    """Width and height in millimetres."""
    size = trim_size(text)
    if size is not None:
        return size, ()
    return PAPERS["A5"], (
        Finding(place, "trim", wording("“{text}” is not a page size.", text=text), trim_advice(text)),
    )


def _body(text: str, place: Place) -> tuple[float, tuple[Finding, ...]]:
    """The type size in millimetres."""
    if size := millimetres(text):
        return size, ()
    wrong = Finding(
        place,
        "body-size",
        wording("“{text}” is not a type size.", text=text),
        wording("Write it in points: “10.5pt”."),
    )
    return 10.5 * MM_PER["pt"], (wrong,)
