"""Tables that Pandoc, Quarto and R Markdown draw with ``+---+`` → tables with pipes (Pandoc's manual, “Grid tables”).

Lists in a cell become lines of it. A table with merged cells, or with code in a cell, stays as it is. Lines keep their
numbers.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from keben.project.importers.paragraphs import join
from keben.project.importers.prose import prose_lines

_RULE = re.compile(r"([ \t]*)\+(?:[-=:]{2,}\+)+[ \t]*")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*")
_BLOCK = re.compile(r"(?:#{1,6}|>)(?:[ \t]|$)|`{3}|~{3}")
_ITEM = re.compile(r"(?:(?P<bullet>[-*+])|(?P<number>\d+[.)]))[ \t]+(?P<text>\S.*)")


def with_grid_tables(lines: Sequence[str]) -> list[str]:
    """Lines whose tables drawn so have pipes."""
    if not any("+-" in line or "+=" in line for line in lines):
        return list(lines)
    prose = prose_lines(lines)
    made = list(lines)
    at = 0
    while at < len(made):
        end = _end(lines, prose, at)
        if end > at and (piped := _piped(lines[at:end])):
            made[at:end] = piped + [""] * (end - at - len(piped))
        at = max(end, at + 1)
    return made


def _end(lines: Sequence[str], prose: Sequence[bool], start: int) -> int:
    """The line behind a table that begins in a line; ``start``: none does."""
    if not prose[start] or _RULE.fullmatch(lines[start]) is None or (start and lines[start - 1].strip()):
        return start
    end = start
    while end < len(lines) and (_RULE.fullmatch(lines[end]) or _ROW.fullmatch(lines[end])):
        end += 1
    return end if end - start > 2 and _RULE.fullmatch(lines[end - 1]) else start


def _piped(lines: Sequence[str]) -> list[str]:
    """A table with pipes; empty where it cannot be one."""
    edges = _edges(lines[0])
    groups: list[list[list[str]]] = []
    head = 0
    group: list[list[str]] = []
    for line in lines[1:]:
        if _RULE.fullmatch(line):
            if _edges(line) != edges or not group:
                return []
            groups.append(group)
            group = []
            head = len(groups) if "=" in line and not head else head
            continue
        cells = _cells(line, edges)
        if cells is None:
            return []
        group.append(cells)
    rows = [list(_texts(each)) for each in groups]
    if head > 1 or any(text is None for row in rows for text in row):
        return []
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    top = rows[0] if head else [""] * (len(edges) - 1)
    rules = next((line for line in lines[1:] if "=" in line), lines[0])
    body = rows[1:] if head else rows
    return [f"{indent}| {' | '.join(text or '' for text in row)} |" for row in (top, _sides(rules), *body)]


def _sides(rule: str) -> list[str]:
    parts = rule.strip().strip("+").split("+")
    return [f"{':' * part.startswith(':')}---{':' * part.endswith(':')}" for part in parts]


def _edges(rule: str) -> tuple[int, ...]:
    """The columns in which a rule has its crosses."""
    return tuple(at for at, sign in enumerate(rule.rstrip()) if sign == "+")


def _cells(line: str, edges: Sequence[int]) -> list[str] | None:
    """The cells of a line between these columns; None where one goes over an edge."""
    columns = _columns(line.rstrip())
    if [columns.get(edge) for edge in edges] != ["|"] * len(edges):
        parts = line.strip()[1:-1].split("|")
        # A font may show letters wider or narrower than the writer's did.
        return parts if len(parts) == len(edges) - 1 else None
    return [
        "".join(sign for at, sign in sorted(columns.items()) if first < at < last)
        for first, last in pairwise(edges)
    ]


def _columns(line: str) -> dict[int, str]:
    """The signs of a line by the column that each begins in: a wide one takes two."""
    found: dict[int, str] = {}
    column = 0
    for sign in line:
        if unicodedata.combining(sign):
            found[max(found)] += sign
            continue
        found[column] = sign
        column += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return found


def _texts(group: Sequence[Sequence[str]]) -> Iterator[str | None]:
    """The text of each cell of a row; None where it is more than paragraphs."""
    for cell in zip(*group, strict=True):
        paragraphs: list[list[str]] = [[]]
        for line in map(str.strip, cell):
            if _BLOCK.match(line):
                yield None
                break
            if item := _ITEM.fullmatch(line):
                paragraphs.append([f"{item['number'] or '•'} {item['text']}"])
            elif line:
                paragraphs[-1].append(line.removesuffix("\\"))
            if not line or line.endswith("\\"):
                paragraphs.append([])
        else:
            texts = (join(lines).replace("|", "\\|") for lines in paragraphs if lines)
            yield "<br>".join(texts)
