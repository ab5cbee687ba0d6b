"""typeset at its door: pages before the text, counted apart; what is counted; verse and plays by their glyphs."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from books import PARAGRAPH, ROOT, STYLES, book, chapter
from pdfs import Pdf
from samples import sample_composition

from keben.core.composition import Document
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.counted import sheets, thousands
from keben.typeset.folios import chinese, upright_roman


def with_area(composition, **changes):
    edition = replace(composition.edition, area=TypeArea(**changes))
    return replace(composition, edition=edition)


def labels(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [page.label for page in pdf.pages]


def front_apart(form):
    titlepage, contents = (
        each for each in sample_composition().documents if each.kind in ("titlepage", "contents")
    )
    composition = book(titlepage, contents, chapter(PARAGRAPH * 2), chapter(PARAGRAPH, "two", "后来"))
    contents = replace(
        contents,
        root=parse(
            '<nav epub:type="toc" class="contents" id="contents"><h1>目录</h1><ol><li><a href="#one">里程</a></li>'
            '<li><a href="#two">后来</a></li></ol></nav>'
        ),
    )
    composition = replace(composition, documents=(titlepage, contents, *composition.documents[2:]))
    return typeset(with_area(composition, front_folios=form)).data


@pytest.mark.parametrize(
    ("form", "front"), [("roman", ["i", "ii", "iii", "iv"]), ("chinese", list("一二三四"))]
)
def test_the_text_begins_with_page_1_and_what_is_before_it_is_counted_apart(form, front):
    data = front_apart(form)
    assert labels(data) == [*front, "1", "2", "3"]
    pdf = Pdf(data)
    assert re.sub(r"[·\s\x00]+", " ", pdf.text(3)).strip().endswith(front[2])
    assert re.findall(r"(里程|后来)[·\s\x00]*(\d)", pdf.text(3)) == [("里程", "1"), ("后来", "3")]


@pytest.mark.parametrize("form", ["roman", "chinese"])
def test_a_folio_right_before_the_text_is_of_the_pages_before(form):
    titlepage = next(each for each in sample_composition().documents if each.kind == "titlepage")
    preface = replace(chapter(PARAGRAPH * 10, "preface", "序"), kind="preface")
    composition = book(titlepage, preface, chapter(PARAGRAPH * 2))
    pdf = Pdf(typeset(with_area(composition, front_folios=form)).data)
    numbers = {"roman": "iii iv 1", "chinese": "三 四 1"}[form]
    assert [
        pdf.text(page)[-len(number) :] for page, number in zip((3, 4, 5), numbers.split(), strict=True)
    ] == (numbers.split())


def test_roman_folios_stand_upright_in_columns():
    titlepage = next(each for each in sample_composition().documents if each.kind == "titlepage")
    preface = replace(chapter(PARAGRAPH * 140, "preface", "序"), kind="preface")
    composition = with_area(
        book(titlepage, preface, chapter(PARAGRAPH), language="zh-Hant-TW"), lines=20, front_folios="roman"
    )
    columns = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")
    edition = replace(composition.edition, writing="vertical")
    composition = replace(composition, edition=edition, styles={**STYLES, "print-vertical.css": columns})
    data = typeset(composition).data
    assert labels(data)[:3] == ["i", "ii", "iii"]
    assert len(labels(data)) > 15
    pdf = Pdf(data)
    # Each sign is a character that no font turns.
    assert [sign for page in (3, 4, 12) for sign in pdf.text(page) if sign in "ⅲⅳⅻ"] == list("ⅲⅳⅻ")
    assert "ⅹⅳ" in pdf.text(14)


@pytest.mark.parametrize(
    ("number", "signs"), [(1, "ⅰ"), (9, "ⅸ"), (12, "ⅻ"), (13, "ⅹⅲ"), (20, "ⅹⅹ"), (39, "ⅹⅹⅹⅸ"), (40, "")]
)
def test_upright_roman_numerals(number, signs):
    assert upright_roman(number) == signs


def test_usually_all_pages_are_counted_in_one_run():
    titlepage = next(each for each in sample_composition().documents if each.kind == "titlepage")
    data = typeset(book(titlepage, chapter(PARAGRAPH))).data
    assert labels(data) == ["1", "2", "3"]


def test_chinese_folios():
    assert [
        chinese(number) for number in (1, 10, 12, 20, 35, 101, 110)
    ] == "一 十 十二 二十 三十五 一百〇一 一百一十".split()


def test_sheets_and_characters_are_counted_of_pages():
    area = TypeArea()
    assert [sheets(pages, area) for pages in (32, 227, 228, 26)] == ["1", "7.125", "7.125", "0.813"]
    assert thousands(228, area) == round(27 * 26 * 228 / 1000)


def test_the_copyright_page_says_what_was_counted():
    root = parse(
        '<section class="colophon" id="colophon"><h1>书</h1><dl><div><dt>印张</dt><dd class="counted-sheets"></dd></div>'
        '<div><dt>字数</dt><dd class="counted-words"></dd></div></dl></section>'
    )
    colophon = Document("colophon", "colophon", "版权页", root)
    composition = book(colophon, chapter(PARAGRAPH * 160))
    composition = replace(composition, words={**composition.words, "words_said": "{number}千字"})
    artifact = typeset(composition)
    pages = artifact.facts["pages"]
    said = Pdf(artifact.data).text(1).replace(" ", "")
    assert said == f"书印张{sheets(pages, TypeArea())}字数{thousands(pages, TypeArea())}千字"
    assert pages > 20


def colophon(rows):
    said = "".join(f"<div><dt>标签</dt><dd>第{number}行</dd></div>" for number in range(rows))
    root = parse(f'<section class="colophon" id="colophon"><h1>书名在此</h1><dl>{said}</dl></section>')
    composition = book(Document("colophon", "colophon", "版权页", root), chapter(PARAGRAPH))
    return Pdf(typeset(composition).data)


@pytest.mark.parametrize("rows", [34, 60])
def test_a_copyright_page_that_is_too_long_goes_on_overleaf(rows):
    pdf = colophon(rows)
    said = "".join(pdf.text(page) for page in range(1, pdf.pages))
    assert [int(each) for each in re.findall(r"第(\d+)行", said)] == list(range(rows))
    assert all(60 < line.y < 560 for page in range(1, pdf.pages) for line in pdf.lines(page))


@pytest.mark.parametrize("rows", [20, 28, 36])
def test_in_columns_a_copyright_page_that_is_too_long_stands_in_two_tiers(rows):
    said = "".join(f"<div><dt>责任编辑</dt><dd>某某{at}号</dd></div>" for at in range(rows))
    root = parse(f'<section class="colophon" id="colophon"><h1>书名在此</h1><dl>{said}</dl></section>')
    made = book(Document("colophon", "colophon", "版权页", root), chapter(PARAGRAPH), language="zh-Hans-CN")
    columns = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")
    edition = replace(made.edition, writing="vertical", area=TypeArea(measure=36, lines=13))
    composition = replace(made, edition=edition, styles={**made.styles, "print-vertical.css": columns})
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    pdf = Pdf(artifact.data)
    assert pdf.text(1).count("责任编辑") == rows
    # The first half stands above the second.
    first, second = ([glyph.x for glyph in pdf.glyphs(1) if glyph.text == "责"][half] for half in (0, -1))
    assert second - first > 10 * 10.5


def test_a_copyright_page_with_room_stands_at_the_foot():
    pdf = colophon(6)
    heights = [line.y for line in pdf.lines(1)]
    assert max(heights) - min(heights) < 0.3 * pdf.size(1)[1]
    assert max(heights) > 0.8 * pdf.size(1)[1]


VERSE = (
    '<div class="verse centred"><p class="stanza"><span class="line">一二三四五六七</span><br/><span class="line">一二三</span></p>'
    '<p class="stanza"><span class="line">一二三四五</span></p></div>'
)


def test_centred_verse_stands_by_its_longest_line():
    pdf = Pdf(typeset(book(chapter(f"{VERSE}{PARAGRAPH}"))).data)
    lines = [line for line in pdf.lines(1) if line.text.startswith("一二三")]
    assert [line.text for line in lines] == ["一二三四五六七", "一二三", "一二三四五"]
    edges = {round(line.x) for line in lines}
    assert len(edges) == 1
    measure = 27 * 10.5
    full = next(line for line in pdf.lines(1) if len(line.text) == 27)
    assert lines[0].x - full.x == pytest.approx((measure - 7 * 10.5) / 2, abs=1)
    # A line is left between stanzas.
    first, second, third = (line.y for line in lines)
    assert second - first == pytest.approx(10.5 * 1.7, abs=0.5)
    assert third - second == pytest.approx(10.5 * 1.7 * 2, abs=0.5)


def test_a_line_of_verse_that_is_too_long_turns_over_below_itself():
    long = f'<div class="verse"><p class="stanza"><span class="line">{"诗" * 40}</span></p></div>{PARAGRAPH}'
    first, second = (line for line in Pdf(typeset(book(chapter(long))).data).lines(1) if line.text[0] == "诗")
    assert second.x - first.x == pytest.approx(2 * 10.5, abs=0.5)


def test_speeches_begin_in_one_line_below_one_another():
    speech = '<p class="speech"><span class="speaker">{}</span>　{}</p>'
    drama = f'<div class="drama">{speech.format("周老爷", "说" * 60)}{speech.format("鲁妈", "答" * 3)}</div>'
    pdf = Pdf(typeset(book(chapter(drama))).data)
    lines = {line.y: line for line in pdf.lines(1) if set(line.text) & set("周鲁")}
    said: dict[float, float] = {}
    for glyph in pdf.glyphs(1):
        if glyph.text in "说答":
            said.setdefault(round(glyph.y), glyph.x)
    assert len(said) == 4
    assert max(said.values()) - min(said.values()) < 0.5
    names = {line.x for line in lines.values()}
    assert min(said.values()) - min(names) == pytest.approx(4 * 10.5, abs=0.5)
