"""Pages are read from their content as PDFium reads them; what is rare in one is left to PDFium."""

from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter

from keben.check import pagereading
from keben.check.drawntext import DrawnText, read_drawn
from keben.check.glyphtables import GlyphFacts, GlyphTable
from keben.check.instructions import RareContentError
from keben.check.pagereading import opened
from keben.check.pdflines import read_rows
from keben.check.reading import Reading
from keben.core.paper import TypeArea
from keben.typeset import typeset

FONTS = {
    b"/F": GlyphTable.of(
        {
            1: GlyphFacts("天", 1000, 50, 950, -80, 850),
            2: GlyphFacts("i", 250, 30, 220, 0, 700),
            3: GlyphFacts("。", 1000, 60, 400, -90, 250),
        }
    )
}
SHOWN = b"BT /F 10 Tf 1 0 0 1 100 200 Tm [<00010003>500<0002>] TJ ET"


def drawn(content, **rest):
    return read_drawn(content, FONTS, **rest).drawn


def test_a_text_has_its_place_its_ink_and_its_marked_content():
    assert drawn(b"/Span <</MCID 7>> BDC " + SHOWN + b" EMC") == (
        DrawnText(7, "天。i", pytest.approx((100.5, 199.1, 117.2, 208.5))),
    )
    (turned,) = drawn(b"q 0 2 -2 0 0 0 cm " + SHOWN + b" Q")
    assert (turned.mcid, turned.box) == (-1, pytest.approx((-417.0, 201.0, -398.2, 234.4)))


def test_a_text_goes_on_where_the_last_one_ended():
    first, second = drawn(b"BT /F 10 Tf 1 0 0 1 0 0 Tm <0001> Tj 3 Ts [250<0001>-100<0002>] TJ ET")
    assert first.box == pytest.approx((0.5, -0.8, 9.5, 8.5))
    assert second.box == pytest.approx((8.0, 2.2, 20.7, 11.5))


def test_a_state_is_given_back():
    small, large = drawn(
        b"/F 10 Tf q /F 20 Tf BT 1 0 0 1 0 50 Tm <0001> Tj ET Q BT 1 0 0 1 0 0 Tm <0001> Tj ET"
    )
    assert (small.box[2] - small.box[0], large.box[2] - large.box[0]) == pytest.approx((18.0, 9.0))


def test_codes_that_are_shown_are_reported():
    assert read_drawn(SHOWN, FONTS).used == {b"/F": {1, 2, 3}}


@pytest.mark.parametrize(
    "content",
    [
        b"BT /F 10 Tf (abc) Tj ET",
        b"BT /F 10 Tf <0009> Tj ET",
        b"BT /F 10 Tf <00> Tj ET",
        b"BT /G 10 Tf <0001> Tj ET",
        b"BT <0001> Tj ET",
        b"BT /F 10 Tf [<0001>900<0001>] TJ ET",
        b"BT /F 10 Tf <0001> Tj 1 0 0 1 0.2 0 Tm <0001> Tj ET",
        b"BT /F 10 Tf 20 TL T* <0001> Tj ET",
        b"BT /F 10 Tf 50 Tz <0001> Tj ET",
        b"/Span <</MCID 1 /ActualText <FEFF9F8D>>> BDC EMC",
        b"/Span <</MCID 1>> BDC /Span <</MCID 2>> BDC EMC EMC",
        b"/Span /P1 BDC EMC",
        b"/Form Do",
        b"BI /W 1 /H 1 ID x EI",
        b"q Q Q",
        b"EMC",
        b"1 0 0 cm",
        b"1 0 0 1 0 0 0 cm",
        b"% a comment\nq Q",
        b"1.2.3 w",
        b"q " * 100,
        b"unknown",
        b"q\x0bQ",
        b"[<0001> /F] TJ",
        b"\x00\xff",
    ],
)
def test_what_is_rare_is_left_to_pdfium(content):
    with pytest.raises(RareContentError):
        drawn(content, rare=frozenset((b"/Form",)))


@pytest.mark.parametrize("content", [b"", b"\n", b"0.5 w 0 0 m 1 1 l S", b"q 1 0 0 1 0 0 cm /Picture Do Q"])
def test_a_page_may_draw_no_text(content):
    assert drawn(content) == ()


@pytest.mark.parametrize("bad", [b"1 " * 50_000 + b"(", b"[" * 50_000, b"<" * 50_000, b"[<00>" * 20_000])
def test_a_stream_that_is_none_takes_no_long_time(bad):
    with pytest.raises(RareContentError):
        drawn(bad)


BODY = """
<p>他说：「好。」“行”，Kindle 3.5 版——价￥12…… <em>着重</em>
<ruby>漢<rp>(</rp><rt>ㄏㄢˋ</rt><rp>)</rp></ruby> <a href="https://example.org/a-b">链接</a> office, naïve 𠮷</p>
<ol><li>一</li><li>二<ul><li>内</li></ul></li></ol>
<table><thead><tr><th>名</th><th>数</th></tr></thead><tbody><tr><td>甲</td><td>37</td></tr></tbody></table>
<pre><code>if (a &lt; b) { return "é"; }</code></pre>
<p>有注<a class="noteref" href="#n1" id="r1">①</a>。</p>
<section class="notes"><aside epub:type="footnote" class="footnote" id="n1"><p><a class="backlink" href="#r1">①</a>注。</p></aside></section>
"""


def readings(data):
    reading = Reading()
    for by_pdfium in (False, True):
        with opened(data, by_pdfium=by_pdfium) as reader:
            yield [
                [each._replace(text=text) for each in reader.read(index) if (text := reading(each.text))]
                for index in range(len(reader.pdf.pages))
            ]


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
@pytest.mark.parametrize("writing", ["horizontal", "vertical"])
def test_pages_are_read_as_pdfium_reads_them(language, writing):
    composition = book(chapter(BODY * 3), language=language)
    area = TypeArea(measure=27 if writing == "horizontal" else 44, lines=16)
    edition = replace(composition.edition, writing=writing, area=area)
    styles = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    data = typeset(replace(composition, edition=edition, styles=styles)).data
    own, pdfium = readings(data)
    assert [[each[:2] for each in page] for page in own] == [[each[:2] for each in page] for page in pdfium]
    for page, other in zip(own, pdfium, strict=True):
        for one, two in zip(page, other, strict=True):
            # PDFium forgets the last number of an array that has an empty string in it.
            assert one.box == pytest.approx(two.box, abs=6), one


def test_pages_of_a_book_need_no_pdfium(monkeypatch):
    data = typeset(book(chapter(BODY * 3))).data
    monkeypatch.setattr(pagereading, "open_pdf", lambda _: pytest.fail("a page was read by PDFium"))
    with opened(data) as reader:
        assert all(reader.read(index) for index in range(len(reader.pdf.pages)))


def test_lines_have_the_glyphs_that_pdfium_gives_them(monkeypatch):
    # What PDFium says of a character of a line are the halves of 𠮷.
    data = typeset(book(chapter(BODY.replace("𠮷", "") * 3))).data
    own = read_rows(data, 10.5)
    monkeypatch.setattr(pagereading.PageReader, "read_glyphs", lambda *_: None)
    pdfium = read_rows(data, 10.5)
    assert any(row.display for row in own)
    assert [(row.page, row.text, row.display) for row in own] == [
        (row.page, row.text, row.display) for row in pdfium
    ]
    for row, other in zip(own, pdfium, strict=True):
        for one, two in zip(row.glyphs, other.glyphs, strict=True):
            assert one[1:] == pytest.approx(two[1:], abs=0.01)
