"""Notes within a line (夹注) in two rows of half its size: 雙行夾注, 割注.

A line holds a part of a gloss: the first half of it stands above, or on the right of a column, the second half below.
Both rows are set as lines are; what a line cannot hold goes on in two rows of the next one. Sources: CLREQ 5.5; JLREQ
4.3 (inline cutting notes), by which neither row begins or ends with a mark that no line may begin or end with.
"""

from typing import NamedTuple

from keben.typeset.lines.lengths import natural
from keben.typeset.lines.paragraph import Gloss, Paragraph
from keben.typeset.lines.zhuyin import CENTRE

_APART = 0.27
"""From the middle of the line to that of each row, in em of the text around: a little more than a quarter."""

_NEAR = 4
"""How many places beside the middle are looked at for one where the first row may end."""


class GlossRows(NamedTuple):
    """A part of a gloss, in two rows."""

    first: int
    middle: int
    """The character of the gloss that the second row begins with."""
    last: int
    width: float
    """That of the longer one."""

    def spans(self) -> tuple[tuple[int, int], ...]:
        """The characters of each row that has any."""
        found = (self.first, self.middle), (self.middle, self.last)
        return tuple((start, end) for start, end in found if end > start)


def rows_of(gloss: Gloss, first: int, last: int) -> GlossRows:
    """The rows of a part of a gloss, as equal as they can be; the first is the longer one where they differ.

    ``first`` and ``last`` are counted in the paragraph, and may lie outside the gloss.
    """
    begin, end = max(first, gloss.start) - gloss.start, min(last, gloss.end) - gloss.start
    text = gloss.text
    half = (text.at[begin] + text.at[end]) / 2
    middle = next((at for at in range(begin, end) if text.at[at] >= half), end)
    free = [at for at in range(begin + 1, end) if at - 1 not in text.stuck]
    free.sort(key=lambda at: (abs(at - middle), -at))
    found = [_rows(text, begin, at, end) for at in (*free[:_NEAR], end)]
    return min(found, key=lambda rows: (round(rows.width, 3), -rows.middle if rows.middle < end else 0))


def _rows(text: Paragraph, first: int, middle: int, last: int) -> GlossRows:
    lengths = [natural(text, start, end) for start, end in ((first, middle), (middle, last)) if end > start]
    return GlossRows(first, middle, last, max(lengths, default=0.0))


def excess(text: Paragraph, first: int, last: int) -> float:
    """How much longer the glosses of a line are than the half of their characters' widths, which `Paragraph` counts."""
    return sum(
        rows_of(gloss, first, last).width - sum(text.own[max(first, gloss.start) : min(last, gloss.end)])
        for gloss in text.glosses
        if gloss.start < last and gloss.end > first
    )


def rises(em: float, size: float) -> tuple[float, float]:
    """How far the baseline of each row is above that of the line, by the size of the text around and of the rows."""
    middle = CENTRE * (em - size)
    return middle + _APART * em, middle - _APART * em
