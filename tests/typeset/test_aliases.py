"""A second code for a glyph, in fonts of each kind, and letters that a font draws as several glyphs."""

import io
from contextlib import closing
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import weasyprint
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from keben.check.pdftext import page_texts
from keben.typeset.cffcopies import OtherFontError, with_keyed_copies
from keben.typeset.fonts import aliases
from keben.typeset.fonts.aliases import encoding, glyph_map, with_copies
from keben.typeset.weasy import shared

GLYPHS = {
    "space": (" \u00a0", 0),
    "a": ("a", 300),
    "b": ("bв", 500),
    "mark": ("\u0301", 100),
    "c": ("c", 700),
}
"""Name → its characters, and how wide its bar is."""

FEATURES = """
feature ccmp { sub e_acute by a mark; sub k by c a b; } ccmp;
feature liga { sub c c by cc; } liga;
"""


def font(*, cff: bool) -> bytes:
    """A font in which some characters share a glyph, é is drawn as two glyphs, k as three and cc as one."""
    more = {"e_acute": ("é", 400), "k": ("k", 400), "cc": ("\ue000", 900)}
    drawn = {".notdef": ("", 600), **GLYPHS, **more}
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(list(drawn))
    builder.setupCharacterMap({ord(char): name for name, (chars, _) in drawn.items() for char in chars})
    outlines = {}
    for name, (_, width) in drawn.items():
        pen = T2CharStringPen(1000, None) if cff else TTGlyphPen(None)
        if width:
            corners = [(50, 0), (50, 600), (width, 600), (width, 0)]
            pen.moveTo(corners[0])
            for corner in corners[1:]:
                pen.lineTo(corner)
            pen.closePath()
        outlines[name] = pen.getCharString() if cff else pen.glyph()
    if cff:
        builder.setupCFF("Bars", {}, outlines, {})
    else:
        builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics({name: (width + 100, 50) for name, (_, width) in drawn.items()})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Bars", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = 0
    addOpenTypeFeaturesFromString(builder.font, FEATURES)
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def document(folder: Path, text: str, *, cff: bool) -> weasyprint.Document:
    path = folder / ("bars.otf" if cff else "bars.ttf")
    path.write_bytes(font(cff=cff))
    css = f'@font-face {{ font-family: Bars; src: url("{path.as_uri()}") }} p {{ font-family: Bars; white-space: pre }}'
    return weasyprint.HTML(string=f"<html lang='en'><style>{css}</style><p>{text}</p></html>").render()


def embedded(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(embedded_bytes(data)))


