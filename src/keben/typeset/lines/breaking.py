"""Where a paragraph's lines end.

Each line takes as many characters as make it look best: squeezed a little rather than stretched (CLREQ 6.2.2.2),
never with a mark at an edge where it may not stand (6.1), and never so that a single character is left for the last
line (孤字, 7.1.2).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from keben.typeset.lines.glosses import excess
from keben.typeset.lines.lengths import natural
from keben.typeset.lines.marks import BREAK, MARKS, NARROW, OPENING, SIGN, SPACE, WIDE
from keben.typeset.lines.paragraph import Paragraph

STRETCH = 0.25
"""The most that a gap is stretched, in em, where there is another way."""

MOST = 0.5
"""The most that a gap is stretched at all, in em (CLREQ 6.2.2.4): a line that needs more is left short."""

_SOFT = 0.04
"""A stretch that nobody sees, in em a gap."""

HAIR = 0.01
"""What a line may be too long by, in em: a box as wide as its text was measured in whole units of Pango's."""

_SPREAD = 0.03
"""The most that is put between two letters of an address, in em."""

_POOR = 50.0
"""What a line costs at least that is stretched by more than `STRETCH` a gap, or between the letters of an address."""

_TORN = 100.0
"""What it costs to part an address between two letters."""

_SHORT, _EMPTY = 1 / 8, 1 / 2
"""The share of a line that may stay empty before an address is parted so, and that of one that is not justified."""

_HYPHENATED = 60.0
"""What it costs to hyphenate a word."""

_WINDOW = 6
"""How many ends before and after the natural one are looked at."""

_LAST = 4
"""How many lines are broken again, as one, where the last would hold a single character."""

_SMALLER = 0.9
"""Of the size that a line begins in: what is smaller calls a note, or is raised or lowered beside another character."""


class Line(NamedTuple):
    """A line from one character to another; spaces at its edges are none of it."""

    start: int
    end: int
    """Where the next line begins to be looked for."""
    first: int
    last: int
    """What is printed: the characters from ``first`` to before ``last``."""
    is_last: bool
    """Of the paragraph, or before a forced break."""
    hyphen: float = 0.0
    """How wide the hyphen is that it ends with; 0: none."""


def break_lines(
    text: Paragraph, first_width: float, width: float, start: int = 0, *, justified: bool = True
) -> list[Line]:
    """The lines of a paragraph from a character on; the first has a width of its own, for an indent.

    ``justified``: they are stretched to the measure, but for the last one.
    """
    lines: list[Line] = []
    at = start
    while at < len(text.text):
        line = _best(text, at, width if lines else first_width, justified)
        lines.append(line)
        at = line.end
    if len(lines) > 1 and _is_orphan(text, lines[-1]):
        keep = max(0, len(lines) - _LAST)
        begun = lines[keep].start
        again = _together(text, begun, width if keep else first_width, width, justified)
        if again:
            lines[keep:] = again
    return lines


def slack(text: Paragraph, line: Line, width: float) -> tuple[float, float, int]:
    """How much a line leaves of a width as it is (negative: it is too long), what it can give up, and its gaps."""
    first, last = line.first, line.last
    if last <= first:
        return width, 0.0, 0
    end = last - 1
    length = natural(text, first, last) + line.hyphen
    if text.glosses:
        length += excess(text, first, last)
    given = text.given[end] - text.given[first]
    if text.kinds[first] == OPENING:
        given -= text.spare[first][0]
    if end > first and text.kinds[end] in MARKS:
        given += text.spare[end][0]
    return width - length, max(0.0, given), text.gaps[end] - text.gaps[first]


def shares(text: Paragraph, line: Line, left: float, gaps: int) -> tuple[float, float]:
    """What is put into each gap of a line that is stretched, and between two letters of an address.

    The letters get something where the gaps would be too wide, and no more than is not seen; twice that where there
    are no gaps.
    """
    most = _SPREAD * text.ems[line.first]
    if text.letters and left > gaps * STRETCH * text.ems[line.first]:
        more = bisect_left(text.letters, line.last - 1) - bisect_left(text.letters, line.first)
        each = left / max(1, gaps + more)
        if not gaps and more and each <= 2 * most:
            return 0.0, each
        return (each, each) if each <= most else ((left - most * more) / max(1, gaps), most)
    return left / max(1, gaps), 0.0


def line_between(text: Paragraph, start: int, end: int) -> Line:
    """The line from one character to before another."""
    first, last = start, end
    is_last = end == len(text.text) or text.kinds[end - 1] == BREAK
    while first < last and text.kinds[first] == SPACE:
        first += 1
    while last > first and text.kinds[last - 1] in (SPACE, BREAK):
        last -= 1
    hyphen = 0.0 if is_last or last < end else text.hyphens.get(end - 1, 0.0)
    return Line(start, end, first, last, is_last, hyphen)


