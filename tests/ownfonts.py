"""Fonts of a book's own, as small as they can be."""

import io

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def small_font(codes="甲乙A "):
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"uni{ord(code):04X}" for code in codes)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(code): name for code, name in zip(codes, names[1:], strict=True)})
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 800))
    pen.lineTo((800, 0))
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Own Test", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    out = io.BytesIO()
    builder.font.recalcTimestamp = False  # a second may pass between two calls
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.save(out)
    return out.getvalue()
