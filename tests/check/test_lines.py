import json
import subprocess
import sys
from pathlib import Path

import pytest
from books import book, chapter
from click.testing import CliRunner
from projects import change, write_project
from sheets import Sheet, pdf

from keben.check import LineReport, line_findings, measure_lines
from keben.cli import main
from keben.core.paper import TypeArea
from keben.typeset import typeset

AREA = TypeArea(body_pt=10, measure=10, leading=1.7)


def measured(*sheets: Sheet, language: str = "zh-Hans-CN") -> LineReport:
    return measure_lines(pdf(*sheets), AREA, language)


def full(report: LineReport) -> list[str]:
    return [line.text for line in report.lines if line.full]


def second(text: str, start: float = 0.0, **how: object) -> Sheet:
    """A paragraph of three lines whose second one is given."""
    return Sheet().line("首" * 8, 2).line(text, start, **how).line("末末")


# Which lines are full ------------------------------------------------------------------------


def test_a_line_is_full_where_its_paragraph_goes_on():
    report = measured(Sheet().line("甲" * 8, 2).line("乙" * 10).line("丙" * 3).line("丁" * 4, 2))
    assert [line.full for line in report.lines] == [True, True, False, False]
    assert (report.full, report.flush, report.share) == (2, 2, 1.0)
    first = report.lines[0]
    assert (first.page, first.text, first.left, first.right, first.end) == (1, "甲" * 8, 60.0, 140.0, 140.0)
    assert first.xs == (60.0, 70.0, 80.0, 90.0, 100.0, 110.0, 120.0, 130.0)


def test_paragraphs_of_one_line_are_not_full_however_long():
    sheet = Sheet().line("问" * 7, 2).line("答" * 8, 2).line("问" * 7, 2).line("说" * 8, 2).line("末")
    assert full(measured(sheet)) == ["说" * 8]


def test_a_last_line_is_not_full_even_if_an_indented_line_stands_right_under_it():
    assert full(measured(Sheet().line("甲" * 8, 2).line("乙" * 9).line("丙" * 8, 2).line("丁"))) == [
        "甲" * 8,
        "丙" * 8,
    ]


def test_a_quotation_may_stand_away_from_both_edges():
    report = measured(Sheet().line("文" * 10).line("引" * 4, 4).line("引" * 6, 2).line("引" * 2, 2))
    assert [(line.text[:1], line.full, line.flush) for line in report.lines][1:3] == [("引", True, True)] * 2


def text() -> Sheet:
    return Sheet().line("文" * 10).line("文" * 10).line("末").line("")


BOXES = {
    "paragraph of one full line": text().line("框" * 5, 3.2).line("框" * 3, 1.2),
    "paragraph of two": text().line("框" * 5, 3.2).line("框" * 7, 1.2).line("框", 1.2),
    "comma at the end": text().line("框" * 4 + "，", 3.7).line("框" * 3, 1.7),
    "wide bar": text().line("框" * 5, 3.5).line("框" * 3, 1.5),
    "item": text().line("1.框" + "框" * 4, 2.2).line("框" * 3, 3.2),
    "item in an item": text().line("（1）" + "框" * 4, 2.3).line("框" * 2, 4.8),
    "white without a rule": text().line("框" * 4, 4).line("框" * 3, 2),
}


@pytest.mark.parametrize("kind", BOXES)
def test_lines_in_a_box_end_where_its_white_begins(kind):
    report = measured(BOXES[kind])
    inside = [line for line in report.lines if "框" in line.text]
    assert [(line.full, line.flush) for line in inside[:-1]] == [(True, True)] * (len(inside) - 1)
    assert list(line_findings(report, "book.pdf", 10)) == []


def test_lines_that_are_short_in_a_box_are_found():
    # The second of four lines has room for four characters more.
    sheet = text().line("框" * 5, 3.2).line("框" * 3, 1.2).line("abcdefghijklmn", 1.2).line("框" * 7, 1.2)
    ends = [(line.text[:1], line.flush) for line in measured(sheet.line("末", 1.2)).lines if line.full]
    assert ends[2:] == [("框", True), ("框", False), ("a", True), ("框", True)]


