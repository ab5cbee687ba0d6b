"""How a line is set to its measure: what each character gives up or gets.

Squeezed in CLREQ's order (6.2.2.3): spaces, dots between names, brackets, stops within a sentence, gaps between
scripts, stops at its end. Stretched evenly, and never inside ——, …… or a word.
"""

from collections.abc import Mapping, Sequence

from keben.core.values import dataclass
from keben.typeset.lines.breaking import HAIR, MOST, Line, shares, slack
from keben.typeset.lines.lengths import trimmed_end, trimmed_start
from keben.typeset.lines.marks import CLOSING, DOT, MARKS, OPENING, SPACE, STOP, TALL
from keben.typeset.lines.paragraph import Paragraph

_FINAL = frozenset("。？！．")
"""Stops that end a sentence: they keep their blank longest."""

_MOST_AT_CODE = 1 / 3
"""The same of a line that ends in code, or before it: such a line ends where code can be divided."""

_NOTHING = 1e-6

UNIT = 1000
"""Parts of an em that positions are counted in: those of PDF's text space."""


@dataclass(slots=True)
class Spacing:
    """What is added to the characters of a line, in `UNIT` parts of each one's em; by offsets in the line."""

    before: dict[int, int]
    """How far a character is moved to the left."""
    after: list[int]
    """What follows each, beside its own width."""


def space(text: Paragraph, line: Line, width: float, *, justify: bool) -> Spacing:
    """Set a line; without ``justify`` it is squeezed where it is too long, and not stretched."""
    gaps = _with_readings(text, line, _with_edges(text, line, _own(text, line)))
    left, _, count = slack(text, line, width)
    if left < 0:
        gaps = _squeezed(text, line, -left, gaps)
    elif justify and left > HAIR * text.ems[line.first]:
        gaps = _stretched(text, line, left, count, gaps)
    return _counted(text, line.first, gaps)


@dataclass(frozen=True, slots=True)
class _Gaps:
    """What is added to the characters of a line, in the unit of the measure; by offsets in the line."""

    before: Mapping[int, float]
    """How far a character is moved to the left."""
    after: Sequence[float]
    """What follows each, beside its own width."""


def _own(text: Paragraph, line: Line) -> _Gaps:
    """What neighbours give up to each other, and the gaps between scripts."""
    first, last = line.first, line.last
    after = [text.after.get(at, 0.0) for at in range(first, last - 1)]
    before = {at - first: text.before[at] for at in range(first + 1, last) if at in text.before}
    return _Gaps(before, [*after, 0.0])


def _with_edges(text: Paragraph, line: Line, gaps: _Gaps) -> _Gaps:
    """With what the marks at the line's edges give up."""
    start, end = trimmed_start(text, line.first), trimmed_end(text, line.last - 1)
    before = {**gaps.before, 0: start} if start else gaps.before
    return _Gaps(before, [*gaps.after[:-1], -end] if end else gaps.after)


def _with_readings(text: Paragraph, line: Line, gaps: _Gaps) -> _Gaps:
    """With the room of readings that are wider than their text; none at an edge, where nothing is beside them."""
    if not text.pads:
        return gaps
    before, after = dict(gaps.before), list(gaps.after)
    for at in range(line.first, line.last):
        left, right = text.pads.get(at, (0.0, 0.0))
        if left and at > line.first:
            before[at - line.first] = before.get(at - line.first, 0.0) - left
        if right and at < line.last - 1:
            after[at - line.first] += right
    return _Gaps(before, after)


def _stretched(text: Paragraph, line: Line, left: float, count: int, gaps: _Gaps) -> _Gaps:
    """With what is left of the measure shared out among the gaps, unless each would be too wide."""
    gap, letter = shares(text, line, left, count)
    if gap > (_MOST_AT_CODE if _is_at_code(text, line) else MOST) * text.ems[line.first]:
        return gaps
    spread = frozenset(text.letters if letter else ())
    *inner, last = gaps.after
    after = [
        own + (letter if at in spread else 0.0 if at in text.rigid else gap)
        for at, own in enumerate(inner, line.first)
    ]
    return _Gaps(gaps.before, [*after, last])


def _is_at_code(text: Paragraph, line: Line) -> bool:
    """Whether a line ends in code, or the next one begins with it."""
    beside = {line.last - 1, line.end}
    return not line.hyphen and not beside.isdisjoint(text.kerns) and beside.isdisjoint(text.letters)


def _squeezed(text: Paragraph, line: Line, need: float, gaps: _Gaps) -> _Gaps:
    """With what is too much for the measure taken away, from one tier after the other."""
    before, after = dict(gaps.before), list(gaps.after)
    for tier, part in _tiers(text, line):
        rooms = [(at, left * part, right * part) for at in tier for left, right in [_room(text, line, at)]]
        room = sum(left + right for _, left, right in rooms)
        if room <= 0:
            continue
        share = min(1.0, need / room)
        for at, left, right in rooms:
            if left:
                before[at - line.first] = before.get(at - line.first, 0.0) + left * share
            if right:
                after[at - line.first] -= right * share
        need -= room * share
        if need <= _NOTHING:
            break
    return _Gaps(before, after)


def _tiers(text: Paragraph, line: Line) -> tuple[tuple[Sequence[int], float], ...]:
    """The characters that give something up, in the order in which they do, and which part of what they can."""
    inner = [at for at in range(line.first, line.last) if at in text.spare]
    kinds = {at: text.kinds[at] for at in inner}
    stops = [at for at in inner if kinds[at] in (STOP, TALL)]
    gaps = [at for at in inner if kinds[at] not in (SPACE, DOT, *MARKS)]
    return (
        ([at for at in inner if kinds[at] == SPACE], 1.0),
        ([at for at in inner if kinds[at] == DOT], 1.0),
        ([at for at in inner if kinds[at] in (OPENING, CLOSING)], 1.0),
        ([at for at in stops if text.text[at] not in _FINAL], 1.0),
        # To an eighth of an em; to nothing only where all else was not enough.
        (gaps, 0.5),
        ([at for at in stops if text.text[at] in _FINAL], 1.0),
        (gaps, 0.5),
    )


def _room(text: Paragraph, line: Line, at: int) -> tuple[float, float]:
    left, right = text.spare[at]
    return (0.0 if at == line.first else left), (0.0 if at == line.last - 1 else right)


def _counted(text: Paragraph, first: int, gaps: _Gaps) -> Spacing:
    """In whole parts of an em; what one rounding leaves the next takes, so that a line's end stands where it should."""
    moved: dict[int, int] = {}
    whole: list[int] = []
    owed = 0.0
    for at, gap in enumerate(gaps.after):
        em = text.ems[first + at]
        if at in gaps.before:
            moved[at] = round(gaps.before[at] * UNIT / em)
            owed += moved[at] * em / UNIT - gaps.before[at]
        parts = round((gap + owed) * UNIT / em)
        owed += gap - parts * em / UNIT
        whole.append(parts)
    return Spacing(moved, whole)
