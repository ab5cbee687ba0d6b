"""Word's tables: cells that span columns by gridSpan, and rows by vMerge (ECMA-376 part 1, 17.4)."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, child, local
from keben.project.importers.office.rich import Blocks, RichCell, RichParagraph, RichTable, without_bold

ReadBlocks = Callable[[Node], Blocks]
"""Reads the blocks below a node."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell with the column that it begins in."""

    column: int
    cell: RichCell
    continues: bool
    """Whether it goes on with the cell above."""


def read_table(node: Node, read_blocks: ReadBlocks) -> RichTable:
    """A table. ``read_blocks`` reads the contents of a cell, nested tables too."""
    rows = [(row, list(_cells(row, read_blocks))) for row in _rows(node)]
    heads = 0
    for row, _ in rows:
        if not _is_head(row):
            break
        heads += 1
    merged = [_merged([cells for _, cells in rows], at) for at in range(len(rows))]
    if not heads and len(rows) > 1 and _looks_like_head([cells for _, cells in rows]):
        heads = 1
    heads = heads or _merged_head(merged)
    heads = min(heads, max(len(rows) - 1, 0))
    merged[:heads] = [
        tuple(replace(cell, blocks=without_bold(cell.blocks)) for cell in row) for row in merged[:heads]
    ]
    return RichTable(tuple(merged), heads)


def _rows(node: Node) -> Iterator[Node]:
    for each in node:
        if local(each) == "tr":
            if child(each, "trPr", "del") is None:
                yield each
        elif local(each) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(each)


def _is_head(row: Node) -> bool:
    head = child(row, "trPr", "tblHeader")
    return head is not None and attribute(head, "val") not in ("0", "false", "off")


def _looks_like_head(rows: list[list[_Cell]]) -> bool:
    """Whether the first row alone is bold in all of its cells."""
    return all(map(_is_bold, rows[0])) and not all(map(_is_bold, rows[1]))


def _merged_head(rows: list[tuple[RichCell, ...]]) -> int:
    """The rows of a head that is drawn by merging: cells over several columns, beside cells as high as the head."""
    first = rows[0] if rows else ()
    height = max((cell.rows for cell in first), default=1)
    wide = [cell for cell in first if cell.columns > 1]
    is_head = height > 1 and wide and all(cell.rows == height or cell.columns > 1 for cell in first)
    return height if is_head and height < len(rows) else 0


def _is_bold(cell: _Cell) -> bool:
    texts = [
        run
        for block in cell.cell.blocks
        if isinstance(block, RichParagraph)
        for run in block.runs
        if run.kind == "text" and run.text.strip()
    ]
    return bool(texts) and all("strong" in run.styles for run in texts)


def _cells(row: Node, read_blocks: ReadBlocks) -> Iterator[_Cell]:
    before = attribute(child(row, "trPr", "gridBefore"), "val")
    column = int(before) if before.isdecimal() and int(before) < 64 else 0
    if column:
        yield _Cell(0, RichCell((), column), continues=False)
    for each in _cell_nodes(row):
        properties = child(each, "tcPr")
        span = attribute(child(properties, "gridSpan"), "val")
        columns = min(max(int(span), 1), 64) if span.isdecimal() else 1
        merge = child(properties, "vMerge")
        continues = merge is not None and attribute(merge, "val") in ("", "continue")
        yield _Cell(column, RichCell(read_blocks(each), columns), continues)
        column += columns


def _cell_nodes(row: Node) -> Iterator[Node]:
    for each in row:
        if local(each) == "tc":
            yield each
        elif local(each) in ("sdt", "sdtContent", "customXml"):
            yield from _cell_nodes(each)


def _merged(rows: list[list[_Cell]], at: int) -> tuple[RichCell, ...]:
    """A row's cells with the rows that they span; without those that go on with one above."""
    cells = []
    for each in rows[at]:
        if each.continues and at and _above(rows, at, each.column):
            continue
        count, blocks = 1, each.cell.blocks
        for row in rows[at + 1 :]:
            below = next((cell for cell in row if cell.column == each.column and cell.continues), None)
            if below is None:
                break
            count += 1
            # Word keeps text in cells that are covered; nobody sees it, but it is there.
            blocks += below.cell.blocks
        cells.append(replace(each.cell, rows=count, blocks=blocks))
    return tuple(cells)


def _above(rows: list[list[_Cell]], at: int, column: int) -> bool:
    return any(cell.column == column for cell in rows[at - 1])
