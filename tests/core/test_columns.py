"""Numbers and capitals that stand upright in columns."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import sample_composition

from keben.core.columns import for_columns
from keben.core.composition import Document
from keben.core.markup import parse, serialize, text_of, walk


def document(html, kind="chapter"):
    return Document("one", kind, "题", parse(f"<section>{html}</section>"))


def upright(html, kind="chapter"):
    composition = replace(sample_composition(), documents=(document(html, kind),))
    (made,) = for_columns(composition).documents
    assert text_of(made.root) == text_of(parse(f"<section>{html}</section>"))
    return [text_of(node) for node in walk(made.root) if node.get("class") == "upright"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("第3章，共12頁", ["3", "12"]),
        ("2020年4月12日", ["4", "12"]),
        ("A計畫、第B組", ["A", "B"]),
        ("a計畫、AB組、A4紙、3D、96%、1.5倍、10:30、−5度、3′", []),
        ("123、1,000、5–7人、B-1", []),
        ("A\u0301、1\ufe0f\u20e3", []),
        ("iPhone 12 Pro、Part 3", []),
        ("（Station No. 1）、Fig. 12", []),
        ("約 12 人", ["12"]),
        ("3<em>5</em>歲", []),
        ("共<em>35</em>歲", ["35"]),
        ("<p>甲1</p><p>2乙</p>", ["1", "2"]),
        ("<p>1<br/>2</p>", ["1", "2"]),
        ("<code>5</code><pre>5</pre><kbd>A</kbd>", []),
        ('<span lang="en">Part 1, A</span>第1部', ["1"]),
        ('<span lang="zh-Hant">第1部</span>', ["1"]),
        ("<ruby>一<rt>1</rt></ruby>", []),
        ("（3）、〔4〕「5」", ["3", "4", "5"]),
    ],
)
def test_one_or_two_digits_and_a_capital_by_themselves_stand_upright(html, expected):
    assert upright(html) == expected


def test_spans_stand_where_the_text_was():
    composition = replace(sample_composition(), documents=(document("<p>第<b>12</b>頁、3頁</p>"),))
    (made,) = for_columns(composition).documents
    assert serialize(made.root) == (
        '<section><p>第<b><span class="upright">12</span></b>頁、<span class="upright">3</span>頁</p></section>'
    )


def test_a_drawing_is_left_as_it_is():
    assert upright("<p>第3頁</p>", "drawing") == []


@given(st.lists(st.sampled_from(["12", "3", "第", "<em>", "A", " ", "章", "x", "，"]), max_size=12))
def test_no_text_is_lost(parts):
    html = "".join(part if part != "<em>" else "<em>字7</em>" for part in parts)
    assert all(len(found) <= 2 for found in upright(html))
