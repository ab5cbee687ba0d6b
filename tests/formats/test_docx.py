"""A Word document of an edition: valid for other readers, with Word's own means for what the book has."""

import io
import re

import docx
import mammoth
import pytest
from commands import run
from wordbooks import DOCUMENT, FOOTNOTES, W, composed, parts, read, tree, write_rich, written

from keben.check import check_docx
from keben.core.composition import Artifact
from keben.formats.docx import drawings_of, write_docx


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return read(write_rich(tmp_path_factory.mktemp("rich")))


@pytest.fixture(scope="module")
def data(project):
    return written(project)


def values(node, name, key="val"):
    return [each.get(f"{W}{key}") for each in node.iter(f"{W}{name}")]


def test_it_says_all_that_the_edition_says_in_each_edition(project):
    for name in ("zh-Hans", "zh-Hant-TW", "vertical"):
        composition = composed(project, name)
        assert check_docx(composition, write_docx(composition, {})) == ()


def test_the_bytes_are_the_same_each_time_and_hang_on_no_clock(project, data):
    assert written(project) == data


def test_python_docx_reads_it(data):
    document = docx.Document(io.BytesIO(data))
    shown = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    for wanted in (
        ("Title", "样书"),
        ("Part Title", "第一部 山水之间"),
        ("Heading 1", "第一章 起头"),
        ("Heading 2", "列表"),
        ("Epigraph", "千里之行，始于足下。"),
        ("Quote Source", "——《老子》"),
        ("List Number", "甲"),
        ("List Bullet", "乙一"),
        ("List Continue", "乙二的第二段。"),
        ("Caption", "表1-1 表的题"),
        ("Code", "def f(x):\n    return x  # 注释"),
        ("Term", "术语"),
        ("Definition", "第二段解释。"),
        ("Quote", "引文一段。"),
        ("Intense Quote", "放大的话。"),
        ("Note Title", "摘要"),
        ("Note Box", "内容在此。"),
        ("Normal", "中间。"),
    ):
        assert wanted in shown
    assert document.core_properties.title == "样书"
    assert document.core_properties.author == "某人"
    assert document.core_properties.language == "zh-Hans-CN"
    plain, merged = document.tables
    assert [[cell.text for cell in row.cells] for row in plain.rows] == [
        ["名", "数"],
        ["甲", "10"],
        ["乙", "10"],
    ]
    assert [[cell.text for cell in row.cells] for row in merged.rows] == [
        ["合并", "合并", "单"],
        ["竖", "一", "二"],
        ["竖", "三", "四"],
    ]
    assert len(document.inline_shapes) == 3


def test_mammoth_reads_it(data):
    html = mammoth.convert_to_html(io.BytesIO(data)).value
    assert "第一个注。" in html
    assert html.count('<li id="footnote-') == 2
    assert '<a href="https://example.org/a?b=1&amp;c=2">链接</a>' in html
    assert html.count("<h1>") >= 2


def test_words_own_means_are_used(data):
    root = tree(data)
    assert values(root, "em") == ["dot", "dot"]
    assert values(root, "u") == ["single", "wave"]
    assert values(root, "vertAlign") == ["subscript", "superscript"]
    assert len(list(root.iter(f"{W}strike"))) == 1
    assert [
        ["".join(t.text for t in each.find(f"{W}{part}").iter(f"{W}t")) for part in ("rubyBase", "rt")]
        for each in root.iter(f"{W}ruby")
    ] == [["饕", "tāo"], ["餮", "tiè"], ["國", "ㄍㄨㄛˊ"], ["語", "ㄩˇ"]]
    assert values(root, "rubyAlign") == ["center", "center", "rightVertical", "rightVertical"]
    assert values(root, "footnoteReference", "id") == ["1", "2"]
    fields = [each.text for each in root.iter(f"{W}instrText")]
    assert fields == [' TOC \\o "1-3" \\h \\z \\u ', " NOTEREF k_ch_01_n1 \\f \\h "]
    assert len(list(root.iter(f"{W}tblHeader"))) == 2
    assert len(list(root.iter(f"{W}sectPr"))) == 6


def test_lists_begin_where_the_book_says(data):
    root = tree(data, "word/numbering.xml")
    assert values(root, "startOverride") == ["1", "5", "3", "2"]


def test_links_lead_to_bookmarks_and_names_are_words(data):
    both = [tree(data, name) for name in (DOCUMENT, FOOTNOTES)]
    names = [name for root in both for name in values(root, "bookmarkStart", "name")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch("[A-Za-z_][A-Za-z0-9_]{0,39}", name) for name in names)
    anchors = {name for root in both for name in values(root, "hyperlink", "anchor") if name}
    assert anchors <= set(names)
    numbers = [number for root in both for number in values(root, "bookmarkStart", "id")]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("edition", "language", "face"),
    [
        ("zh-Hans", "zh-CN", "SimSun"),
        ("zh-Hant-TW", "zh-TW", "PMingLiU"),
        ("zh-Hant-HK", "zh-HK", "PMingLiU_HKSCS"),
    ],
)
def test_the_fonts_and_the_language_are_the_regions(project, edition, language, face):
    defaults = tree(written(project, edition), "word/styles.xml").find(f"{W}docDefaults")
    assert values(defaults, "rFonts", "eastAsia") == [face]
    assert values(defaults, "lang", "eastAsia") == [language]


def test_columns_run_down_and_short_numbers_stand_upright(project):
    root = tree(written(project, "vertical"))
    assert set(values(root, "textDirection")) == {"tbRl"}
    assert "1" in values(root, "eastAsianLayout", "vert")


def test_a_chart_is_a_drawing_with_a_picture_for_programs_that_show_none(project, data):
    composition = composed(project)
    drawings = drawings_of(composition)
    assert len(drawings) == 1
    files = parts(data)
    assert sum(name.endswith(".svg") for name in files) == 1
    assert "svgBlip" in files[DOCUMENT].decode()


def test_the_command_line_makes_it_though_no_edition_lists_it(tmp_path):
    write_rich(tmp_path)
    made = run("build", tmp_path, "-e", "zh-Hans", "-f", "docx")
    assert (made.exit_code, made.stderr) == (0, "")
    assert "rich-zh-Hans.docx" in made.stdout
    made = (tmp_path / "build" / "rich-zh-Hans.docx").read_bytes()
    pictures = [data for name, data in parts(made).items() if name.endswith(".png")]
    assert all(data.startswith(b"\x89PNG") for data in pictures)
    assert max(map(len, pictures)) > 1000


def test_a_document_that_cannot_be_read_is_an_error(project):
    composition = composed(project)
    broken = Artifact("rich.docx", "zh-Hans", "docx", b"no zip")
    assert [found.code for found in check_docx(composition, broken)] == ["broken-docx"]
