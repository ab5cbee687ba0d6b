"""Numbered lists count in a PDF as they do in HTML, and their numbers have room."""

import io
import re

import pikepdf
import pytest
from books import book, chapter
from pdfs import Pdf

from keben.typeset import typeset
from keben.typeset.page import lay_out

LISTS = {
    "from one": ("<ol><li>项</li><li>项</li></ol>", "1. 2."),
    "start": ('<ol start="7"><li>项</li><li>项</li></ol>', "7. 8."),
    "start 0": ('<ol start="0"><li>项</li><li>项</li></ol>', "0. 1."),
    "below 0": ('<ol start="-1"><li>项</li><li>项</li><li>项</li></ol>', "-1. 0. 1."),
    "a year": ('<ol start="1949"><li>项</li><li>项</li></ol>', "1949. 1950."),
    "six figures": ('<ol start="999998"><li>项</li><li>项</li></ol>', "999998. 999999."),
    "value": ('<ol><li>项</li><li value="20">项</li><li>项</li></ol>', "1. 20. 21."),
    "value of the first": ('<ol start="5"><li value="3">项</li><li>项</li></ol>', "3. 4."),
    "value 0": ('<ol><li>项</li><li value="0">项</li></ol>', "1. 0."),
    "reversed": ('<ol reversed=""><li>项</li><li>项</li></ol>', "2. 1."),
    "reversed from": ('<ol reversed="" start="10"><li>项</li><li value="5">项</li><li>项</li></ol>', "10. 5. 4."),
    "letters": ('<ol type="a" start="26"><li>项</li><li>项</li></ol>', "z. aa."),
    "roman": ('<ol type="I" start="18"><li>项</li><li>项</li></ol>', "XVIII. XIX."),
    "nested": (
        '<ol start="3"><li>项<ol start="8"><li>项</li><li>项</li></ol></li><li>项<ol><li>项</li></ol></li></ol>',
        "3. 8. 9. 4. 1.",
    ),
    "one after another": ('<ol><li>项</li></ol><pre>码</pre><ol start="2"><li>项</li></ol><p>文</p><ol><li>项</li></ol>', "1. 2. 1."),
    "blocks": ('<ol start="4"><li><p>项</p><p>项</p></li><li value="9"><p>项</p></li></ol>', "4. 9."),
    "bullets between": ('<ol start="6"><li>项<ul><li>项</li></ul></li><li>项</li></ol>', "6. 7."),
    "quotation": ('<blockquote><ol start="11"><li>项</li></ol></blockquote>', "11."),
    "table": ('<table><tr><td><ol start="1234"><li>项</li></ol></td><td>格</td></tr></table>', "1234."),
    "what HTML ignores": ('<ol start="x"><li value="">项</li><li value=" 7th">项</li></ol>', "1. 7."),
}  # fmt: skip

NUMBER = re.compile(r"(?:-?\d+|[a-z]+|[IVXLCDM]+)\.")


@pytest.mark.parametrize(("body", "numbers"), LISTS.values(), ids=LISTS)
def test_a_list_counts_as_html_does(body: str, numbers: str) -> None:
    pdf = Pdf(typeset(book(chapter(body))).data)
    found = [line.text.replace(" ", "") for line in pdf.lines(1)]
    assert " ".join(match[0] for text in found for match in [NUMBER.match(text)] if match) == numbers


def test_a_list_in_a_note_counts_too() -> None:
    body = (
        '<p>字<a class="noteref" href="#n" id="r">①</a></p><section class="notes"><aside class="footnote" id="n">'
        '<p><a class="backlink" href="#r">①</a>注</p><ol start="1949"><li>项</li></ol></aside></section>'
    )
    pdf = Pdf(typeset(book(chapter(body))).data)
    assert "1949." in pdf.text(1)


@pytest.mark.parametrize("start", [1, 98, 1000, 1949, 99999, 999999, -99999])
def test_a_number_stands_on_the_page_and_beside_its_text(start: int) -> None:
    composition = book(chapter(f'<ol start="{start}"><li>项目</li></ol>'))
    glyphs = Pdf(typeset(composition).data).glyphs(1)
    at = next(index for index, glyph in enumerate(glyphs) if glyph.text == "项")
    number = glyphs[at - len(f"{start}.") : at]
    layout = lay_out(composition.edition.area)
    assert "".join(glyph.text for glyph in number).strip() == f"{start}."
    assert min(glyph.x for glyph in number) > layout.inner - 0.5
    assert number[-1].x < glyphs[at].x


def test_a_list_of_a_hundred_items_has_room_for_its_last_numbers() -> None:
    composition = book(chapter("<ol>" + "<li>项</li>" * 100 + "</ol>"))
    pdf = Pdf(typeset(composition).data)
    last = pdf.lines(pdf.pages)
    line = next(line for line in last if "100." in line.text)
    layout = lay_out(composition.edition.area)
    assert line.x > (layout.inner if pdf.pages % 2 else layout.outer) - 0.5


def test_rows_of_a_table_stand_in_a_group() -> None:
    with pikepdf.open(io.BytesIO(typeset(book(chapter("<table><tr><td>格</td></tr></table>"))).data)) as pdf:
        found = {
            (str(element.S), str(kid.S))
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Table"
            for kid in element.K
        }
    assert found == {("/Table", "/TBody")}
