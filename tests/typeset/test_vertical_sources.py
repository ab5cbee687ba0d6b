"""Fonts of other kinds than the installed ones: variable, of other units, with components, without vertical metrics."""

from io import BytesIO

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from keben.typeset.fonts.vertical.prepare import prepare

UNITS = 2048
EM = 2000
"""Units of what is made: 0.12 em must be whole."""
CODES = {
    0x20: "space",
    ord("a"): "a",
    ord("中"): "zhong",
    ord("國"): "guo",
    ord("「"): "open",
    ord("—"): "dash",
}
BOXES = {
    "a": (100, 0, 900, 1000),
    "zhong": (200, -100, 1800, 1600),
    "zhong.alt": (300, -100, 1700, 1600),
    "open": (1200, 800, 1900, 1700),
    "open.vert": (100, 1000, 1000, 1700),
    "dash": (0, 660, 2048, 700),
}
ORDER = [".notdef", "space", *BOXES, "guo"]
WIDTHS = dict.fromkeys(ORDER, UNITS) | {"a": 1000, "space": 500}


def rectangle(pen, box):
    left, bottom, right, top = box
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()
    return pen


def font_of(truetype, *, variable=False, vertical=True):
    """A font whose em box reaches from -400 to 1648; 國 is made of 中, moved by 50."""
    builder = FontBuilder(UNITS, isTTF=truetype)
    builder.setupGlyphOrder(ORDER)
    builder.setupCharacterMap(CODES, uvs=[(ord("中"), 0xE0100, "zhong.alt"), (ord("中"), 0xE0101, None)])
    if truetype:
        glyphs = {name: rectangle(TTGlyphPen(None), box).glyph() for name, box in BOXES.items()}
        pen = TTGlyphPen(glyphs)
        pen.addComponent("zhong", (1, 0, 0, 1, 0, 50))
        builder.setupGlyf(
            glyphs
            | {"guo": pen.glyph(), ".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph()}
        )
    else:
        boxes = BOXES | {"guo": tuple(v + d for v, d in zip(BOXES["zhong"], (0, 50, 0, 50), strict=True))}
        drawn = {
            name: rectangle(T2CharStringPen(UNITS, None), boxes[name])
            if name in boxes
            else T2CharStringPen(UNITS, None)
            for name in ORDER
        }
        charstrings = {name: pen.getCharString() for name, pen in drawn.items()}
        builder.setupCFF("Test", {}, charstrings, {})
    starts = {name: box[0] for name, box in BOXES.items()} | {"guo": BOXES["zhong"][0]}
    builder.setupHorizontalMetrics({name: (WIDTHS[name], starts.get(name, 0)) for name in ORDER})
    builder.setupHorizontalHeader(ascent=1800, descent=-600)
    builder.setupOS2(sTypoAscender=1648, sTypoDescender=-400, usWeightClass=400)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular", "copyright": "Nobody"})
    builder.setupPost()
    if vertical:
        tops = {
            name: 1648 - (box[3] if name != "guo" else 1650)
            for name, box in [*BOXES.items(), ("guo", BOXES["zhong"])]
        }
        builder.setupVerticalHeader(ascent=1024, descent=-1024)
        builder.setupVerticalMetrics({name: (UNITS, tops.get(name, 0)) for name in ORDER})
        if not truetype:
            builder.setupVerticalOrigins({}, 1648)
    if variable:
        builder.setupFvar([("wght", 200, 400, 900, "Weight")], [])
        wider = [(-100, 0), (-100, 0), (100, 0), (100, 0), *[(0, 0)] * 4]
        builder.setupGvar({"zhong": [TupleVariation({"wght": (0, 1, 1)}, wider)]})
    builder.addOpenTypeFeatures("feature vert { sub open by open.vert; } vert;")
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def prepared(data, text="中國「a—", **options):
    return TTFont(BytesIO(prepare(data, frozenset(text), family="Columns", language="zh-Hant-TW", **options)))


def box(font, character):
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getBestCmap()[ord(character)]].draw(pen)
    return tuple(value * UNITS / EM for value in pen.bounds)


RISE = round(0.38 * UNITS) - 624
"""From the source's axis to that of every prepared font."""


def lying(left, bottom, right, top):
    """Turned about the middle of the em box, which reaches from 0 to 2048 and from -400 to 1648."""
    return 1648 - top, left - 400 + RISE, 1648 - bottom, right - 400 + RISE


