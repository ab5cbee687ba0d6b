r"""Tables of tab-separated cells, as ``book/decisions.tsv`` and ``book/seen.tsv`` hold them.

A line is a row; the first one is the header. Lines that begin with ``#`` and empty lines are left out. In a cell ``\t``
stands for a tab, ``\n`` for a line break and ``\\`` for a backslash. Empty cells at a row's end may be missing, since
editors trim spaces at the ends of lines; for the same reason they are not written.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from keben.core.characters import ADVICE, FORBIDDEN, describe
from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.values import dataclass

_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n"}
_MEANT = {escaped: plain for plain, escaped in _ESCAPES.items()}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table, its cells as they are meant."""

    path: str
    line: int
    cells: tuple[str, ...]
    columns: tuple[int, ...]
    """Where each cell begins in its line, from 1; a cell that is missing begins where the line ends."""

    def place(self, cell: int = 0) -> Place:
        """The place of a cell."""
        return Place(self.path, self.line, self.columns[cell])


def escape(cell: str) -> str:
    """A cell as it is written."""
    return re.sub(r"[\\\t\n]", lambda match: _ESCAPES[match[0]], cell)


def row_text(row: Sequence[str]) -> str:
    """A row as it is written, without its line's end."""
    return "\t".join(map(escape, row)).rstrip("\t")


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]], comments: Iterable[str] = ()) -> str:
    """A table's text. ``comments`` go above the header and begin with ``#``."""
    lines = [*comments, "\t".join(columns)]
    lines += map(row_text, rows)
    return "".join(f"{line}\n" for line in lines)


def read_table(
    text: str, path: str, columns: Sequence[str], required: int, named: int | None = None
) -> tuple[tuple[TableRow, ...], tuple[Finding, ...]]:
    """The rows of a table that have a right number of cells, and what is wrong with it.

    ``required`` cells must be there in each row, and the header must name the first ``named`` columns at least, else
    all. Without the right header no rows are given.
    """
    lines = numbered_lines(text)
    if not lines:
        return (), ()
    header, *body = lines
    names = tuple(name.strip() for name in header[1].split("\t"))
    if names != tuple(columns[: len(names)]) or len(names) < (len(columns) if named is None else named):
        advice = wording("Write these, with a tab between each two: {columns}.", columns=series(columns))
        message = wording("The first line does not name the columns of this table.")
        return (), (Finding(Place(path, header[0], 1), "table-header", message, advice),)
    rows: list[TableRow] = []
    findings: list[Finding] = []
    for number, line in body:
        cells = line.split("\t")
        if not required <= len(cells) <= len(names):
            message = wording("This row has {count} cells.", count=len(cells))
            advice = wording(
                "Give it {required} to {count}, with a tab between each two: {names}.",
                required=required,
                count=len(names),
                names=series(names),
            )
            place = Place(path, number, 1 if len(cells) < required else starts_of(cells)[len(names)])
            findings.append(Finding(place, "table-cells", message, advice))
            continue
        rows.append(_row(path, number, cells, len(columns)))
        findings += _wrong_escapes(path, number, cells)
        findings += _forbidden(path, number, line)
    return tuple(rows), tuple(findings)


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """A table's lines with their numbers, without comments and empty ones."""
    return [(number, line) for number, line in enumerate(_lines(text), 1) if line.strip() and line[0] != "#"]


def leading_comments(text: str) -> tuple[str, ...]:
    """The comments above a table's header, to be written again with it."""
    comments = []
    for line in _lines(text):
        if line.startswith("#"):
            comments.append(line)
        elif line.strip():
            break
    return tuple(comments)


def _lines(text: str) -> list[str]:
    return [line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n")]


def starts_of(cells: Sequence[str]) -> list[int]:
    """Where each cell begins in its line, from 1, and where one more would."""
    starts = [1]
    for cell in cells:
        starts.append(starts[-1] + len(cell) + 1)
    return starts


def _row(path: str, number: int, cells: Sequence[str], size: int) -> TableRow:
    starts = starts_of(cells)[: len(cells)]
    end = starts[-1] + len(cells[-1])
    missing = size - len(cells)
    meant = [re.sub(r"\\[tn\\]", lambda match: _MEANT[match[0]], cell) for cell in cells]
    return TableRow(path, number, (*meant, *[""] * missing), (*starts, *[end] * missing))


def _wrong_escapes(path: str, number: int, cells: Sequence[str]) -> Iterator[Finding]:
    for start, cell in zip(starts_of(cells), cells, strict=False):
        for match in re.finditer(r"\\(?:[tn\\]|(.?))", cell):
            if match[1] is not None:
                message = wording("`{match}` means nothing in a table.", match=match[0])
                advice = wording("Write \\\\ for a backslash, \\t for a tab, \\n for a line break.")
                yield Finding(Place(path, number, start + match.start()), "table-escape", message, advice)


def _forbidden(path: str, number: int, line: str) -> Iterator[Finding]:
    for match in FORBIDDEN.finditer(line):
        place = Place(path, number, match.start() + 1)
        yield Finding(place, "forbidden-character", describe(match[0]), ADVICE)
