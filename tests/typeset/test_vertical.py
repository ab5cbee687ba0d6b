"""Vertical books, by the glyphs, the pages and the objects of a finished PDF.

Places are those of the page as it lies: x goes down a column, and y from the right column to the left.
"""

import io
from dataclasses import replace
from itertools import pairwise

import pikepdf
import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf, strokes
from samples import PNG

from keben.check.pdftext import page_texts
from keben.core.book import Asset
from keben.core.columns import for_columns
from keben.core.composition import Document
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.page import lay_out

BODY = 10.5
AREA = TypeArea(measure=44, lines=16)
SHEETS = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
TEXT = "臺灣的書多半直排，標點站在字的中間；引號用「」和『』——這是第12頁，說的是2026年的事……共3條。"


def columns(*documents, language="zh-Hant-TW", **changes):
    """A vertical composition of some documents."""
    composition = book(*documents, language=language, styles=SHEETS, **changes)
    return for_columns(
        replace(composition, edition=replace(composition.edition, writing="vertical", area=AREA))
    )


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("fonts")


def set_text(cache, *bodies, **more):
    composition = columns(*(chapter(body, f"c{number}") for number, body in enumerate(bodies)), **more)
    artifact = typeset(composition, cache)
    assert check_completeness(composition, artifact) == ()
    return artifact


@pytest.fixture(scope="module")
def artifact(cache):
    return set_text(cache, f"<p>{TEXT * 80}</p>", f"<p>{TEXT}</p>")


def test_pages_are_turned_and_bound_on_the_right(artifact):
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        assert {int(page.obj.Rotate) for page in pdf.pages} == {90}
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
        assert (round(height, 1), round(width, 1)) == (419.5, 595.3)
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.PageLayout == "/TwoPageRight"


def test_columns_hold_as_many_characters_as_were_counted(artifact):
    layout = lay_out(AREA, "vertical")
    pdf = Pdf(artifact.data)
    lines = [line for line in pdf.lines(2) if abs(line.size - BODY) < 0.1]
    assert len({round(line.y, 1) for line in lines}) == AREA.lines
    top = layout.top
    assert top in [pytest.approx(line.x, abs=0.1) for line in lines]
    assert max(line.end for line in lines) + BODY <= top + AREA.measure * BODY + BODY / 2 + 0.1


def test_an_odd_page_is_bound_where_an_even_one_is_cut(artifact):
    layout = lay_out(AREA, "vertical")
    pdf = Pdf(artifact.data)
    first = {
        page: min(glyph.y for glyph in pdf.glyphs(page) if abs(glyph.size - BODY) < 0.1) for page in (2, 3)
    }
    assert first[2] - layout.outer == pytest.approx((layout.line - BODY) / 2 + 0.88 * BODY, abs=0.1)
    assert first[3] - layout.inner == pytest.approx(first[2] - layout.outer, abs=0.05)


def test_text_is_read_in_order(artifact):
    texts = ["".join(text.split()) for text in page_texts(artifact.data)]
    assert texts[0].startswith("第一章里程" + TEXT * 8)
    assert TEXT * 12 in texts[1]
    assert texts[2][0] in TEXT


def test_paragraphs_that_end_near_a_column_s_top_are_read_in_order(cache):
    texts = ["天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結為霜金生麗水玉出崑岡劍號巨闕"[:size] + "。" for size in range(42, 49)]  # fmt: skip
    artifact = set_text(cache, "".join(f"<p>{text}</p>" for text in texts))
    read = "".join("".join(text.split()) for text in page_texts(artifact.data)[:1])
    assert "".join(texts[:5]) in read


def test_a_number_of_two_digits_takes_one_em_and_a_longer_one_lies(cache):
    body = "<p>" + "字12字3字A字2026字" + "</p>"
    glyphs = [glyph for glyph in Pdf(set_text(cache, body).data).glyphs(1) if abs(glyph.size - BODY) < 0.1]
    at = {}
    for before, after in pairwise(glyphs):
        at.setdefault(before.text + after.text, (after.x - before.x) / BODY)
    assert at["字1"] == at["字3"] == at["字A"] == pytest.approx(1, abs=0.01)
    assert [glyph.font.rpartition("-Columns")[2] for glyph in glyphs if glyph.text in "13A"][:3] == [
        "-Ultra-Condensed"
    ] * 3
    # 2026 is set as Latin is, with a quarter of an em beside it.
    assert at["字2"] == pytest.approx(1.25, abs=0.01)
    chars = [glyph.text for glyph in glyphs]
    first = chars.index("1")
    assert glyphs[first + 2].x - glyphs[first].x == pytest.approx(BODY, abs=0.1)


