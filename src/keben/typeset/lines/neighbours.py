"""What characters give up to their neighbours, what stands between them, and where no line ends.

Each function goes over a paragraph once; what it takes and gives has an entry for a character, by its place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import category

from keben.typeset.lines.marks import (
    BREAK,
    CLOSING,
    DASH,
    DOT,
    DRAWING,
    MARKS,
    NARROW,
    OPENING,
    SIGN,
    SPACE,
    STEP_BACK,
    STOP,
    TALL,
    WIDE,
    RegionMarks,
)

GAP = 0.25
"""Between Chinese and another script, in em (CLREQ 6.3.3)."""

DOT_WIDTH = 0.5
"""What a dot between names keeps of its width, in em, as much being taken on its left as on its right (CLREQ
6.2.2.3)."""

APOSTROPHE = 0.55
"""What an apostrophe takes, in em: Chinese fonts have it as a closing quotation mark, an em wide, its ink at the left.
Where the next letter stands closer, extractors part the word."""

_NO_GAP = frozenset(" ,.;:!?)]}([{'\"/-–‐∶\u00a0")
_SIGNS = frozenset(("Sm", "So", "Sk", "Zs"))
"""Categories of signs that are no letters, and of spaces: no gap stands between them and Chinese. (C++ and C# are
words.)"""


def no_line_ends(text: str, kinds: str, marks: RegionMarks, at: int, *, is_in_word: bool) -> bool:
    """Whether no line may end between a character and the next one."""
    one, two = kinds[at], kinds[at + 1]
    if one == NARROW == two:
        # A word that is parted after its hyphen or its slash.
        return is_in_word or text[at + 1] in marks.no_start
    return not marks.may_end(text[at], text[at + 1]) or two == SPACE or _is_connector(text, kinds, at + 1)


def _is_connector(text: str, kinds: str, at: int) -> bool:
    """Whether a hyphen or a single dash connects two words (GB/T 15834, 5.1.6): no line begins with it.

    A hyphen behind a mark or a space is a sign of minus, or what a list begins with.
    """
    before = kinds[at - 1]
    if text[at] == "-":
        return before in (WIDE, SIGN)
    return text[at] == "—" and DASH not in (before, kinds[at + 1 : at + 2]) and before != SPACE


def rigid_at(kinds: str, borders: Sequence[int]) -> Iterator[int]:
    """After which characters nothing is stretched, by what they are and what the next one is.

    A space is stretched once, behind it: before it too it would be twice as wide as other gaps.
    """
    for at in borders:
        one, two = kinds[at], kinds[at + 1]
        is_mark = one == OPENING or two in (CLOSING, STOP, TALL, SPACE)
        if is_mark or BREAK in (one, two) or (one == two and one in (NARROW, DASH)):
            yield at


def between(
    text: str, kinds: str, ems: Sequence[float], marks: RegionMarks, borders: Sequence[int]
) -> tuple[dict[int, float], dict[int, float]]:
    """What stands between neighbours: how far the second is moved to the left, and what follows the first."""
    before: dict[int, float] = {}
    after: dict[int, float] = {}
    for at in borders:
        one, two = kinds[at], kinds[at + 1]
        if one in MARKS and two in MARKS:
            mine, yours = marks.given_up(one, two)
            if mine:
                after[at] = -mine * ems[at]
            if yours:
                before[at + 1] = yours * ems[at + 1]
        elif {one, two} == {WIDE, NARROW} and _has_gap(text[at if one == NARROW else at + 1]):
            after[at] = GAP * min(ems[at], ems[at + 1])
    return before, after


def _has_gap(character: str) -> bool:
    """Whether a character of another script stands apart from Chinese: a letter, a digit, a sign of a word."""
    is_sign = not character.isascii() and character != DRAWING and category(character) in _SIGNS
    return character not in _NO_GAP and not is_sign


def closed_up(
    after: Mapping[int, float],
    ems: Sequence[float],
    widths: Sequence[float],
    apostrophes: Sequence[int],
    joints: Iterable[int],
) -> dict[int, float]:
    """What follows each character, but for gaps at apostrophes, which stand inside a word, and at raised figures.

    A raised figure stands close to what it belongs to; what follows the mark of a note has its own width.
    """
    found = dict(after)
    for at in apostrophes:
        found.pop(at - 1, None)
        found[at] = min(0.0, APOSTROPHE * ems[at] - widths[at])
    closed = {at for at in joints if found.get(at, 0.0) > 0}
    return {at: gap for at, gap in found.items() if at not in closed}


def blank_of(
    index: int, kinds: str, em: float, widths: Sequence[float], marks: RegionMarks
) -> tuple[float, float]:
    """What a mark or a space can give up on its left and on its right."""
    left, right = (blank * em for blank in marks.blank(kinds[index]))
    left = min(left, STEP_BACK * em)
    # Two adjacent marks have given up what they can.
    if index and kinds[index - 1] in MARKS:
        left = 0.0
    if index + 1 < len(kinds) and kinds[index + 1] in MARKS:
        right = 0.0
    if kinds[index] == SPACE:
        right = max(0.0, widths[index] - GAP * em)
    elif kinds[index] == DOT:
        left = right = (widths[index] - DOT_WIDTH * em) / 2
    return max(0.0, left), max(0.0, right)


def with_gaps(
    spare: Mapping[int, tuple[float, float]], after: Mapping[int, float]
) -> dict[int, tuple[float, float]]:
    """What characters can give up, with the gaps that follow them."""
    found = dict(spare)
    for at, gap in after.items():
        if gap > 0:
            left, right = found.get(at, (0.0, 0.0))
            found[at] = left, right + gap
    return found


def with_neighbours(
    widths: Sequence[float],
    before: Mapping[int, float],
    after: Mapping[int, float],
    pads: Mapping[int, tuple[float, float]],
) -> list[float]:
    """How wide each character stands: with what it gives up to neighbours, gaps, and the room of readings."""
    found = list(widths)
    for at, gap in after.items():
        found[at] += gap
    for at, gap in before.items():
        found[at] -= gap
    for at, (left, right) in pads.items():
        found[at] += left + right
    return found


def given_by(
    count: int, blanks: Mapping[int, tuple[float, float]], after: Mapping[int, float]
) -> list[float]:
    """What each of so many characters can give up, on both sides and of the gap that follows it."""
    found = [0.0] * count
    for at, (left, right) in blanks.items():
        found[at] = left + right
    for at, gap in after.items():
        if gap > 0:
            found[at] += gap
    return found
