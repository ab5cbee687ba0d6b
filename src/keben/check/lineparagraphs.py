"""Which lines of a PDF's body make a paragraph, by where they begin and end: a PDF that is not tagged tells no more."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from keben.check.linemarks import CLOSING, HALF, OPENING, QUARTER, STOPS, may_break
from keben.check.pdflines import GlyphRow
from keben.check.placedglyphs import Glyph
from keben.core.values import dataclass

INDENT = 2.0
"""The first line's, in em."""

_NEAR = 0.1
_MARKER = re.compile(
    r"(?:[•◦▪▫–‣·①-⑳]|[(（]?(?:\d{1,3}|[a-z]|[ivxlc]+|[〇一二三四五六七八九十]{1,3})[.)）、])\s*"
)
# Under this share of the lines a place is no edge of theirs.
_EDGE_SHARE = 0.05
# A line that had room for the next one's beginning, and for another character, was ended by its author.
_SPARE = 1.05


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of body text in its measure; lengths in points."""

    page: int
    y: float
    glyphs: tuple[Glyph, ...]
    """Without spaces at its edges, without a list item's number or bullet, and without the name of who speaks."""
    left: float
    right: float
    end: float
    edge: float
    """Where the measure begins."""
    offset: float
    """From the measure's beginning, in em."""
    marker: bool
    """It begins a list's item, or a speech."""


def paragraphs(
    rows: Sequence[GlyphRow], em: float, measure: float, leading: float, *, centred: bool
) -> Iterator[tuple[PlacedLine, ...]]:
    """The lines of each paragraph, in order.

    A line goes on with the next one where that is one line below it, or begins the next page, at the place where the
    lines of a paragraph begin: two em to the left of an indented first one, else under it.
    """
    edges = _edges(rows)
    top = _top(rows)
    lines = [None if row.display else _placed(row, edges[row.page % 2], em, measure, centred) for row in rows]
    current: list[PlacedLine] = []
    for at, line in enumerate(lines):
        if line is None:
            if current:
                yield tuple(current)
            current = []
            continue
        after = lines[at + 1] if at + 1 < len(lines) else None
        follows = after if after and _adjacent(line, after, em, leading, top) else None
        if current and not (
            _adjacent(current[-1], line, em, leading, top)
            and _goes_on(current, line, follows)
            and _was_full(current[-1], line, em)
        ):
            yield tuple(current)
            current = []
        current.append(line)
    if current:
        yield tuple(current)


def _edges(rows: Sequence[GlyphRow]) -> tuple[float, float]:
    """Where the measure begins on even and on odd pages: the leftmost place where not just a few lines begin."""
    starts: tuple[Counter[float], Counter[float]] = (Counter(), Counter())
    for row in rows:
        first = _trimmed(row.glyphs)[0]
        if not row.display and first.text not in OPENING:
            starts[row.page % 2][round(first.x, 1)] += 1
    found = [_edge(counts) for counts in starts]
    known = [edge for edge in found if edge is not None]
    even, odd = (edge if edge is not None else (known[0] if known else 0.0) for edge in found)
    return even, odd


def _edge(counts: Counter[float]) -> float | None:
    least = _EDGE_SHARE * counts.total()
    return min((place for place, count in counts.items() if count >= least), default=None)


def _top(rows: Sequence[GlyphRow]) -> float:
    """The baseline of the type area's first line: where most pages have theirs."""
    first: dict[int, float] = {}
    for row in rows:
        if not row.display:
            first.setdefault(row.page, round(row.y, 1))
    counts = Counter(first.values())
    return max(counts, key=lambda y: (counts[y], y), default=0.0)


def _trimmed(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Without spaces at the edges."""
    first, last = 0, len(glyphs)
    while last > first + 1 and glyphs[last - 1].text.isspace():
        last -= 1
    while first < last - 1 and glyphs[first].text in " \u00a0":
        first += 1
    return glyphs[first:last]


def _placed(row: GlyphRow, edge: float, em: float, measure: float, centred: bool) -> PlacedLine:
    glyphs = _trimmed(row.glyphs)
    end = edge + measure * em
    places = (glyphs[0].x - edge) / em
    marker = _MARKER.match("".join(glyph.text for glyph in glyphs))
    if row.lead:
        glyphs = _trimmed(row.glyphs[row.lead :])
        places = (glyphs[0].x - edge) / em
        marker = None
    # A marker stands to the left of the text, where no line begins: those are indented by whole steps.
    if marker and marker.end() < len(glyphs) and not is_near(places, INDENT * round(places / INDENT)):
        glyphs = _trimmed(glyphs[marker.end() :])
        places = (glyphs[0].x - edge) / em
    else:
        marker = None
    # Beside the measure's grid by half an em: an opening mark without the blank to its left.
    if glyphs[0].text in OPENING and not is_near(places, round(places)) and is_near(places % 1, HALF):
        places += HALF
    return PlacedLine(
        row.page,
        row.y,
        glyphs,
        edge + places * em,
        _right(glyphs[-1], end, centred),
        end,
        edge,
        places,
        bool(marker) or row.lead > 0,
    )


def line_ends(last: Glyph, *, centred: bool) -> tuple[float, ...]:
    """Where a line may end: at the end of each of the boxes that its last mark may have."""
    if last.end - last.x >= 0.9 * last.size:
        if last.text in CLOSING or (last.text in STOPS and not centred):
            return last.end, last.end - HALF * last.size
        if last.text in STOPS:
            return last.end, last.end - QUARTER * last.size
    return (last.end,)


def _right(last: Glyph, end: float, centred: bool) -> float:
    """Where a line ends: of the boxes that its last mark may have, the one that the line setting gave it."""
    return min(line_ends(last, centred=centred), key=lambda box: abs(box - end))


def is_near(first: float, second: float) -> bool:
    """Whether two places, in em, are one."""
    return abs(first - second) <= _NEAR


def _adjacent(first: PlacedLine, second: PlacedLine, em: float, leading: float, top: float) -> bool:
    """Whether nothing stands between two lines."""
    if first.page == second.page:
        return first.y - second.y <= (leading + 0.25) * em
    return second.page - first.page <= 2 and second.y >= top - 0.6 * em


def _goes_on(paragraph: Sequence[PlacedLine], line: PlacedLine, follows: PlacedLine | None) -> bool:
    """Whether a line begins where those of a paragraph do, and does not begin one itself."""
    if line.marker or line.left - (line.end - line.left) > line.edge:
        # Half of the measure is white before a name and its date, and before no paragraph.
        return False
    first = paragraph[0]
    begins_one = follows is not None and is_near(follows.offset, line.offset - INDENT) and not follows.marker
    if len(paragraph) > 1:
        return is_near(line.offset, paragraph[1].offset) and not begins_one
    if is_near(line.offset, first.offset):
        return (first.marker or is_near(first.offset, 0.0)) and not begins_one
    return is_near(line.offset, first.offset - INDENT)


def _was_full(line: PlacedLine, after: PlacedLine, em: float) -> bool:
    """Whether the next line's beginning had no room at a line's end."""
    return (line.end - line.right) < beginning(after.glyphs) + _SPARE * em


def beginning(glyphs: Sequence[Glyph]) -> float:
    """The length of what cannot be parted at a line's beginning."""
    for first, second in pairwise(glyphs):
        if second.size >= 0.9 * first.size and may_break(first.text, second.text):
            return first.end - glyphs[0].x
    return glyphs[-1].end - glyphs[0].x
