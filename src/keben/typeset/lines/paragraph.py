"""A paragraph as numbers: how wide each character stands, what it may give up, where a line may end.

All lists have an entry for each character of the paragraph's text, widths in the unit of the measure that is passed
in. A word in another script is one piece: its first character has its whole width, the others have none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import inf

from keben.typeset.lines.marks import (
    BREAK,
    CLOSING,
    DASH,
    DOT,
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
from keben.typeset.lines.words import Measure, Web, measure_special

GAP = 0.25
"""Between Chinese and another script, in em (CLREQ 6.3.3)."""

DOT_WIDTH = 0.5
"""What a dot between names keeps of its width, in em, as much being taken on its left as on its right (CLREQ
6.2.2.3)."""

APOSTROPHE = 0.55
"""What an apostrophe takes, in em: Chinese fonts have it as a closing quotation mark, an em wide, its ink at the left.
Where the next letter stands closer, extractors part the word."""

_SPECIAL = re.compile(f"{NARROW}+|{DASH}+|[^{WIDE}{NARROW}{DASH}]")
_NO_GAP = frozenset(" ,.;:!?)]}([{'\"/-–\u00a0")
_ATTACHED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302d\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef\u200b-\u200f\u2060]+"
)
_APOSTROPHE = re.compile(r"(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Text of one style."""

    text: str
    em: float
    measure: Measure
    """The width of a text of other characters than full-width ones."""
    unbroken: bool = False
    """No line ends inside it."""
    joined: bool = False
    """No line ends before it: the call of a note."""
    pad: float = 0.0
    """What a wider reading over it adds, half on each side."""
    aside: float = 0.0
    """What a reading takes beside its last character, wherever that stands; or what follows the mark of a note."""
    leads: bool = False
    """The mark that begins a note: what follows it stands where it stands in all notes."""
    upright: bool = False
    """All of it stands in one em, as one Chinese character: a number in a column."""
    is_code: bool = False
    """It is parted where code is."""


@dataclass(slots=True)
class Paragraph:
    """What a paragraph's lines are made from."""

    text: str
    kinds: str
    marks: RegionMarks
    ems: list[float]
    widths: list[float]
    """Of each character with what stands after it: without the blank that it gives up to a neighbour."""
    before: dict[int, float]
    """What a mark gives up on its left to the mark before it."""
    after: dict[int, float]
    """What stands after a character beside its own width: a gap, or (negative) what it gives up to the next mark."""
    pads: dict[int, tuple[float, float]]
    """What a reading adds before and after a character."""
    asides: dict[int, float]
    """What a reading takes beside a character. It is part of the character's own width."""
    spare: dict[int, tuple[float, float]]
    """What a mark, a space or a gap can still give up, on its left and on its right."""
    rigid: frozenset[int]
    """Characters after which nothing is stretched."""
    stuck: frozenset[int]
    """Characters after which no line may end."""
    at: list[float]
    """Where each character begins, if all stood in one line; one entry more than there are characters."""
    given: list[float]
    """What all characters before each could give up."""
    gaps: list[int]
    """How many gaps before each could be stretched."""
    torn: frozenset[int] = frozenset()
    """Letters of addresses, of code and of what is wider than a line, after which a line may end where it must."""
    kerns: Mapping[int, float] = field(default_factory=dict)
    """Of all characters of addresses and code but the last of each, in order: how much nearer or farther the next is by
    its form."""
    letters: tuple[int, ...] = ()
    """Those of addresses: where nothing else can be stretched, what follows them is."""


def paragraph(pieces: Sequence[LinePiece], marks: RegionMarks, measure: float = inf) -> Paragraph:
    """The numbers of a paragraph. A word that is wider than the measure can be parted, if it must, anywhere."""
    draft = _Draft("".join(piece.text for piece in pieces), marks, measure)
    start = 0
    for piece in pieces:
        draft.add(piece, start)
        start += len(piece.text)
    return draft.settled()


