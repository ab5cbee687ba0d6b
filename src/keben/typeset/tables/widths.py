"""How wide the columns of a table are: worked out from what is in its cells, from numbers alone.

No column is narrower than the longest piece in it that cannot be divided. What is left of the room goes where it saves
lines: a column whose names would wrap by one character takes it from one that wraps anyhow. Where there is too little
room for all that should be whole, numbers are divided last, and before them the names of rows.

All widths are in one unit; those of cells and columns contain the cells' padding.
"""

from collections.abc import Sequence
from itertools import pairwise, permutations
from math import ceil, sqrt

from keben.core.values import dataclass

_FAIR, _POOR = 4.0, 2.0
"""Em: what a column of text has at least, where there is room, and where there is little."""

_LONGEST = 12.0
"""Em: a word or an address that is longer is divided rather than that all others stand in narrow columns."""

_MOST_GAP = 2.0
"""Em: what a column of a table that is narrower than its room has more than it needs, at most."""

_FULL = 0.75
"""The share of its room from which on a table takes it all."""

_STEPS = (3.0, 1.0, 0.5)
"""Em: what a column gives another at a time."""

_MOST_ROWS = 200
"""More are not all looked at; those that are stand for the others."""

_MOST_ROUNDS = 60

_WORDS = 3
"""Steps of what columns need, from the most on, in which names of rows are whole."""

_SHORT = 7.0
"""Em: a text of no more is a name or a heading, which should stay on a line."""

_DIVIDED = 0.25
"""The share of the rows in which a name is divided from which on smaller type is better."""

_SMALLER = 0.8
"""How much smaller type may become for the sake of names."""

_LOSS = 0.5
"""Em: what a line of a paragraph leaves empty at its end, on average."""

_HAIR = 0.01


@dataclass(frozen=True, slots=True)
class CellWidths:
    """What a cell needs."""

    column: int
    span: int = 1
    number: float = 0.0
    """The longest number in it."""
    least: float = 0.0
    """The longest piece that no line ends in."""
    most: float = 0.0
    """All of it on one line."""
    padding: float = 0.0
    """What of each of these is white on its sides."""
    at_end: bool = False
    """Whether its text stands at the end of its lines, as numbers do."""
    is_label: bool = False
    """Whether it names its row."""


@dataclass(frozen=True, slots=True)
class _Needs:
    """What the columns need, each as a list of them."""

    number: list[float]
    word: list[float]
    """The longest word of the names of rows."""
    label: list[float]
    """These names."""
    least: list[float]
    fair: list[float]
    whole: list[float]
    """No name in them is divided."""
    most: list[float]


@dataclass(frozen=True, slots=True)
class ColumnWidths:
    """The columns of a table."""

    widths: tuple[float, ...]
    fits: bool = True
    """Whether no number is wider than its column."""
    has_labels: bool = True
    """Whether no name of a row is wider than its column, but for long ones."""
    scale: float = 1.0
    """How much smaller everything should be, for the longest words to fit and names to stay whole; 1 where it is."""

    @property
    def total(self) -> float:
        """How wide the table is."""
        return sum(self.widths)


def column_widths(
    rows: Sequence[Sequence[CellWidths]],
    columns: int,
    room: float,
    em: float,
    *,
    filled: bool = False,
    may_fill: bool = True,
) -> ColumnWidths:
    """The widths of a table's columns.

    Args:
        rows: The cells of each row; those that no width depends on may be left out.
        columns: How many there are, at least 1.
        room: What the table may take, more than 0.
        em: The size of its text.
        filled: It takes all of its room, whatever it needs.
        may_fill: It takes it where it needs most of it.
    """
    needs = _needs(rows, columns, em)
    if sum(needs.most) <= room + _HAIR:
        at_end = _at_end(rows, columns)
        return ColumnWidths(tuple(_apart(needs.most, at_end, room, em, filled=filled, may_fill=may_fill)))
    scale = min(1.0, room / sum(needs.least))
    steps = (needs.most, needs.fair, needs.least, needs.label, needs.word, needs.number)
    for at, (upper, lower) in enumerate(pairwise(steps)):
        if sum(lower) > room + _HAIR:
            continue
        if at >= _WORDS:
            has_labels = not _has_labels(rows)
            return ColumnWidths(tuple(_between(lower, upper, room)), has_labels=has_labels, scale=scale)
        widths = _shared(needs, (lower, upper), room, rows, em)
        if _has_divided_names(widths, rows, em) and sum(needs.whole) * _SMALLER <= room:
            scale = min(scale, room / sum(needs.whole))
        return ColumnWidths(tuple(widths), scale=scale)
    share = room / sum(needs.number)
    return ColumnWidths(
        tuple(width * share for width in needs.number), fits=False, has_labels=False, scale=scale
    )


