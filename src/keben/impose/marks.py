"""Marks for those who fold and cut. Crop and fold marks stand in the waste only: where pages fill a sheet, none do."""

from collections.abc import Sequence
from fractions import Fraction

from keben.impose.layout import SheetLayout
from keben.impose.values import Box, LineKind, MarkLine, PlacedPage, points

_AWAY = points(2)
"""From the page (or its bleed) to a mark."""
_LONGEST = points(6)
_SHORTEST = points(1)

_BLOCK_WIDTH = points(3)
"""Of a collation mark: half of it is seen on each side of the fold, and all of it on the spine."""
_BLOCK_HEIGHT = points(6)
_BLOCK_MARGIN = points(15)
"""Least distance of collation marks from the spine's ends."""


class PrinterMarks:
    """The crop and fold marks of a layout."""

    def __init__(self, layout: SheetLayout) -> None:
        grid, folding = layout.grid, layout.folding
        self._low = _span(grid.y, -1, grid.y, layout.bleed)
        self._high = _span(grid.top, 1, layout.height - grid.top, layout.bleed)
        sides = (
            _span(grid.x, -1, grid.x, layout.bleed),
            _span(grid.right, 1, layout.width - grid.right, layout.bleed),
        )
        self._fixed: list[MarkLine] = []
        for column in range(1, folding.columns):
            x = grid.x + column * layout.cell_width
            self._fixed += (_upright(x, span, "fold") for span in (self._low, self._high) if span)
        for row in range(folding.rows + 1):
            y = grid.y + row * layout.page_height
            kind: LineKind = "fold" if 0 < row < folding.rows else "crop"
            self._fixed += (MarkLine(span[0], y, span[1], y, kind) for span in sides if span)

    def lines(self, pages: Sequence[PlacedPage], columns: int) -> tuple[MarkLine, ...]:
        """The marks of a side, whose pages come from the lowest row up and from left to right.

        Fore edges are where creep has moved them.
        """
        crops = (
            _upright(x, span, "crop")
            for row, span in ((pages[:columns], self._low), (pages[-columns:], self._high))
            if span
            for x in (row[0].box.x, row[-1].box.right)
        )
        return (*crops, *self._fixed)


_Span = tuple[Fraction, Fraction]


def _upright(x: Fraction, span: _Span, kind: LineKind) -> MarkLine:
    return MarkLine(x, span[0], x, span[1], kind)


def _span(edge: Fraction, outward: int, waste: Fraction, bleed: Fraction) -> _Span | None:
    """From where to where a mark goes, away from an edge of the block; None where there is no room."""
    begin = bleed + _AWAY
    length = min(_LONGEST, waste - begin)
    if length < _SHORTEST:
        return None
    return edge + outward * begin, edge + outward * (begin + length)


def collation(layout: SheetLayout, column: int, signature: int) -> Box:
    """The mark of a signature, on the fold that its spread in the lowest row has on the right of a column.

    From one signature to the next it goes down by its own height, so that on the spines of a gathered book the marks
    are stairs, and a signature that is missing, double or misplaced breaks them. At the foot they begin again.
    """
    grid, height = layout.grid, layout.page_height
    fold = grid.x + (column + 1) * layout.cell_width
    margin = min(_BLOCK_MARGIN, height / 4)
    steps = max(int((height - 2 * margin) / _BLOCK_HEIGHT), 1)
    top = grid.y + height - margin - signature % steps * _BLOCK_HEIGHT
    return Box(fold - _BLOCK_WIDTH / 2, top - _BLOCK_HEIGHT, _BLOCK_WIDTH, _BLOCK_HEIGHT)