def test_a_line_of_a_list_that_is_left_short_is_found():
    sheet = text().line("1." + "项" * 5, 1).line("abcdefghi", 2).line("•" + "项" * 8, 1).line("末", 2)
    assert [line.flush for line in measured(sheet).lines if line.full][2:] == [False, True]


def test_lines_that_the_author_ended_are_not_full():
    verse = Sheet().line("床前明月光，").line("疑是地上霜。").line("举头望明月，").line("低头思故乡。")
    report = measured(verse)
    assert (report.full, report.kinsoku, report.share) == (0, 0, 1.0)
    assert report.summary() == "no full line of body text"


def test_a_line_short_of_a_long_word_is_full():
    report = measured(Sheet().line("甲" * 8, 2).line("乙" * 6).line("abcdefghij").line("末"))
    assert [(line.text, line.flush) for line in report.lines if line.full][1] == ("乙" * 6, False)


def test_paragraphs_go_on_over_pages_whose_edges_differ():
    heads = {"size": 0.8, "at": -2}
    right = Sheet(left=40).line("书眉", **heads).line("甲" * 8, 2, at=0).line("乙" * 10)
    right.line("注注注注", size=0.8, at=6)
    left = (
        Sheet(left=25).line("书眉", 8, **heads).line("丙" * 10, at=0).line("丁").line("戊" * 8, 2).line("己")
    )
    report = measured(right, left)
    assert full(report) == ["甲" * 8, "乙" * 10, "丙" * 10, "戊" * 8]
    assert report.flush == 4
    assert [line.end for line in report.lines] == [140, 140, 125, 125, 125, 125]


def test_a_page_that_begins_lower_begins_a_paragraph():
    one = Sheet().line("甲" * 8, 2).line("乙" * 10)
    opening = Sheet().line("章名", size=2, at=1).line("丙" * 10, at=5).line("丁" * 3)
    assert full(measured(one, opening, Sheet().line("戊" * 3))) == ["甲" * 8, "丙" * 10]


def test_only_text_of_the_bodys_size_and_kind_is_measured():
    sheet = Sheet().line("甲" * 8, 2).line("乙" * 10).line("丙" * 10)
    sheet.line("大" * 5, size=1.5).line("大" * 3, size=1.5)
    sheet.line("题" * 10, face="Sans-Bold").line("题" * 3, face="Sans-Bold")
    sheet.line("图" * 11, size=0.85).line("图" * 3, size=0.85)
    sheet.line("目录·······1").line("目录·······2")
    sheet.line("丁" * 8, 2).line("戊")
    report = measured(sheet)
    assert {line.text[0] for line in report.lines} == set("甲乙丙丁戊")
    assert full(report) == ["甲" * 8, "乙" * 10, "丁" * 8]


def test_a_book_in_a_bold_face_is_measured_too():
    sheet = Sheet().line("甲" * 8, 2, face="Sans-Bold").line("乙", face="Sans-Bold")
    assert full(measured(sheet)) == ["甲" * 8]


def test_items_of_lists_end_where_the_next_marker_stands():
    sheet = Sheet().line("文" * 8, 2).line("文").line("甲" * 8, 2).line("• ", 0.7, at=2).line("乙" * 8, 2)
    sheet.line("丙" * 8, 2).line("12. ", 0.3, at=4).line("丁" * 3, 2).line("文" * 8, 2).line("文")
    report = measured(sheet)
    assert [line.text for line in report.lines if not line.full] == ["文", "乙" * 8, "丁" * 3, "文"]
    assert {line.left for line in report.lines if line.text[0] in "甲乙丙丁"} == {60.0}


# Flush ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "flush"), [(0, True), (0.04, True), (0.06, False), (-0.04, True), (-0.06, False)]
)
def test_flush_is_within_a_twentieth_of_an_em(over, flush):
    report = measured(second("字" * 10, gaps={8: over}))
    assert report.lines[1].flush is flush
    assert report.share == (1.0 if flush else 0.5)


@pytest.mark.parametrize(
    ("mark", "mainland", "taiwan"),
    [("。", True, False), ("，", True, False), ("」", True, True), ("》", True, True), ("字", False, False)],
)
def test_a_closing_mark_at_a_lines_end_may_be_half_as_wide(mark, mainland, taiwan):
    sheet = second("字" * 9 + mark, gaps={3: 0.5})
    assert measured(sheet).lines[1].flush is mainland
    assert measured(sheet, language="zh-Hant-TW").lines[1].flush is taiwan
    whole = second("字" * 9 + mark)
    assert measured(whole).lines[1].flush
    assert measured(whole, language="zh-Hant-TW").lines[1].flush


