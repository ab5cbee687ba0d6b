"""How well a PDF's lines are set, by the places of its glyphs: whoever set them, they are measured alike.

CLREQ 6.1 to 6.3 and 7.1.2 say what is measured. Lengths are in points, shares of the body's size in em.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from keben.check.lineblocks import in_their_blocks
from keben.check.linemarks import (
    FORMULA,
    NO_END,
    QUARTER,
    WIDE,
    begins_badly,
    is_han,
    is_pair,
    pair_gives_up,
)
from keben.check.lineparagraphs import PlacedLine, paragraphs
from keben.check.pdflines import read_rows
from keben.check.placedglyphs import Glyph
from keben.check.sourcelists import may_be_ragged
from keben.core.paper import TypeArea
from keben.core.regions import region_of
from keben.core.saying import wording
from keben.core.values import dataclass

FLUSH = 0.05
"""How far from the measure's end a line may end, in em."""
_FORMULA_FLUSH = 0.15
"""The same of one that ends in a formula: only its ink is known, and letters have white beside it."""
_RELATION = 0.35
"""What stands in a formula behind a sign where it may be parted, with the white that its letters have, in em."""
LOOSE = 1.9
"""What a pair of marks takes at least to be loose, in em, the line's even stretch taken off."""
BINS = (0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25)
"""The upper bounds of the histogram's classes, in em; one more class has no bound."""
_SIGNS = frozenset("#%&*+=@_~")
_ESCAPED = re.compile("[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A line of body text."""

    page: int
    """From 1."""
    text: str
    left: float
    """Where its text begins; an opening mark without its blank begins half an em to the right of its origin."""
    right: float
    """Where it ends; a closing mark at its end may have lost its blank."""
    end: float
    """The measure's end on this page."""
    xs: tuple[float, ...]
    """The origin of each character of the text."""
    full: bool
    """Another line of the paragraph follows it, and the beginning of that had no room here."""
    flush: bool
    """Ends at the measure's end, within ``FLUSH``."""
    kinsoku: int
    """Marks, at its start or its end, that may not be there; nothing where the author broke the line."""
    pairs: int
    """Adjacent marks with a blank between them to give up."""
    loose: int
    """Those of them that did not."""
    stretch: tuple[float, ...]
    """For a full line: what each gap got beside what it has by itself, in em; never less than nothing."""
    lonely: bool
    """The last of several lines, with one Han character in it."""


@dataclass(frozen=True, slots=True)
class LineReport:
    """The lines of a PDF's body, in order, and what they come to."""

    lines: tuple[LineFacts, ...]

    @property
    def full(self) -> int:
        """How many lines are full."""
        return sum(line.full for line in self.lines)

    @property
    def flush(self) -> int:
        """How many of the full ones end at the measure's end."""
        return sum(line.full and line.flush for line in self.lines)

    @property
    def share(self) -> float:
        """Flush lines among the full ones, 0 to 1; 1 where no line is full."""
        return self.flush / self.full if self.full else 1.0

    @property
    def kinsoku(self) -> int:
        """Marks that begin or end a line and may not."""
        return sum(line.kinsoku for line in self.lines)

    @property
    def pairs(self) -> int:
        """Adjacent marks that should give up a blank."""
        return sum(line.pairs for line in self.lines)

    @property
    def loose(self) -> int:
        """Adjacent marks that did not give it up."""
        return sum(line.loose for line in self.lines)

    @property
    def lonely(self) -> int:
        """Last lines of one Han character."""
        return sum(line.lonely for line in self.lines)

    @property
    def largest_stretch(self) -> float:
        """What the widest gap of all full lines got, in em."""
        return max((gap for line in self.lines for gap in line.stretch), default=0.0)

    @property
    def histogram(self) -> tuple[tuple[float | None, int], ...]:
        """The gaps of full lines by what they got: the class's upper bound (None: no bound), and how many."""
        counts = Counter(
            next((at for at in BINS if gap < at), None) for line in self.lines for gap in line.stretch
        )
        return tuple((bound, counts[bound]) for bound in (*BINS, None))

    def summary(self) -> str:
        """The figures in a line of words."""
        if not self.full:
            return wording("no full line of body text")
        # Rounded down: only what is all flush is 100 %.
        return wording(
            "{full:,} full lines, {floor:.1f} % flush; kinsoku {kinsoku}, loose pairs "
            "{loose} of {pairs}, one-character last lines {lonely}; largest stretch "
            "{largest_stretch:.2f} em",
            full=self.full,
            floor=math.floor(self.share * 1000) / 10,
            kinsoku=self.kinsoku,
            loose=self.loose,
            pairs=self.pairs,
            lonely=self.lonely,
            largest_stretch=self.largest_stretch,
        )

    def figures(self) -> dict[str, object]:
        """The figures by their names, for JSON; the histogram's last class has no bound."""
        return {
            "lines": len(self.lines),
            "full": self.full,
            "flush": self.flush,
            "share": round(self.share, 5),
            "kinsoku": self.kinsoku,
            "pairs": self.pairs,
            "loose_pairs": self.loose,
            "one_character_last_lines": self.lonely,
            "largest_stretch": self.largest_stretch,
            "histogram": [{"below": bound, "gaps": count} for bound, count in self.histogram],
        }


def measure_lines(pdf: bytes, area: TypeArea, language: str, *, vertical: bool = False) -> LineReport:
    """Measure the lines of a PDF's body.

    The left edge is where the lines begin, on odd and on even pages; the measure's end is as far from it as ``area``
    says. Not measured: text of other sizes than the body's, and headings in another weight or kind of face.

    Args:
        pdf: The file.
        area: Size, characters in a line, leading.
        language: A canonical tag: its region says where stops stand in their em.
        vertical: Lines are columns of pages that lie on their side.
    """
    em, centred = area.body_pt, region_of(language).centred_stops
    found: list[LineFacts] = []
    rows = read_rows(pdf, em, centred=centred)
    apart = tuple(paragraphs(rows, em, area.measure, area.leading, centred=centred))
    for lines in in_their_blocks(apart, em, area.leading, centred=centred):
        ragged = may_be_ragged(lines)
        for at, line in enumerate(lines):
            after = lines[at + 1] if at + 1 < len(lines) else None
            before = lines[at - 1] if at else None
            facts = _facts(line, before, after, em, centred=centred, vertical=vertical)
            found.append(replace(facts, full=False, stretch=()) if ragged and not facts.flush else facts)
    return LineReport(tuple(found))


def _facts(
    line: PlacedLine,
    before: PlacedLine | None,
    after: PlacedLine | None,
    em: float,
    *,
    centred: bool,
    vertical: bool,
) -> LineFacts:
    glyphs = line.glyphs
    gaps = [(second.x - first.end) / em for first, second in pairwise(glyphs)]
    even = _even(glyphs, gaps)
    pairs = [
        (first, second, gap)
        for (first, second), gap in zip(pairwise(glyphs), gaps, strict=True)
        if is_pair(first.text, second.text, vertical=vertical) and _full_width(first) and _full_width(second)
    ]
    full = after is not None
    return LineFacts(
        page=line.page,
        text="".join(glyph.text for glyph in glyphs),
        left=line.left,
        right=line.right,
        end=line.end,
        xs=tuple(glyph.x for glyph in glyphs),
        full=full,
        flush=abs(line.right - line.end) <= (_FORMULA_FLUSH if glyphs[-1].text == FORMULA else FLUSH) * em,
        kinsoku=(before is not None and _may_not_begin(glyphs, em, before.glyphs[-1].text))
        + (full and glyphs[-1].text in NO_END),
        pairs=len(pairs),
        loose=sum(2 + gap - even >= LOOSE for _, _, gap in pairs),
        stretch=tuple(_stretches(glyphs, gaps, even, centred=centred)) if full else (),
        lonely=before is not None and not full and _is_lonely(glyphs),
    )


def _full_width(glyph: Glyph) -> bool:
    return glyph.end - glyph.x >= 0.9 * glyph.size


def _even(glyphs: Sequence[Glyph], gaps: Sequence[float]) -> float:
    """What the gaps between Han characters got, in em: with it the line was stretched throughout."""
    found = [
        gap
        for (first, second), gap in zip(pairwise(glyphs), gaps, strict=True)
        if is_han(first.text) and is_han(second.text)
    ]
    return max(0.0, median(found)) if found else 0.0


def _stretches(
    glyphs: Sequence[Glyph], gaps: Sequence[float], even: float, *, centred: bool
) -> Iterator[float]:
    for (first, second), gap in zip(pairwise(glyphs), gaps, strict=True):
        own = 0.0
        if is_pair(first.text, second.text) and 2 + gap - even < LOOSE:
            own = -pair_gives_up(first.text, second.text, centred=centred)
        elif first.text == second.text == FORMULA:
            own = _RELATION
        elif _between_scripts(first.text, second.text):
            own = QUARTER
        yield round(max(0.0, gap - own), 4)


def _between_scripts(first: str, second: str) -> bool:
    """Han beside a letter, a digit or a sign such as that of C#: a quarter of an em is theirs (CLREQ 6.3.3)."""
    one, other = is_han(first), is_han(second)
    latin = second if one else first
    return one != other and (latin.isalnum() or latin in _SIGNS or latin == FORMULA) and not WIDE[ord(latin)]


def _may_not_begin(glyphs: Sequence[Glyph], em: float, before: str) -> bool:
    first = glyphs[0]
    if first.size < 0.9 * em and any(abs(first.y - glyph.y) > 0.05 * em for glyph in glyphs):
        return True  # A call of a note, torn from what it belongs to.
    following = "".join(glyph.text for glyph in glyphs[1:3])
    if first.text == ".":
        return not (following[:1].isascii() and following[:1].isalnum())
    if first.text == "%" and _ESCAPED.fullmatch(following):
        return False  # A byte of an address.
    return begins_badly(first.text + following, before)


def _is_lonely(glyphs: Sequence[Glyph]) -> bool:
    counted = [
        glyph.text
        for glyph in glyphs
        if (glyph.text.isalnum() or glyph.text == FORMULA) and glyph.size >= 0.9 * glyphs[0].size
    ]
    return len(counted) == 1 and is_han(counted[0])
