"""Each glyph of a page in its place, as lines are measured by them."""

from collections.abc import Iterator, Mapping
from math import hypot
from typing import NamedTuple

from keben.check.drawntext import PageFonts, ShownCodes
from keben.check.glyphtables import EM


class Glyph(NamedTuple):
    """A character on a page; lengths in points, from the page's lower left corner."""

    text: str
    x: float
    """The origin."""
    y: float
    """The baseline."""
    size: float
    end: float
    """The origin and the advance that the font gives the glyph: what a line setting took off it is still in it."""


class PlacedGlyph(NamedTuple):
    """A glyph, and what it is set in."""

    glyph: Glyph
    face: str
    """The name of the font."""
    mcid: int
    """Its piece of marked content; −1: none."""


def placed(shown: ShownCodes, fonts: PageFonts, faces: Mapping[bytes, str]) -> Iterator[PlacedGlyph]:
    """The glyphs of one instruction; none where they do not stand upright."""
    a, b, c, d, e, f = shown.matrix
    if a <= 0 or abs(b) >= 0.01 * a:
        return
    font, face = fonts[shown.font], faces.get(shown.font, "")
    size = shown.size * hypot(c, d)
    scale = shown.size / EM
    left, baseline = c * shown.rise + e, d * shown.rise + f
    for start, codes in shown.spans:
        place = shown.along + start * scale
        for code in codes:
            width = font.widths[code]
            x, y = a * place + left, b * place + baseline
            end = x + a * width * scale
            for character in font.texts[code]:
                yield PlacedGlyph(Glyph(character, x, y, size, end), face, shown.mcid)
            place += width * scale
