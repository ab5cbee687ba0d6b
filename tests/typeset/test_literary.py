"""Poems by their measures: which edge they have, and what stands with them."""

import re
from dataclasses import replace
from itertools import product

import pytest
from books import PARAGRAPH, ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.check import measure_holes, measure_lines
from keben.core.markup import parse, serialize
from keben.core.paper import TypeArea
from keben.typeset import typeset
from keben.typeset.literary import with_poems


def verse(*lines, name="verse"):
    stanza = "<br/>".join(f'<span class="line">{line}</span>' for line in lines)
    return f'<div class="{name}"><p class="stanza">{stanza}</p></div>'


def longest(body, measure=20):
    """The longest line that each block knows of, by its first character."""
    made = serialize(with_poems(parse(f"<section>{body}</section>"), measure))
    return re.findall(r'style="--longest: (\d+)"[^>]*>(?:<[^>]*>)*(.)', made)


def test_blocks_of_verse_are_one_poem():
    assert longest(verse("一二三") + verse("二二三四五")) == [("5", "一"), ("5", "二")]
    assert longest(f"{verse('一二三')}<p>文。</p>{verse('二二三四五')}") == [("3", "一"), ("5", "二")]
    assert longest(f"{verse('一二三')}<h2>题</h2>{verse('二二三四五')}") == [("3", "一"), ("5", "二")]


@pytest.mark.parametrize("title", ["一", "其二", "三　熄灯", "（四）", "2", "IV", "Ⅳ", "5. 尾声"])
def test_parts_with_numbers_are_one_poem(title):
    assert longest(f"{verse('一二三')}<h3>{title}</h3>{verse('二二三四五')}") == [("5", "一"), ("5", "二")]


def test_a_date_knows_the_poem_above_it():
    assert longest(f'{verse("一二三")}<p class="date">今年</p>') == [("3", "一"), ("3", "今")]
    assert longest('<p>文。</p><p class="date">今年</p>') == []


def test_no_line_is_longer_than_the_measure():
    assert longest(verse("一" * 40)) == [("20", "一")]


def pages_with(pdf, pattern):
    return [page for page in range(1, pdf.pages + 1) if re.search(pattern, pdf.text(page))]


TITLE = '<h2>静夜思</h2><p class="author">李白</p>'
CALL = '<a class="noteref" href="#n{0}" id="r{0}">{0}</a>'
NOTE = '<aside class="footnote" id="n{0}"><p><a class="backlink" href="#r{0}">{0}</a>宋本多作看月光，今从通行的本子。</p></aside>'
POEM = verse("床前明月光", "疑是地上霜", "举头望明月", "低头思故乡")


@pytest.mark.parametrize("lines", range(34, 46, 3))
def test_a_poem_stands_on_the_page_of_its_title_and_author(lines):
    prose = f"<p>{'字' * 27 * lines}</p>"
    pdf = Pdf(typeset(book(chapter(f"{prose}{TITLE}{POEM}"))).data)
    assert len(pages_with(pdf, "静夜思|李白|月光|故乡")) == 1


@pytest.mark.parametrize("lines", [8, 12, 16])
def test_a_title_that_opens_a_chapter_never_stands_alone_below(lines):
    stanza = verse(*("一二三四五六七",) * 8)
    epigraph = f'<blockquote class="epigraph"><p>{"字" * 18 * lines}</p></blockquote>'
    pdf = Pdf(typeset(book(chapter(f"{epigraph}{TITLE}{stanza}{PARAGRAPH}"))).data)
    (page,) = pages_with(pdf, "静夜思")
    assert pages_with(pdf, "李白") == [page]
    # The page before would have a hole only below the shortest epigraph.
    assert pdf.text(page).count("一二三四五六七") == (4 if lines == 8 else 8)


def test_what_fills_a_page_with_its_title_goes_on_overleaf():
    # No page has room for a title of 20 lines and eight lines of verse: the verse parts, and the title has some of it.
    styles = STYLES | {
        "print.css": STYLES["print.css"] + "\n.chapter-head { min-height: calc(var(--line) * 20) }"
    }
    pdf = Pdf(typeset(book(chapter(verse(*("一二三四五六七",) * 8)), styles=styles)).data)
    first = pdf.text(1).count("一二三四五六七")
    assert 2 <= first <= 6
    assert first + pdf.text(2).count("一二三四五六七") == 8


