"""Names and titles in the boxes of a drawing: whatever is written, it stays inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.compose.fitting import LEADING, ems, fit_credits, fit_text, fit_title, wrapped
from keben.core.credits import Credit, kept
from keben.core.variants import own

WORDS = {"list_separator": "、", "by": "{names}　著", "credit": "{names}　{role}", "others": "{name}等"}
FOREIGN = ("亚历山大·谢尔盖耶维奇", "弗朗西斯·斯科特", "约翰·罗纳德·瑞尔")


def inside(fitted, width, height):
    high = (len(fitted.lines) - 1) * fitted.size * LEADING + fitted.size
    return high <= height + 0.1 and all(ems(line) * fitted.size <= width + 0.5 for line in fitted.lines)


def test_one_short_name_stands_at_the_full_size():
    fitted = fit_credits([Credit("aut", "著", "著者", ("某人",))], WORDS, 1280, 300, 60)
    assert (fitted.lines, fitted.size) == (("某人　著",), 60)
    assert fitted.rows(1940)[0][1] == "某人　著"


def test_each_part_has_lines_of_its_own_and_long_ones_break_between_names():
    several = [Credit("aut", "著", "著者", FOREIGN), Credit("trl", "译", "译者", ("某人",))]
    fitted = fit_credits(several, WORDS, 1280, 300, 60)
    assert fitted.lines == ("亚历山大·谢尔盖耶维奇、弗朗西斯·斯科特、", "约翰·罗纳德·瑞尔　著", "某人　译")


def test_names_that_have_no_room_become_others():
    fitted = fit_credits([Credit("aut", "著", "著者", tuple(FOREIGN * 40))], WORDS, 1280, 300, 60)
    assert inside(fitted, 1280, 300)
    assert "".join(fitted.lines).endswith("等　著")


def test_a_name_that_is_kept_from_conversion_may_be_broken_all_the_same():
    names = tuple(kept(name) for name in FOREIGN)
    lines = fit_credits([Credit("aut", "著", "著者", names)], WORDS, 400, 900, 60).lines
    assert len(lines) > 3
    assert own("".join(lines)) == "、".join(FOREIGN) + "　著"


_NAME = st.text("甲乙丙·、 Abc，。（）-", min_size=1, max_size=120)


@given(st.lists(_NAME, min_size=1, max_size=40), st.sampled_from([(1280, 300), (1280, 80), (300, 60)]))
def test_credits_stay_inside_whatever_they_are(names, box):
    fitted = fit_credits([Credit("aut", "著", "著者", tuple(map(kept, names)))], WORDS, *box, 60)
    assert inside(fitted, *box)


@given(st.text("甲乙：，。Ab 　“”", max_size=400).filter(str.strip))
def test_titles_stay_inside_whatever_they_are(title):
    assert inside(fit_title(title, 1200, 1160), 1200, 1160)
    assert inside(fit_text(title, 1280, 100, 44), 1280, 100)


@given(st.text("甲乙、·Ab ，。", max_size=80), st.integers(3, 30))
def test_a_wrapped_text_is_whole(text, width):
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


@pytest.mark.parametrize(("middle", "baseline"), [(100, 107), (0, 67), (300, 197)])
def test_rows_are_moved_into_the_box(middle, baseline):
    assert fit_text("甲", 100, 40, 20).rows(middle, 50, 200) == [(baseline, "甲")]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("深入Python编程语言实践指南", ("深入Python", "编程语言实践指南")),
        ("Understanding深度学习", ("Understanding", "深度学习")),
        ("C++ Primer中文版", ("C++ Primer", "中文版")),
        ("2020年春：一百七十国", ("2020年春：", "一百七十国")),
        ("爱O'Brien的日子很长很长", ("爱O'Brien", "的日子很长很长")),
    ],
)
def test_a_title_never_parts_a_word_of_letters(title, lines):
    assert fit_title(title, 1200, 600).lines == lines


def test_in_a_title_that_stands_upright_a_word_lies_whole_and_makes_it_smaller():
    fitted = fit_title("深入Python", 226, 1500, 190, 1)
    assert fitted.lines == ("深", "入", "Python")
    assert ems("Python") * fitted.size <= 226
    assert fit_title("一九84", 226, 1500, 190, 1).lines == ("一", "九", "8", "4")
