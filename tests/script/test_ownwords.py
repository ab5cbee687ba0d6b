import pytest

from keben.script.examine import Examiner
from keben.script.ownwords import OwnWord, forms_of, own_words
from keben.script.passages import converter_for

TARGETS = {"云": ("雲", "云"), "丰": ("豐", "丰")}
VARIED = ["见云岫走来", "对云岫笑", "同云岫说", "寻云岫去", "云岫道"]


def found(texts, listed=()):
    return own_words(texts, TARGETS.keys(), lambda word: word in listed)


def test_a_name_that_keeps_together_is_found_with_its_places():
    assert found(VARIED) == [OwnWord("云岫", ((0, 1), (1, 1), (2, 1), (3, 1), (4, 0)))]


@pytest.mark.parametrize(
    ("texts", "listed"),
    [
        # A list has it.
        (VARIED, ["云岫"]),
        # Too seldom.
        (VARIED[:3], []),
        # Always beside the same: a part of something longer.
        (["见云岫走"] * 5, []),
        # Both characters stand elsewhere as often.
        ([*VARIED, "云" * 20, "岫" * 20], []),
        # A function word makes no name.
        ([text.replace("岫", "了") for text in VARIED], []),
        # Settled.
        ([text.replace("云", "\ufdd0") for text in VARIED], []),
        # Not across a mark.
        ([text.replace("云", "云，") for text in VARIED], []),
    ],
)
def test_what_is_no_word_of_the_book_is_not_found(texts, listed):
    assert found(texts, listed) == []


def test_a_word_grows_by_what_always_goes_with_it():
    texts = ["见尤云岫走来", "对尤云岫笑", "同尤云岫说", "寻尤云岫去", "尤云岫道"]
    assert [word.text for word in found(texts)] == ["尤云岫"]


def test_the_forms_of_a_word_begin_with_the_usual_one():
    assert forms_of("云丰", TARGETS, "雲豐") == ["雲豐", "雲丰", "云豐", "云丰"]
    assert forms_of("云a", TARGETS, "xyz") == ["xyz"]


@pytest.mark.parametrize(("word", "forms"), [("周鲂", []), ("刘辟", ["劉闢", "劉辟"]), ("景升", [])])
def test_a_surname_of_one_form_or_a_spelling_by_taste_is_no_question(word, forms):
    examiner = Examiner(converter_for(("s2tw",), "context"), "characters")
    texts = [f"{before}{word}{after}" for before, after in ("见来", "对笑", "同说", "寻去", "问答")]
    asked = {each.text: several for each, several in examiner.own_words(texts)}
    assert [form for form in asked.get(word, []) if len(asked[word]) > 1] == forms
