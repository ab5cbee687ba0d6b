"""Prepared fonts on pages that WeasyPrint makes of them: text reads back in order, glyphs lie where they should."""

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import weasyprint
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from keben.typeset.fonts import face_of
from keben.typeset.fonts.vertical.pairs import prepare_pairs
from keben.typeset.fonts.vertical.prepare import prepare

FAMILIES = ["Noto Serif CJK TC", "LXGW WenKai"]
TEXT = "臺灣直排：「他說，『好！』」——破折號……刪節號，在{12}年{3}月{05}日，{A}與{B}，①②又問？“引號”‘單’，共{99}人，于{1}處。Latin 2026。"
WORDS = frozenset(re.findall(r"\{(.*?)\}", TEXT))
PLAIN = re.sub(r"[{}]", "", TEXT)


def source(family):
    face = face_of(family)
    return Path(face.file).read_bytes(), face.index


def pairs(family, words=WORDS):
    data, index = source(family)
    made = prepare_pairs(data, words, family="Pairs", language="zh-Hant-TW", index=index)
    return made, TTFont(BytesIO(made))


def ligatures(font):
    """The words of the font's ligatures, each with its glyph."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    found = {}
    for first, ligatures in font["GSUB"].table.LookupList.Lookup[0].SubTable[0].ligatures.items():
        for ligature in ligatures:
            found["".join(letters[each] for each in [first, *ligature.Component])] = ligature.LigGlyph
    return found


def box(font, glyph):
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[glyph].draw(pen)
    return pen.bounds


def faces(folder, fonts):
    """The ``@font-face`` rules of fonts by their family names."""
    for name, data in fonts.items():
        (folder / f"{name}.otf").write_bytes(data)
    return "".join(
        f"@font-face {{ font-family: {name}; src: url({(folder / f'{name}.otf').as_uri()}) }}"
        for name in fonts
    )


@pytest.fixture(scope="module", params=FAMILIES)
def page(request, tmp_path_factory):
    """A page of TEXT on its side, 20 characters of 20 px to a line, lines 40 px apart."""
    folder = tmp_path_factory.mktemp("fonts")
    data, index = source(request.param)
    text = prepare(data, frozenset(PLAIN), family="Columns", language="zh-Hant-TW", index=index)
    rules = faces(folder, {"Columns": text, "Pairs": pairs(request.param)[0]})
    body = re.sub(r"\{(.*?)\}", r"<b>\1</b>", TEXT)
    html = f"""<html lang="zh-Hant-TW"><style>
        {rules} @page {{ size: 440px 400px; margin: 20px }}
        html {{ font: 20px/40px Columns }} body, p {{ margin: 0; letter-spacing: 0.01px }}
        b {{ font: inherit; font-family: Pairs }}
        </style><p>{body}</p></html>"""
    return pypdfium2.PdfDocument(weasyprint.HTML(string=html).write_pdf())[0]


def test_text_reads_back_in_order(page):
    found = re.sub(r"\s+", "", page.get_textpage().get_text_range())
    assert found == re.sub(r"\s+", "", PLAIN)


def test_columns_stand_in_the_middle_of_their_lines(page):
    reader = page.get_textpage()
    text, height = reader.get_text_range(), page.get_height()
    places = {each: reader.get_charbox(text.index(each), loose=False) for each in ("灣", "—", "…", "①", "好")}
    for each, (_, bottom, _, top) in places.items():
        # Lines are 30 pt high and start 15 pt from the edge; the em is 15 pt.
        across = (height - (top + bottom) / 2 - 15) % 30
        assert across == pytest.approx(15, abs=0.6), each


def test_lines_of_several_fonts_are_no_higher_than_lines_of_one(tmp_path):
    fonts = {"Pairs": pairs("DejaVu Serif")[0]}
    for name, family in (("Text", "Noto Serif CJK TC"), ("Kai", "LXGW WenKai"), ("Latin", "DejaVu Serif")):
        data, index = source(family)
        fonts[name] = prepare(data, frozenset("直排"), family=name, language="zh-Hant-TW", index=index)
    spans = "".join(
        f"<span style='font-family: {name}, Text'>直Ag</span>" for name in ("Kai", "Latin", "Text")
    )
    html = f"""<style>{faces(tmp_path, fonts)} html {{ font: 10.5pt/1.7 Text }}</style>
        <p>直排</p><p>直{spans}排<span style='font-family: Pairs'>12</span></p>"""
    document = weasyprint.HTML(string=html).render()
    (html_box,) = document.pages[0]._page_box.children[:1]
    lines = [paragraph.children[0] for paragraph in html_box.children[0].children]
    assert [line.height for line in lines] == pytest.approx([10.5 * 1.7 * 4 / 3] * 2, abs=1e-6)
    assert lines[0].baseline == pytest.approx(lines[1].baseline, abs=1e-6)


def test_numbers_stand_in_one_em(page):
    reader = page.get_textpage()
    text = reader.get_text_range()
    seen = set()
    for before, word, after in re.findall(r"(?=(\w)\{(\w+)\}(\w))", TEXT):
        at = text.find(before + word + after)
        # An end of a line may lie between.
        if at >= 0:
            lefts = [reader.get_charbox(place, loose=True)[0] for place in (at, at + len(word) + 1)]
            assert lefts[1] - lefts[0] == pytest.approx(30, abs=0.1), word
            seen.add(word)
    assert {"12", "3", "05"} <= seen


@pytest.mark.parametrize("family", [*FAMILIES, "DejaVu Serif"])
def test_each_word_is_centred_in_its_em(family):
    _, font = pairs(family)
    found = ligatures(font)
    assert set(found) == {"12", "05", "99"}
    singles = {chr(code): glyph for code, glyph in font.getBestCmap().items()}
    assert set(singles) == set(" 012359AB")
    del singles[" "]
    units = font["head"].unitsPerEm
    for word, glyph in (singles | found).items():
        left, bottom, right, top = (value / units for value in box(font, glyph))
        assert font["hmtx"][glyph][0] == units
        assert -0.12 <= bottom < top <= 0.88, word
        assert (left + right) / 2 == pytest.approx(0.5, abs=0.02), word
        if len(word) > 1:
            # The first digit is on the left of the column: low on the page that lies on its side.
            assert (bottom + top) / 2 == pytest.approx(0.38, abs=0.08), word


def test_the_first_digit_stands_on_the_left():
    _, font = pairs("Noto Serif CJK TC", frozenset(["10", "01"]))
    found = ligatures(font)
    one, zero = (box(font, font.getBestCmap()[ord(each)]) for each in "10")
    # A 1 is narrower than a 0: its side has more room.
    assert zero[3] - zero[1] > one[3] - one[1]
    assert 380 - box(font, found["10"])[1] < box(font, found["10"])[3] - 380
    assert 380 - box(font, found["01"])[1] > box(font, found["01"])[3] - 380


def test_words_that_are_too_wide_are_narrowed_and_words_that_cannot_be_set_left_out():
    _, font = pairs("Noto Serif CJK TC", frozenset(["100", "W", "1\U0001f600", "%", ""]))
    assert set(ligatures(font)) == {"100"}
    assert set(font.getBestCmap()) == {ord(each) for each in " 01W%"}
    _, bottom, _, top = box(font, ligatures(font)["100"])
    assert -120 <= bottom < top <= 880
    assert top - bottom > 850