def test_a_centred_stop_may_give_up_the_quarter_after_it():
    assert measured(second("字" * 9 + "。", gaps={3: 0.25}), language="zh-Hant-HK").lines[1].flush


def test_an_opening_mark_at_a_lines_start_may_stand_half_an_em_to_the_left():
    report = measured(second("“" + "字" * 9, -0.5, gaps={4: 0.5}))
    assert (report.full, report.flush, report.lines[1].left) == (2, 2, 40.0)
    assert report.lines[1].xs[0] == 35.0
    indented = measured(Sheet().line("“" + "字" * 7, 1.5, each=0.5 / 7).line("乙" * 10).line("丙"))
    assert (indented.full, indented.flush, indented.lines[0].left) == (2, 2, 60.0)


def test_calls_of_notes_belong_to_their_line():
    report = measured(second("字" * 8 + "。①", gaps={8: 0.4}, calls="①"))
    assert (report.lines[1].text, report.lines[1].flush, report.full) == ("字" * 8 + "。①", True, 2)
    # Between 字 and 字, a call of six tenths of an em is no stretch.
    inner = measured(second("字" * 4 + "①" + "字" * 5, each=0.4 / 9, calls="①"))
    assert inner.lines[1].flush
    assert inner.largest_stretch == pytest.approx(0.0444, abs=1e-3)


# Kinsoku -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("，" + "字" * 9, 1),
        ("」" + "字" * 9, 1),
        ("·" + "字" * 9, 1),
        ("％" + "字" * 9, 1),
        ("字" * 9 + "（", 1),
        ("”" + "字" * 8 + "《", 2),
        ("“" + "字" * 9, 0),
        ("字" * 9 + "。", 0),
        ("——" + "字" * 8, 0),
        ("—" + "字" * 9, 1),
        ("/" + "字" * 9, 1),
        ("-" + "字" * 9, 1),
        ("‐" + "字" * 9, 1),
        ("－" + "字" * 9, 1),
        ("∶" + "字" * 9, 1),
        ("㎡" + "字" * 9, 1),
        (".NET" + "字" * 8, 0),
        (". " + "字" * 9, 1),
        (".字" + "字" * 8, 1),
        ("%E4" + "字" * 8, 0),
        ("%以" + "字" * 8, 1),
    ],
)
def test_marks_that_may_not_begin_or_end_a_line(text, faults):
    assert measured(second(text)).kinsoku == faults


def test_a_call_of_a_note_may_not_begin_a_line():
    assert measured(second("①" + "字" * 9, calls="①", gaps={0: 0.4})).kinsoku == 1


def test_what_begins_a_paragraph_is_the_authors():
    assert measured(Sheet().line("，字", 2).line("字" * 7 + "（", 2)).kinsoku == 0


# Adjacent marks ------------------------------------------------------------------------------


@pytest.mark.parametrize("marks", ["。”", "，“", "”，", "）（", "《“", "？！", "：「", "’”"])
@pytest.mark.parametrize("language", ["zh-Hans-CN", "zh-Hant-TW"])
def test_adjacent_marks_take_an_em_and_a_half(marks, language):
    tight = measured(second("字" * 4 + marks + "字" * 4, gaps={4: -0.5}), language=language)
    assert (tight.pairs, tight.loose, tight.largest_stretch) == (1, 0, 0.0)
    loose = measured(second("字" * 4 + marks + "字" * 4), language=language)
    assert (loose.pairs, loose.loose) == (1, 1)


def test_a_centred_stop_and_a_bracket_may_keep_a_quarter_more():
    sheet = second("字" * 4 + "。」" + "字" * 4, gaps={4: -0.25})
    assert (measured(sheet, language="zh-Hant-TW").loose, measured(sheet).loose) == (0, 0)
    assert measured(sheet, language="zh-Hant-TW").largest_stretch == 0.0
    assert measured(sheet).largest_stretch == 0.25


