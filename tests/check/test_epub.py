"""An EPUB is read by its own structure: what is changed in it, and each reference that leads nowhere, is found."""

import io
import zipfile
from dataclasses import replace

import pytest
from samples import PNG, sample_composition

from keben.check.sheeturls import urls_in_sheet
from keben.formats import check_completeness
from keben.formats.epub import package


@pytest.fixture(scope="module")
def composition():
    return sample_composition()


@pytest.fixture(scope="module")
def epub(composition):
    return package(composition, None)


def changed(epub, *changes):
    """An EPUB with changes to files whose names end so: bytes for bytes, or None for a file that is left out."""
    out = io.BytesIO()
    seen = set()
    with zipfile.ZipFile(io.BytesIO(epub.data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            for end, before, after in changes:
                if not info.filename.endswith(end):
                    continue
                if before is None:
                    data = after
                    seen.add((end, before))
                elif before in data:
                    data = data.replace(before, after)
                    seen.add((end, before))
            if data is not None:
                new.writestr(info, data)
    assert len(seen) == len(changes)
    return replace(epub, data=out.getvalue())


def with_file(epub, name, data):
    out = io.BytesIO(epub.data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, data)
    return replace(epub, data=out.getvalue())


def test_what_is_whole_has_nothing_to_report(composition, epub):
    assert check_completeness(composition, epub) == ()


@pytest.mark.parametrize(
    ("end", "old", "new", "code"),
    [
        ("two.xhtml", "皇后", "皇帝", "lost-text"),
        ("two.xhtml", "后面，图见", "后面，，图见", "added-text"),
        ("two.xhtml", "</section>", "<p>又一段</p></section>", "added-text"),
        ("two.xhtml", "</body>", "<p>又一段</p></body>", "added-text"),
        ("two.xhtml", "<title>第二章", "<title>第三章", "changed-markup"),
        ("two.xhtml", 'xml:lang="zh-Hans-CN"', 'xml:lang="en"', "changed-markup"),
        ("two.xhtml", 'alt="两根柱子"', 'alt=""', "changed-markup"),
        ("one.xhtml", "这是注文", "这是文注", "lost-text"),
        ("one.xhtml", "<rt>mái</rt>", "<rt>lí</rt>", "lost-text"),
        ("one.xhtml", 'href="#fig-dot"', 'href="#tab-a"', "changed-markup"),
        ("one.xhtml", "<h2 ", "<h2 hidden='hidden' ", "changed-markup"),
        ("one.xhtml", "<p>千里", "<p style='display:none'>千里", "changed-markup"),
        ("nav.xhtml", "后来", "从前", "lost-text"),
        ("nav.xhtml", 'href="text/two.xhtml#two"', 'href="text/one.xhtml#one"', "changed-markup"),
        (".opf", '<dc:title id="title">头发的书', '<dc:title id="title">别的书', "changed-metadata"),
        (".opf", "<dc:language>zh-Hans-CN", "<dc:language>zh-Hant-TW", "changed-metadata"),
        ("bars.svg", "发往欧洲", "发往亚洲", "changed-picture"),
    ],
)
def test_what_was_changed_in_a_file_is_found(composition, epub, end, old, new, code):
    findings = check_completeness(composition, changed(epub, (end, old.encode(), new.encode())))
    assert [finding.code for finding in findings if finding.severity == "error"][:1] == [code], findings


def test_a_picture_of_other_bytes_is_found(composition, epub):
    (finding,) = check_completeness(composition, changed(epub, ("dot.png", PNG, PNG + b"\0")))
    assert str(finding) == (
        "book/chapters/one.md: EPUB/images/dot.png in sample-zh-Hans-CN.epub is not the picture images/dot.png. "
        "This is a fault of Keben's; please report it."
    )


def test_chapters_in_another_order_are_found(composition, epub):
    swapped = changed(
        epub,
        (".opf", b'idref="page-one"', b'idref="page-x"'),
        (".opf", b'idref="page-two"', b'idref="page-one"'),
        (".opf", b'idref="page-x"', b'idref="page-two"'),
    )
    (finding,) = check_completeness(composition, swapped)
    assert finding.code == "spine"
    assert finding.message.startswith("EPUB/text/two.xhtml stands before EPUB/text/one.xhtml in the spine")


def test_a_page_that_is_none_of_the_book_s_is_found(composition, epub):
    less = replace(composition, documents=tuple(each for each in composition.documents if each.name != "two"))
    assert "added-text" in {finding.code for finding in check_completeness(less, epub)}


def test_lists_keep_their_numbers(composition):
    from keben.core.markup import parse

    root = parse('<section id="two"><ol start="7"><li>甲</li><li value="20">乙</li></ol></section>')
    documents = tuple(
        replace(each, root=root) if each.name == "two" else each for each in composition.documents
    )
    made = replace(composition, documents=documents)
    epub = package(made, None)
    assert check_completeness(made, epub) == ()
    for old, new in ((b'start="7"', b'start="8"'), (b' value="20"', b"")):
        (finding,) = check_completeness(made, changed(epub, ("two.xhtml", old, new)))
        assert finding.code == "changed-markup"


def test_a_picture_in_columns_has_its_share_of_the_page():
    from keben.core.markup import parse

    columns = sample_composition("zh-Hant-TW", writing="vertical")
    root = parse(
        '<section id="two"><p>字<img src="images/dot.png" alt="点" style="width: 52%"/></p></section>'
    )
    documents = tuple(replace(each, root=root) if each.name == "two" else each for each in columns.documents)
    made = replace(columns, documents=documents)
    epub = package(made, None)
    assert check_completeness(made, epub) == ()
    (finding,) = check_completeness(made, changed(epub, ("two.xhtml", b"46.8vw", b"52%")))
    assert finding.code == "changed-markup"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([("dot.png", None, None)], "The manifest lists EPUB/images/dot.png, which is not packed."),
        (
            [("one.xhtml", b"../images/dot.png", b"../images/no.png")],
            "“../images/no.png” leads to EPUB/images/no.png, which is not in the EPUB.",
        ),
        (
            [("one.xhtml", b"../images/dot.png", b"https://example.org/dot.png")],
            "“https://example.org/dot.png” is not in the EPUB.",
        ),
        (
            [("one.xhtml", b"../images/dot.png", b"../images/a dot.png")],
            "“../images/a dot.png” is not a URL of a file in an EPUB.",
        ),
        (
            [("one.xhtml", b"../images/dot.png", b"../images/100%.png")],
            "“../images/100%.png” is not a URL of a file in an EPUB.",
        ),
        (
            [("epub.css", b"h1 .label", b'@font-face{src:url("../fonts/a.woff2")} h1 .label')],
            "“../fonts/a.woff2” leads to EPUB/fonts/a.woff2, which is not in the EPUB.",
        ),
        (
            [("epub.css", b"h1 .label", b"@import 'more.css'; h1 .label")],
            "“more.css” leads to EPUB/styles/more.css, which is not in the EPUB.",
        ),
        (
            [("bars.svg", b'fill="#7a1f1f"', b'fill="url(#none)"')],
            "“#none” leads to an id that EPUB/images/bars.svg does not have.",
        ),
        ([("bars.svg", b"<title>", b"<script>1</script><title>")], "It has a script."),
        (
            [("bars.svg", b' xmlns="http://www.w3.org/2000/svg"', b"")],
            "It is listed as image/svg+xml, and its root is “svg”.",
        ),
        (
            [("bars.svg", b"<svg ", b'<?xml-stylesheet href="http://example.org/a.css"?><svg ')],
            "“http://example.org/a.css” is not in the EPUB.",
        ),
        ([("one.xhtml", b"</p>", b"</q>")], "EPUB/text/one.xhtml is not well-formed"),
        ([("dot.png", None, b"\xff\xd8\xff\xe0")], "It is listed as image/png, and is image/jpeg."),
        ([("dot.png", None, b"no picture")], "It is listed as image/png, and is something else."),
        ([("mimetype", None, b"text/plain")], "It is not the first file, stored as it is"),
        (
            [(".opf", b'idref="page-two"', b'idref="none"')],
            "The spine names “none”, which the manifest does not have.",
        ),
        ([(".opf", b'properties="nav"', b"")], "The manifest has 0 navigation documents; it must have one."),
        ([(".opf", b'refines="#creator1"', b'refines="#nobody"')], "“missing:#nobody” is not in the EPUB."),
        (
            [("toc.ncx", b"text/two.xhtml", b"text/six.xhtml")],
            "“text/six.xhtml#two” leads to EPUB/text/six.xhtml",
        ),
        ([("one.xhtml", b"<p>", b'<p onclick="x()">')], "It has a script."),
    ],
)
def test_what_is_wrong_with_a_package_is_found(composition, epub, changes, message):
    findings = check_completeness(composition, changed(epub, *changes))
    reported = [finding for finding in findings if finding.code == "epub-reference"]
    assert any(finding.message.startswith(message) for finding in reported), [str(each) for each in findings]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("EPUB/images/left.png", "It is packed, and the manifest does not list it."),
        ("EPUB/images/a?b.png", "Its name has a character that no name in an EPUB may have."),
        ("EPUB/images/DOT.png", "Another file has the same name but for capitals."),
    ],
)
def test_a_file_that_is_packed_beside_the_manifest_is_found(composition, epub, name, message):
    findings = check_completeness(composition, with_file(epub, name, PNG))
    assert message in {finding.message for finding in findings}


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_epub_is_reported(composition, epub, data):
    (finding,) = check_completeness(composition, replace(epub, data=data))
    assert finding.code == "broken-epub"


def test_urls_of_a_style_sheet_are_found_in_any_form():
    sheet = """@import "a.css"; @IMPORT url(b.css);
/* url(no.png) */ p { background: URL( 'c.png' ) , \\75rl(d\\.png); content: "url(no2.png)" }
q { background: image-set("e.png" 1x, url(f.png) 2x); src: src("g.woff") }"""
    assert list(urls_in_sheet(sheet)) == [
        ("a.css", 1), ("b.css", 1), ("c.png", 2), ("d.png", 2), ("e.png", 3), ("f.png", 3), ("g.woff", 3),
    ]  # fmt: skip