def _has_labels(rows: Sequence[Sequence[CellWidths]]) -> bool:
    return any(cell.is_label for row in rows for cell in row)


def _shared(
    needs: _Needs,
    bounds: tuple[Sequence[float], Sequence[float]],
    room: float,
    rows: Sequence[Sequence[CellWidths]],
    em: float,
) -> list[float]:
    """The better of two ways to share the room out: between two bounds, and first to names, if there is room."""
    found = [_exchanged(_between(*bounds, room), bounds[0], needs.most, rows, em)]
    if sum(needs.whole) <= room + _HAIR:
        found.append(_exchanged(_between(needs.whole, needs.most, room), bounds[0], needs.most, rows, em))
    return min(found, key=lambda widths: _cost(widths, _looked_at(rows), em))


def _has_divided_names(widths: Sequence[float], rows: Sequence[Sequence[CellWidths]], em: float) -> bool:
    """Whether names are divided in many rows."""
    divided = [
        any(
            cell.span == 1
            and widths[cell.column] + _HAIR < cell.most
            and cell.most <= cell.padding + _SHORT * em
            for cell in row
        )
        for row in rows
    ]
    return sum(divided) > _DIVIDED * len(rows)


def _needs(rows: Sequence[Sequence[CellWidths]], columns: int, em: float) -> _Needs:
    number, word, label, least, fair, whole, most = ([0.0] * columns for _ in range(7))
    for row in rows:
        for cell in row:
            if cell.span > 1:
                continue
            at = cell.column
            number[at] = max(number[at], cell.number, min(cell.most, cell.padding + em))
            if cell.is_label:
                word[at] = max(word[at], cell.least)
                label[at] = max(label[at], cell.most)
            longest = min(cell.least, cell.padding + _LONGEST * em)
            least[at] = max(least[at], longest, number[at], min(cell.most, cell.padding + _POOR * em))
            fair[at] = max(fair[at], least[at], min(cell.most, cell.padding + _FAIR * em))
            name = cell.most if cell.most <= cell.padding + _SHORT * em else 0.0
            whole[at] = max(whole[at], name, fair[at])
            most[at] = max(most[at], cell.most, fair[at])
    for cell in (cell for row in rows for cell in row if cell.span > 1):
        spanned = slice(cell.column, cell.column + cell.span)
        for widths, needed in (
            (number, cell.number),
            (least, cell.least),
            (fair, cell.least),
            (whole, cell.least),
            (most, cell.most),
        ):
            lacking = needed - sum(widths[spanned])
            if lacking > 0:
                each = lacking / len(widths[spanned])
                widths[spanned] = [width + each for width in widths[spanned]]
    # What one needs at the most is never less than what it needs at the least.
    word = [max(pair) for pair in zip(number, word, strict=True)]
    label = [max(pair) for pair in zip(word, label, strict=True)]
    least = [max(pair) for pair in zip(label, least, strict=True)]
    fair = [max(pair) for pair in zip(least, fair, strict=True)]
    whole = [max(pair) for pair in zip(fair, whole, strict=True)]
    most = [max(pair) for pair in zip(whole, most, strict=True)]
    return _Needs(number, word, label, least, fair, whole, most)


def _at_end(rows: Sequence[Sequence[CellWidths]], columns: int) -> list[bool]:
    """Whether most cells of each column have their text at the end."""
    ends = [0] * columns
    for cell in (cell for row in rows for cell in row if cell.span == 1):
        ends[cell.column] += 1 if cell.at_end else -1
    return [count > 0 for count in ends]


