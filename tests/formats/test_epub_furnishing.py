"""What readers of an EPUB get beside the book's text: names of links, frames of tables, grounds and sizes of drawings."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from books import ROOT
from lxml import etree
from samples import PNG, WORDS, sample_composition

from keben.check import check_epubs
from keben.check.epubproof import check_epub
from keben.core.book import Encoded
from keben.core.composition import Document, name_on_screen
from keben.core.markup import parse, serialize
from keben.formats.epub import package
from keben.formats.epub.widetables import framed

SHEETS = sorted((ROOT / "styles").glob("**/epub*.css"))


def read(artifact, name):
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return archive.read(f"EPUB/{name}").decode()


def with_two(body):
    composition = sample_composition()
    root = parse(f'<section epub:type="chapter" id="two"><h1>后来</h1>{body}</section>')
    documents = tuple(
        replace(each, root=root) if each.name == "two" else each for each in composition.documents
    )
    words = {**WORDS, "note": "注{number}", "note_return": "注{number}，返回正文"}
    return replace(composition, documents=documents, words=words)


def test_calls_of_notes_and_ways_back_have_names():
    one = read(package(with_two("<p>字</p>"), None), "text/one.xhtml")
    (call,) = re.findall(r'<a epub:type="noteref"[^>]*>①</a>', one)
    (back,) = re.findall(r'<a class="backlink"[^>]*>①</a>', one)
    assert 'aria-label="注①"' in call
    assert 'aria-label="注①，返回正文"' in back


def test_a_reference_to_a_note_pops_it_up_too():
    body = '<p>见<a class="xref" href="#one-n1">注①</a>与<a class="xref" href="#one">第一章</a>。</p>'
    two = read(package(with_two(body), None), "text/two.xhtml")
    assert '<a class="xref" href="one.xhtml#one-n1" epub:type="noteref" role="doc-noteref">' in two
    assert '<a class="xref" href="one.xhtml#one">' in two


def rows(*several):
    return "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in several)


@pytest.mark.parametrize(
    ("cells", "is_framed", "is_broken"),
    [
        ([["甲", "10"], ["乙", "1234567"]], False, False),
        ([["甲", "文" * 200]] * 30, False, False),
        ([["1234567"] * 10] * 2, True, False),
        ([["甲"] * 5] * 2, True, False),
        ([["甲"] * 5] * 30, False, True),
        ([["甲", "https://example.org/a/very/long/address"]], False, True),
        ([["1234567", "1234567", "文" * 400]], False, True),
    ],
)
def test_a_table_has_a_frame_or_broken_cells_where_it_does_not_fit_a_telephone(cells, is_framed, is_broken):
    made = framed(parse(f"<table>{rows(*cells)}</table>"), {"table": "表{number}"})
    assert (made.tag == "div", "broken-cells" in made.classes) == (is_framed, is_broken)
    if is_framed:
        assert (made.get("tabindex"), made.get("role"), made.get("aria-label")) == ("0", "group", "表")
        assert made.children[0].get("style").startswith("min-inline-size: ")


def test_in_columns_a_frame_is_no_wider_than_a_telephone():
    table = parse(f"<table>{rows(*[['1234567'] * 10] * 6)}</table>")
    assert framed(table, {}).tag == "div"
    assert "broken-cells" in framed(table, {}, vertical=True).classes


def test_columns_under_a_wide_cell_are_measured_alone():
    head = '<tr><td colspan="3">1234567890123456789</td></tr>'
    made = framed(parse(f"<table>{head}{rows('甲乙丙')}</table>"), {})
    assert made.tag == "div"
    assert framed(parse("<table></table>"), {}).tag == "table"
    assert framed(parse('<table><tr><td colspan="99999999">甲</td></tr></table>'), {}) is not None


def charted(**changes):
    """The sample with its chart's drawing for screens."""
    composition = sample_composition()
    screen = parse(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150.0 50.0" width="150.0pt" height="50.0pt"><title>两根柱子</title><text>发往欧洲</text></svg>'
    )
    drawn = Document(name_on_screen("images/bars.svg"), "screen", "两根柱子", screen, "book/data/bars.toml")
    edition = replace(composition.edition, **changes)
    return replace(composition, edition=edition, documents=(*composition.documents, drawn))


