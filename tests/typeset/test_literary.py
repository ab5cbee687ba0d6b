"""Poems by their measures: which edge they have, and what stands with them."""

import re

import pytest
from books import PARAGRAPH, STYLES, book, chapter
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
    assert len(pages_with(pdf, "静夜思|李白|一二三四五六七")) == 1


def test_what_fills_a_page_with_its_title_goes_on_overleaf():
    # No page has room for a title of 20 lines and eight lines of verse: the verse parts, and the title has some of it.
    styles = STYLES | {
        "print.css": STYLES["print.css"] + "\n.chapter-head { min-height: calc(var(--line) * 20) }"
    }
    pdf = Pdf(typeset(book(chapter(verse(*("一二三四五六七",) * 8)), styles=styles)).data)
    first = pdf.text(1).count("一二三四五六七")
    assert 2 <= first <= 6
    assert first + pdf.text(2).count("一二三四五六七") == 8


def test_a_page_that_is_left_to_a_poem_has_no_hole():
    # The second poem is kept whole. Of prose that had the same places a hole would be reported.
    poems = TITLE + verse(*("一二三四五六七",) * 5) + TITLE + verse(*("一二三四五六七",) * 8)
    artifact = typeset(book(chapter(poems)))
    assert Pdf(artifact.data).text(2).startswith("静夜思")
    report = measure_holes(artifact.data, artifact.facts)
    assert (report.pages, report.holes) == (0, ())
    prose = (
        f"{TITLE}{'<p>一二三四五六七</p>' * 5}"
        + '<div style="break-inside: avoid">'
        + f"{TITLE}{PARAGRAPH * 2}</div>"
    )
    artifact = typeset(book(chapter(prose)))
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
