import re

import pytest
from drafts import sample

from keben.lint.fixing import fix
from keben.lint.running import look
from keben.lint.table import RULES

WRONG = [(rule, wrong, better) for rule in RULES for wrong, better in rule.wrong]
RIGHT = [(rule, right) for rule in RULES for right in rule.right]


@pytest.mark.parametrize(
    ("rule", "wrong", "better"), WRONG, ids=[f"{rule.number}-{wrong}" for rule, wrong, _ in WRONG]
)
def test_what_a_rule_calls_wrong_is_found_and_becomes_what_it_says(rule, wrong, better):
    draft = sample(rule, wrong)
    remarks = look([draft])
    assert remarks
    assert {remark.rule.number for remark in remarks} == {rule.number}
    if better is None:
        assert not any(remark.edits for remark in remarks)
    else:
        fixed = fix([draft], offered=True).pages[0]
        assert fixed.text == better
        assert look([fixed]) == ()


@pytest.mark.parametrize(("rule", "right"), RIGHT, ids=[f"{rule.number}-{right}" for rule, right in RIGHT])
def test_what_a_rule_calls_right_is_passed_over(rule, right):
    assert look([sample(rule, right)]) == ()


def test_every_rule_has_a_number_a_name_a_reason_a_source_and_examples_of_both_kinds():
    assert len({rule.number for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert re.fullmatch(r"K[1-9][0-9]{2}", rule.number)
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
        assert rule.reason.endswith(".")
        assert rule.source
        assert rule.wrong, rule.number
        assert rule.right, rule.number
        assert [rule.check, rule.page_check, rule.book_check].count(None) == 2
        assert (rule.fix == "none") == all(better is None for _, better in rule.wrong), rule.number


def test_a_rule_whose_fix_is_certain_fixes_an_example_without_being_asked_for_more():
    for rule in RULES:
        if rule.fix == "certain":
            assert any(fix([sample(rule, wrong)]).pages[0].text != wrong for wrong, _ in rule.wrong), (
                rule.number
            )
        else:
            assert all(fix([sample(rule, wrong)]).pages[0].text == wrong for wrong, _ in rule.wrong), (
                rule.number
            )


def test_a_dot_beside_a_word_with_ruby_parts_a_name_too():
    (rule,) = (rule for rule in RULES if rule.name == "interpunct")
    draft = sample(rule, "列夫•{托|tuō}尔斯泰，列夫．{托|tuō}尔斯泰。")
    assert fix([draft]).pages[0].text == "列夫·{托|tuō}尔斯泰，列夫·{托|tuō}尔斯泰。"