def embedded_bytes(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (found,) = (
            thing.get("/FontFile2") or thing.get("/FontFile3")
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        )
        return bytes(found.read_bytes())


def picture(data: bytes) -> bytes:
    with closing(pypdfium2.PdfDocument(data)) as opened:
        return opened[0].render(scale=2).to_pil().tobytes()


@pytest.mark.parametrize("cff", [False, True])
def test_characters_and_letters_are_copied_as_themselves(tmp_path: Path, cff: bool) -> None:
    text = "ab aв\u00a0bв cc\ue000c cca bba"
    made = document(tmp_path, text, cff=cff)
    plain = made.write_pdf()
    with shared.each_as_itself():
        data = made.write_pdf()
    assert page_texts(data) == [text]
    assert page_texts(plain) != [text]
    assert picture(data) == picture(plain)


@pytest.mark.parametrize("cff", [False, True])
def test_a_letter_of_several_glyphs_is_copied_once(tmp_path: Path, cff: bool) -> None:
    made = document(tmp_path, "aéa bkb aba", cff=cff)
    plain = made.write_pdf()
    with shared.each_as_itself():
        data = made.write_pdf()
    # é as e and its accent, k after two characters that are nothing.
    assert page_texts(data) == ["ae\u0301a b\u2060\u2060kb aba"]
    assert picture(data) == picture(plain)


@pytest.mark.parametrize("cff", [False, True])
def test_without_second_texts_nothing_is_changed(tmp_path: Path, cff: bool) -> None:
    made = document(tmp_path, "ab abc", cff=cff)
    plain = made.write_pdf()
    with shared.each_as_itself():
        assert made.write_pdf() == plain


def test_a_copy_has_its_own_number_and_the_same_outline_and_width() -> None:
    data = font(cff=True)
    with TTFont(io.BytesIO(data)) as before, TTFont(io.BytesIO(with_copies(data, {20: 3, 12: 5}))) as after:
        order, new = before.getGlyphOrder(), after.getGlyphOrder()
        assert len(new) == 21
        assert new[: len(order)] == order
        for copy, glyph in ((20, 3), (12, 5)):
            assert after["hmtx"][new[copy]] == before["hmtx"][order[glyph]]
            assert outline(after, copy) == outline(before, glyph) != outline(after, 15)


def test_a_copy_may_have_the_number_of_a_glyph_that_is_there() -> None:
    data = font(cff=True)
    with TTFont(io.BytesIO(data)) as before, TTFont(io.BytesIO(with_copies(data, {2: 3, 3: 2}))) as after:
        assert outline(after, 2) == outline(before, 3)
        assert outline(after, 3) == outline(before, 2)


@pytest.fixture(scope="module")
def chinese() -> bytes:
    """A Chinese font as it is in a PDF, with a place for each glyph that it had."""
    css = 'p { font-family: "Noto Serif CJK SC" }'
    html = f"<html lang='zh'><style>{css}</style><p>天地玄黄，宇宙洪荒</p></html>"
    return embedded_bytes(weasyprint.HTML(string=html).write_pdf())


def test_copies_in_a_chinese_font_are_those_that_fonttools_makes(
    chinese: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with TTFont(io.BytesIO(chinese)) as before:
        used = [int(name[3:]) for name in before.getBestCmap().values()]
    copies = {65000: used[0], 300: used[1], used[2]: used[3]}
    with TTFont(io.BytesIO(chinese), lazy=True) as opened:
        with_keyed_copies(opened, copies)
    quick = with_copies(chinese, copies)
    monkeypatch.setattr(aliases, "with_keyed_copies", refuse)
    with TTFont(io.BytesIO(quick)) as one, TTFont(io.BytesIO(with_copies(chinese, copies))) as other:
        assert one.getGlyphOrder() == other.getGlyphOrder()
        for table in ("hmtx", "vmtx"):
            assert one[table].metrics == other[table].metrics
        assert one["maxp"].numGlyphs == other["maxp"].numGlyphs == 65001
        for number in (*copies, *used, 0, 7):
            assert outline(one, number) == outline(other, number)
        chosen = [font["CFF "].cff.topDictIndex[0].FDSelect.gidArray for font in (one, other)]
        assert list(chosen[0]) == list(chosen[1])


def test_a_font_that_is_not_keyed_is_left_to_fonttools() -> None:
    for data in (font(cff=True), font(cff=False)):
        with TTFont(io.BytesIO(data), lazy=True) as opened, pytest.raises(OtherFontError):
            with_keyed_copies(opened, {20: 3})


def refuse(*_: object) -> None:
    raise OtherFontError


def outline(font: TTFont, index: int) -> bytes:
    strings = font["CFF "].cff.topDictIndex[0].CharStrings
    glyph = strings.charStringsIndex[index]
    glyph.compile()
    return bytes(glyph.bytecode)


def test_a_glyph_map_has_two_bytes_a_code() -> None:
    assert glyph_map({1: 1, 4: 0x102}) == bytes([0, 0, 0, 1, 0, 0, 0, 0, 1, 2])


def test_an_encoding_leads_every_code_to_one_glyph() -> None:
    lines = [line.decode() for line in encoding({0xFFFE: 7, 0x1234: 8, 0x1235: 8})]
    ranges = [line.split() for line in lines if line.startswith("<") and len(line.split()) == 3]
    found: dict[int, int] = {}
    for first, last, glyph in ranges:
        begin, end = int(first[1:-1], 16), int(last[1:-1], 16)
        assert begin >> 8 == end >> 8
        for code in range(begin, end + 1):
            assert code not in found
            found[code] = int(glyph) + code - begin
    assert len(found) == 0x10000
    assert {code: glyph for code, glyph in found.items() if code != glyph} == {
        0xFFFE: 7,
        0x1234: 8,
        0x1235: 8,
    }
    assert sum(int(line.split()[0]) for line in lines if line.endswith(" begincidrange")) == len(ranges)