AREAS = {
    "": (TypeArea(), TypeArea(measure=44, lines=16)),
    "novel": (TypeArea(measure=28, lines=23, leading=1.75), TypeArea(measure=41, lines=16, leading=1.75)),
    "poetry": (
        TypeArea(body_pt=11, measure=25, lines=18, leading=1.9),
        TypeArea(body_pt=11, measure=36, lines=13, leading=1.9),
    ),
    "classic": (
        TypeArea(body_pt=11, measure=28, lines=21, leading=1.8),
        TypeArea(body_pt=11, measure=37, lines=15, leading=1.8),
    ),
}
"""Those of the designs on A5, in lines and in columns."""
COUPLETS = ("床前明月光，", "疑是地上霜。", "举头望明月，", "低头思故乡。")
DATE = '<p class="date">二〇二一年冬至</p>'
BOOKS = {
    "quatrains": (TITLE + verse(*COUPLETS)) * 9,
    "regulated verse": (TITLE + verse(*COUPLETS * 2) + DATE) * 7,
    "no author": ("<h2>静夜思</h2>" + verse(*COUPLETS * 2)) * 7,
    "long, without stanzas": (TITLE + verse(*COUPLETS * 9)) * 4,
    "lines without stops": (TITLE + verse(*("一二三四五六七",) * 7)) * 7,
    "parts": TITLE + "".join(f"<h3>{part}</h3>{verse(*COUPLETS * 2)}" for part in "一二三四五六七八九"),
    "a preface in prose": (TITLE + f"<p>{'序' * 60}。</p>" + verse(*COUPLETS * 2)) * 6,
    "an epigraph": (TITLE + '<blockquote class="epigraph"><p>题记</p></blockquote>' + verse(*COUPLETS * 2))
    * 6,
    "in prose": (f"<p>{'文' * 95}。</p>" + verse(*COUPLETS * 2)) * 9,
    "notes": "".join(TITLE + verse(*COUPLETS[:3], COUPLETS[3] + CALL.format(at)) for at in range(1, 10))
    + "".join(NOTE.format(at) for at in range(1, 10)),
    "wide lines": (TITLE + verse(*("一二三四五六七八九十" * 5,) * 4)) * 5,
}


def set_poems(poems, design, vertical):
    """A book of poems in a design."""
    folder = ROOT / "styles" / "designs" / design
    names = ("print.css", "print-vertical.css") if vertical else ("print.css",)
    styles = {
        name: (ROOT / "styles" / name).read_text("utf-8")
        + ((folder / name).read_text("utf-8") if design else "")
        for name in names
    }
    composition = book(chapter(poems), language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    writing = "vertical" if vertical else "horizontal"
    edition = replace(composition.edition, area=AREAS[design][vertical], writing=writing)
    return typeset(replace(composition, edition=edition, styles=STYLES | styles))


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize(
    ("poems", "design"),
    [*product(BOOKS, ("", "poetry")), *product(("quatrains", "in prose"), ("novel", "classic"))],
)
def test_poems_leave_no_page_a_third_empty(poems, design, vertical):
    artifact = set_poems(BOOKS[poems], design, vertical)
    report = measure_holes(artifact.data, artifact.facts)
    assert report.pages > 1
    assert report.holes == ()


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("design", ["", "poetry"])
@pytest.mark.parametrize("poems", ["quatrains", "regulated verse", "long, without stanzas"])
def test_a_poem_that_goes_on_overleaf_is_parted_between_couplets(poems, design, vertical):
    pdf = Pdf(set_poems(BOOKS[poems], design, vertical).data)
    pages = ["".join(pdf.text(page).split()) for page in range(1, pdf.pages + 1)]
    assert sum(page.count("床前明月光，") for page in pages) == BOOKS[poems].count("床前明月光")
    for page in pages:
        # Each first line is on the page of its second one.
        assert page.count("床前明月光，") == page.count("疑是地上霜。")
        assert page.count("举头望明月，") == page.count("低头思故乡。")
        assert page.count("静夜思") == len(re.findall("静夜思李白床前明月光，疑是地上霜。", page))


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("lines", [4, 5])
@pytest.mark.parametrize("before", [1, 2])
def test_a_chapter_that_ends_with_a_stanza_has_three_lines_of_it_on_its_last_page(before, lines, vertical):
    stanza = verse(*(f"{sign}二三四五六七" for sign in "甲乙丙丁戊己庚辛"[:lines]))
    prose = f"<p>{'字' * (36 if vertical else 25)}</p>" * before
    pdf = Pdf(set_poems(prose + (TITLE + stanza) * 4, "poetry", vertical).data)
    assert pdf.text(pdf.pages).count("二三四五六七") >= 3


def test_a_poem_begins_on_the_next_page_where_that_leaves_less_than_a_third():
    poems = f"<p>{'字' * 27 * 14}</p>" + TITLE + verse(*COUPLETS * 2)
    artifact = typeset(book(chapter(poems)))
    pdf = Pdf(artifact.data)
    assert (pdf.pages, pdf.text(2)[:5]) == (2, "静夜思李白")
    report = measure_holes(artifact.data, artifact.facts)
    assert (report.pages, report.holes) == (1, ())


def test_a_hole_before_a_poem_is_reported():
    poems = TITLE + verse(*("一二三四五六七",) * 4)
    poems += f'<div style="break-inside: avoid">{TITLE}{verse(*("一二三四五六七",) * 8)}</div>'
    artifact = typeset(book(chapter(poems)))
    assert [hole.page for hole in measure_holes(artifact.data, artifact.facts).holes] == [1]


def speech(name, said):
    return f'<p class="speech"><span class="speaker">{name}</span>　{said}</p>'


def test_names_of_speakers_are_no_part_of_the_lines_that_are_measured():
    lines = [
        speech("周老爷", "说" * 22),
        speech("鲁妈", "答" * 22),
        speech("鲁妈", "答" * 60),
        speech("周老爷", "说"),
    ]
    signed = '<p class="signature">一个过河的人</p><p class="signature">一九八七年十二月</p>'
    data = typeset(book(chapter(f'{PARAGRAPH}<div class="drama">{"".join(lines)}{signed}</div>'))).data
    report = measure_lines(data, TypeArea(), "zh-Hans-CN")
    assert [line.text[:1] for line in report.lines if line.full] == [*"字字字", "答", "答"]
    assert (report.share, report.largest_stretch) == (1.0, 0.0)
