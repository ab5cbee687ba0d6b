"""A table → WordprocessingML: a grid, in which cells that reach over rows are gone on with below."""

from collections.abc import Callable, Sequence

from keben.formats.docx.marking import tag
from keben.formats.docx.values import Block, WordCell, WordRow, WordTable

_WHOLE = 5000
"""Fiftieths of a percent: the whole measure."""
_MEASURE = 8504
"""Twentieths of a point: the type area's width."""

_Placed = tuple[WordCell | None, int]
"""A cell, or None where one above reaches down, and how many columns it takes."""


def write_table(table: WordTable, write: Callable[[Sequence[Block]], str]) -> str:
    """A table as wide as the measure."""
    rows, columns = _grid(table.rows)
    width = _MEASURE // max(columns, 1)
    grid = tag("tblGrid", *(tag("gridCol", w=width) for _ in range(max(columns, 1))))
    shape = tag(
        "tblPr",
        tag("tblStyle", val="TableGrid"),
        tag("tblW", w=_WHOLE, type="pct"),
        tag("tblLook", val="04A0", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )
    return tag(
        "tbl",
        shape,
        grid,
        *(_row(row, placed, columns, width, write) for row, placed in zip(table.rows, rows, strict=True)),
    )


def _grid(rows: Sequence[WordRow]) -> tuple[list[list[_Placed]], int]:
    """What stands in each row, from left to right, and how many columns the table has."""
    reaching: dict[int, tuple[int, int]] = {}
    found: list[list[_Placed]] = []
    for row in rows:
        placed: list[_Placed] = []
        further: dict[int, tuple[int, int]] = {}
        waiting = list(row.cells)
        column = 0
        while waiting or any(start >= column for start in reaching):
            following = [start for start in reaching if start > column]
            if column in reaching:
                left, wide = reaching[column]
                placed.append((None, wide))
                if left > 1:
                    further[column] = (left - 1, wide)
            elif waiting:
                cell = waiting.pop(0)
                # Where cells overlap, the one that came first keeps its place.
                wide = min([cell.columns, *(start - column for start in following)])
                placed.append((cell, wide))
                if cell.rows > 1:
                    further[column] = (cell.rows - 1, wide)
            else:
                wide = min(following) - column
                placed.append((WordCell(()), wide))
            column += wide
        reaching = further
        found.append(placed)
    return found, max((sum(wide for _, wide in placed) for placed in found), default=0)


def _row(
    row: WordRow, placed: Sequence[_Placed], columns: int, width: int, write: Callable[[Sequence[Block]], str]
) -> str:
    cells = [_cell(cell, wide, width, write) for cell, wide in placed]
    missing = columns - sum(wide for _, wide in placed)
    if missing > 0:
        cells.append(_cell(WordCell(()), missing, width, write))
    shape = tag("trPr", tag("cantSplit"), tag("tblHeader") if row.is_head else "")
    return tag("tr", shape, *cells)


def _cell(cell: WordCell | None, wide: int, width: int, write: Callable[[Sequence[Block]], str]) -> str:
    merge = tag("vMerge") if cell is None else tag("vMerge", val="restart") if cell.rows > 1 else ""
    shape = tag(
        "tcPr", tag("tcW", w=width * wide, type="dxa"), tag("gridSpan", val=wide) if wide > 1 else "", merge
    )
    inner = (
        write(cell.blocks) if cell and cell.blocks else tag("p", tag("pPr", tag("pStyle", val="TableText")))
    )
    return tag("tc", shape, inner)
