"""What stands where in an EPUB: parts over chapters, where a book begins, and chapters that are long."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from books import book
from lxml import etree
from samples import sample_composition

from keben.check import check_epub, check_epubs
from keben.core.composition import Document
from keben.core.ebook import EpubSettings
from keben.core.markup import parse, serialize, transform
from keben.formats.epub import package
from keben.formats.epub.splitting import LARGEST, split

NCX = {"n": "http://www.daisy.org/z3986/2005/ncx/"}
XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}
KIND = f"{{{XHTML['epub']}}}type"


def files(artifact):
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}


def document(name, kind, title, body="<p>文。</p>"):
    root = parse(f'<section class="chapter" id="{name}"><h1 id="{name}-title">{title}</h1>{body}</section>')
    return Document(name, kind, title, root, f"book/chapters/{name}.md")


def contents(*lines):
    items = "".join(f'<li><a href="#{name}">{title}</a>{more}</li>' for name, title, more in lines)
    root = parse(f'<nav epub:type="toc" id="contents"><h1>目录</h1><ol>{items}</ol></nav>')
    return Document("contents", "contents", "目录", root, "templates/contents.html")


def whole(*documents):
    """The sample book with other documents."""
    return replace(sample_composition(), documents=documents)


SECTION = '<ol><li><a href="#two-s">节</a></li></ol>'
PARTS = whole(
    contents(("zero", "序", ""), ("up", "上卷", ""), ("one", "甲", ""), ("two", "乙", SECTION),
             ("down", "下卷", ""), ("three", "丙", ""), ("end", "附录", "")),
    document("zero", "preface", "序"),
    document("up", "part", "上卷", ""),
    document("one", "chapter", "甲"),
    document("two", "chapter", "乙", '<h2 id="two-s">节</h2><p>文。</p>'),
    document("down", "part", "下卷", ""),
    document("three", "chapter", "丙"),
    document("end", "appendix", "附录"),
)  # fmt: skip


def outline(listed):
    return [
        (item.find("h:a", XHTML).text, outline(item.find("h:ol", XHTML)))
        if item.find("h:ol", XHTML) is not None
        else item.find("h:a", XHTML).text
        for item in listed.iterfind("h:li", XHTML)
    ]


def points(node):
    return [
        (point.findtext("n:navLabel/n:text", namespaces=NCX), point.get("playOrder"), points(point))
        for point in node.iterfind("n:navPoint", NCX)
    ]


def test_parts_stand_over_their_chapters_and_these_over_their_sections(tmp_path):
    artifact = package(PARTS, None)
    tree = etree.fromstring(files(artifact)["nav.xhtml"])
    assert outline(tree.find(".//h:nav/h:ol", XHTML)) == [
        "序", ("上卷", ["甲", ("乙", ["节"])]), ("下卷", ["丙"]), "附录",
    ]  # fmt: skip
    ncx = etree.fromstring(files(artifact)["toc.ncx"])
    assert points(ncx.find("n:navMap", NCX)) == [
        ("序", "1", []),
        ("上卷", "2", [("甲", "3", []), ("乙", "4", [("节", "5", [])])]),
        ("下卷", "6", [("丙", "7", [])]),
        ("附录", "8", []),
    ]
    metas = {node.get("name"): node.get("content") for node in ncx.iterfind("n:head/n:meta", NCX)}
    assert (metas["dtb:depth"], metas["dtb:totalPageCount"]) == ("3", "0")
    assert check_epub(PARTS, artifact) == ()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_a_theme_that_nests_parts_itself_is_left_alone():
    inner = '<ol><li><a href="#one">甲</a></li></ol>'
    composition = whole(
        contents(("up", "上卷", inner), ("two", "乙", "")),
        document("up", "part", "上卷", ""),
        document("one", "chapter", "甲"),
        document("two", "chapter", "乙"),
    )
    tree = etree.fromstring(files(package(composition, None))["nav.xhtml"])
    assert outline(tree.find(".//h:nav/h:ol", XHTML)) == [("上卷", ["甲"]), "乙"]


def landmarks(composition):
    tree = etree.fromstring(files(package(composition, None))["nav.xhtml"])
    listed = next(nav for nav in tree.iterfind(".//h:nav", XHTML) if nav.get(KIND) == "landmarks")
    return {link.get(KIND): link.get("href") for link in listed.iterfind(".//h:a", XHTML)}


def test_the_text_begins_with_its_first_chapter_and_not_with_a_preface():
    assert landmarks(PARTS)["bodymatter"] == "text/up.xhtml"
    notes = document("more", "afterword", "后记")
    alone = whole(contents(("zero", "序", "")), document("zero", "preface", "序"), notes)
    assert landmarks(alone)["bodymatter"] == "text/more.xhtml"
    only = whole(contents(("zero", "序", "")), document("zero", "preface", "序"))
    assert "bodymatter" not in landmarks(only)


def test_tables_are_listed_apart_from_figures():
    table = '<figure class="table" id="t"><figcaption>表1-1　甲<a class="noteref" href="#n">①</a></figcaption></figure>'
    bare = '<figure class="figure" id="f"><p>无题</p></figure>'
    composition = whole(contents(("one", "甲", "")), document("one", "chapter", "甲", table + bare))
    tree = etree.fromstring(files(package(composition, None))["nav.xhtml"])
    listed = {
        nav.get(KIND): [each.text for each in nav.iterfind(".//h:a", XHTML)]
        for nav in tree.iter(f"{{{XHTML['h']}}}nav")
    }
    assert (listed["lot"], "loi" in listed) == (["表1-1 甲"], False)


SECTIONS = '<h2 id="s1">一节</h2><h3 id="s2">小<ruby>节<rt>jié</rt></ruby><a class="noteref" href="#s1">①</a></h3><h3 id="s3">又一小节</h3>'


def test_sections_of_two_levels_are_in_readers_own_lists_and_hidden_on_the_page():
    listed = '<ol><li><a href="#s1">一节</a></li></ol>'
    composition = whole(contents(("one", "甲", listed)), document("one", "chapter", "甲", SECTIONS))
    artifact = package(composition, None)
    tree = etree.fromstring(files(artifact)["nav.xhtml"])
    assert outline(tree.find(".//h:nav/h:ol", XHTML)) == [("甲", [("一节", ["小节", "又一小节"])])]
    (hidden,) = {*tree.iterfind(".//h:ol[@hidden]", XHTML)}
    assert [link.get("href") for link in hidden.iterfind(".//h:a", XHTML)] == [
        "text/one.xhtml#s2",
        "text/one.xhtml#s3",
    ]
    assert b'name="dtb:depth" content="3"' in files(artifact)["toc.ncx"]
    assert check_epub(composition, artifact) == ()


def test_a_book_with_parts_has_its_three_levels_without_them():
    composition = whole(
        contents(("up", "上卷", ""), ("one", "甲", '<ol><li><a href="#s1">一节</a></li></ol>')),
        document("up", "part", "上卷", ""),
        document("one", "chapter", "甲", SECTIONS),
    )
    tree = etree.fromstring(files(package(composition, None))["nav.xhtml"])
    assert outline(tree.find(".//h:nav/h:ol", XHTML)) == [("上卷", [("甲", ["一节"])])]


def test_lists_of_figures_can_be_shown_and_landmarks_then_lead_there():
    table = '<figure class="table" id="t"><figcaption>表1-1　甲</figcaption></figure>'
    composition = whole(contents(("one", "甲", "")), document("one", "chapter", "甲", table))
    assert "lot" not in landmarks(composition)
    shown = replace(composition, edition=replace(composition.edition, epub=EpubSettings(lists=True)))
    tree = etree.fromstring(files(package(shown, None))["nav.xhtml"])
    (listed,) = (nav for nav in tree.iterfind(".//h:nav", XHTML) if nav.get(KIND) == "lot")
    assert (listed.get("hidden"), f"#{listed.get('id')}") == (None, landmarks(shown)["lot"])
    assert check_epub(shown, package(shown, None)) == ()


def long_chapter(paragraphs, notes=(), headings=()):
    body = "".join(
        (f'<h2 id="s{number}">第{number}节</h2>' if number in headings else "")
        + f'<p id="p{number}">{"长" * 1000}'
        + (f'<a class="noteref" href="#n{number}" id="r{number}">①</a>' if number in notes else "")
        + '<a href="#p0">上</a></p>'
        for number in range(paragraphs)
    )
    if notes:
        held = "".join(
            f'<aside id="n{number}"><p><a href="#r{number}">①</a>注{number}</p></aside>' for number in notes
        )
        body += f'<section class="notes" epub:type="footnotes" aria-label="注释">{held}</section>'
    return document("long", "chapter", "长章", body)


def test_a_long_chapter_stands_in_several_files_and_its_notes_with_their_calls(tmp_path):
    chapter = long_chapter(300, notes=(5, 150, 299), headings=(120,))
    composition = whole(contents(("long", "长章", '<ol><li><a href="#s120">节</a></li></ol>')), chapter)
    artifact = package(composition, None)
    texts = {name: data for name, data in files(artifact).items() if name.startswith("text/")}
    assert list(texts) == ["text/long.xhtml", "text/long-2.xhtml", "text/long-3.xhtml", "text/long-4.xhtml"]
    assert max(map(len, texts.values())) < LARGEST * 1.05
    for name, number in (("text/long.xhtml", 5), ("text/long-2.xhtml", 150), ("text/long-4.xhtml", 299)):
        assert f'id="n{number}"'.encode() in texts[name]
        assert f'href="#n{number}"'.encode() in texts[name]
    assert b'href="long.xhtml#p0"' in texts["text/long-3.xhtml"]
    assert b"text/long-2.xhtml#s120" in files(artifact)["nav.xhtml"]
    assert check_epub(composition, artifact) == ()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


@pytest.mark.parametrize("lost", ["p299", "n150", "p0"])
def test_the_proof_finds_what_is_lost_in_any_file_of_a_long_chapter(lost):
    chapter = long_chapter(300, notes=(5, 150, 299))
    composition = whole(contents(("long", "长章", "")), chapter)
    less = parse(_without(chapter.root, lost))
    artifact = package(
        replace(composition, documents=(composition.documents[0], replace(chapter, root=less))), None
    )
    assert "lost-text" in {each.code for each in check_epub(composition, artifact)}


def _without(root, name):
    return serialize(transform(root, lambda node: "" if node.get("id") == name else node))


def test_the_proof_finds_files_of_a_chapter_that_are_out_of_order():
    composition = whole(contents(("long", "长章", "")), long_chapter(300))
    artifact = package(composition, None)
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(artifact.data)) as archive,
        zipfile.ZipFile(stream, "w") as changed,
    ):
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith(".opf"):
                manifest, spine = data.split(b"<spine")
                swapped = re.sub(
                    rb"long-([23])", lambda each: b"long-3" if each[1] == b"2" else b"long-2", spine
                )
                data = manifest + b"<spine" + swapped
            changed.writestr(name, data)
    found = check_epub(composition, replace(artifact, data=stream.getvalue()))
    assert {each.code for each in found} == {"spine"}


def test_no_heading_is_left_alone_at_a_file_s_end():
    chapter = long_chapter(300, headings=range(0, 300, 7))
    for root in split(chapter)[:-1]:
        assert root.children[-1].tag == "p"


def test_what_holds_a_whole_chapter_is_opened_again_in_each_file():
    inner = "".join(f"<p>{'长' * 1000}</p>" for _ in range(200))
    chapter = document("one", "chapter", "甲", f'<div class="body" id="b"><p>首</p>{inner}</div>')
    first, *others = split(chapter)
    assert (first.children[1].get("class"), first.children[1].get("id")) == ("body", "b")
    assert [[(each.get("class"), each.get("id")) for each in root.children] for root in others] == [
        [("body", "")]
    ] * 2


def test_a_short_chapter_is_as_it_was():
    chapter = document("one", "chapter", "甲")
    assert split(chapter) == (chapter.root,)
    assert book(chapter).documents == (chapter,)
