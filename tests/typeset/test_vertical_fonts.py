"""Fonts for columns, by their outlines: turned back, each must lie where vertical metrics put it."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from keben.typeset.fonts import Face, face_of
from keben.typeset.fonts.vertical.prepare import prepare

TEXT = "臺灣直排：「他說，『好！』」（《夢》）。——……①㈠ㄅぁアー～〜－２Ａ％¥§×±；？“”‘’、·‧ˊˇˋˉ˙【】〔〕［］｛｝〈〉／＼｜＿￣＝→†中2026 Latin éα"
SERIF, WENKAI = "Noto Serif CJK", "LXGW WenKai"
FACES = [
    ("Noto Serif CJK TC", "zh-Hant-TW"),
    ("Noto Serif CJK SC", "zh-Hans-CN"),
    ("Noto Serif CJK HK", "zh-Hant-HK"),
    ("Noto Sans CJK TC", "zh-Hant-TW"),
    ("LXGW WenKai", "zh-Hant-TW"),
]
AXIS = 380
ALWAYS = {*range(0x20, 0x7F), 0xA0, 0x2010, 0x3000}


def face(family: str) -> Face:
    found = face_of(family)
    assert found is not None, f"{family} is not installed"
    return found


@cache
def font(family: str, language: str, text: str = TEXT) -> TTFont:
    its = face(family)
    data = prepare(
        Path(its.file).read_bytes(), frozenset(text), family="Columns", language=language, index=its.index
    )
    return TTFont(BytesIO(data))


@cache
def original(family: str) -> TTFont:
    its = face(family)
    return TTFont(its.file, fontNumber=its.index, lazy=True)


def bounds(font: TTFont, glyph: str) -> tuple[float, float, float, float] | None:
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return pen.bounds


def shaped(family: str, language: str, character: str) -> str:
    """The glyph that an OpenType shaper would set in a column, worked out from GSUB."""
    font = original(family)
    table = font["GSUB"].table
    scripts = {each.ScriptTag: each.Script for each in table.ScriptList.ScriptRecord}
    systems = {each.LangSysTag: each.LangSys for each in scripts["hani"].LangSysRecord}
    tag = {"zh-Hant-TW": "ZHT ", "zh-Hans-CN": "ZHS ", "zh-Hant-HK": "ZHH "}[language]
    system = systems.get(tag, scripts["hani"].DefaultLangSys)
    records = [table.FeatureList.FeatureRecord[index] for index in system.FeatureIndex]
    glyph = font.getBestCmap()[ord(character)]
    for feature in ("locl", "vert"):
        lookups = sorted(
            {n for each in records if each.FeatureTag == feature for n in each.Feature.LookupListIndex}
        )
        for number in lookups:
            for subtable in table.LookupList.Lookup[number].SubTable:
                mapping = getattr(subtable, "ExtSubTable", subtable).mapping
                if glyph in mapping:
                    glyph = mapping[glyph]
                    break
    return glyph


def upright(family: str, glyph: str) -> tuple[float, float, float, float]:
    """Where a glyph's ink stands in a column: left and right of its axis, below its top."""
    font = original(family)
    left, bottom, right, top = bounds(font, glyph)
    middle = font["hmtx"][glyph][0] / 2
    origin = font["VORG"][glyph] if "VORG" in font else font["vmtx"][glyph][1] + font["glyf"][glyph].yMax
    return left - middle, origin - top, right - middle, origin - bottom


@pytest.mark.parametrize(("family", "language"), FACES)
def test_upright_glyphs_stand_where_vertical_metrics_put_them(family: str, language: str) -> None:
    made = font(family, language)
    for character in (
        "臺灣直排：「他說，『好！』」（《夢》）。…①㈠ㄅぁア～２Ａ％§×±；？、【】〔〕｛｝〈〉／＼｜†中“”ˊˇˋˉ˙"
    ):
        glyph = shaped(family, language, character)
        lying = bounds(made, made.getBestCmap()[ord(character)])
        # The page turned back: what was up is right, what was right is down.
        stands = (lying[1] - AXIS, lying[0], lying[3] - AXIS, lying[2])
        expected = upright(family, glyph)
        assert stands == pytest.approx(expected, abs=1), character
        advance = original(family)["vmtx"][glyph][0]
        assert made["hmtx"][made.getBestCmap()[ord(character)]][0] == advance
        assert advance == 1000 or character in "ˊˇˋˉ˙"


@pytest.mark.parametrize(("family", "language"), FACES)
def test_latin_letters_lie_as_they_did(family: str, language: str) -> None:
    made, before = font(family, language), original(family)
    for character in "2026Latinéα":
        ours, theirs = made.getBestCmap()[ord(character)], before.getBestCmap()[ord(character)]
        assert bounds(made, ours) == pytest.approx(bounds(before, theirs))
        assert made["hmtx"][ours][0] == before["hmtx"][theirs][0]


@pytest.mark.parametrize(("family", "language"), FACES)
def test_two_dashes_are_one_stroke_along_the_axis(family: str, language: str) -> None:
    made = font(family, language)
    dash = made.getBestCmap()[ord("—")]
    (ligature,) = made["GSUB"].table.LookupList.Lookup[0].SubTable[0].ligatures[dash]
    assert ligature.Component == [dash]
    left, bottom, right, top = bounds(made, ligature.LigGlyph)
    assert made["hmtx"][ligature.LigGlyph][0] == 2000
    assert (left, 2000 - right) == pytest.approx((0, 0), abs=75)
    assert top - bottom < 100
    assert (top + bottom) / 2 == pytest.approx(AXIS, abs=1)


@pytest.mark.parametrize(("family", "language"), FACES)
def test_every_character_has_a_glyph_of_its_own(family: str, language: str) -> None:
    codes = font(family, language).getBestCmap()
    assert set(codes) == {ord(each) for each in TEXT} | ALWAYS
    assert len(set(codes.values())) == len(codes)


@pytest.mark.parametrize(("family", "language"), FACES)
def test_the_em_box_fills_the_line(family: str, language: str) -> None:
    made = font(family, language)
    hhea, os2 = made["hhea"], made["OS/2"]
    assert (hhea.ascent, hhea.descent, hhea.lineGap) == (880, -120, 0)
    assert (os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap) == (880, -120, 0)
    assert (os2.usWinAscent, os2.usWinDescent) == (880, 120)
    assert made["name"].getDebugName(1) == "Columns"
    assert made["name"].getDebugName(0) == original(family)["name"].getDebugName(0)
    assert not {"vhea", "vmtx", "VORG", "GPOS"} & set(made.keys())


def test_what_the_source_lacks_is_lacking() -> None:
    codes = font("LXGW WenKai", "zh-Hant-TW", "中\U0001f600").getBestCmap()
    assert set(codes) == {ord("中")} | ALWAYS


def test_the_same_bytes() -> None:
    its = face("Noto Serif CJK TC")
    data = Path(its.file).read_bytes()
    made = [
        prepare(data, frozenset(text), family="Columns", language="zh-Hant-TW", index=its.index)
        for text in ("一二三——", "——三二一")
    ]
    assert made[0] == made[1]
    assert TTFont(BytesIO(made[0]))["head"].modified == original("Noto Serif CJK TC")["head"].modified
