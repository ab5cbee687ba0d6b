"""Lines of about one length: a title or a caption does not end with a word alone, and is turned over at a mark.

A title in halves (`keben.typeset.lines.halves`) is turned over between them.
"""

from functools import cache
from itertools import combinations, pairwise

from keben.typeset.lines.breaking import HAIR, Line, break_lines, line_between, slack
from keben.typeset.lines.halves import half_ends, without_spaces
from keben.typeset.lines.marks import BREAK, MARKS, OPENING, SPACE, WIDE
from keben.typeset.lines.paragraph import Paragraph

_MOST = 4
"""Lines of what is balanced: a longer text is read as a paragraph."""
_INSIDE = 0.12
"""What it costs to end a line elsewhere than at a mark: two lines may be to each other as two to three for one."""
_IN_NAMES = "·‧・．"
"""What stands between the parts of a name."""
_WORST = float("inf")


def even_lines(text: Paragraph, first_width: float, width: float, start: int = 0) -> list[Line]:
    """The lines of a paragraph as `break_lines` has them, or as many that are about as long as one another.

    They are less alike where more of them end at a mark then. Those of a title in halves may be one more.
    """
    lines = break_lines(text, first_width, width, start, justified=False)
    if len(lines) == 1 or BREAK in text.kinds[start:]:
        return lines
    halves = half_ends(text.text, start)
    parted = _in_halves(text, (start, *halves, len(text.text)), first_width, width) if halves else []
    if not parted and len(lines) <= _MOST:
        parted = _even(text, (start, len(text.text)), len(lines), first_width, width)
    return [without_spaces(text, line, start) for line in parted or lines]


def _in_halves(text: Paragraph, edges: tuple[int, ...], first_width: float, width: float) -> list[Line]:
    """The lines of a title whose parts begin and end at some edges: so many parts to a line as it has room for."""
    start, *inner, size = edges
    for count in range(1, len(inner)):
        found = [
            [line_between(text, *ends) for ends in pairwise((start, *cuts, size))]
            for cuts in combinations(inner, count)
        ]
        good = [each for each in found if _have_room(text, each, first_width, width)]
        if good:
            return min(good, key=lambda each: max(_length(text, line) for line in each))
    parts = [
        _part(text, (begin, end), first_width if begin == start else width, width)
        for begin, end in pairwise(edges)
    ]
    return [line for part in parts for line in part] if all(parts) else []


def _have_room(text: Paragraph, lines: list[Line], first_width: float, width: float) -> bool:
    widths = (first_width, *(width for _ in lines[1:]))
    return all(
        slack(text, without_spaces(text, line, lines[0].start), room)[0] >= -HAIR * text.ems[line.start]
        for line, room in zip(lines, widths, strict=True)
    )


def _length(text: Paragraph, line: Line) -> float:
    return text.at[line.last] - text.at[line.first]


def _part(text: Paragraph, part: tuple[int, int], first_width: float, width: float) -> list[Line]:
    """The lines of a half, as few as there is room for; none where they would be too many."""
    whole = line_between(text, *part)
    if _have_room(text, [whole], first_width, width):
        return [whole]
    printed = part[0], without_spaces(text, whole, part[0]).last
    counts = range(2, _MOST + 1)
    lines = next(filter(None, (_even(text, printed, count, first_width, width) for count in counts)), [])
    return [*lines[:-1], *(line._replace(end=part[1]) for line in lines[-1:])]


def _even(text: Paragraph, part: tuple[int, int], count: int, first_width: float, width: float) -> list[Line]:
    """So many lines of a part of a text that look best together; none where they have no room."""
    start, size = part
    ends = [end for end in range(start + 1, size) if end - 1 not in text.stuck]
    target = (text.at[size] - text.at[start]) / count

    @cache
    def best(begin: int, rest: int) -> tuple[float, tuple[Line, ...]]:
        room = first_width if begin == start else width
        if rest == 1:
            last = line_between(text, begin, size)
            return _cost(text, last, room, target), (last,)
        found: tuple[float, tuple[Line, ...]] = (_WORST, ())
        for end in reversed(ends):
            if end <= begin:
                break
            if text.at[end] - text.at[begin] > room + 2 * text.ems[begin]:
                continue
            line = line_between(text, begin, end)
            cost = _cost(text, line, room, target) + _cost_of_end(text, end)
            if cost < found[0]:
                more, others = best(end, rest - 1)
                if cost + more < found[0] - 1e-9:
                    found = cost + more, (line, *others)
        return found

    cost, lines = best(start, count)
    return list(lines) if cost < _WORST else []


def _cost(text: Paragraph, line: Line, room: float, target: float) -> float:
    """How unlike the others a line is; infinite where it has no room."""
    left, _, _ = slack(text, line, room)
    if left < -HAIR * text.ems[line.start]:
        return _WORST
    return ((room - left - target) / target) ** 2


def _cost_of_end(text: Paragraph, end: int) -> float:
    """What it costs to end a line: nothing at a mark, before one that opens, or at a space among Chinese.

    Between the parts of a name it costs half as much as between any other characters.
    """
    if text.text[end - 1] in _IN_NAMES:
        return _INSIDE / 2
    if text.kinds[end - 1] == SPACE:
        is_good = end >= 2 and text.kinds[end - 2] in (WIDE, *MARKS)
    else:
        is_good = text.kinds[end - 1] in MARKS or text.kinds[end] == OPENING
    return 0.0 if is_good else _INSIDE