def test_a_chart_is_drawn_for_screens_on_a_ground_and_grows_with_the_text(tmp_path):
    artifact = package(charted(), None)
    svg = etree.fromstring(read(artifact, "images/bars.svg").encode())
    assert (svg.get("viewBox"), svg.get("width"), svg.get("height")) == ("0 0 150 50", "150", "50")
    assert [node.tag.rpartition("}")[2] for node in svg] == ["title", "rect", "text"]
    assert (
        '<img src="../images/bars.svg" alt="两根柱子" style="width: 16.67em; width: min(16.67em, 80vh * 3)"/>'
        in read(artifact, "text/two.xhtml")
    )
    assert check_epub(charted(), artifact) == ()
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


def test_a_drawing_without_one_for_screens_keeps_its_own():
    artifact = package(sample_composition(), None)
    assert 'viewBox="0 0 300 100"' in read(artifact, "images/bars.svg")
    assert 'style="width: 18.75em; width: min(18.75em, 80vh * 3)"' in read(artifact, "text/two.xhtml")


def test_charts_may_be_pictures():
    composition = charted(charts="png")
    artifact = package(composition, None, drawn={"images/bars.svg": Encoded("image/png", PNG)})
    assert (
        '<img src="../images/bars.png" alt="两根柱子" style="width: 16.67em; width: min(16.67em, 80vh * 1)"/>'
        in read(artifact, "text/two.xhtml")
    )
    assert check_epub(composition, artifact) == ()
    lost = package(charted(charts="svg"), None, drawn={"images/bars.svg": Encoded("image/png", PNG)})
    assert [each.code for each in check_epub(charted(), lost)] == ["changed-picture"]


def test_epubcheck_s_advice_against_brackets_of_readings_is_no_finding(tmp_path):
    body = '<p><ruby>霾<rp>（</rp><rt>mái</rt><rp>）</rp></ruby><img src="images/bars.svg" alt="图"/></p>'
    artifact = package(with_two(body), None)
    assert "<rp>（</rp>" in read(artifact, "text/two.xhtml")
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT / "styles")))
def test_columns_are_said_bare_and_on_the_root_alone(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    bare, _, rest = text.partition(
        "@supports (writing-mode: vertical-rl) or (-webkit-writing-mode: vertical-rl) {"
    )
    assert "writing-mode:" not in rest
    rules = [
        head.strip() for head, body in re.findall(r"([^{}]+)\{([^{}]*)\}", bare) if "writing-mode:" in body
    ]
    assert rules == (["html"] if sheet.parent.name == "styles" and "vertical" in sheet.name else [])
    if rules:
        for name in ("-epub-writing-mode", "-webkit-writing-mode", "writing-mode"):
            assert f"  {name}: vertical-rl;" in bare
        for name in (
            "-epub-text-combine: horizontal",
            "-webkit-text-combine: horizontal",
            "text-combine-upright: all",
        ):
            assert f"  {name};" in bare


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT / "styles")))
def test_no_sheet_gives_text_a_colour_that_is_not_mixed_with_the_reader_s(sheet):
    text = sheet.read_text("utf-8")
    colours = re.findall(r"(?<![-\w])color:\s*([^;}]+)", text)
    assert [
        each
        for each in colours
        if not re.match(r"inherit|color-mix\(in srgb, var\(--text, currentColor\)", each)
    ] == []


def test_serialized_frames_are_well_formed():
    made = framed(parse(f"<table>{rows(['1234567'] * 10)}</table>"), {"table": "表{number}"})
    assert parse(serialize(made)) == made
