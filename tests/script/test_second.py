"""The text around a character, as a second opinion on its form."""

import pytest

from keben.script.around import opinion
from keben.script.examine import Examiner
from keben.script.marks import LOCKED
from keben.script.passages import converter_for
from keben.script.suspicions import RANKS


def found(name, text):
    using = converter_for((name,), "context")
    passage = using.trace(text)
    return [(each.kind, text[each.start : each.end], each.candidates) for each in
            Examiner(using, "characters").suspicions(passage, text)]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form", "likely"),
    [
        # Far from a word that says it, and with nothing between.
        ("牛肝猪脏", "髒", False),
        ("撚须微笑", "須", False),
        ("必须去", "須", True),
        ("他面带微笑", "面", True),
    ],
)
def test_neighbours_tell_which_form_is_meant(text, form, likely):
    (at,) = [at for at, character in enumerate(text) if character in "脏须面"]
    said = opinion("s2tw", text, at, form)
    assert (said.present > 0.5) is likely
    assert (said.best == form) is likely


def test_nothing_is_said_of_what_was_not_learnt():
    assert opinion("s2tw", "天地", 0, "天") is None
    # A form that the character does not have: an editor's own.
    assert opinion("s2tw", "很脏", 1, "污") is None
    assert opinion("s2hk", "屋里", 1, "裏").best == "裏"


def test_a_place_that_only_the_text_around_doubts_is_flagged():
    assert found("s2tw", "撒下签来") == [("context", "签", ("籤", "簽"))]
    assert RANKS["context"] == 3
    # What is settled is not asked, and an ordinary word stands whatever is around it.
    using = converter_for(("s2tw",), "context")
    assert Examiner(using, "characters").suspicions(using.trace("撒下签来"), f"撒下{LOCKED}来") == []
    assert opinion("s2tw", "战斗", 1, "鬥").present < 0.5
    assert found("s2tw", "战斗") == []


def test_what_rules_and_neighbours_doubt_is_likely_wrong_and_the_better_form_comes_first():
    (one,) = found("s2tw", "施行前已系属于法院之事")
    assert (one[0], one[1], one[2][0]) == ("likely", "已系", "已係")
    assert RANKS["likely"] == 1


def test_the_other_direction_is_as_it_was():
    assert found("tw2s", "覆議") == [("default", "覆", ("覆", "复"))]


def test_what_is_hardly_ever_wrong_is_not_shown():
    # 欲 before a verb: it could be 慾, and never is.
    assert found("s2tw", "有志欲破贼安民，") == []
    # Of regional words nothing was learnt: what they change stays in doubt.
    assert found("s2twp", "冰箱内存放着鸡蛋") != []


@pytest.mark.parametrize("text", ["数字的口径是按人次", "疫情也冲击了生产和贸易", "经由外交途径请中方协助"])
@pytest.mark.parametrize("name", ["s2tw", "s2hk", "s2hkp"])
def test_a_word_of_one_form_is_not_likely_wrong_in_any_region(name, text):
    assert [each for each in found(name, text) if each[0] == "likely"] == []
