"""Where the pages of the PDF begin, in the EPUB of the same edition."""

import io
import zipfile
from dataclasses import replace

from lxml import etree
from samples import sample_composition

from keben.check import check_epub, check_epubs
from keben.core.composition import Document
from keben.core.ebook import EpubSettings
from keben.core.isbn import Isbns
from keben.core.markup import parse, serialize, text_of, walk
from keben.core.pages import PageStart
from keben.formats import make
from keben.formats.epub.pagebreaks import with_breaks

XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
OPF = {"opf": "http://www.idpf.org/2007/opf"}


def chapter(body, name="one"):
    root = parse(f'<section class="chapter" id="{name}">{body}</section>')
    return Document(name, "chapter", "甲", root, "")


def marked(body, *starts):
    pages = [PageStart(number, str(number), text) for number, text in enumerate(starts, 1)]
    documents, found = with_breaks([chapter(body)], pages)
    text = serialize(documents[0].root)
    for number in range(1, len(starts) + 1):
        mark = f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{number}" aria-label="{number}"></span>'
        text = text.replace(mark, f"[{number}]")
    return text.removeprefix('<section class="chapter" id="one">').removesuffix("</section>"), [
        label for label, _ in found
    ]


def test_a_page_begins_in_the_middle_of_a_paragraph():
    body = "<p>一二三四五六七八九十甲乙丙丁戊己庚辛</p>"
    assert marked(body, "一二三四五六七八", "甲乙丙丁戊己庚辛") == (
        "<p>[1]一二三四五六七八九十[2]甲乙丙丁戊己庚辛</p>",
        ["1", "2"],
    )


def test_marks_spaces_and_full_width_do_not_count_and_an_opening_quote_goes_with_its_page():
    body = "<p>一二三四，五六七八：“ＡＢ甲乙丙丁<em>戊己</em>庚辛。”</p>"
    assert marked(body, "一二三 四", "「AB 甲乙丙丁戊己庚辛。」")[0] == (
        "<p>[1]一二三四，五六七八：[2]“ＡＢ甲乙丙丁<em>戊己</em>庚辛。”</p>"
    )


def test_notes_readings_and_calls_are_no_beginnings():
    body = (
        '<p>一二三四五六七八<a class="noteref" href="#n">①</a></p><p><ruby>九<rt>jiu</rt></ruby>十甲乙丙丁戊己</p>'
        '<section class="notes"><aside id="n"><p>九十甲乙丙丁戊己</p></aside></section>'
    )
    text, found = marked(body, "一二三四五六七八", "九十甲乙丙丁戊己")
    assert "<ruby>[2]九<rt>" in text
    assert found == ["1", "2"]


def test_a_page_that_says_something_else_has_no_mark_and_the_next_one_has():
    body = "<p>一二三四五六七八九十甲乙丙丁戊己庚辛</p>"
    assert marked(body, "一二三四五六七八", "目录别的话别的话", "甲乙丙丁戊己庚辛")[1] == ["1", "3"]


def test_a_page_of_pictures_begins_at_its_caption_or_with_the_next_page():
    body = (
        "<p>一二三四五六七八</p><figure><figcaption>图一高图的说明</figcaption></figure>"
        "<p>九十甲乙丙丁戊己</p><p>子丑寅卯辰巳午未</p><figure><figcaption>图二宽图的说明</figcaption></figure>"
    )
    texts = (
        "一二三四五六七八",
        "图一高图的说明",
        "图二宽图的说明",
        "九十甲乙丙丁戊己",
        "",
        "子丑寅卯辰巳午未",
        "没有的图",
        "图二宽图的说明",
    )
    pages = [
        PageStart(number, str(number), text, number in (2, 3, 5, 7, 8))
        for number, text in enumerate(texts, 1)
    ]
    documents, found = with_breaks([chapter(body)], pages)
    assert [label for label, _ in found] == ["1", "2", "3", "4", "5", "6", "8"]
    marks = [
        node
        for node in walk(documents[0].root)
        if node.get("role") == "doc-pagebreak" or node.tag in ("p", "figcaption")
    ]
    assert [node.get("aria-label") or node.tag for node in marks] == [
        "p", "1", "figcaption", "2", "p", "3", "4", "p", "5", "6", "figcaption", "8",
    ]  # fmt: skip


def test_two_pages_in_one_text_and_an_id_that_is_taken():
    body = '<p id="page-2">一二三四五六七八九十甲乙丙丁戊己庚辛子丑寅卯辰巳午未</p>'
    pages = [PageStart(2, "ii", "九十甲乙丙丁戊己"), PageStart(3, "1", "子丑寅卯辰巳午未")]
    documents, found = with_breaks([chapter(body)], pages)
    assert found == (("ii", "page-2-"), ("1", "page-3"))
    assert text_of(documents[0].root) == text_of(chapter(body).root)


def test_an_epub_names_the_pages_of_its_pdf(tmp_path):
    composition = sample_composition(epub=EpubSettings(page_list=True))
    metadata = replace(composition.metadata, isbns=Isbns(print="978-7-302-51147-2"))
    composition = replace(
        composition, metadata=metadata, edition=replace(composition.edition, metadata=metadata)
    )
    artifact, found = make(composition, "epub")
    assert [each for each in found if each.severity == "error"] == []
    assert check_epub(composition, artifact) == ()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        nav = etree.fromstring(archive.read("EPUB/nav.xhtml"))
        opf = etree.fromstring(archive.read("EPUB/content.opf"))
        ncx = archive.read("EPUB/toc.ncx").decode()
    (listed,) = nav.xpath("//h:nav[@epub:type='page-list']", namespaces=XHTML)
    pages = {link.text: link.get("href") for link in listed.iterfind(".//h:a", XHTML)}
    assert pages["1"] == "text/titlepage.xhtml#page-1"
    assert "text/one.xhtml" in {href.partition("#")[0] for href in pages.values()}
    metas = [(node.get("property"), node.text) for node in opf.iterfind(".//opf:meta", OPF)]
    assert ("pageBreakSource", "urn:isbn:9787302511472") in metas
    assert ("schema:accessibilityFeature", "pageBreakMarkers") in metas
    assert f'name="dtb:totalPageCount" content="{len(pages)}"' in ncx
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_without_the_setting_no_pdf_is_set():
    artifact, _ = make(sample_composition(), "epub")
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        assert b"page-list" not in archive.read("EPUB/nav.xhtml")