@pytest.mark.parametrize("vertical", [True, False], ids=["vmtx", "no vmtx"])
@pytest.mark.parametrize("truetype", [True, False], ids=["TrueType", "CFF"])
def test_the_em_box_is_the_source_s_own(truetype, vertical):
    made = prepared(font_of(truetype, vertical=vertical))
    assert ("glyf" in made) == truetype
    assert (made["head"].unitsPerEm, made["hhea"].ascent, made["hhea"].descent) == (EM, 1760, -240)
    assert box(made, "中") == pytest.approx(lying(*BOXES["zhong"]), abs=1)
    assert box(made, "國") == pytest.approx(lying(200, -50, 1800, 1650), abs=1)
    assert box(made, "「") == pytest.approx(lying(*BOXES["open.vert"]), abs=1)


@pytest.mark.parametrize("truetype", [True, False], ids=["TrueType", "CFF"])
def test_what_is_not_turned_keeps_its_place_to_the_axis(truetype):
    made = prepared(font_of(truetype))
    assert box(made, "a") == pytest.approx((100, RISE, 900, 1000 + RISE), abs=1)
    assert box(made, "—") == pytest.approx((0, 660 + RISE, 2048, 700 + RISE), abs=1)
    assert made["hmtx"][made.getBestCmap()[ord("a")]][0] == round(1000 * EM / UNITS)


def test_two_dashes_of_a_font_without_a_long_one_are_drawn_out():
    made = prepared(font_of(True))
    dash = made.getBestCmap()[ord("—")]
    (ligature,) = made["GSUB"].table.LookupList.Lookup[0].SubTable[0].ligatures[dash]
    long = made["glyf"][ligature.LigGlyph]
    assert made["hmtx"][ligature.LigGlyph] == (2 * EM, 0)
    assert (long.xMin, long.xMax) == (0, 2 * EM)
    assert long.yMax - long.yMin == 39


@pytest.mark.parametrize(("weight", "wider"), [(400, 0), (650, 50), (900, 100), (100, 0), (1000, 100)])
def test_a_variable_font_stands_at_the_weight(weight, wider):
    made = prepared(font_of(True, variable=True), weight=weight)
    assert "fvar" not in made
    left, bottom, right, top = BOXES["zhong"]
    assert box(made, "中") == pytest.approx(lying(left - wider, bottom, right + wider, top), abs=1)
    assert made["OS/2"].usWeightClass == min(max(weight, 200), 900)
    assert made["name"].getDebugName(2) == ("Bold" if weight >= 600 else "Regular")


def test_variation_selectors_choose_their_glyphs():
    made = prepared(font_of(True), "中\U000e0100\U000e0101")
    (table,) = [each for each in made["cmap"].tables if each.format == 14]
    ((code, name),) = table.uvsDict[0xE0100]
    assert (code, table.uvsDict[0xE0101]) == (ord("中"), [(ord("中"), None)])
    glyph = made["glyf"][name]
    expected = [value * EM / UNITS for value in lying(*BOXES["zhong.alt"])[1::2]]
    assert [glyph.yMin, glyph.yMax] == pytest.approx(expected, abs=1)


def test_a_font_without_substitutions_serves():
    font = TTFont(BytesIO(font_of(True)))
    del font["GSUB"]
    out = BytesIO()
    font.save(out)
    made = prepared(out.getvalue())
    # A bracket without a vertical form is turned with the line (UAX #50, Tr).
    left, bottom, right, top = BOXES["open"]
    assert box(made, "「") == pytest.approx((left, bottom + RISE, right, top + RISE), abs=1)


@pytest.mark.parametrize("variable", [True, False])
def test_an_outline_starts_where_its_side_bearing_says(variable):
    font = TTFont(BytesIO(font_of(True, variable=variable)), recalcBBoxes=False)
    font["hmtx"]["a"] = (1000, 0)
    font["hmtx"]["zhong"] = (UNITS, 0)
    out = BytesIO()
    font.save(out)
    made = prepared(out.getvalue())
    assert box(made, "a") == pytest.approx((0, RISE, 800, 1000 + RISE), abs=1)
    assert box(made, "中") == pytest.approx(lying(0, -100, 1600, 1600), abs=1)
