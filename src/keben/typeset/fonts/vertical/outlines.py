"""New glyphs out of a font's own: turned, moved, set side by side. Hints are left out."""

from collections.abc import Callable, Sequence
from typing import Any

from fontTools.misc.psCharStrings import T2CharString  # type: ignore[import-untyped]
from fontTools.misc.roundTools import otRound  # type: ignore[import-untyped]
from fontTools.pens.filterPen import DecomposingFilterPen  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates  # type: ignore[import-untyped]
from fontTools.ttLib.tables.ttProgram import Program  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.fonts.vertical.charstrings import UnusualError, redraw
from keben.typeset.fonts.vertical.contours import header, moved
from keben.typeset.fonts.vertical.source import SourceFont, StandingGlyph

Matrix = tuple[float, float, float, float, float, float]
"""xx, xy, yx, yy, dx, dy, as fontTools has it: x' = xx·x + yx·y + dx, y' = xy·x + yy·y + dy."""

_TURNED, _UNTURNED = (0, 1, -1, 0), (1, 0, 0, 1)


@dataclass(frozen=True, slots=True)
class GlyphPart:
    """A glyph of the source and where its outline goes."""

    glyph: str
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class NewGlyph:
    """A new glyph: its parts, and its advance along the line, in units."""

    parts: tuple[GlyphPart, ...]
    advance: int


def scaled(drawing: NewGlyph, scale: float) -> NewGlyph:
    """A glyph in other units."""
    if scale == 1:
        return drawing
    parts = []
    for part in drawing.parts:
        xx, xy, yx, yy, dx, dy = (number * scale for number in part.matrix)
        parts.append(GlyphPart(part.glyph, (xx, xy, yx, yy, dx, dy)))
    return NewGlyph(tuple(parts), otRound(drawing.advance * scale))


def lying(standing: StandingGlyph, axis: float) -> NewGlyph:
    """A glyph turned 90° counter-clockwise so that, the page turned back, it stands as it does in a column.

    The column's axis runs at the height ``axis`` along the line. What lies d to the right of the vertical origin comes
    to lie d over the axis, and what lies d under it d to the right of the pen.
    """
    shift = (otRound(standing.top), otRound(axis - standing.middle))
    return NewGlyph((GlyphPart(standing.glyph, (*_TURNED, *shift)),), standing.advance)


def as_it_is(glyph: str, width: int, rise: float) -> NewGlyph:
    """A glyph that is turned with the page only, moved up by the difference of the axes."""
    return NewGlyph((GlyphPart(glyph, (*_UNTURNED, 0, otRound(rise))),), width)


class Draftsman:
    """Draws the glyphs of one source, in its own kind of outlines."""

    def __init__(self, source: SourceFont) -> None:
        self._source = source
        if source.is_truetype or source.location or "CFF " not in source.font:
            self._charstrings: Any = None
        else:
            self._charstrings = source.font["CFF "].cff.topDictIndex[0].CharStrings

    def charstring(self, drawing: NewGlyph, default_width: int) -> Any:
        """The drawing as a Type 2 charstring; the font's default width is left out of it."""
        width = None if drawing.advance == default_width else drawing.advance
        only = drawing.parts[0] if len(drawing.parts) == 1 else None
        if only and self._charstrings is not None and only.matrix[:4] in (_TURNED, _UNTURNED):
            try:
                return self._redrawn(only, width)
            except UnusualError:
                pass
        pen = T2CharStringPen(width, None)
        self._draw(drawing, pen)
        return pen.getCharString()

    def _redrawn(self, part: GlyphPart, width: int | None) -> Any:
        charstring = self._charstrings[part.glyph]
        dx, dy = part.matrix[4:]
        subroutines = getattr(charstring.private, "Subrs", ())
        code = redraw(
            _bytes_of(charstring),
            _caller(subroutines),
            _caller(charstring.globalSubrs),
            turned=part.matrix[:4] == _TURNED,
            shift=(int(dx), int(dy)),
            width=width,
        )
        return T2CharString(code)

    def truetype(self, drawing: NewGlyph) -> Any:
        """The drawing as a glyph of ``glyf`` without components."""
        only = drawing.parts[0] if len(drawing.parts) == 1 else None
        if only and not self._source.location and only.matrix[:4] in (_TURNED, _UNTURNED):
            return self._moved(only)
        pen = TTGlyphPen(None)
        self._draw(drawing, pen)
        return pen.glyph()

    def _moved(self, part: GlyphPart) -> Any:
        table, (dx, dy) = self._source.font["glyf"], part.matrix[4:]
        is_turned = part.matrix[:4] == _TURNED
        if data := self._source.outline(part.glyph):
            known = header(data)
            start = self._source.font["hmtx"][part.glyph][1] - (known[1][0] if known else 0)
            if made := moved(data, turned=is_turned, shift=(int(dx), int(dy)), start=start):
                return made
        before = table[part.glyph]
        points, ends, flags = before.getCoordinates(table)
        glyph = Glyph()
        glyph.numberOfContours = len(ends)
        if not ends:
            return glyph
        # An outline starts where its side bearing says, whatever its numbers (OpenType, `glyf`, phantom points).
        start = self._source.font["hmtx"][part.glyph][1] - before.xMin
        glyph.coordinates = GlyphCoordinates(
            (dx - y, dy + start + x) if is_turned else (dx + start + x, dy + y) for x, y in points
        )
        glyph.endPtsOfContours, glyph.flags = ends, flags
        glyph.program = Program()
        glyph.program.fromBytecode(b"")
        return glyph

    def _draw(self, drawing: NewGlyph, pen: Any) -> None:
        glyphs = self._source.glyphs
        for part in drawing.parts:
            turned = TransformPen(pen, part.matrix)
            glyphs[part.glyph].draw(DecomposingFilterPen(turned, glyphs))


def _caller(subroutines: Sequence[Any]) -> Callable[[int], bytes]:
    count = len(subroutines)
    bias = 107 if count < 1240 else 1131 if count < 33900 else 32768

    return lambda number: _bytes_of(subroutines[number + bias])


def _bytes_of(charstring: Any) -> bytes:
    # What a pen has drawn before, fontTools holds as a program.
    charstring.compile()
    code: bytes = charstring.bytecode
    return code
