import math

import pytest

from keben.script.ambiguity import ambiguity
from keben.script.likelihood import WORTH, features, least_worth, likelihood

KNOWN = ambiguity("s2tw")


def likely(kind, phrase, present, opinion):
    return likelihood(KNOWN, kind, phrase, present, opinion, "free")


@pytest.mark.parametrize("kind", ["default", "several", "phrase", "context", "ordinary", "name", "overlap"])
def test_a_place_that_the_text_around_speaks_against_is_likelier_wrong(kind):
    assert likely(kind, "复", "覆", 0.01) > likely(kind, "复", "覆", 0.9) > 0


def test_the_clearer_what_stands_around_speaks_against_a_form_the_likelier_it_is_wrong():
    assert likely("ordinary", "面", "面", 0.7) < likely("ordinary", "面", "面", 0.01)


def test_what_is_known_of_a_place_does_not_depend_on_how_an_edition_writes_a_form():
    taiwan = set(features(KNOWN, "default", "里", "裡", 0.2, "free"))
    hong_kong = set(features(ambiguity("s2hk"), "default", "里", "裏", 0.2, "free"))
    assert taiwan == hong_kong
    assert {"kind default", "size 1", "all"} < taiwan


def test_taiwans_counts_are_known_of_a_word():
    assert "taiwan -1" in set(features(KNOWN, "several", "不准", "不準", None, "free"))
    assert not any(
        each.startswith("taiwan") for each in features(KNOWN, "several", "甲乙", "甲乙", None, "free")
    )


def test_the_surer_a_form_is_by_its_word_the_likelier_a_place_must_be_wrong_to_be_asked_about():
    assert least_worth("free") == least_worth("ordinary") == WORTH
    assert least_worth("everyday") == least_worth("settled") == 2 * WORTH
    assert least_worth("certain") == math.inf
    assert likelihood(KNOWN, "ordinary", "准", "准", 0.3, "settled") < likely("ordinary", "准", "准", 0.3)
