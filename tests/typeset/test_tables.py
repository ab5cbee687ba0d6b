"""Tables on pages, by the glyphs in finished PDFs."""

from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.page import lay_out

WIDE = (
    ("序号", "品名", "规格型号", "单位", "数量", "单价（元）", "金额（元）", "备注"),
    ("1", "高性能计算服务器", "PowerEdge R750xs 2×Xeon Gold 6330", "台", "12", "86,500.00", "1,038,000.00", "含三年上门保修"),
    ("2", "机柜", "42U 600×1200×2000mm", "个", "3", "4,800.00", "14,400.00", "含 PDU 两条"),
)  # fmt: skip
LONG = "这个单元格写了很长的一段话，用来看别的栏还剩多宽。" * 9
DIRECTIONS = pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")


def table(rows, attributes="", caption="采购"):
    head, *body = rows
    return (
        f'<figure class="table" id="t"><figcaption><span class="number">表1-1</span> {caption}</figcaption>'
        f"<table{attributes}><thead><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr></thead><tbody>"
        + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in body)
        + "</tbody></table></figure>"
    )


def printed(body, vertical=False):
    composition = book(chapter(body), language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    if vertical:
        edition = replace(composition.edition, writing="vertical", area=TypeArea(measure=42, lines=17))
        composition = replace(composition, edition=edition, styles=STYLES | {"print-vertical.css": COLUMNS})
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    return composition, artifact, Pdf(artifact.data)


def places(pdf, text):
    """Where a text stands, as one run of glyphs on one baseline: the first one's origin, the last one's, the baseline."""
    found = []
    text = text.replace(" ", "")
    for page in range(1, pdf.pages + 1):
        glyphs = [glyph for glyph in pdf.glyphs(page) if glyph.text.strip()]
        for at in range(len(glyphs) - len(text) + 1):
            run = glyphs[at : at + len(text)]
            if "".join(glyph.text for glyph in run) == text and max(abs(g.y - run[0].y) for g in run) < 0.1:
                found.append((run[0].x, run[-1].x, run[0].y))
    return found


@DIRECTIONS
def test_numbers_are_whole_in_their_cells(vertical):
    _, artifact, pdf = printed(table(WIDE), vertical)
    for row in WIDE[1:]:
        for number in (row[0], row[4], row[5], row[6]):
            assert places(pdf, number), number
    assert not [each for each in artifact.findings if each.code == "narrow-table"]


@DIRECTIONS
def test_a_long_cell_leaves_the_others_their_words(vertical):
    rows = (
        ("甲", "乙"),
        ("短", "单元格里有 <code>代码</code> 和 <strong>加重</strong>"),
        (LONG, "一九四九年"),
    )
    _, _, pdf = printed(table(rows), vertical)
    ((first, *_),) = places(pdf, "一九四九年")
    assert places(pdf, "乙")[0][0] == pytest.approx(first, abs=1)


def test_a_column_gives_what_it_does_not_need():
    name = "明太祖第二十二帝"
    rows = (("朝代", "皇帝", "事"), *(("明", name, LONG[: 30 + each]) for each in range(6)))
    _, _, pdf = printed(table(rows))
    assert len(places(pdf, name)) == 6


def test_words_keep_together_where_there_is_room():
    rows = (("一", "二", "三"), ("international", LONG, "PowerEdge"))
    _, _, pdf = printed(table(rows))
    assert places(pdf, "international") and places(pdf, "PowerEdge")


def test_what_is_one_number_is_not_parted():
    numbers = ("1 000 000", "3/4", "2×10", "−12.5%", "1,234.5 km")
    text = LONG[:100]
    rows = (("甲", "乙", "丙"), *((number, f"{text}{number}{text}", text) for number in numbers))
    _, _, pdf = printed(table(rows))
    for number in numbers:
        assert len(places(pdf, number)) == 2, number


def test_a_table_whose_words_have_no_room_is_set_smaller():
    rows = (["某某某某"] * 7, ["12,345.00"] * 7)
    _, artifact, pdf = printed(table(rows))
    assert len(places(pdf, "12,345.00")) == 7
    assert [each.code for each in artifact.findings] == ["small-table"]
    assert min(glyph.size for glyph in pdf.glyphs(1)) >= 6


def test_numbers_of_twelve_columns_stand_closer_before_they_are_parted():
    numbers = (
        "1,203.5",
        "998.2",
        "1,455.0",
        "1,302.8",
        "1,288.1",
        "1,190.4",
        "72.9",
        "1,310.6",
        "1,400.2",
        "1,388.7",
    )
    head = ("年份", *(f"{month}月" for month in "一二三四五六七八九十"), "备注")
    _, artifact, pdf = printed(table((head, ("2019", *numbers, "含税"), ("2020", *numbers[::-1], "疫年"))))
    assert "narrow-table" not in {finding.code for finding in artifact.findings}
    assert all(len(places(pdf, number)) == 2 for number in numbers)
    points = {round(x, 1) for x, *_ in places(pdf, ".5") + places(pdf, ".7")}
    assert len(points) == 2


def test_numbers_that_have_no_room_at_all_are_reported():
    _, artifact, _ = printed(table((["数"] * 12, ["123,456,789.00"] * 12)))
    assert {each.code for each in artifact.findings} == {"narrow-table", "small-table"}


HAN = ("北京市", "内蒙古自治区", "新疆维吾尔自治区", "香港特别行政区")
LATIN = ("Beijing", "Inner Mongolia", "United Kingdom", "Netherlands")


@DIRECTIONS
@pytest.mark.parametrize("columns", range(8, 15, 2))
@pytest.mark.parametrize("names", [HAN, LATIN], ids=["Han", "Latin"])
def test_names_of_rows_stay_on_a_line_in_tables_of_many_columns(names, columns, vertical):
    head = ["地区", *(f"{2000 + at}年" for at in range(1, columns))]
    rows = [[name, *(f"{(at * 37 + 113) % 1000}.{at % 10}" for at in range(1, columns))] for name in names]
    _, artifact, pdf = printed(table((head, *rows)), vertical)
    for name in names:
        assert places(pdf, name), name
    assert not {each.code for each in artifact.findings} - {"small-table"}
    # Heads are a little smaller than the 6 pt that the rest has at least.
    assert min(glyph.size for glyph in pdf.glyphs(1)) >= 5.6


def test_numbers_stand_closer_before_their_type_is_much_smaller():
    rows = [[name, *("123.4",) * 7] for name in HAN]
    _, _, pdf = printed(table((["地区", *("某年",) * 7], *rows)))
    # With the white that columns have else it would be 7 pt.
    assert min(glyph.size for glyph in pdf.glyphs(1) if glyph.text in "北内新香") > 8.5


def test_names_of_rows_that_have_no_room_are_reported():
    rows = [[name, *("123.4",) * 15] for name in HAN]
    _, artifact, pdf = printed(table((["地区", *("某年",) * 15], *rows)))
    (finding,) = [each for each in artifact.findings if each.code == "narrow-table"]
    assert "names of its rows" in finding.message and ".wide" in finding.advice
    assert len(places(pdf, "123.4")) == 15 * len(HAN)


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_points_stand_below_one_another(align):
    rows = (
        ("名", "值", "说明"),
        ("甲", "12.5", "a"),
        ("乙", "307", "b"),
        ("丙", "1,038.25", "c"),
        ("丁", "—", "d"),
    )
    aligned = table(rows).replace("<td>", f'<td class="{align}">')
    _, _, pdf = printed(aligned)
    ((point, *_),) = places(pdf, ".25")
    assert places(pdf, ".5")[0][0] == pytest.approx(point, abs=0.1)
    first, last, _ = places(pdf, "307")[0]
    assert last + (last - first) / 2 == pytest.approx(point, abs=0.1)


def test_words_and_numbers_of_text_columns_are_left_alone():
    rows = (("名", "说"), ("甲", "12.5"), ("乙", "很多"), ("丙", "很少"), ("丁", "无"))
    _, _, pdf = printed(table(rows))
    assert places(pdf, "12.5")[0][0] == pytest.approx(places(pdf, "很多")[0][0], abs=0.1)


ROWS = [(str(each), f"第{each}条", "说明" * (each % 4 + 1)) for each in range(1, 61)]


@DIRECTIONS
def test_a_table_that_goes_on_says_which_it_is(vertical):
    _, _, pdf = printed(table((("号", "条", "说"), *ROWS), caption="条目"), vertical)
    assert pdf.pages > 2
    for page in range(1, pdf.pages + 1):
        text = pdf.text(page).replace(" ", "").replace("\u3000", "")
        assert ("续表1-1条目" in text) == (page > 1)
        assert "号条说" in text


@pytest.mark.parametrize("lines", (13, 14, 15, 16))
def test_no_row_stands_alone(lines):
    rows = (("号", "条", "说"), *ROWS[:24])
    _, _, pdf = printed("<p>行</p>" * lines + table(rows))
    for page in range(1, pdf.pages + 1):
        assert sum(f"第{each}条" in pdf.text(page) for each in range(1, 25)) != 1


def test_a_small_table_stands_in_the_middle_and_is_not_stretched():
    composition, _, pdf = printed(
        "<p>" + "文" * 60 + "</p>" + table((("名", "数"), ("甲", "1"), ("乙", "2")))
    )
    layout = lay_out(composition.edition.area)
    left, right = places(pdf, "甲")[0][0], places(pdf, "数")[0][0]
    assert 0 < right - left < 5 * 9
    middle = layout.inner + layout.measure * layout.body / 2
    assert (left + right + 9) / 2 == pytest.approx(middle, abs=4)


def test_a_table_in_columns_begins_at_their_head():
    composition, _, pdf = printed(table((("名", "數"), ("甲", "丑"), ("乙", "寅"))), vertical=True)
    layout = lay_out(composition.edition.area, "vertical")
    cells = [glyph for glyph in pdf.glyphs(1) if glyph.text in "名數甲乙丑寅" and glyph.size < 10]
    assert min(g.x for g in cells) == pytest.approx(layout.top, abs=5)
    assert max(g.x for g in cells) - min(g.x for g in cells) < 5 * 9


def test_small_is_smaller():
    _, _, pdf = printed(table((("名", "数"), ("甲", "1")), ' class="small"'))
    assert {round(g.size, 1) for g in pdf.glyphs(1) if g.text == "甲"} == {7.5}


def test_a_table_that_is_as_high_as_a_page_does_not_leave_its_caption_alone():
    rows = "".join(f"<tr><td>行{number}</td></tr>" for number in range(26))
    table = f"<table style='break-inside: avoid'><tbody>{rows}</tbody></table>"
    figure = f"<figure class='table'><figcaption>题名</figcaption>{table}</figure>"
    pdf = Pdf(typeset(book(chapter(f"{'<p>文</p>' * 40}{figure}<p>后</p>"))).data)
    texts = [pdf.text(page) for page in range(1, pdf.pages + 1)]
    (first,) = [text for text in texts if "行0" in text]
    assert "题名" in first
    assert sum(text.count("行") for text in texts) == 26


def sentences(sign, count):
    return "".join(f"{sign}{number:02}句，文章在左，译文在右。" for number in range(count))


@DIRECTIONS
@pytest.mark.parametrize("counts", [(70,), (40, 2, 90)], ids=["one", "some"])
def test_a_row_that_is_longer_than_a_page_goes_on_below_the_head(counts, vertical):
    rows = (("原文", "译文"), *((sentences("甲", count), sentences("乙", count)) for count in counts))
    _, _, pdf = printed(f"<p>一段。</p>{table(rows)}<p>后文。</p>", vertical)
    with_rows = [page for page in range(1, pdf.pages + 1) if "译文在右" in text_on(pdf, page)]
    assert with_rows == list(range(1, 1 + len(with_rows))) and len(with_rows) > 1
    assert all("原文" in text_on(pdf, page) and "续表" in text_on(pdf, page) for page in with_rows[1:])
    shares = [
        len(text_on(pdf, page)) / max(len(text_on(pdf, each)) for each in with_rows) for page in with_rows
    ]
    assert min(shares[:-1]) > 0.4, shares


def test_a_row_of_a_few_lines_is_kept_whole():
    rows = (
        ("原文", "译文"),
        *((sentences(sign, 4), sentences(sign, 4)) for sign in "甲乙丙丁戊己庚辛壬癸子丑"),
    )
    _, _, pdf = printed(table(rows))
    assert pdf.pages > 1
    for sign in "甲乙丙丁戊己庚辛壬癸子丑":
        (page,) = (page for page in range(1, pdf.pages + 1) if sign in text_on(pdf, page))
        assert text_on(pdf, page).count(sign) == 8


@DIRECTIONS
@pytest.mark.parametrize("head", [True, False], ids=["head", "no head"])
def test_notes_of_all_cells_of_a_row_have_room_below_it(head, vertical):
    def cell(sign, first):
        called = noted = ""
        for at in range(first, first + 24):
            called += f'{sign}一句不长的话<a class="noteref" href="#n{at}" id="r{at}">{at}</a>，说明说明。'
            noted += f'<aside class="footnote" id="n{at}"><p><a class="backlink" href="#r{at}">{at}</a>注</p></aside>'
        return called, noted

    (left, first), (right, second) = cell("甲", 10), cell("乙", 40)
    rows = f"<tbody><tr><td>{left}</td><td>{right}</td></tr></tbody>"
    above = "<thead><tr><th>原文</th><th>译文</th></tr></thead>" if head else ""
    notes = f'<section class="notes">{first}{second}</section>'
    # In the order of their calls, which is none of the pages': `printed` proves it.
    _, _, pdf = printed(f"<p>前文。</p><table>{above}{rows}</table><p>后文。</p>{notes}", vertical)
    for page in range(1, pdf.pages + 1):
        text = [glyph.y for glyph in pdf.glyphs(page) if glyph.text in "甲乙句话"]
        below = [glyph.y for glyph in pdf.glyphs(page) if glyph.text == "注"]
        assert not (text and below) or max(text) < min(below) or max(below) < min(text), page


def text_on(pdf, page):
    return "".join(glyph.text for glyph in pdf.glyphs(page))