class _Draft:
    """A paragraph's numbers while they are worked out; by the offset of each character."""

    def __init__(self, text: str, marks: RegionMarks, measure: float) -> None:
        self.text = text
        self.marks = marks
        self.measure = measure
        self.kinds = marks.classes(text)
        self.apostrophes = [match.start() for match in _APOSTROPHE.finditer(text)] if "’" in text else []
        self.take_for_wide(self.apostrophes)
        attached = _attached(text, self.kinds)
        self.take_for_wide(attached)
        self.ems: list[float] = []
        self.own = dict.fromkeys(attached, 0.0)
        """Widths of those that are not as wide as they are high."""
        self.stuck = {at - 1 for at in attached}
        self.rigid = set(self.stuck)
        self.joints: set[int] = set()
        self.pads: dict[int, tuple[float, float]] = {}
        self.asides: dict[int, float] = {}
        self.before: dict[int, float] = {}
        self.after: dict[int, float] = {}
        self.web = Web()

    def take_for_wide(self, places: Sequence[int]) -> None:
        for at in places:
            self.kinds = f"{self.kinds[:at]}{WIDE}{self.kinds[at + 1 :]}"

    def add(self, piece: LinePiece, start: int) -> None:
        """Measure one piece, which begins at an offset."""
        end = start + len(piece.text)
        self.ems += [piece.em] * len(piece.text)
        if piece.joined and start:
            self.stuck.add(start - 1)
            self.joints.add(start - 1)
        if end == start:
            return
        if piece.unbroken:
            self.stuck.update(range(start, end - 1))
        if piece.leads:
            self.joints.add(end - 1)
            self.rigid.add(end - 1)
        if piece.upright:
            self.kinds = self.kinds[:start] + WIDE * (end - start) + self.kinds[end:]
            self.own.update({start: piece.em, **dict.fromkeys(range(start + 1, end), 0.0)})
            self.stuck.update(range(start, end - 1))
            self.rigid.update(range(start, end - 1))
        if piece.pad:
            self.pads[start] = piece.pad / 2, 0.0
            self.pads[end - 1] = self.pads.get(end - 1, (0.0, 0.0))[0], piece.pad / 2
        self.measure_words(piece, start, end)
        if piece.aside:
            self.asides[end - 1] = piece.aside
            self.own[end - 1] = self.own.get(end - 1, piece.em) + piece.aside

    def measure_words(self, piece: LinePiece, start: int, end: int) -> None:
        web = Web() if piece.unbroken else self.web
        for match in _SPECIAL.finditer(self.kinds, start, end):
            measure_special(
                match,
                self.text,
                piece.measure,
                self.measure,
                self.own,
                self.stuck,
                web,
                is_code=piece.is_code,
            )
        for at in self.apostrophes:
            if start <= at < end:
                self.own[at] = piece.measure("’")

    def settled(self) -> Paragraph:
        """The numbers, now that all pieces are there."""
        widths = list(self.ems)
        for index, width in self.own.items():
            widths[index] = width
        special = sorted({at for match in _SPECIAL.finditer(self.kinds) for at in range(*match.span())})
        for index in special:
            for at in (index - 1, index):
                if 0 <= at < len(self.text) - 1:
                    self.join(at)
        self.join_words(widths)
        self.stuck -= self.web.free
        spare = {index: self.blank_of(index, widths) for index in special}
        given = [0.0] * len(self.text)
        for index, (left, right) in spare.items():
            given[index] = left + right
        for index, gap in self.after.items():
            if gap > 0:
                left, right = spare.get(index, (0.0, 0.0))
                spare[index] = left, right + gap
                given[index] += gap
            widths[index] += gap
        for index, gap in self.before.items():
            widths[index] -= gap
        for index, (left, right) in self.pads.items():
            widths[index] += left + right
        gaps = [1] * len(self.text)
        for index in self.rigid:
            gaps[index] = 0
        torn = {*self.web.torn, *_overlong(self.stuck, widths, self.measure)}
        return Paragraph(
            self.text,
            self.kinds,
            self.marks,
            self.ems,
            widths,
            self.before,
            self.after,
            self.pads,
            self.asides,
            spare,
            frozenset(self.rigid),
            frozenset(self.stuck),
            list(accumulate(widths, initial=0.0)),
            list(accumulate(given, initial=0.0)),
            list(accumulate(gaps, initial=0)),
            frozenset(torn),
            self.web.kerns,
            tuple(self.web.letters),
        )

    def join(self, at: int) -> None:
        """Settle what is between a character and the next one."""
        text, marks, ems = self.text, self.marks, self.ems
        one, two = self.kinds[at], self.kinds[at + 1]
        if one in MARKS and two in MARKS:
            mine, yours = marks.given_up(one, two)
            if mine:
                self.after[at] = -mine * ems[at]
            if yours:
                self.before[at + 1] = yours * ems[at + 1]
        elif {one, two} == {WIDE, NARROW} and text[at if one == NARROW else at + 1] not in _NO_GAP:
            self.after[at] = GAP * min(ems[at], ems[at + 1])
        may_end = marks.may_end(text[at], text[at + 1])
        if not may_end or two == SPACE or (one == NARROW == two and at in self.stuck):
            self.stuck.add(at)
        if (
            one == OPENING
            or two in (CLOSING, STOP, TALL)
            or BREAK in (one, two)
            or (one == two and one in (NARROW, DASH))
        ):
            self.rigid.add(at)

    def join_words(self, widths: Sequence[float]) -> None:
        """Settle what is at apostrophes, and at raised figures."""
        for index in self.apostrophes:
            # Inside a word: nothing stands beside it, nothing is stretched there, and no line ends.
            self.after.pop(index - 1, None)
            self.after[index] = min(0.0, APOSTROPHE * self.ems[index] - widths[index])
            self.rigid.update((index - 1, index))
            self.stuck.update((index - 1, index))
        for index in self.joints:
            # A raised figure stands close to what it belongs to; what follows the mark of a note has its own width.
            if self.after.get(index, 0.0) > 0:
                del self.after[index]

    def blank_of(self, index: int, widths: Sequence[float]) -> tuple[float, float]:
        """What a mark or a space can give up on its left and on its right."""
        kinds, em = self.kinds, self.ems[index]
        left, right = (blank * em for blank in self.marks.blank(kinds[index]))
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