@pytest.mark.parametrize("marks", ["“”", "（。", "——", "……", "”—", "字。"])
def test_marks_without_a_blank_between_them_are_no_pair(marks):
    assert measured(second("字" * 4 + marks + "字" * 4)).pairs == 0


def test_a_stretched_line_does_not_make_a_tight_pair_loose():
    tight = measured(second("字" * 4 + "。」" + "字" * 4, each=0.2, gaps={4: -0.25}), language="zh-Hant-TW")
    loose = measured(second("字" * 4 + "。”" + "字" * 4, each=0.2))
    assert (tight.loose, loose.loose) == (0, 1)


# Last lines of one character -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "count"), [("字", 1), ("字。”", 1), ("“字！", 1), ("字①", 1), ("字字", 0), ("a", 0), ("字3", 0)]
)
def test_last_lines_of_one_character(last, count):
    sheet = Sheet().line("甲" * 8, 2).line(last, calls="①").line("“是。”", 2)
    assert measured(sheet).lonely == count


def test_paragraphs_of_one_character_are_not_lonely():
    assert (
        measured(Sheet().line("甲", 2).line("乙", 2).line("丙", 2).line("丁" * 8, 2).line("戊己")).lonely == 0
    )


# Stretch -------------------------------------------------------------------------------------


def test_stretch_is_what_a_gap_got_beside_its_own():
    report = measured(
        Sheet()
        .line("字" * 8, 2)
        .line("字" * 9, each=0.125)
        .line("字ab字字", gaps={0: 0.25, 1: 0.0, 2: 0.55, 3: 5.1})
        .line("字" * 9, each=-0.1)
        .line("末末", each=0.5)
    )
    assert report.lines[1].stretch == (0.125,) * 8
    assert report.lines[2].stretch == (0.0, 0.0, 0.3, 5.1)
    assert report.lines[4].stretch == ()
    assert report.largest_stretch == 5.1
    assert report.histogram == (
        (0.01, 17), (0.02, 0), (0.05, 0), (0.1, 0), (0.15, 8), (0.2, 0), (0.25, 0), (None, 2),
    )  # fmt: skip


def test_stretched_word_spaces_count_from_the_fonts_own():
    report = measured(second("字" * 5 + "ab cd ef" + "字", gaps={5: 0, 7: 0.2, 10: 0.2}))
    assert [gap for gap in report.lines[1].stretch if gap] == [0.2, 0.2]


# Words, and real PDFs ------------------------------------------------------------------------


def test_the_figures_in_words_and_by_name():
    sheet = second("，“" + "字" * 8, gaps={8: 0.1})
    report = measured(sheet)
    assert report.summary() == (
        "2 full lines, 50.0 % flush; kinsoku 1, loose pairs 1 of 1, one-character last lines 0; largest stretch 0.10 em"
    )
    figures = report.figures()
    histogram = figures.pop("histogram")
    assert figures == {
        "lines": 3,
        "full": 2,
        "flush": 1,
        "share": 0.5,
        "kinsoku": 1,
        "pairs": 1,
        "loose_pairs": 1,
        "one_character_last_lines": 0,
        "largest_stretch": 0.1,
    }
    assert histogram[4] == {"below": 0.15, "gaps": 1}
    assert histogram[-1] == {"below": None, "gaps": 0}


def test_an_empty_pdf_has_no_lines():
    assert measured(Sheet()).lines == ()


def test_a_typeset_book_is_measured_from_its_pages():
    body = (
        "<p>" + "文" * 100 + '<a class="noteref" href="#one">①</a></p>'
        "<ul><li>" + "甲" * 60 + "</li><li>" + "乙" * 20 + "</li></ul>"
        "<ol><li>" + "丙" * 52 + "</li></ol>"
        "<h2>节</h2><h3>" + "题" * 40 + "</h3><p>" + "段" * 30 * 27 + "</p>"
    )
    composition = book(chapter(body))
    report = measure_lines(typeset(composition).data, composition.edition.area, "zh-Hans-CN")
    assert "题" not in {line.text[0] for line in report.lines}
    counts = {mark: sum(line.full for line in report.lines if line.text[0] == mark) for mark in "文甲乙丙段"}
    assert counts == {"文": 3, "甲": 2, "乙": 0, "丙": 2, "段": 30}
    assert report.share == 1.0
    assert report.lonely == 0
    assert [line.text for line in report.lines if line.text.endswith("①")] == ["文" * 21 + "①"]
    assert len({line.page for line in report.lines if line.text[0] == "段"}) == 2


