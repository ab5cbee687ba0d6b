"""Where lines end in a block that stands away from both edges of the measure: a quotation, a box with white in it.

A file does not say so. The full lines of a justified paragraph end at one place; and a block has about the same white
on both sides, less on the right where it has a bar on its left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.check.linemarks import HALF
from keben.check.lineparagraphs import PlacedLine, beginning, is_near, line_ends

Paragraph = tuple[PlacedLine, ...]

_FLUSH = 0.05
_NEAR = 0.1
_BAR = 0.6
"""A bar on one side makes the white of both differ by no more, in em."""
_STEPS = (0, 2, 3, 4, 5, 6)
"""How far from its block's edge the text of a list may begin, or of a list in it, in em."""
_LINE = 0.25
"""How much more than the leading may be between two lines of a block, in em."""


def in_their_blocks(
    paragraphs: Sequence[Paragraph], em: float, leading: float, *, centred: bool
) -> Iterator[Paragraph]:
    """The same paragraphs; the lines of those in a block that ends before the measure end where the block does.

    Args:
        paragraphs: The lines of each, in order.
        em: The size of the text, in points.
        leading: From one line to the next, in em.
        centred: Stops stand in the middle of their em.
    """
    for at, lines in enumerate(paragraphs):
        away = _away(paragraphs, at, em, leading, centred=centred)
        yield tuple(_ending(line, away * em, centred=centred) for line in lines) if away else lines


def _ending(line: PlacedLine, away: float, *, centred: bool) -> PlacedLine:
    end = line.end - away
    right = min(line_ends(line.glyphs[-1], centred=centred), key=lambda each: abs(each - end))
    return replace(line, end=end, right=right)


def _away(paragraphs: Sequence[Paragraph], at: int, em: float, leading: float, *, centred: bool) -> float:
    """How far before the measure's end the block ends that a paragraph stands in, in em; 0: it does not."""
    lines = paragraphs[at]
    inset = (lines[-1].left - lines[-1].edge) / em
    if len(lines) < 2 or inset < HALF:
        return 0.0
    ends = [
        [(line.end - end) / em for end in line_ends(line.glyphs[-1], centred=centred)] for line in lines[:-1]
    ]
    common = {each: sum(_has(some, each) for some in ends) for some in ends for each in some}
    most = max(common.values())
    for away in sorted(each for each, count in common.items() if count == most):
        if away < HALF:
            return 0.0
        # What had room and was not set there shows that there is white.
        had_room = beginning(lines[1].glyphs) <= (away + _FLUSH) * em
        is_white = had_room or _is_white(inset, away)
        if most > 1 or (is_white and not _reaches_further(paragraphs, at, away, em, leading, centred)):
            return away
    return 0.0


def _has(ends: Sequence[float], end: float) -> bool:
    return any(abs(each - end) <= _FLUSH for each in ends)


def _is_white(inset: float, away: float) -> bool:
    """Whether a block may have so much white on the right where text in it begins there on the left."""
    bar = _NEAR if is_near(inset, round(inset)) else _BAR
    return any(inset - step >= HALF and -_NEAR <= inset - step - away <= bar for step in _STEPS)


def _reaches_further(
    paragraphs: Sequence[Paragraph], at: int, away: float, em: float, leading: float, centred: bool
) -> bool:
    """Whether a line above or below in the same block ends further to the right."""
    for step in (-1, 1):
        near = paragraphs[at]
        for other in paragraphs[at + step :: step] if at + step >= 0 else ():
            above, below = (other[-1], near[0]) if step < 0 else (near[-1], other[0])
            if above.page != below.page or not 0 < above.y - below.y <= (leading + _LINE) * em:
                break
            if (other[-1].left - other[-1].edge) / em < HALF:
                break
            ends = [line.end - min(line_ends(line.glyphs[-1], centred=centred)) for line in other]
            if min(ends) < (away - _NEAR) * em:
                return True
            near = other
    return False
