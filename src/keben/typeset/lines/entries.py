"""Where the lines of an entry of the contents end: the number of its page stands behind some of its title.

A title in halves (`keben.typeset.lines.halves`) is turned over between them.
"""

from keben.typeset.lines.breaking import HAIR, Line, line_between, slack
from keben.typeset.lines.halves import half_ends, without_spaces
from keben.typeset.lines.marks import WIDE
from keben.typeset.lines.paragraph import Paragraph

LEAST = 4
"""Characters of a title of more than one line that stand before its number; two letters count as one."""


def entry_line(text: Paragraph, start: int, width: float, tail: float) -> Line:
    """The line of a title that begins with a character; ``tail``: what the number and all that leads to it take."""
    size = len(text.text)
    whole = line_between(text, start, size)
    if _has_room(text, whole, width - tail):
        return whole
    ends = (end for end in range(start + 1, size) if end - 1 not in text.stuck)
    lines = [
        line
        for end in ends
        for line in (without_spaces(text, line_between(text, start, end)),)
        if _has_room(text, line, width)
    ]
    halves = half_ends(text.text)
    between = [line for line in lines if line.end in halves]
    if between:
        return between[-1]
    good = [line for line in lines if _counted(text, line.end) >= LEAST]
    if good or lines:
        return (good or lines)[-1]
    # A word that is wider than the line.
    torn = [line_between(text, start, end) for end in range(start + 1, size)]
    return next((line for line in reversed(torn) if _has_room(text, line, width)), torn[0] if torn else whole)


def _has_room(text: Paragraph, line: Line, width: float) -> bool:
    left, _, _ = slack(text, line, width)
    return left >= -HAIR * text.ems[line.start]


def _counted(text: Paragraph, start: int) -> float:
    """How many characters a title has from one on, without marks and spaces."""
    return sum(
        1.0 if text.kinds[at] == WIDE else 0.5
        for at in range(start, len(text.text))
        if text.text[at].isalnum()
    )