def _apart(
    most: Sequence[float], at_end: Sequence[bool], room: float, em: float, *, filled: bool, may_fill: bool
) -> list[float]:
    """Columns with more than they need: what stands in them stands evenly apart.

    White comes before a text that stands at the end of its column, and behind any other.
    """
    left = room - sum(most)
    if len(most) == 1:
        return [most[0] + (left if filled else 0.0)]
    wider = [
        at + 1 if at_end[at] else at for at in range(len(most) - 1) if at_end[at + 1] or not at_end[at]
    ] or [len(most) - 1]
    each = left / len(wider)
    needs_most = may_fill and sum(most) + len(wider) * _MOST_GAP * em >= _FULL * room
    if not filled and not needs_most:
        each = min(each, _MOST_GAP * em)
    widths = list(most)
    for at in wider:
        widths[at] += each
    return widths


def _between(lower: Sequence[float], upper: Sequence[float], room: float) -> list[float]:
    """Widths between two bounds that fill a room: each has by the root of what it asks for."""
    weights = [sqrt(width) for width in upper]
    low, high = 0.0, room
    for _ in range(50):
        middle = (low + high) / 2
        found = _at(middle, weights, lower, upper)
        low, high = (middle, high) if sum(found) < room else (low, middle)
    found = _at(low, weights, lower, upper)
    # The last bit of rounding goes to who has room for it.
    widest = max(range(len(found)), key=lambda at: upper[at] - found[at])
    found[widest] += room - sum(found)
    return found


def _at(
    share: float, weights: Sequence[float], lower: Sequence[float], upper: Sequence[float]
) -> list[float]:
    return [
        min(most, max(least, share * weight))
        for weight, least, most in zip(weights, lower, upper, strict=True)
    ]


def _exchanged(
    widths: Sequence[float],
    least: Sequence[float],
    most: Sequence[float],
    rows: Sequence[Sequence[CellWidths]],
    em: float,
) -> list[float]:
    """Widths from which no column can give another anything that saves lines."""
    looked_at = _looked_at(rows)
    best, found = _cost(widths, looked_at, em), list(widths)
    for size in _steps(found, most, em):
        for _ in range(_MOST_ROUNDS):
            better = None
            for giver, taker in permutations(range(len(found)), 2):
                given = min(size, found[giver] - least[giver], most[taker] - found[taker])
                if given < _HAIR * em:
                    continue
                tried = list(found)
                tried[giver] -= given
                tried[taker] += given
                cost = _cost(tried, looked_at, em)
                if cost < best - 1e-9:
                    best, better = cost, tried
            if better is None:
                break
            found = better
    return found


def _looked_at(rows: Sequence[Sequence[CellWidths]]) -> list[list[CellWidths]]:
    """The cells that count, of as many rows as are looked at."""
    step = ceil(len(rows) / _MOST_ROWS) or 1
    return [[cell for cell in row if cell.most > cell.padding] for row in rows[::step]]


def _steps(widths: Sequence[float], most: Sequence[float], em: float) -> list[float]:
    """What columns give each other: what they lack to stand on a line, and steps from large to small."""
    lacking = {
        round(whole - width, 3) + _HAIR
        for width, whole in zip(widths, most, strict=True)
        if 0 < whole - width < 12 * em
    }
    return [*sorted(lacking, reverse=True), *(step * em for step in _STEPS)]


def _cost(widths: Sequence[float], rows: Sequence[Sequence[CellWidths]], em: float) -> float:
    """How many lines the rows take; a little for each line of each cell, and for each name that is divided."""
    cost = 0.0
    for row in rows:
        highest = 1
        for cell in row:
            width = sum(widths[cell.column : cell.column + cell.span])
            if cell.most <= width + _HAIR:
                continue
            inside, long = max(width - cell.padding - _LOSS * em, em / 2), cell.most - cell.padding
            lines = max(2, ceil(long / inside))
            highest = max(highest, lines)
            cost += 0.02 * (lines - 1) + (0.4 if long <= _SHORT * em else 0.0)
        cost += highest
    return cost
