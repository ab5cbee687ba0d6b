import hashlib
import io
import os
import subprocess
import sys
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image
from samples import sample_composition

from keben.check import check_epub, check_epubs
from keben.core.book import Asset
from keben.core.cataloguing import AccessClaims, Series, SubjectCode
from keben.core.columns import for_columns
from keben.core.composition import Document
from keben.core.ebook import EpubSettings
from keben.core.isbn import Isbns
from keben.core.markup import parse
from keben.core.metadata import Person
from keben.core.store import Store
from keben.formats.epub import cover_of, package, writer
from keben.script import convert

OPF = {"opf": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
XHTML = {"h": "http://www.w3.org/1999/xhtml", "epub": "http://www.idpf.org/2007/ops"}


def contents_hash(data: bytes) -> str:
    """SHA-256 over the names and the unpacked bytes of a zip's entries, in their order."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return digest.hexdigest()


def cover(form="JPEG"):
    stream = io.BytesIO()
    Image.new("RGB", (150, 240), "#7d2320").save(stream, form)
    return Asset(f"images/front.{form.lower()}", f"image/{form.lower()}", stream.getvalue())


def packed(language="zh-Hans-CN", picture=None, **changes):
    composition = replace(convert(sample_composition(language)).composition, **changes)
    return package(composition, picture)


def entries(artifact):
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opf(artifact):
    return etree.fromstring(entries(artifact)["EPUB/content.opf"])


def metas(artifact, name):
    return [node.text for node in opf(artifact).iterfind(".//opf:meta", OPF) if node.get("property") == name]


def page(artifact, name):
    return etree.fromstring(entries(artifact)[f"EPUB/{name}"])


def hrefs(tree, kind="a"):
    return [node.get("href") for node in tree.iterfind(f".//h:{kind}", XHTML)]


@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW", "zh-Hant-HK"])
def test_epubcheck_has_nothing_to_report(language, tmp_path):
    artifact = packed(language, cover())
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_the_zip_is_as_the_container_format_asks():
    artifact = packed()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        infos = archive.infolist()
    assert (infos[0].filename, infos[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {info.date_time for info in infos} == {(2026, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in infos} == {3}
    assert entries(artifact)["mimetype"] == b"application/epub+zip"
    assert artifact.name == "sample-zh-Hans-CN.epub"
    assert artifact.facts == {"documents": 5, "contents": contents_hash(artifact.data)}


def test_text_is_packed_in_blocks_that_suit_chinese():
    with zipfile.ZipFile(io.BytesIO(packed().data)) as archive:
        info = next(each for each in archive.infolist() if each.filename.endswith("one.xhtml"))
        best = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 5)
        assert info.compress_size == len(best.compress(archive.read(info)) + best.flush())


def test_style_sheets_are_packed_without_their_comments():
    data = packed(styles={"base.css": "/* a */\np { color: red }\n", "epub.css": ""}).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("EPUB/styles/base.css") == b"p { color: red }"


def test_the_same_bytes_in_any_zone_and_hash_seed():
    program = (
        "import hashlib; from samples import sample_composition; from keben.formats.epub import package;"
        "print(hashlib.sha256(package(sample_composition(), None).data).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parents[1])])}
    prints = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**environment, "TZ": zone, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for zone, seed in (("UTC", "1"), ("Asia/Taipei", "2"))
    }
    assert len(prints) == 1


def test_a_time_before_1980_is_clamped_for_the_zip():
    artifact = packed(epoch=0)
    assert metas(artifact, "dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_documents_stand_in_reading_order():
    artifact = packed(picture=cover())
    package_document = opf(artifact)
    paths = {item.get("id"): item.get("href") for item in package_document.iterfind(".//opf:item", OPF)}
    assert [paths[item.get("idref")] for item in package_document.iterfind(".//opf:itemref", OPF)] == [
        "text/cover.xhtml",
        "text/titlepage.xhtml",
        "text/colophon.xhtml",
        "nav.xhtml",
        "text/one.xhtml",
        "text/two.xhtml",
    ]
    assert package_document.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hans-CN"
    assert package_document.find(".//opf:guide", OPF) is None


def test_links_lead_to_the_file_that_has_their_target():
    artifact = packed()
    assert hrefs(page(artifact, "text/one.xhtml")) == ["#one-n1", "#fig-dot", "two.xhtml#two", "#one-r1"]
    assert hrefs(page(artifact, "nav.xhtml"))[:3] == [
        "text/one.xhtml#one",
        "text/one.xhtml#one-s",
        "text/two.xhtml#two",
    ]
    assert hrefs(page(artifact, "text/one.xhtml"), "link") == ["../styles/base.css", "../styles/epub.css"]
    assert hrefs(page(artifact, "nav.xhtml"), "link") == ["styles/base.css", "styles/epub.css"]


def test_pages_carry_language_title_and_nothing_of_ours():
    one = entries(packed("zh-Hant-TW"))["EPUB/text/one.xhtml"].decode()
    assert 'lang="zh-Hant-TW" xml:lang="zh-Hant-TW"' in one
    assert "<title>第一章　里程</title>" in one
    assert "data-" not in one
    assert "<ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby>" in one
    assert 'src="../images/dot.png"' in one
    assert '<div class="source">——《老子》</div>' in one


def test_notes_pop_up():
    tree = page(packed(), "text/one.xhtml")
    (call,) = tree.xpath("//h:a[@epub:type='noteref']", namespaces=XHTML)
    (note,) = tree.xpath("//h:aside[@epub:type='footnote']", namespaces=XHTML)
    assert (call.get("role"), call.get("href")) == ("doc-noteref", f"#{note.get('id')}")
    assert note.get("role") == "doc-footnote"


def test_notes_have_the_classes_of_the_mainland_s_readers_where_that_is_said(tmp_path):
    composition = sample_composition(epub=EpubSettings(notes="duokan"))
    artifact = package(composition, cover())
    tree = page(artifact, "text/one.xhtml")
    (call,) = tree.xpath("//h:a[@epub:type='noteref']", namespaces=XHTML)
    (item,) = tree.xpath("//h:aside[@epub:type='footnote']/h:ol/h:li", namespaces=XHTML)
    assert "duokan-footnote" in call.get("class").split()
    assert (item.get("class"), f"#{item.get('id')}") == ("duokan-footnote-item", call.get("href"))
    assert item.getparent().get("class") == "duokan-footnote-content"
    assert hrefs(tree, "link")[-1] == "../styles/epub-duokan.css"
    assert check_epub(composition, artifact) == ()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()
    assert b"duokan" not in entries(packed())["EPUB/text/one.xhtml"]


def test_the_navigation_has_contents_and_landmarks():
    tree = page(packed(picture=cover()), "nav.xhtml")
    toc, landmarks, figures, tables = tree.iterfind(".//h:nav", XHTML)
    kind = f"{{{XHTML['epub']}}}type"
    assert (toc.get(kind), landmarks.get(kind), landmarks.get("hidden")) == ("toc", "landmarks", "hidden")
    assert [
        (link.get(kind), link.get("href"), link.text) for link in landmarks.iterfind(".//h:a", XHTML)
    ] == [
        ("cover", "text/cover.xhtml", "封面"),
        ("titlepage", "text/titlepage.xhtml", "书名页"),
        ("colophon", "text/colophon.xhtml", "版权页"),
        ("toc", "#contents", "目录"),
        ("bodymatter", "text/one.xhtml", "正文"),
    ]
    assert (figures.get(kind), hrefs(figures), figures.find(".//h:a", XHTML).text) == (
        "loi",
        ["text/one.xhtml#fig-dot"],
        "图1-1一点",
    )
    assert (tables.get(kind), hrefs(tables)) == ("lot", ["text/one.xhtml#tab-a"])
    ncx = etree.fromstring(entries(packed())["EPUB/toc.ncx"])
    labels = [node.text for node in ncx.iter("{http://www.daisy.org/z3986/2005/ncx/}text")]
    assert labels[-3:] == ["第一章里程", "发展", "第二章后来"]


def test_the_cover_is_a_picture_with_a_page():
    artifact = packed("zh-Hant-TW", cover())
    item = opf(artifact).xpath("//opf:item[@properties='cover-image']", namespaces=OPF)[0]
    assert (item.get("href"), item.get("media-type")) == ("images/cover.jpg", "image/jpeg")
    picture = page(artifact, "text/cover.xhtml").find(".//h:img", XHTML)
    assert (picture.get("src"), picture.get("alt")) == ("../images/cover.jpg", "封面　頭髮的書")
    assert "EPUB/images/cover.png" in entries(packed(picture=cover("PNG")))
    assert "EPUB/text/cover.xhtml" not in entries(packed())
    assert cover_of(artifact.data) == ("jpg", cover().data)
    assert cover_of(packed(picture=cover("PNG")).data) == ("png", cover("PNG").data)
    assert cover_of(packed().data) is None


def test_drawings_are_svg_files():
    svg = etree.fromstring(entries(packed("zh-Hant-TW"))["EPUB/images/bars.svg"])
    assert svg.get("lang") == "zh-Hant-TW"
    assert "發往歐洲" in "".join(svg.itertext())


def test_the_catalogue_knows_title_people_and_dates():
    artifact = packed("zh-Hant-TW")
    tree = opf(artifact)
    said = {name: [node.text for node in tree.iterfind(f".//dc:{name}", OPF)] for name in
            ("title", "creator", "language", "identifier", "publisher", "date", "rights", "subject", "description")}  # fmt: skip
    assert said == {
        "title": ["頭髮的書", "一本樣書"],
        "creator": ["刻本编辑部"],
        "language": ["zh-Hant-TW"],
        "identifier": ["urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11"],
        "publisher": ["刻本"],
        "date": ["2026-01-01"],
        "rights": ["公有領域"],
        "subject": ["出版"],
        "description": ["一本用來試驗的書。"],
    }
    assert metas(artifact, "dcterms:modified") == ["2026-01-01T00:00:00Z"]
    assert metas(artifact, "title-type") == ["main", "subtitle"]
    assert (metas(artifact, "role"), metas(artifact, "file-as")) == (["aut"], ["Keben"])


def test_series_codes_identifiers_and_claims_stand_in_the_package(tmp_path):
    metadata = replace(
        sample_composition().metadata,
        title_file_as="toufa",
        series=(Series("头发丛书", "3", issn="0317-8471"), Series("文集", is_set=True)),
        identifiers=("doi:10.1000/182", "https://example.org/1"),
        source=("底本：头发一版", "urn:isbn:9787513348218"),
        subjects=("出版", "长篇小说"),
        subject_codes=(SubjectCode(), SubjectCode("CLC", "I247.57")),
        claims=AccessClaims(
            "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
            "某社",
            "某证",
            "https://example.org/r",
            "说明",
            ("unknown",),
        ),
    )
    composition = sample_composition("zh-Hant-TW")
    composition = replace(
        composition, metadata=metadata, edition=replace(composition.edition, metadata=metadata)
    )
    artifact = package(convert(composition).composition, cover())
    assert metas(artifact, "belongs-to-collection") == ["頭髮叢書", "文集"]
    assert metas(artifact, "collection-type") == ["series", "set"]
    assert metas(artifact, "group-position") == ["3"]
    assert metas(artifact, "dcterms:identifier") == ["urn:issn:0317-8471"]
    assert metas(artifact, "file-as") == ["toufa", "Keben"]
    assert (metas(artifact, "authority"), metas(artifact, "term")) == (["CLC"], ["I247.57"])
    assert metas(artifact, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.1 Level AA"]
    assert metas(artifact, "a11y:certifiedBy") == ["某社"]
    assert metas(artifact, "a11y:certifierCredential") == ["某证"]
    assert metas(artifact, "schema:accessibilitySummary") == ["說明"]
    assert metas(artifact, "schema:accessibilityHazard") == ["unknown"]
    tree = opf(artifact)
    said = {
        name: [node.text for node in tree.iterfind(f".//dc:{name}", OPF)]
        for name in ("identifier", "source", "subject")
    }
    assert said == {
        "identifier": [
            "urn:uuid:8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11",
            "doi:10.1000/182",
            "https://example.org/1",
        ],
        "source": ["底本：頭髮一版", "urn:isbn:9787513348218"],
        "subject": ["出版", "長篇小說"],
    }
    (link,) = tree.iterfind(".//opf:link", OPF)
    assert (link.get("rel"), link.get("href")) == ("a11y:certifierReport", "https://example.org/r")
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_somebody_who_did_two_things_is_one_person():
    people = (Person("甲"), Person("乙", "trl"), Person("甲", "ill", "Jia"))
    artifact = packed(metadata=replace(sample_composition().metadata, authors=people))
    tree = opf(artifact)
    assert [node.text for node in tree.iterfind(".//dc:creator", OPF)] == ["甲"]
    assert metas(artifact, "role") == ["aut", "ill", "trl"]
    assert metas(artifact, "file-as") == ["Jia"]


def test_people_have_their_roles():
    people = (Person("甲"), Person("乙", "trl"), Person("丙", "ill"))
    metadata = replace(sample_composition().metadata, authors=people)
    artifact = packed(metadata=metadata)
    tree = opf(artifact)
    assert [node.text for node in tree.iterfind(".//dc:creator", OPF)] == ["甲"]
    assert [node.text for node in tree.iterfind(".//dc:contributor", OPF)] == ["乙", "丙"]
    assert metas(artifact, "role") == ["aut", "trl", "ill"]
    ids = [node.get("id") for node in tree.iterfind(".//dc:contributor", OPF)]
    refined = [node.get("refines") for node in tree.iterfind(".//opf:meta[@property='role']", OPF)]
    assert refined == ["#creator1", *(f"#{each}" for each in ids)]


@pytest.mark.parametrize(
    ("roles", "creators"),
    [("edt trl", "甲"), ("com edt", "甲乙"), ("trl ill", "甲"), ("trl aut", "乙"), ("ill art aut", "乙丙")],
)
def test_a_book_without_an_author_has_its_editors_as_creators(roles, creators):
    people = tuple(Person(name, role) for name, role in zip("甲乙丙", roles.split(), strict=False))
    tree = opf(packed(metadata=replace(sample_composition().metadata, authors=people)))
    assert "".join(node.text for node in tree.iterfind(".//dc:creator", OPF)) == creators


def test_an_isbn_is_the_epub_s_identifier_and_the_printed_book_its_source():
    isbns = Isbns(epub="978-7-5133-4821-8", print="978-7-115-44802-6")
    artifact = packed(metadata=replace(sample_composition().metadata, isbns=isbns))
    tree = opf(artifact)
    assert [node.text for node in tree.iterfind(".//dc:identifier", OPF)] == ["urn:isbn:9787513348218"]
    assert [node.text for node in tree.iterfind(".//dc:source", OPF)] == ["urn:isbn:9787115448026"]
    assert metas(artifact, "identifier-type") == ["15", "15"]


def test_accessibility_is_derived_from_what_is_there():
    artifact = packed()
    assert metas(artifact, "schema:accessMode") == ["textual", "visual"]
    assert metas(artifact, "schema:accessModeSufficient") == ["textual"]
    assert set(metas(artifact, "schema:accessibilityFeature")) == {
        "tableOfContents", "readingOrder", "displayTransformability", "structuralNavigation", "alternativeText",
        "rubyAnnotations",
    }  # fmt: skip
    assert metas(artifact, "schema:accessibilityHazard") == ["none"]
    assert metas(artifact, "dcterms:conformsTo") == []
    plain = Document("a", "chapter", "甲", parse('<section id="a"><h1>甲</h1><p>字</p></section>'), "a.md")
    documents = (*sample_composition().documents[1:3], plain)
    bare = packed(documents=documents, assets={})
    assert metas(bare, "schema:accessMode") == ["textual"]
    assert set(metas(bare, "schema:accessibilityFeature")) == {
        "tableOfContents", "readingOrder", "displayTransformability", "structuralNavigation",
    }  # fmt: skip


def test_styles_reach_the_pictures_they_name():
    styles = {"base.css": "", "epub.css": "hr { background: url('images/dot.png') } p { fill: url(#a) }"}
    text = entries(packed(styles=styles))["EPUB/styles/epub.css"].decode()
    assert text == 'hr { background: url("../images/dot.png") } p { fill: url(#a) }'


def test_a_thousand_chapters_pack_in_order():
    body = '<section epub:type="chapter" id="c{0}"><h1>第{0}章</h1><p>字</p></section>'
    chapters = tuple(
        Document(f"c{number}", "chapter", f"第{number}章", parse(body.format(number)), "a.md")
        for number in range(1000)
    )
    artifact = packed(documents=chapters, assets={})
    spine = [item.get("idref") for item in opf(artifact).iterfind(".//opf:itemref", OPF)]
    assert spine == [f"page-c{number}" for number in range(1000)]


def vertical():
    sheet = (Path(__file__).parents[2] / "styles" / "epub-vertical.css").read_text("utf-8")
    composition = sample_composition("zh-Hant-TW", writing="vertical")
    composition = replace(composition, styles={**composition.styles, "epub-vertical.css": sheet})
    return package(for_columns(convert(composition).composition), cover())


def test_a_vertical_book_is_read_from_the_right_and_its_pages_have_the_sheet_for_columns():
    artifact = vertical()
    spine = opf(artifact).find("opf:spine", OPF)
    assert spine.get("page-progression-direction") == "rtl"
    named = {node.get("name"): node.get("content") for node in opf(artifact).iterfind(".//opf:meta", OPF)}
    assert named["primary-writing-mode"] == "vertical-rl"
    for name in ("text/one.xhtml", "text/cover.xhtml", "nav.xhtml"):
        sheets = [link.rpartition("/")[2] for link in hrefs(page(artifact, name), "link")]
        assert sheets == ["base.css", "epub.css", "epub-vertical.css"]
    assert b"writing-mode: vertical-rl" in entries(artifact)["EPUB/styles/epub-vertical.css"]


def test_a_horizontal_book_has_nothing_of_columns():
    artifact = packed("zh-Hant-TW", cover())
    assert "page-progression-direction" not in opf(artifact).find("opf:spine", OPF).attrib
    assert not any("vertical" in name for name in entries(artifact))


def test_epubcheck_has_nothing_to_report_of_a_vertical_book(tmp_path):
    artifact = vertical()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs([path]) == ()


def test_texts_that_were_compressed_before_are_taken_as_they_are(tmp_path, monkeypatch):
    composition = sample_composition()
    artifact = package(composition, cover())
    new = artifact.data
    store = Store(tmp_path, "mark")
    assert package(composition, cover(), store=store).data == new
    given = []
    inner = writer.zlib.compressobj

    def compressobj(*options):
        given.append(options[0])
        return inner(*options)

    monkeypatch.setattr(writer.zlib, "compressobj", compressobj)
    assert package(composition, cover(), store=store).data == new
    # What EbookLib itself writes, and what is no text.
    assert sum(level > 0 for level in given) == sum(
        not name.endswith((".xhtml", ".css", ".ncx", "mimetype")) for name in entries(artifact)
    )
    first, *others = composition.documents
    other = replace(composition, documents=(replace(first, title="另"), *others))
    assert package(other, cover(), store=store).data == package(other, cover()).data
