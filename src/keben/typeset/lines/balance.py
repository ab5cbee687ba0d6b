"""Lines of about one length: a title or a caption does not end with a word alone, and is turned over at a mark."""

from functools import cache

from keben.typeset.lines.breaking import HAIR, Line, break_lines, line_between, slack
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

    They are less alike where more of them end at a mark then.
    """
    lines = break_lines(text, first_width, width, start, justified=False)
    if not 1 < len(lines) <= _MOST or BREAK in text.kinds[start:]:
        return lines
    return _even(text, start, len(lines), first_width, width) or lines


def _even(text: Paragraph, start: int, count: int, first_width: float, width: float) -> list[Line]:
    """So many lines that look best together; none where they have no room."""
    size = len(text.text)
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
