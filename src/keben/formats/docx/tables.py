"""A table's rows and cells; where cells reach over several rows and columns."""

from collections.abc import Callable, Iterator

from keben.core.markup import Element
from keben.formats.docx.values import Block, WordCell, WordParagraph, WordRow, WordTable

_MOST = 63
"""Columns of a table in Word."""


def table_of(
    node: Element, fill: Callable[[Element, bool], tuple[Block, ...]], line: int
) -> Iterator[WordTable]:
    """The table of an element, if it has rows. ``fill`` gives the blocks of a cell."""
    rows = [
        (row, is_head) for part in node.children if isinstance(part, Element) for row, is_head in _rows(part)
    ]
    made = tuple(_row(row, is_head, len(rows) - at, fill) for at, (row, is_head) in enumerate(rows))
    if any(row.cells for row in made):
        yield WordTable(tuple(row for row in made), line)


def _rows(part: Element) -> Iterator[tuple[Element, bool]]:
    if part.tag == "tr":
        yield part, False
    elif part.tag in ("thead", "tbody", "tfoot"):
        for row in part.children:
            if isinstance(row, Element) and row.tag == "tr":
                yield row, part.tag == "thead"


def _row(
    row: Element, is_head: bool, left: int, fill: Callable[[Element, bool], tuple[Block, ...]]
) -> WordRow:
    cells = []
    for cell in row.children:
        if isinstance(cell, Element) and cell.tag in ("td", "th"):
            blocks = fill(cell, cell.tag == "th")
            ends = isinstance(blocks[-1], WordParagraph) if blocks else False
            if not ends:
                # A cell ends with a paragraph (ISO/IEC 29500-1, 17.4.65).
                blocks = (*blocks, WordParagraph("TableText", (), cell.line))
            rows = min(_span(cell.get("rowspan"), left), left)
            cells.append(WordCell(blocks, min(_span(cell.get("colspan"), _MOST), _MOST), rows))
    return WordRow(tuple(cells), is_head)


def _span(text: str, whole: int) -> int:
    """How far a cell reaches; 0 is to the end (HTML, 4.9.11)."""
    if not text.strip().isdigit():
        return 1
    number = int(text.strip()[:4])
    return number or whole
