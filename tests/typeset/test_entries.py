"""Entries of a contents page, by their glyphs: where a long one is turned over, and where the number of its page stands."""

from dataclasses import replace
from itertools import groupby

import pytest
from books import PARAGRAPH, ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.composition import Document
from keben.core.markup import parse
from keben.core.paper import TypeArea
from keben.typeset import typeset

SIGNS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳"
"""Each entry is written with one of its own."""
DESIGNS = ("", "novel", "textbook", "report", "classic")
NUMBERS = frozenset("0123456789一二三四五六七八九〇")
DOTS = frozenset("·…\x00")
FOLDER = ROOT / "styles"


def styles(design, *, vertical):
    """The sheets of a design, as a theme has them."""
    names = ("print.css", "print-vertical.css") if vertical else ("print.css",)
    folders = (FOLDER, *((FOLDER / "designs", FOLDER / "designs" / design) if design else ()))
    return STYLES | {
        name: "\n".join((at / name).read_text("utf-8") for at in folders if (at / name).exists())
        for name in names
    }


def printed(entries, design="", *, vertical=False):
    """The lines of the contents: the page of each, and its glyphs."""
    root = parse(
        '<nav epub:type="toc" class="contents" id="contents"><h1>目录</h1><ol>' + entries + "</ol></nav>"
    )
    made = book(
        Document("contents", "contents", "目录", root),
        chapter(PARAGRAPH),
        language="zh-Hant-TW" if vertical else "zh-Hans-CN",
        styles=styles(design, vertical=vertical),
    )
    area = TypeArea(measure=22, lines=20)
    edition = replace(made.edition, area=area, writing="vertical" if vertical else "horizontal")
    pdf = Pdf(typeset(replace(made, edition=edition)).data)
    for page in range(1, pdf.pages):
        glyphs = sorted(pdf.glyphs(page), key=lambda glyph: (round(glyph.y), glyph.x))
        rows = [list(row) for _, row in groupby(glyphs, key=lambda glyph: round(glyph.y))]
        yield from ((page, row) for row in rows if not {"目", "书"} & {glyph.text for glyph in row})


def entry(title, label="", inner=""):
    labelled = f'<span class="label">{label}</span> ' if label else ""
    nested = f"<ol>{inner}</ol>" if inner else ""
    return f'<li><a href="#one">{labelled}<span class="title">{title}</span></a>{nested}</li>'


def rows_of(lines, sign):
    """The lines of an entry: the page, where its title begins, its characters there, and the number behind them."""
    for page, row in lines:
        title = [glyph for glyph in row if glyph.text == sign]
        if title:
            after = [glyph for glyph in row if glyph.x > title[-1].x and glyph.text not in DOTS]
            yield page, title[0].x, len(title), [glyph for glyph in after if glyph.text in NUMBERS]


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("design", DESIGNS)
def test_a_long_entry_goes_on_further_in_and_its_number_stands_behind_some_of_it(design, vertical):
    """Titles of each length, of chapters with a label and without, and of sections."""
    long = dict(zip(SIGNS, range(8, 40), strict=False))
    entries = "".join(
        entry(
            sign * count,
            label="第几章" if at % 3 == 0 else "",
            inner=entry("节", inner="") if at == 1 else "",
        )
        if at % 3 < 2
        else entry("章", inner=entry(sign * count))
        for at, (sign, count) in enumerate(long.items())
    )
    lines = list(printed(entries, design, vertical=vertical))
    turned = 0
    edges = [set(), set()]
    for sign, count in long.items():
        (_, first, _, _), *more = rows = list(rows_of(lines, sign))
        assert sum(size for _, _, size, _ in rows) == count
        assert [bool(number) for *_, number in rows] == [False] * len(more) + [True], (sign, rows)
        is_labelled = SIGNS.index(sign) % 3 == 0
        for _, x, size, _ in more:
            assert x == pytest.approx(first, abs=0.3) if is_labelled else 6 < x - first < 16, (sign, rows)
            assert size >= 4, (sign, rows)
        edges[rows[-1][0] % 2].add(round(rows[-1][3][-1].x))
        turned += bool(more)
    assert turned > 12
    # The numbers stand at the edge of odd pages and of even ones; those of chapters and of sections may be of two sizes.
    assert all(max(places) - min(places) <= 5 for places in edges if places)


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
def test_the_number_is_not_alone_behind_latin_words_either(vertical):
    titles = [
        " ".join(["Typography", "of", "printed", "books", "in", "two", "scripts", "and", "more"][:count])
        for count in range(2, 10)
    ]
    entries = "".join(entry(title) for title in titles)
    lines = ["".join(glyph.text for glyph in row) for _, row in printed(entries, vertical=vertical)]
    whole = [line for line in lines if NUMBERS & set(line[-1:]) and DOTS & set(line)]
    assert len(whole) == len(titles)
    assert all(sum(sign.isascii() and sign.isalpha() for sign in line) >= 7 for line in whole), whole


def test_leaders_go_to_the_number_in_lines_that_begin_further_in():
    sign = SIGNS[0]
    rows = [row for _, row in printed(entry(sign * 27, label="第一章"))]
    row = next(row for row in rows if row[-1].text in NUMBERS and row[0].text == sign)
    dots = [glyph.x for glyph in row if glyph.text in DOTS]
    title = [glyph for glyph in row if glyph.text == sign]
    assert len(dots) > 10
    assert dots[0] - title[-1].x < 2.5 * title[-1].size
    assert row[-1].x - dots[-1] < 2 * title[-1].size


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
def test_nor_is_a_number_alone_that_nothing_leads_to(vertical):
    """In a book of poems it stands right behind the title."""
    long = dict(zip(SIGNS, range(8, 40), strict=False))
    entries = "".join(entry(sign * count) for sign, count in long.items())
    lines = list(printed(entries, "poetry", vertical=vertical))
    for sign in long:
        rows = list(rows_of(lines, sign))
        assert [bool(number) for *_, number in rows] == [False] * (len(rows) - 1) + [True], (sign, rows)
        assert min(size for _, _, size, _ in rows) >= 4, (sign, rows)


def test_titles_are_set_as_text_is():
    """White beside Latin letters, and between marks no more than is due."""
    (row,) = [
        row for _, row in printed(entry("与Word（一）（二）和")) if any(each.text == "W" for each in row)
    ]
    places = {each.text: each.x for each in row}
    size = row[0].size
    assert places["W"] - places["与"] == pytest.approx(1.25 * size, abs=0.05 * size)
    assert places["二"] - places["一"] == pytest.approx(2.5 * size, abs=0.2 * size)


def test_a_word_that_is_wider_than_the_line_is_divided_beside_its_label():
    rows = ["".join(glyph.text for glyph in row) for _, row in printed(entry("Donau" * 12, label="第九章"))]
    assert next(row.startswith("第九章Donau") for row in rows if "Donau" in row)