def _cost(text: Paragraph, line: Line, width: float) -> float:
    """How bad a line looks; infinite if it does not fit."""
    left, given, gaps = slack(text, line, width)
    if left < 0:
        if -left > given + HAIR * text.ems[line.first]:
            return float("inf")
        return min(1.0, (left / given) ** 2) if given else 0.0
    if line.is_last:
        return 0.0
    em = text.ems[line.first]
    gap, spread = shares(text, line, left, gaps)
    each = gap / em
    poor = _POOR + (spread / em / _SPREAD) ** 2 if spread else 0.0
    return poor + (each / _SOFT) ** 2 + (1e4 * each if each > STRETCH else 0.0)


def _is_passable(text: Paragraph, line: Line, width: float, justified: bool) -> bool:
    """Whether a line looks well enough for the words of an address to stay whole."""
    left, given, gaps = slack(text, line, width)
    if left < 0 or line.is_last:
        return -left <= given + HAIR * text.ems[line.first]
    if left <= (_SHORT if justified else _EMPTY) * width:
        return True
    return shares(text, line, left, gaps)[0] <= MOST * text.ems[line.first]


def _choices(text: Paragraph, start: int, width: float, justified: bool) -> list[tuple[float, Line]]:
    """The lines that may begin with a character, and how bad each looks."""
    found = [
        (_cost(text, line, width), line)
        for end in _ends(text, start, width)
        for line in (line_between(text, start, end),)
    ]
    if (text.torn or text.hyphens) and all(cost >= _POOR for cost, _ in found):
        is_whole = any(_is_passable(text, line, width, justified) for _, line in found)
        more = ((text.hyphens, _HYPHENATED), ({} if is_whole else text.torn, _TORN))
        full = bisect_right(text.at, text.at[start] + width) - 1
        for places, cost in more:
            ends = islice((end for end in range(full, start, -1) if end - 1 in places), _WINDOW)
            parted = [line_between(text, start, end) for end in ends]
            found += [(cost + _cost(text, line, width), line) for line in parted]
    return found


def _ends(text: Paragraph, start: int, width: float) -> Iterator[int]:
    """Where a line from a character on may end: the ends around the natural one, the nearest first."""
    size = len(text.text)
    forced = text.kinds.find(BREAK, start)
    limit = size if forced < 0 else forced + 1
    room = width + HAIR * text.ems[start]
    natural = min(limit, max(start + 1, bisect_right(text.at, text.at[start] + room) - 1))
    for ends in (range(natural, start, -1), range(natural + 1, limit + 1)):
        yield from islice((end for end in ends if end == limit or end - 1 not in text.stuck), _WINDOW)


def _best(text: Paragraph, start: int, width: float, justified: bool) -> Line:
    found = _choices(text, start, width, justified)
    # What is one line is left one line; the end of a longer text is not squeezed hard to save a line.
    most = 1.0 if start == 0 else 0.5
    whole = next((line for cost, line in found if line.is_last and cost <= most), None)
    if whole is not None:
        return whole
    cost, line = min(found, key=lambda each: (each[0], -each[1].end))
    if cost == float("inf"):
        # A word that is wider than the line: divided where the line is full.
        return line_between(text, start, _full(text, start, width))
    return line


def _full(text: Paragraph, start: int, width: float) -> int:
    end = bisect_right(text.at, text.at[start] + width) - 1
    while end < len(text.text) and text.widths[end] == 0.0:
        end += 1
    return max(start + 1, end)


def _is_orphan(text: Paragraph, line: Line) -> bool:
    """Whether a line holds one character, with or without marks, dashes, dots, signs and the calls of notes."""
    least = _SMALLER * text.ems[line.first] if line.last > line.first else 0.0
    return sum(text.ems[at] >= least and _counts(text, at) for at in range(line.first, line.last)) < 2


def _counts(text: Paragraph, at: int) -> bool:
    return text.kinds[at] == WIDE or (text.kinds[at] in (NARROW, SIGN) and text.text[at].isalnum())


def _together(text: Paragraph, start: int, first_width: float, width: float, justified: bool) -> list[Line]:
    """The lines from a character to the end that look best together, the last of them with two characters or more."""
    size = len(text.text)
    best: dict[int, tuple[float, Line | None]] = {start: (0.0, None)}
    for at in range(start, size):
        if at not in best:
            continue
        so_far = best[at][0]
        measure = first_width if at == start else width
        for cost, line in _choices(text, at, measure, justified):
            lonely = line.is_last and _is_orphan(text, line) and at != start
            total = so_far + cost + 0.01 + (1e3 if lonely else 0.0)
            if total < best.get(line.end, (float("inf"), None))[0]:
                best[line.end] = total, line
    lines: list[Line] = []
    at = size
    while at != start:
        _, line_before = best.get(at, (0.0, None))
        if line_before is None:
            return []
        lines.append(line_before)
        at = line_before.start
    return lines[::-1]
