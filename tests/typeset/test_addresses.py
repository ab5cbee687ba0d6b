"""Addresses and paths at the ends of lines, by the glyphs of finished PDFs: their words stay whole."""

import re
from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.paper import TypeArea
from keben.typeset import typeset

COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")
ADDRESSES = (
    "https://www.example.org/catalogue/standards/typography.html?language=chinese&amp;edition=second#chapter",
    "someone.with.names@department.university.example.org",
    "https://doi.example.org/10.1000/journal_of_printing-2024-0042",
    "www.example.com/~someone/publications/manuscripts/readme",
)
PATHS = ("/usr/local/share/fonts/truetype/document_names", "documents/chapters/introduction.md")
NOTE = (
    '<p>{han}<a epub:type="noteref" class="noteref" href="#n{at}" id="r{at}" role="doc-noteref">①</a></p>'
    '<section class="notes" epub:type="footnotes" role="doc-endnotes"><aside id="n{at}" epub:type="footnote" '
    'role="doc-footnote"><p>{text}<a class="backlink" href="#r{at}" role="doc-backlink">↩</a></p></aside></section>'
)
HAN = "字里行间的文章有长有短每一处网址都在不同的地方开始"
PLACES = {
    "paragraph": "<p>{text}</p>",
    "note": NOTE,
    "table": "<table><tbody><tr><td>甲</td><td>{text}</td><td>乙乙乙乙乙</td></tr></tbody></table>",
    "caption": '<figure class="table"><figcaption>{text}</figcaption><table><tbody><tr><td>甲</td></tr></tbody></table></figure>',
    "item": "<ul><li>{text}</li></ul>",
    "quotation": "<blockquote><p>{text}</p></blockquote>",
}
RAGGED = ("table", "caption")


def rows(body, *, vertical):
    composition = book(chapter(body), language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    area = TypeArea(measure=24, lines=18)
    edition = replace(composition.edition, area=area, writing="vertical" if vertical else "horizontal")
    if vertical:
        composition = replace(composition, styles=STYLES | {"print-vertical.css": COLUMNS})
    composition = replace(composition, edition=edition)
    pdf = Pdf(typeset(composition).data)
    for page in range(1, pdf.pages + 1):
        # In the order in which the text goes on: the cells of a table one after the other.
        for _, row in groupby(pdf.glyphs(page), key=lambda glyph: round(glyph.y)):
            yield "".join(glyph.text for glyph in row if glyph.text != "\x00")


def torn(found, addresses):
    """The letters before each line end that stands between two letters of an address, from its last sign on."""
    text, ends = "", [0]
    for row in found:
        text += row
        ends.append(len(text))
    for address in addresses:
        start = text.find(address)
        assert start >= 0, address
        while start >= 0:
            for begin, end in pairwise(ends):
                if start < end < start + len(address) and text[end - 1 : end + 1].isalnum():
                    yield re.split(r"[^A-Za-z0-9]", text[max(begin, start) : end])[-1]
            start = text.find(address, start + 1)


def printed(place, address, size, number):
    return PLACES[place].format(at=number, han=HAN, text=f"{HAN[:size]}见{address}，{HAN}。")


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("place", PLACES)
def test_the_words_of_an_address_stay_whole(place, vertical):
    """But those for which an eighth of a line, or half of one that is not justified, would stay empty."""
    body = "".join(
        printed(place, address, size, f"{size}-{at}")
        for size in range(6, 24, 3)
        for at, address in enumerate(ADDRESSES)
    )
    plain = [address.replace("&amp;", "&") for address in ADDRESSES]
    least = 100 if place in RAGGED else 4
    assert [word for word in torn(rows(body, vertical=vertical), plain) if len(word) < least] == []


@pytest.mark.parametrize("place", ["paragraph", "table", "caption"])
def test_so_do_the_words_of_a_path(place):
    body = "".join(
        printed(place, f"<code>{path}</code>", size, f"{size}") for size in range(6, 24, 3) for path in PATHS
    )
    least = 100 if place in RAGGED else 4
    assert [word for word in torn(rows(body, vertical=False), PATHS) if len(word) < least] == []
