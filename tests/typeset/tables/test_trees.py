"""What a table's tree gets before it is laid out."""

import pytest

from keben.core.markup import parse, text_of, walk
from keben.typeset.tables.trees import (
    CONTINUED,
    POINT,
    continuing,
    table_for_pages,
    with_figures,
    with_its_classes,
)


def column(*cells):
    return parse("<table>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in cells) + "</table>")


def points(table):
    made = table_for_pages(table)
    return [node.get(POINT) for node in walk(made) if node.tag == "td"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("12.5", "3", "1,038.25"), ["2", "1", "5"]),
        (("¥1.50", "-3", "+12%", "—"), ["2", "2", "3", "1"]),
        (("12.5", "——", "3", "/", "—"), ["2", "2", "1", "1", "1"]),
        (("12.5", "——", "——"), ["", "", ""]),
        (("1 000 000", "20 km"), ["9", "2"]),
        (("<strong>12.5</strong>", "3.25"), ["2", "1"]),
        (("12.5", "很多", "很少", "无"), ["", "", "", ""]),
        (("12.5", ""), ["", ""]),
        (("2020年", "2021年", "2022年"), ["4", "4", "4"]),
        (("1.2.3", "4.5.6"), ["", ""]),
    ],
)
def test_numbers_in_columns_of_numbers_say_where_their_point_is(cells, expected):
    assert points(column(*cells)) == expected


def test_decimal_asks_for_it_in_columns_of_text():
    table = column("12.5", "很多", "3.25", "很少", "无", "没有")
    assert points(table.with_attributes(**{"class": "decimal"})) == ["2", "", "1", "", "", ""]
    figure = parse('<figure class="table decimal"></figure>').with_children([table])
    assert ["decimal" in node.classes for node in with_its_classes(figure).children] == [True]


def test_cells_of_several_rows_and_columns_have_their_columns():
    rows = '<tr><td rowspan="2">甲</td><td>1.5</td></tr><tr><td>22.5</td></tr><tr><td colspan="2">3</td></tr>'
    assert points(parse(f"<table>{rows}</table>")) == ["", "1", "2", ""]


@pytest.mark.parametrize("number", ["1 000 000", "3/4", "1:50", "2×10", "3–5", "−3/4"])
def test_a_number_that_a_line_could_end_in_is_kept_whole(number):
    made = table_for_pages(column(f"约{number}个"))
    assert [text_of(node.children) for node in walk(made) if "keep" in node.classes] == [number]
    assert text_of(made.children) == f"约{number}个"


def figure(table, caption='<span class="number">表1-1</span> 人口<a class="noteref">1</a>'):
    return parse(f'<figure class="table"><figcaption>{caption}</figcaption>{table}</figure>')


def said(node):
    return [each.get("data-continued") for each in walk(node) if each.get("data-continued")]


def test_a_table_says_where_it_goes_on_which_it_is():
    table = "<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    made = continuing(figure(table), "续{number}")
    assert said(made) == ["续表1-1\u3000人口"]
    (row,) = (node for node in walk(made) if node.tag == "tr" and CONTINUED in node.classes)
    assert [(cell.tag, cell.get("colspan")) for cell in row.children] == [("td", "2")]


def test_a_table_without_a_head_gets_one_for_it():
    made = continuing(figure("<table><tbody><tr><td>1</td></tr></tbody></table>"), "续{number}")
    assert [node.tag for node in walk(made) if node.tag in ("thead", "tbody")] == ["thead", "tbody"]


def test_a_table_without_a_caption_says_nothing():
    table = parse('<figure class="table"><table><tr><td>1</td></tr></table></figure>')
    assert continuing(table, "续{number}") == table


def test_a_table_without_a_caption_that_moves_stands_in_a_figure():
    made = with_figures(
        parse('<section><table class="wide small"><tr><td>1</td></tr></table><table/></section>')
    )
    assert [(node.tag, node.get("class")) for node in made.children] == [
        ("figure", "table wide"),
        ("table", ""),
    ]
    assert with_figures(parse('<figure><table class="wide"/></figure>')).children[0].tag == "table"


def test_a_table_in_html_has_its_caption_as_others_have_it():
    made = with_figures(
        parse('<section><table id="t"><caption class="a">两行</caption><tr><td>1</td></tr></table></section>')
    )
    (figure,) = made.children
    assert (figure.tag, figure.get("class")) == ("figure", "table")
    caption, table = figure.children
    assert (caption.tag, caption.get("class"), text_of(caption)) == ("figcaption", "a", "两行")
    assert (table.tag, table.get("id"), [child.tag for child in table.children]) == ("table", "t", ["tr"])
    assert with_figures(figure) == figure
