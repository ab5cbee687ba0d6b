"""What is wider than a telephone in large type: tables are framed, or their cells broken; formulas can be moved."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.core.markup import Element, text_of, walk
from keben.core.patterns import later
from keben.core.values import dataclass

_FRAME, _BROKEN = "table-frame", "broken-cells"
_ROOM = 10.5
"""Ems of a table's type on a telephone 360 pixels wide, in type of twice the usual size, without its margins."""
_LEAST, _PADDING = 2.0, 0.8
"""Ems that a cell takes at least, and what is at its sides (epub.css)."""
_LONGEST = 10.0
"""Ems of a word that is broken in any table: an address."""
_LINES, _LINES_IN_COLUMNS, _AROUND = 12.0, 6.0, 0.4
"""A frame is at most so many lines high, in columns so many of these wide, for no page parts one; what is above and
below a row, in lines."""
_READABLE = 4.0
"""Ems that a column of long texts should have."""
_LATIN = 0.56
"""Ems of a letter or a figure."""
_WORD = later("[^\\s\u2e80-\uffef]+")
"""What is not broken between lines."""


def framed(node: Element, words: Mapping[str, str], *, vertical: bool = False) -> Element:
    """A table that does not fit a telephone in large type: in a frame, or with cells that are broken.

    The frame can be moved to and fro, also by the keyboard (WCAG 2.1, 1.4.10 and 2.1.1).
    """
    if _is_wide_formula(node):
        # Its style sheet has it moved to and fro; so it is reached by the keyboard.
        return node.with_attributes(tabindex="0")
    if node.tag != "table":
        return node
    cells = list(_cells_of(node))
    columns = _columns(cells)
    if sum(max(each.word, _LEAST) + _PADDING for each in columns) <= _ROOM:
        return node
    most = _LINES_IN_COLUMNS if vertical else _LINES
    if max(each.word for each in columns) > _LONGEST or _lines(cells, columns) > most:
        return node.with_attributes(**{"class": f"{_BROKEN} {node.get('class')}".strip()})
    name = words.get("table", "").format(number="").strip()
    attributes = {"class": _FRAME, "role": "group", "tabindex": "0", "aria-label": name or "table"}
    width = sum(each.need + _PADDING for each in columns)
    return Element(
        "div", attributes, (node.with_attributes(style=f"min-inline-size: {width:.3g}em"),), node.line
    )


def _is_wide_formula(node: Element) -> bool:
    """Whether it is a formula on a line of its own that is wider than a telephone."""
    if "formula" not in node.get("class").split():
        return False
    signs = (
        part
        for formula in walk(node)
        if formula.tag == "math"
        for each in walk(formula)
        for part in each.children
        if isinstance(part, str)
    )
    return sum(len("".join(part.split())) for part in signs) * _LATIN > _ROOM


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column of a table needs, in ems of its type."""

    word: float
    """Its longest word."""
    need: float
    """What makes it readable."""


@dataclass(frozen=True, slots=True)
class _CellExtent:
    row: int
    column: int
    span: int
    word: float
    """Its longest word, in ems."""
    text: float
    """All of it in one line, in ems."""


def _cells_of(table: Element) -> Iterator[_CellExtent]:
    rows = (each for each in walk(table) if each.tag == "tr")
    for row, each in enumerate(rows):
        at = 0
        for cell in each.children:
            if isinstance(cell, Element) and cell.tag in ("td", "th"):
                said, span = text_of(cell), _span(cell.get("colspan"))
                word = max(map(len, _WORD.findall(said)), default=0) * _LATIN
                yield _CellExtent(row, at, span, word, sum(_LATIN if each < "\u2e80" else 1 for each in said))
                at += span


def _columns(cells: Iterable[_CellExtent]) -> list[_Column]:
    words: dict[int, float] = {}
    texts: dict[int, float] = {}
    for cell in cells:
        for column in range(cell.column, cell.column + cell.span):
            words[column] = max(words.get(column, 0), cell.word / cell.span)
            texts[column] = max(texts.get(column, 0), cell.text / cell.span)
    return [
        _Column(words[each], max(words[each], min(texts[each], _READABLE), _LEAST)) for each in sorted(words)
    ]


def _lines(cells: Iterable[_CellExtent], columns: Sequence[_Column]) -> float:
    """How many lines high a table is that is no wider than its columns need."""
    rows: dict[int, float] = {}
    for cell in cells:
        wide = sum(each.need for each in columns[cell.column : cell.column + cell.span])
        rows[cell.row] = max(rows.get(cell.row, 1), math.ceil(cell.text / wide))
    return sum(each + _AROUND for each in rows.values())


def _span(said: str) -> int:
    return min(max(int(said), 1), 100) if said.isdecimal() else 1
