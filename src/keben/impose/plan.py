"""The planner: how many pages of what size, and how they are to be bound → what stands where on every sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from keben.core.binding import Binding, Booklet
from keben.core.errors import BuildError
from keben.core.saying import wording
from keben.impose.folding import FOLDINGS, Spread, cells, fill, gather, split_cover
from keben.impose.layout import SheetLayout, lay_out
from keben.impose.marks import PrinterMarks, collation
from keben.impose.values import PlacedPage, Plan, Sheet, Side, points, shown

_CREEP_PART = 8
"""Pages may be moved by this part of their width."""


def plan(
    pages: int,
    width: Fraction,
    height: Fraction,
    booklet: Booklet,
    binding: Binding,
    *,
    bleed: Fraction = Fraction(0),
    name: str = "PDF",
) -> Plan:
    """Impose so many pages of this size, in points; ``name`` is what messages call them.

    ``binding`` counts where the booklet names none. ``bleed`` is what pages have printed beyond their edges.

    Raises:
        BuildError: the pages do not fit the sheet, signatures cannot be folded so, or creep is too much.
    """
    layout = lay_out(width, height, bleed, booklet, name)
    cover, inside = split_cover(pages) if booklet.cover else ((), tuple(range(pages)))
    filled = fill(inside, 4 * layout.folding.bifolia, booklet.blanks)
    signatures = gather(filled, booklet.signature) if filled else ()
    # Where all is one booklet, the cover is the outermost leaf of it.
    depth = 1 if cover and not booklet.signature else 0
    _require_little_creep(
        booklet, layout, max((len(each) // 4 + depth for each in signatures), default=1), name
    )
    maker = _Maker(layout, booklet, booklet.binding or binding)
    sheets: list[Sheet] = []
    if cover:
        once = layout.refolded(FOLDINGS[2])
        sheets += _Maker(once, booklet, maker.binding).sheets(cover, -1, 0, collated=False)
    for number, signature in enumerate(signatures):
        sheets += maker.sheets(signature, number, depth, collated=len(signatures) > 1)
    return Plan(
        layout.width,
        layout.height,
        width,
        height,
        maker.binding,
        booklet.duplex,
        signatures,
        cover,
        tuple(sheets),
        pages,
    )


class _Maker:
    """Makes the sheets of signatures in one layout."""

    def __init__(self, layout: SheetLayout, booklet: Booklet, binding: Binding) -> None:
        self.binding = binding
        self._layout = layout
        self._booklet = booklet
        self._marks = PrinterMarks(layout)
        self._creep = points(booklet.creep)
        # A back is laid out as it is seen when the sheet is turned round its vertical axis.
        natural = "short-edge" if layout.width >= layout.height else "long-edge"
        self._turn_back = booklet.duplex != natural

    def sheets(
        self, signature: Sequence[int | None], number: int, depth: int, *, collated: bool
    ) -> Iterator[Sheet]:
        """The sheets of a signature, the outermost first; ``depth`` is how many leaves lie around it."""
        layout, folding = self._layout, self._layout.folding
        for sheet in range(len(signature) // (4 * folding.bifolia)):
            front = self._side(folding.front, signature, sheet, depth)
            back = self._side(folding.back, signature, sheet, depth)
            if collated and self._booklet.marks and sheet == 0:
                front = replace(front, collation=collation(layout, self._spine(), number))
            if self._turn_back:
                back = back.turned(layout.width, layout.height)
            yield Sheet(number, folding.bifolia * 2, front, back)

    def _side(
        self, spreads: Sequence[Spread], signature: Sequence[int | None], sheet: int, depth: int
    ) -> Side:
        layout, creep = self._layout, self._creep
        pages = []
        for cell in cells(spreads, layout.folding, signature, sheet, mirrored=self.binding == "right"):
            box, clip = layout.place(cell, (cell.bifolium + depth) * creep)
            pages.append(PlacedPage(cell.page, box, cell.turned, clip))
        pages.sort(key=lambda placed: (placed.clip.y, placed.clip.x))
        lines = self._marks.lines(pages, layout.folding.columns) if self._booklet.marks else ()
        return Side(tuple(pages), lines)

    def _spine(self) -> int:
        """The column on whose right the outermost spread of a sheet has its fold."""
        folding = self._layout.folding
        column = next(spread.column for spread in folding.front if spread.outside and spread.bifolium == 0)
        return folding.columns - 2 - column if self.binding == "right" else column


def _require_little_creep(booklet: Booklet, layout: SheetLayout, leaves: int, name: str) -> None:
    """Raises BuildError where the innermost of nested leaves would be moved so far that its text is cut."""
    most = (leaves - 1) * points(booklet.creep)
    if most * _CREEP_PART > layout.page_width:
        message = wording(
            "A creep of {creep:g} mm moves the innermost of {leaves} leaves by {most} mm.",
            creep=booklet.creep,
            leaves=leaves,
            most=shown(most),
        )
        advice = wording(
            "Fold fewer sheets together, in signatures; or say the paper's thickness, 0.1 mm for 80 g/m²."
        )
        raise BuildError.at(name, "creep", message, advice)
