"""A sample of a book: its beginning, and nothing that leads out of it."""

import io
import zipfile
from dataclasses import replace

import pytest
from lxml import etree
from samples import sample_composition

from keben.check import check_epub, check_epubs
from keben.core.composition import Document
from keben.core.ebook import EpubSettings
from keben.core.isbn import Isbns
from keben.core.markup import parse, serialize, text_of
from keben.formats import FORMATS, make, read_as
from keben.formats.samples import sampled, whole_book

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def document(name, kind, body="<p>文。</p>"):
    root = parse(f'<section class="chapter" id="{name}"><h1 id="{name}-t">{name}</h1>{body}</section>')
    return Document(name, kind, name, root, f"book/chapters/{name}.md")


def contents(*names):
    items = "".join(f'<li><a href="#{name}">{name}</a></li>' for name in names)
    root = parse(f'<nav epub:type="toc" id="contents"><h1>目录</h1><ol>{items}</ol></nav>')
    return Document("contents", "contents", "目录", root, "templates/contents.html")


LINKS = '<p>见<a class="xref" href="#c3">第三章</a>和<a href="#c1">第一章</a>、<a href="https://example.org/">网</a>。</p>'
NAMES = ("pre", "p1", "c1", "c2", "p2", "c3", "app")
BOOK = (
    contents(*NAMES),
    document("pre", "preface", LINKS),
    document("p1", "part", ""),
    document("c1", "chapter", LINKS + '<p><img src="images/bars.svg" alt="柱"/></p>'),
    document("c2", "chapter"),
    document("p2", "part", ""),
    document("c3", "chapter", '<p><img src="images/dot.png" alt="点"/></p>'),
    document("app", "appendix"),
    *(each for each in sample_composition().documents if each.is_drawn),
)


def whole(count=1):
    return replace(sample_composition(epub=EpubSettings(sample=count)), documents=BOOK)


@pytest.mark.parametrize(
    ("count", "names"),
    [
        (1, ["contents", "pre", "p1", "c1", "sample-end"]),
        (2, ["contents", "pre", "p1", "c1", "c2", "sample-end"]),
        (3, ["contents", "pre", "p1", "c1", "c2", "p2", "c3", "sample-end"]),
    ],
)
def test_it_has_what_stands_before_the_text_and_the_first_chapters_with_their_parts(count, names):
    assert [each.name for each in sampled(whole(count)).texts] == names


def test_links_to_what_it_lacks_are_plain_text():
    listed, preface, *_ = sampled(whole()).texts
    assert [each for each in NAMES if f'href="#{each}"' in serialize(listed.root)] == ["pre", "p1", "c1"]
    assert 'href="#c3"' not in serialize(preface.root)
    assert '<span class="xref">第三章</span>' in serialize(preface.root)
    assert 'href="#c1"' in serialize(preface.root)
    assert 'href="https://example.org/"' in serialize(preface.root)


def test_it_says_that_it_is_one_and_has_a_name_and_a_number_of_its_own():
    composition = whole()
    metadata = replace(composition.metadata, isbns=Isbns(epub="978-7-5133-4821-8"))
    small = sampled(replace(composition, metadata=metadata))
    assert small.metadata.title == "头发的书（试读本）"
    assert "收前1章，共3章" in text_of(small.texts[-1].root)
    assert small.metadata.source == ("urn:isbn:9787513348218",)
    assert small.metadata.identifier_of("epub").startswith("urn:uuid:")
    assert (
        small.metadata.identifier != sampled(whole()).metadata.identifier != composition.metadata.identifier
    )
    assert small.metadata.identifier == sampled(replace(composition, metadata=metadata)).metadata.identifier


def test_drawings_of_other_chapters_stay_away():
    assert list(sampled(whole()).drawings) == ["images/bars.svg"]
    without = replace(whole(), documents=tuple(each for each in BOOK if each.name != "c1"))
    assert list(sampled(without).drawings) == []


def test_a_sample_of_the_whole_text_is_reported():
    assert whole_book(whole(2)) == ()
    (found,) = whole_book(whole(3))
    assert (found.severity, found.message) == (
        "warning",
        "The sample of zh-Hans-CN is the whole text: the book has 3 chapters.",
    )


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_its_epub_is_a_preview_that_passes_every_check(language, tmp_path):
    composition = replace(
        sample_composition(language, epub=EpubSettings(sample=1, page_list=True)), documents=BOOK
    )
    artifact, found = make(composition, "sample")
    assert [each for each in found if each.severity == "error"] == []
    assert (artifact.name, artifact.format) == (f"sample-{language}-sample.epub", "sample")
    assert check_epub(read_as(composition, FORMATS["sample"]), artifact) == ()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        names = archive.namelist()
        opf = etree.fromstring(archive.read("EPUB/content.opf"))
    assert "EPUB/text/c1.xhtml" in names
    assert not {"EPUB/text/c2.xhtml", "EPUB/images/dot.png"} & set(names)
    assert [node.text for node in opf.iterfind(".//dc:type", OPF)] == ["preview"]
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()
