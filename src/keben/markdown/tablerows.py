"""Tables of a generous reader: rows with more cells than the head, and lines below the head with another number.

GitHub drops the cells that are too many; here their text stays. A bar in code that nobody escaped parts no cells where
the row fits so.
"""

import re
from collections.abc import Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from keben.core.patterns import later

LONG_ROWS = "long_rows"
"""Where the parser's environment keeps the rows whose last cell took others in, by line (1-based)."""

UNEVEN_HEADS = "uneven_heads"
"""Where it keeps the lines (1-based) of heads that had another number of cells than the line below."""

_QUOTED = re.compile(r"[\s>]*")
_RULE = later(r"\|?[ \t]*(?:[:：]?-{1,}[:：]?[ \t]*(?:\||$)[ \t]*)+")
_JOINED = " | "


def cells_of(line: str) -> list[str]:
    """The cells of a row as it is written."""
    cells = [cell.strip() for cell in escapedSplit(_QUOTED.sub("", line, count=1).rstrip())]
    if cells and not cells[0]:
        cells = cells[1:]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def loose_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Block rule: a table whose head has another number of cells than the line below it."""
    below = start + 1
    if below >= end or state.is_code_block(start) or state.sCount[below] < state.blkIndent:
        return False
    head, rule = (
        state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        for number in (start, below)
    )
    if "|" not in head or "|" not in rule or _RULE.fullmatch(rule) is None:
        return False
    wanted, given = len(cells_of(head)), cells_of(rule)
    if len(given) == wanted or wanted < 2:
        return False
    # Marks of lines are places in the source: the line that fits stands behind its end.
    marks = (state.bMarks[below], state.eMarks[below], state.tShift[below])
    fitting = "|" + "|".join([*given, *["---"] * wanted][:wanted]) + "|"
    first = len(state.src) + 1
    state.src += f"\n{fitting}"
    state.bMarks[below], state.eMarks[below], state.tShift[below] = first, len(state.src), 0
    is_table = table(state, start, end, silent)
    state.bMarks[below], state.eMarks[below], state.tShift[below] = marks
    if is_table and not silent:
        state.env.setdefault(UNEVEN_HEADS, []).append(start + 1)
    return is_table


def whole_rows(state: StateCore) -> None:
    """Core rule: no row of a table loses a cell."""
    lines = state.src.split("\n")
    columns = 0
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            columns = _head_width(state.tokens, index)
        elif token.type == "tr_open" and token.map:
            cells = cells_of(lines[token.map[0]])
            if len(cells) > columns > 0:
                _fill(state, token, index, cells, columns)


def _head_width(tokens: Sequence[Token], start: int) -> int:
    width = 0
    for token in tokens[start:]:
        width += token.type == "th_open"
        if token.type == "thead_close":
            break
    return width


def _fill(state: StateCore, row: Token, start: int, cells: list[str], columns: int) -> None:
    whole = _with_code(cells)
    if len(whole) > columns:
        state.env.setdefault(LONG_ROWS, []).append((row.map or [0])[0] + 1)
        whole = [*whole[: columns - 1], _JOINED.join(whole[columns - 1 :])]
    texts = iter([*whole, *[""] * columns])
    for token in state.tokens[start:]:
        if token.type == "inline":
            token.content = next(texts)
        elif token.type == "tr_close":
            break


def _with_code(cells: Sequence[str]) -> list[str]:
    """Cells put together again where a bar stood in code."""
    whole: list[str] = []
    for cell in cells:
        if whole and whole[-1].count("`") % 2:
            whole[-1] = f"{whole[-1]}|{cell}"
        else:
            whole.append(cell)
    return whole
