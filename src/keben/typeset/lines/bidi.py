"""Right-to-left words in lines that run from left to right.

Lines are worked out in the order in which they are read. Pango turns the letters of Hebrew and Arabic round when it
draws them; what stands after each letter, and the boxes of a phrase that emphasis or a link cuts up, are turned round
here (Unicode Standard Annex 9, L2).
"""

import re
from collections.abc import Iterator, Sequence

from keben.core.characters import RIGHT_TO_LEFT

PHRASE = re.compile(f"[{RIGHT_TO_LEFT}]+(?:[ \u00a0\\-0-9.,:;!?'\"()\u0300-\u036f]+[{RIGHT_TO_LEFT}]+)*")
"""Right-to-left words with what stands between them."""


def turned(after: Sequence[int], runs: Sequence[tuple[int, int, int]]) -> Sequence[int]:
    """What follows each character to its right, from what follows it as it is read.

    Args:
        after: by characters.
        runs: of each run of text the first character, the one behind the last, and its embedding level; in any order.
    """
    if not any(level for *_, level in runs):
        return after
    found = list(after)
    for start, end in _phrases(runs):
        for first, last, level in runs:
            if start <= first and last <= end:
                before = after[first - 1] if first > start else after[end - 1]
                if level % 2:
                    found[first:last] = [before, *after[first : last - 1]]
                else:
                    found[last - 1] = before
    return found


def _phrases(runs: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for first, last, level in sorted(runs):
        if not level:
            continue
        if first != end:
            if end > start:
                yield start, end
            start = first
        end = last
    if end > start:
        yield start, end


def clusters(starts: Sequence[int], length: int, *, is_rtl: bool) -> Iterator[tuple[int, int, int]]:
    """The clusters of a run, from left to right: its last glyph, its first byte, and the one behind its last.

    ``starts`` has the first byte of each glyph's cluster, ``length`` is the run's in bytes.
    """
    count, behind = len(starts), length
    for index, start in enumerate(starts):
        following = starts[index + 1] if index + 1 < count else (-1 if is_rtl else length)
        if following == start:
            # A cluster of several glyphs: what follows it follows the last.
            continue
        yield index, start, behind if is_rtl else following
        behind = start
