import re

from drafts import page
from hypothesis import given, settings
from hypothesis import strategies as st

from keben.lint.fixing import fix
from keben.lint.running import look
from keben.markdown.passages import prose_of

PIECES = st.sampled_from(
    [
        *"好的一二十你我，。、；：！？…—“”‘’「」《》（）",
        *[
            ",", ".", ";", ":", "?", "!", "...", "--", "-", "·", "•", '"', "'", "(", ")", " ", "  ", "\u3000", "\u00a0", "\u200b", "\t",
            "\n", "\n\n", "\n\n", "\n- ", "\n> ", "\n1. ", "\n# ", "\n    ", "\n| 甲 | 乙 |\n|---|---|\n| 丙, | 丁 |\n", "\n```\n好,的\n```\n",
            "`码,好`", "**", "*", "[", "](a,b.md)", "![图,](a.png)", "<b>", "</b>", "<code>", "</code>", "<br>", "$x,y$", "{字|zì}", "-{好,}-",
            "[^1]", "^[注,]", "\n\n[^1]: 注,文\n\n", "ＡＢ１", "Ab", "12", "3~5", "\\", "&amp;", "https://a.b/,c", "<https://a.b/>", "。。。", "，，",
            "們", "⼀", "二○二六年", "\n<div>\n好,的 <i>x</i>\n</div>\n", "＃＃ ", "＊＊", "［^1］", "＞ ", "｛字｜zì｝", "{.a}", "~~", "━", "  \n",
        ],
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=24).map("".join)
SHAPES = ("K1",)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_fixing_twice_is_fixing_once(text):
    once = fix([page(text)]).pages
    assert fix(once).pages[0].text == once[0].text


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_fixes_of_the_text_leave_the_structure_the_lines_and_all_that_is_no_prose(text):
    fixed = fix([page(text, ignore=SHAPES)], offered=True).pages[0]
    assert prose_of(fixed.text).shape == prose_of(text).shape
    assert fixed.text.count("\n") == text.count("\n")
    assert code_in(fixed.text) == code_in(text)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_every_edit_is_where_prose_stands(text):
    draft = page(text, ignore=("K504", "K506", *SHAPES))
    prose = {
        at
        for one in draft.prose.passages
        for _, start, length in one.runs
        for at in range(start, start + length)
    }
    for remark in look([draft]):
        for edit in remark.edits:
            assert set(range(edit.start, edit.end)) <= prose
            assert "\n" not in edit.text


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_each_character_of_prose_stands_in_the_source_where_it_says(text):
    for one in prose_of(text).passages:
        for at, start, length in one.runs:
            assert one.text[at : at + length] == text[start : start + length]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_fixes_keep_lines_apart_also_where_they_change_the_structure(text):
    assert fix([page(text)]).pages[0].text.count("\n") == text.count("\n")


def code_in(text: str) -> list[str]:
    """Pieces that no fix may touch, wherever they stand."""
    return re.findall(r"```\n.*?\n```|https://a\.b/,c|\]\(a,b\.md\)", text, re.DOTALL)


def test_what_is_in_code_addresses_formulas_readings_and_variants_stays():
    text = "见`a,好`、[好](http://a.b/,好)、好$x,y$好、{好,|zì}和-{好,}-，<https://a.b/好,>。\n\n```\n好,好\n```\n"
    assert fix([page(text)], offered=True).pages[0].text == text


def test_front_matter_attributes_and_comments_stay():
    text = '---\ntitle: 好,好\n---\n\n<div title="好,好">好,好 <!-- 好,好 --></div>\n'
    fixed = fix([page(text)]).pages[0].text
    assert fixed == text.replace(">好,好 <", ">好，好 <")


def test_a_fix_crosses_emphasis_without_touching_it():
    assert fix([page("刻本(一种**好**书)。")]).pages[0].text == "刻本（一种**好**书）。"


def test_a_fix_that_would_make_a_list_of_a_paragraph_is_left_out():
    text = "　　- 他走了。"
    assert fix([page(text)], offered=True).pages[0].text == text


def test_nothing_certain_is_left_in_a_fixed_text():
    text = '"你好,"她说."走吧..."他想了想--算了。。。　二○二六年, ３ 月 ,《《红楼梦》研究》\n\n　　列夫•托尔斯泰(俄国) ，，好。'
    fixed = fix([page(text)]).pages
    assert not [remark for remark in look(fixed) if remark.is_certain]