def test_a_picture_stands_upright_and_as_large_as_it_is(cache):
    asset = Asset("images/dot.png", "image/png", PNG)
    drawing = Document("images/bars.svg", "drawing", "柱", parse('<svg xmlns="http://www.w3.org/2000/svg" width="100pt" height="40pt" viewBox="0 0 100 40"><rect width="100" height="40"/></svg>'))  # fmt: skip
    body = '<figure class="figure" id="f"><img src="images/bars.svg" alt="柱"/><figcaption>圖</figcaption></figure>'
    composition = columns(chapter(body), drawing, assets={"images/dot.png": asset})
    artifact = typeset(composition, cache)
    with pikepdf.open(io.BytesIO(artifact.data)) as pdf:
        (matrix,) = [
            [round(float(each), 3) for each in operands]
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "cm" and abs(float(operands[1])) > 0.9 and abs(float(operands[0])) < 0.01
        ]
    # Turned by a quarter against the clock as the page lies; the page turns it back.
    assert matrix[:4] == [0, -1, 1, 0]


def test_dots_of_emphasis_stand_on_the_right_and_lines_under_names_on_the_left(cache):
    body = '<p>字<em>強調</em>字<span class="name lined">屈原</span></p>'
    data = set_text(cache, body).data
    places = {glyph.text: glyph for glyph in Pdf(data).glyphs(1) if abs(glyph.size - BODY) < 0.1}
    first, second, line = strokes(data)
    axis = places["調"].y - 0.38 * BODY
    for dot, character in ((first, "強"), (second, "調")):
        assert dot[0] == pytest.approx((places[character].x + BODY / 2, axis - 0.67 * BODY), abs=0.1)
    assert [y for _, y in line] == [pytest.approx(axis + 0.59 * BODY, abs=0.1)] * 2
    assert line[0][0] == pytest.approx(places["屈"].x + 0.07 * BODY, abs=0.1)


def test_folios_are_in_chinese_numerals_at_the_foot_of_the_outer_margin(artifact):
    layout = lay_out(AREA, "vertical")
    pdf = Pdf(artifact.data)
    (even,) = [glyph for glyph in pdf.glyphs(2) if abs(glyph.size - 8.5) < 0.1]
    assert (even.text, even.x) == ("二", pytest.approx(layout.top + AREA.measure * BODY - 8.5, abs=0.1))
    assert even.y < layout.outer
    (odd,) = [glyph for glyph in pdf.glyphs(3) if abs(glyph.size - 8.5) < 0.1]
    assert (odd.text, odd.x) == ("三", even.x)
    assert odd.y > layout.width - layout.outer


def test_the_same_book_has_the_same_bytes_with_and_without_kept_fonts(cache):
    body = f"<p>{TEXT}</p>"
    assert set_text(cache, body).data == set_text(cache, body).data == set_text(None, body).data


def test_links_lie_over_their_words_and_lead_to_the_right_of_their_heading(cache):
    data = typeset(columns(), cache).data
    pdf = Pdf(data)
    titles = {"第一章里程": "里程", "第二章后来": "后来"}
    found = {}
    with pikepdf.open(io.BytesIO(data)) as file:
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        height = float(file.pages[0].mediabox[3])
        names = dict(pikepdf.NameTree(file.Root.Names.Dests))
        for number, page in enumerate(file.pages, 1):
            for link in page.get("/Annots", []):
                left, bottom, right, top = (float(side) for side in link.Rect)
                low, high = sorted((height - bottom, height - top))
                text = "".join(
                    glyph.text
                    for glyph in pdf.glyphs(number)
                    if left - 0.1 <= glyph.x < right and low <= glyph.y <= high and glyph.text != "·"
                )
                target = link.get("/Dest") or link.A.D
                target = names[str(target)] if isinstance(target, pikepdf.String) else target
                found[text.rstrip("一二三四五六七八九")] = (
                    pages[target[0].objgen],
                    float(target[2]),
                    height - float(target[3]),
                )
    layout = lay_out(AREA, "vertical")
    for text, title in titles.items():
        page, x, y = found[text]
        assert x == pytest.approx(layout.top, abs=0.1)
        heading = [glyph for glyph in pdf.glyphs(page) if glyph.text in title and glyph.size > 15]
        assert [glyph.text for glyph in heading] == list(title)
        # Nothing but the heading is between the target and its middle.
        assert y < heading[0].y < y + 5 * layout.line
        assert not any(glyph.y < y for glyph in pdf.glyphs(page) if abs(glyph.size - BODY) < 0.1)


def test_lists_count_in_chinese_numerals_from_their_start(cache):
    artifact = set_text(cache, '<ol start="1949"><li>開國</li><li value="0">次</li></ol>')
    pdf = Pdf(artifact.data)
    glyphs = pdf.glyphs(1)
    text = "".join(glyph.text for glyph in glyphs)
    assert "一九四九、〇、" in text
    first = glyphs[text.index("一九四九")]
    assert first.x > lay_out(AREA, "vertical").top - 0.5


