"""Notes within a line in two rows of half its size (夹注), as a line is measured: each part of one is one thing.

Sources: CLREQ 5.5; JLREQ 4.3, by which the two rows are as wide as the line is high.
"""

from collections.abc import Iterator, Sequence

from keben.check.drawntext import NOWHERE
from keben.check.linemarks import CLOSING, FORMULA, HALF, OPENING, STOPS
from keben.check.placedglyphs import Glyph, PlacedGlyph

# Shares of the body's size: of the rows, and of where their baselines are above the line's.
_LEAST, _MOST = 0.44, 0.56
_UPPER = (0.38, 0.56)
_LOWER = (-0.16, -0.02)
_APART = 0.2
"""What is white between two glosses at least, in sizes of the body."""


def with_glosses(
    row: Sequence[PlacedGlyph], y: float, body: float, *, centred: bool
) -> Iterator[PlacedGlyph]:
    """The glyphs of a line, with one in the place of each part of a gloss."""
    small = [each for each in row if _is_small(each.glyph, y, body)]
    if not any((each.glyph.y - y) / body > 0 for each in small):
        # Two rows have an upper one; indices stand below the line, too.
        yield from row
        return
    yield from (each for each in row if each not in small)
    parts: list[list[Glyph]] = []
    for glyph in sorted((each.glyph for each in small), key=lambda glyph: glyph.x):
        if parts and glyph.x <= max(each.end for each in parts[-1]) + _APART * body:
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    for part in parts:
        end = max(_end_of(glyph, centred=centred) for glyph in part)
        yield PlacedGlyph(Glyph(FORMULA, min(map(_start_of, part)), y, body, end), "", NOWHERE)


def _is_small(glyph: Glyph, y: float, body: float) -> bool:
    up = (glyph.y - y) / body
    is_in_row = _UPPER[0] <= up <= _UPPER[1] or _LOWER[0] <= up <= _LOWER[1]
    return is_in_row and _LEAST <= glyph.size / body <= _MOST


def _start_of(glyph: Glyph) -> float:
    """Where a glyph begins that begins a row: an opening mark gives up its blank."""
    return glyph.x + HALF * glyph.size if glyph.text in OPENING else glyph.x


def _end_of(glyph: Glyph, *, centred: bool) -> float:
    """Where a glyph ends that ends a row, without the blank that a mark there gives up (GB/T 15834—2011, 5.1.10)."""
    gives_up = glyph.text in CLOSING or (glyph.text in STOPS and not centred)
    return glyph.x + HALF * glyph.size if gives_up else glyph.end
