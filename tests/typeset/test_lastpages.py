"""The last page of a chapter has three lines or more."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from books import book, chapter
from pdfs import Pdf

from keben.check import measure_holes, measure_lines
from keben.core.composition import Document
from keben.core.markup import element, parse
from keben.core.paper import TypeArea
from keben.typeset import typeset
from keben.typeset.lastpages import with_last_page
from keben.typeset.page import lay_out

AREA = TypeArea(measure=20)

ONE, TWO, FOUR, FIVE, EIGHT = ("文" * count for count in (15, 40, 97, 120, 205))
"""Paragraphs by their lines, of 27 字."""


def pages(*texts: str, tag: str = "p", notes: str = "") -> list[int]:
    """How many lines the pages of a chapter have that has these paragraphs or items."""
    inner = "".join(f"<{tag}>{text}</{tag}>" for text in texts)
    made = book(chapter((inner if tag == "p" else f"<ol>{inner}</ol>") + notes))
    report = measure_lines(typeset(made).data, made.edition.area, "zh-Hans-CN")
    counts = Counter(line.page for line in report.lines)
    return [counts[page] for page in sorted(counts)]


@cache
def full(tag: str = "p") -> int:
    """Lines on a chapter's first page."""
    return pages(*[ONE] * 40, tag=tag)[0]


@pytest.mark.parametrize(
    ("before", "last", "fewer", "over"),
    [
        (0, (ONE,), 2, 3),
        (0, (ONE, ONE), 1, 3),
        (0, (TWO,), 1, 3),
        (5, (FIVE, ONE), 2, 3),
        (2, (FOUR,), 2, 4),
        (2, (FIVE,), 0, 3),
        (0, (EIGHT,), 0, 8),
        (0, (ONE, ONE, ONE), 0, 3),
    ],
    ids=["line", "lines", "two lines", "after a long one", "parted", "parted well", "long", "enough"],
)
def test_few_lines_take_others_along(before, last, fewer, over):
    assert pages(*[ONE] * (full() - before), *last) == [full() - fewer, over]


def test_the_last_item_of_a_list_takes_others_along():
    assert pages(*[ONE] * (full("li") + 1), tag="li") == [full("li") - 2, 3]


def test_a_play_with_a_line_below_it_takes_speeches_along():
    play = element("div", {"class": "drama"}, *(element("p", None, "文") for _ in range(4)))
    made = with_last_page(element("section", None, play, element("p", None, "完")), "chapter", AREA)
    inner, last = made.children
    marks = [child.get("data-last") if "data-last" in child.attributes else None for child in inner.children]
    assert (marks, last.get("data-last")) == ([None, None, None, "short"], "short")


def test_a_short_quotation_takes_the_paragraph_before_along():
    quoted = element("blockquote", None, element("p", None, "文"))
    made = with_last_page(
        element("section", None, element("p", None, "文" * 90), quoted), "chapter", AREA
    ).children
    assert [child.get("data-last") for child in made] == ["", "short"]


def code(lines: int) -> str:
    return f"<pre><code>{chr(10).join('abcdefghijklmno'[:lines])}</code></pre>"


NOTES = '<section class="endnotes"><h2 class="endnotes-title">注释</h2>{}</section>'
ENDS = {
    "code of a line": code(1),
    "code": code(12),
    "lines of code": f"<pre class='code-lines'><code>{'<code class=%scode-line%s>x</code>' * 9}</code></pre>"
    % (("'",) * 18),
    "notes": NOTES.format(f"<div class='endnote'><p>{'注' * 20}</p></div>" * 6),
    "one item": "<ol><li>项</li></ol>",
    "terms": f"<dl>{'<dt>词</dt><dd>释</dd>' * 3}</dl>",
    "table without a name": "<table><tbody><tr><td>甲</td></tr></tbody></table>",
    "formula": f"<p>{ONE}</p><p class='formula'>甲</p>",
    "stanzas": "<div class='verse'>"
    + "<p class='stanza'><span class='line'>行</span><br/><span class='line'>行</span></p>" * 3
    + "</div>",
    "long stanza": "<div class='verse'><p class='stanza'>"
    + "<br/>".join(["<span class='line'>行</span>"] * 12)
    + "</p></div>",
    "ornament": f"<hr class='scene'/><p>{ONE}</p>",
    "short box": "<aside class='box note'><p>框</p></aside>",
}


@pytest.mark.parametrize("kind", ENDS)
def test_whatever_a_chapter_ends_with_it_has_three_lines_on_its_last_page(kind):
    above = range(3, 16)
    chapters = [chapter(f"<p>{ONE}</p>" * count + ENDS[kind], f"c{count}") for count in above]
    made = book(*chapters)
    edition = replace(made.edition, area=TypeArea(measure=20, lines=14))
    artifact = typeset(replace(made, edition=edition))
    layout, pdf = lay_out(edition.area, edition.writing), Pdf(artifact.data)
    ends = [page - 1 for level, _, page in pdf.outline()[1:] if level == 1] + [pdf.pages]
    heights = [_height(pdf, layout, page) or _height(pdf, layout, page - 1) for page in ends]
    assert len(heights) == len(above)
    assert min(heights) > (2.2 if kind == "notes" else 2.4), heights


def _height(pdf, layout, page):
    """How many lines of the type area of a page are taken from its first to its last text."""
    bottom = layout.top + layout.line * layout.lines
    places = [line.y for line in pdf.lines(page) if layout.top < line.y < bottom]
    return (max(places) - min(places)) / layout.line + 1 if places else 0


@pytest.mark.parametrize(("lines", "least"), [(20, 5), (13, 3)])
@pytest.mark.parametrize("nested", [False, True], ids=["chapters", "sections"])
def test_the_last_page_of_the_contents_has_five_entries_or_a_quarter_of_a_page(nested, lines, least):
    entry = "<li><a href='#one'><span class='title'>条</span></a>{}</li>"
    listed = [entry.format("") * number for number in range(lines - 4, lines + 3)]
    if nested:
        listed = [entry.format(f"<ol>{entries}</ol>") for entries in listed]
    contents = [
        Document(
            f"contents-{at}",
            "contents",
            "目录",
            parse(f"<nav class='contents' id='contents-{at}'><h1>目录</h1><ol>{entries}</ol></nav>"),
        )
        for at, entries in enumerate(listed)
    ]
    made = book(*contents, chapter("<p>文</p>"))
    edition = replace(made.edition, area=TypeArea(measure=20, lines=lines))
    artifact = typeset(replace(made, edition=edition))
    assert measure_holes(artifact.data, artifact.facts).holes == ()
    pdf = Pdf(artifact.data)
    counts = [count for page in range(1, pdf.pages + 1) if (count := pdf.text(page).count("条"))]
    assert sum(counts) == sum(entries.count("条") for entries in listed)
    assert len(counts) > len(contents)
    assert min(counts) >= least


def test_other_texts_and_other_ends_stay_as_they_are():
    assert with_last_page(element("section", None, element("p", None, "文")), "colophon", AREA).children[
        0
    ] == element("p", None, "文")
    ends = element("section", None, element("p", None, "文"), element("figure", None))
    assert with_last_page(ends, "chapter", AREA) == ends