def test_a_long_note_goes_on_on_the_next_pages(cache):
    body = (
        f'<p>{TEXT * 8}字<a class="noteref" href="#n" id="r">①</a></p><p>{TEXT * 40}</p><section class="notes">'
        f'<aside class="footnote" id="n"><p><a class="backlink" href="#r">①</a>{"注" * 1500}</p></aside></section>'
    )
    pdf = Pdf(set_text(cache, body).data)
    texts = [pdf.text(number) for number in range(1, pdf.pages + 1)]
    having = [text for text in texts if "注" in text]
    assert sum(text.count("注") for text in texts) == 1500
    assert "字" in having[0]
    assert len(having) > 2
    assert all("臺灣" in text or "直排" in text for text in having)


def test_numerals_of_folios_stand_apart(cache):
    body = "".join(f"<p>{TEXT * 12}</p>" for _ in range(13))
    pdf = Pdf(set_text(cache, body).data)
    for page in (11, 12):
        first, second = [glyph for glyph in pdf.glyphs(page) if abs(glyph.size - 8.5) < 0.1]
        assert (first.text, second.text) == ("一", "一" if page == 11 else "二")
        assert second.x - first.x == pytest.approx(1.25 * 8.5, abs=0.1)
        assert second.x == pytest.approx(lay_out(AREA, "vertical").top + AREA.measure * BODY - 8.5, abs=0.1)


def test_a_head_that_is_too_long_leaves_the_folio_whole(cache):
    long = replace(chapter(f"<p>{TEXT * 80}</p>", title="長" * 80), title="第一章　" + "長" * 80)
    pdf = Pdf(typeset(columns(long), cache).data)
    head = [glyph for glyph in pdf.glyphs(3) if abs(glyph.size - 8) < 0.1]
    (folio,) = [glyph for glyph in pdf.glyphs(3) if abs(glyph.size - 8.5) < 0.1]
    assert len({round(glyph.y, 1) for glyph in head}) == 1
    assert max(glyph.x for glyph in head) + 8 < folio.x


@pytest.mark.parametrize(
    ("language", "middle"), [("zh-Hant-TW", True), ("zh-Hant-HK", True), ("zh-Hans-CN", False)]
)
def test_marks_of_a_quotation_are_those_of_the_region_in_its_serif(cache, language, middle):
    # The 楷体 draws a mark of Taiwan in a corner, where it stands upon the character before it.
    body = "<blockquote><p>家中都好，請勿掛念。「見字」如面。</p></blockquote><p>正文，也。</p>"
    glyphs = [
        g for g in Pdf(set_text(cache, body, language=language).data).glyphs(1) if abs(g.size - BODY) < 0.1
    ]
    fonts = {g.text: g.font.partition("+")[2] for g in glyphs if g.x < 400 and g.text in "好掛，。「"}
    assert fonts["掛"].startswith("LXGW-WenKai")
    assert all(fonts[mark].startswith("Noto-Serif") for mark in "「") or not middle
    assert fonts["，"].startswith("Noto-Serif" if middle else ("Noto-Serif", "LXGW"))


def test_apostrophes_and_quotation_marks_of_latin_text_lie_as_its_letters_do(cache):
    body = "<p>英文 It’s O’Neil’s. He said “yes” twice.</p><p>他說“好”。</p>"
    data = set_text(cache, body).data
    glyphs = [glyph for glyph in Pdf(data).glyphs(1) if abs(glyph.size - BODY) < 0.1]
    text = "".join(glyph.text for glyph in glyphs)
    for mark in ("’sO", "“yes", "’Neil"):
        at = text.index(mark)
        assert glyphs[at + 1].x - glyphs[at].x < 0.6 * BODY
    at = text.index("“好")
    assert glyphs[at + 1].x - glyphs[at].x == pytest.approx(BODY, abs=0.1)
    assert "It’s O’Neil’s. He said “yes” twice." in "".join(page_texts(data)[0].split("\n"))


def test_a_second_heading_begins_where_a_paragraph_does(cache):
    pdf = Pdf(set_text(cache, '<h2 id="h">小節</h2><p>文字。</p><h3 id="i">細目</h3><p>文字。</p>').data)
    glyphs = pdf.glyphs(1)
    (second,) = [glyph for glyph in glyphs if glyph.text == "小"]
    (third,) = [glyph for glyph in glyphs if glyph.text == "細"]
    first = next(glyph for glyph in glyphs if glyph.text == "文" and abs(glyph.size - BODY) < 0.1)
    assert second.x == pytest.approx(first.x, abs=0.1)
    assert third.x == pytest.approx(first.x + BODY, abs=0.1)


def test_a_table_is_no_longer_than_what_is_in_it(cache):
    body = "<table><tbody><tr><td>年</td><td>某事</td><td>數</td></tr></tbody></table>"
    glyphs = {glyph.text: glyph for glyph in Pdf(set_text(cache, body).data).glyphs(1)}
    # Four characters, and up to two em between the columns.
    assert glyphs["數"].x - glyphs["年"].x < 8 * BODY
