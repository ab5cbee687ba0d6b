"""How a line is set to its measure: what each character gives up or gets.

Squeezed in CLREQ's order (6.2.2.3): spaces, dots between names, brackets, stops within a sentence, gaps between
scripts, stops at its end. Stretched evenly, and never inside ——, …… or a word.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from keben.typeset.lines.breaking import HAIR, Line, letters, slack
from keben.typeset.lines.marks import CLOSING, DOT, MARKS, OPENING, SPACE, STOP, TALL
from keben.typeset.lines.paragraph import Paragraph, trimmed_end, trimmed_start

_FINAL = frozenset("。？！．")
"""Stops that end a sentence: they keep their blank longest."""

MOST = 0.5
"""The most that a gap is stretched, in em: a line that needs more is left short."""

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
    first, last = line.first, line.last
    size = last - first
    before: dict[int, float] = {}
    after = [0.0] * size
    for at in range(first, last - 1):
        if at in text.after:
            after[at - first] = text.after[at]
        if at + 1 in text.before:
            before[at + 1 - first] = text.before[at + 1]
    if trimmed := trimmed_start(text, first):
        before[0] = trimmed
    if trimmed := trimmed_end(text, last - 1):
        after[-1] = -trimmed
    for at in range(first, last) if text.pads else ():
        if at in text.pads:
            # At a line's edge a reading may be wider than its text: nothing is beside it.
            left, right = text.pads[at]
            if at > first:
                before[at - first] = before.get(at - first, 0.0) - left
            if at < last - 1:
                after[at - first] += right
    left, _, gaps = slack(text, line, width)
    if left < 0:
        _squeeze(text, line, -left, before, after)
    elif justify and left > HAIR * text.ems[first]:
        more = letters(text, line, left, gaps)
        spread = frozenset(text.letters if more else ())
        each = left / max(1, gaps + more)
        for at in range(size - 1) if each <= MOST * text.ems[first] else ():
            if first + at not in text.rigid or first + at in spread:
                after[at] += each
    return _counted(text, first, before, after)


def _squeeze(text: Paragraph, line: Line, need: float, before: dict[int, float], after: list[float]) -> None:
    first, last = line.first, line.last
    inner = [at for at in range(first, last) if at in text.spare]
    kinds = {at: text.kinds[at] for at in inner}
    stops = [at for at in inner if kinds[at] in (STOP, TALL)]
    gaps = [at for at in inner if kinds[at] not in (SPACE, DOT, *MARKS)]
    tiers: tuple[tuple[list[int], float], ...] = (
        ([at for at in inner if kinds[at] == SPACE], 1.0),
        ([at for at in inner if kinds[at] == DOT], 1.0),
        ([at for at in inner if kinds[at] in (OPENING, CLOSING)], 1.0),
        ([at for at in stops if text.text[at] not in _FINAL], 1.0),
        # To an eighth of an em; to nothing only where all else was not enough.
        (gaps, 0.5),
        ([at for at in stops if text.text[at] in _FINAL], 1.0),
        (gaps, 0.5),
    )
    for tier, part in tiers:
        rooms = [(at, left * part, right * part) for at in tier for left, right in [_room(text, line, at)]]
        room = sum(left + right for _, left, right in rooms)
        if room <= 0:
            continue
        share = min(1.0, need / room)
        for at, left, right in rooms:
            if left:
                before[at - first] = before.get(at - first, 0.0) + left * share
            if right:
                after[at - first] -= right * share
        need -= room * share
        if need <= 1e-6:
            return


def _room(text: Paragraph, line: Line, at: int) -> tuple[float, float]:
    left, right = text.spare[at]
    return (0.0 if at == line.first else left), (0.0 if at == line.last - 1 else right)


def _counted(text: Paragraph, first: int, before: dict[int, float], after: Sequence[float]) -> Spacing:
    """In whole parts of an em; what one rounding leaves the next takes, so that a line's end stands where it should."""
    moved: dict[int, int] = {}
    whole: list[int] = []
    owed = 0.0
    for at, gap in enumerate(after):
        em = text.ems[first + at]
        if at in before:
            moved[at] = round(before[at] * UNIT / em)
            owed += moved[at] * em / UNIT - before[at]
        parts = round((gap + owed) * UNIT / em)
        owed += gap - parts * em / UNIT
        whole.append(parts)
    return Spacing(moved, whole)