def _overlong(stuck: set[int], widths: Sequence[float], measure: float) -> Iterator[int]:
    """After which characters a line may end where it must, in what is wider than a line and no line may end in."""
    if measure == inf:
        return
    run: list[int] = []
    wide = 0.0
    for at in (*sorted(each for each in stuck if each + 1 < len(widths)), len(widths)):
        if run and at != run[-1] + 1:
            if wide + widths[run[-1] + 1] > measure:
                # A character without a width belongs to the one before it.
                yield from (each for each in run if widths[each + 1] > 0)
            run, wide = [], 0.0
        run.append(at)
        wide += widths[at] if at < len(widths) else 0.0


def _attached(text: str, kinds: str) -> list[int]:
    """The accents and variation selectors of Chinese characters: they take no room, and nothing parts them from one."""
    found: list[int] = []
    for match in _ATTACHED.finditer(text):
        if match.start() and kinds[match.start() - 1] in (WIDE, SIGN):
            found += range(*match.span())
    return found


def own_width(text: Paragraph, at: int) -> float:
    """How wide a character is by itself."""
    return (
        text.widths[at]
        - text.after.get(at, 0.0)
        + text.before.get(at, 0.0)
        - sum(text.pads.get(at, (0.0, 0.0)))
    )


def trimmed_start(text: Paragraph, at: int) -> float:
    """What an opening mark at the start of a line gives up of its left blank: all of it."""
    return text.ems[at] / 2 if text.kinds[at] == OPENING else 0.0


def trimmed_end(text: Paragraph, at: int) -> float:
    """What a mark at the end of a line gives up of its right blank: half an em, if it stands at the left of its em.

    GB/T 15834—2011, 5.1.10, for the mainland's marks; brackets stand at an edge of their em everywhere.
    """
    kind = text.kinds[at]
    half = kind == CLOSING or (kind == STOP and not text.marks.centred)
    return text.ems[at] / 2 if half else 0.0