def test_check_prints_how_lines_are_set(tmp_path):
    root = write_project(tmp_path / "demo")
    change(root, "book/chapters/two.md", "皇后走在后面", "皇后走在后面" * 10)
    build = CliRunner().invoke(main, ["build", str(root), "-f", "pdf", "-e", "zh-Hans", "-j", "1"])
    assert build.exit_code == 0, build.output
    words = CliRunner().invoke(main, ["check", str(root)]).stdout
    assert "\nhair-zh-Hans.pdf: 2 full lines, 100.0 % flush; kinsoku 0, loose pairs " in words
    path = root / "build" / "hair-zh-Hans.pdf"
    answer = json.loads(CliRunner().invoke(main, ["check", str(root), "--json"]).stdout)
    assert answer["lines"] == {
        path.name: measure_lines(path.read_bytes(), TypeArea(), "zh-Hans-CN").figures()
    }
    path.write_bytes(path.read_bytes() + b"\n")
    answer = json.loads(CliRunner().invoke(main, ["check", str(root), "--json"]).stdout)
    assert answer["lines"] == {}


def test_the_benchmark_prints_a_row(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(second("字" * 10, gaps={8: 0.1})))
    script = Path(__file__).parents[2] / "benchmarks" / "lines.py"
    run = subprocess.run(
        [sys.executable, script, path, "zh-Hans", "10", "10"], capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-2] == "| a.pdf | 3 | 2 | 0.5000 | 0 | 0 of 0 | 0 | 0.10 |"


# What a reader would see ---------------------------------------------------------------------


def found(*sheets: Sheet) -> list[tuple[str, str, str]]:
    findings = line_findings(measured(*sheets), "book.pdf", 10)
    return [(each.code, each.severity, each.message) for each in findings]


def test_a_line_that_is_left_short_is_a_notice():
    sheet = Sheet().line("甲" * 8, 2).line("乙" * 6).line("abcdefghij").line("末")
    ((code, severity, message),) = found(sheet)
    assert (code, severity) == ("short-line", "notice")
    assert message == "A line on page 1 is left short by 4.0 em: “乙乙乙乙乙乙”."


def test_a_line_whose_gaps_are_wider_than_half_an_em_is_a_warning():
    sheet = Sheet().line("甲" * 8, 2).line("乙" * 7, each=0.52).line("丙" * 10).line("末")
    ((code, severity, message),) = found(sheet)
    assert (code, severity) == ("wide-gaps", "warning")
    assert "by 0.52 em" in message
    assert found(Sheet().line("甲" * 8, 2).line("乙" * 7, each=0.5).line("丙" * 10).line("末")) == []


def test_lines_of_code_in_a_paragraph_are_measured_with_it():
    sheet = Sheet().line("甲" * 8, 2).line("x" * 18, size=0.9, face="Mono").line("丙" * 10).line("末")
    assert full(measured(sheet)) == ["甲" * 8, "x" * 18, "丙" * 10]
    small = Sheet().line("甲" * 8, 2).line("x" * 18, size=0.9).line("丙" * 10).line("末")
    assert "x" * 18 not in [line.text for line in measured(small).lines]


def test_a_line_that_ends_with_a_hyphen_ends_with_it():
    # PDFium gives U+0002 for a hyphen that a line ends with.
    sheet = Sheet().line("甲" * 8, 2).line("乙" * 9 + "x-").line("y" + "丙" * 9).line("末")
    report = measured(sheet)
    assert [(line.text, line.flush) for line in report.lines if line.full][1] == ("乙" * 9 + "x-", True)


@pytest.mark.parametrize("beside", ["", "<p>式 <math><mi>x</mi></math></p>"], ids=["text", "formulas"])
def test_ink_that_sticks_out_of_a_letter_is_not_its_lines(beside):
    made = book(chapter(f"<p>甲：{'of half ' * 60}</p><p>乙</p>{beside}"))
    report = measure_lines(typeset(made).data, made.edition.area, "zh-Hans-CN")
    assert report.full > 3
    assert all(line.text[-1] == "f" and line.flush for line in report.lines if line.full)
