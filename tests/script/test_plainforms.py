from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keben.script.context import context
from keben.script.dictionaries import Recipe, recipe
from keben.script.engine import converter
from keben.script.entries import Entries
from keben.script.passages import converter_for, prepare
from keben.script.plainforms import plain_forms
from keben.script.stages import Stage

NAMES = ("s2t", "s2tw", "s2twp", "s2hk", "s2hkp")


def forms_of(*stages: dict[str, str]):
    chain = tuple(
        Stage([[("", Entries("".join(f"{source}\t{target}\n" for source, target in each.items())))]])
        for each in stages
    )
    return plain_forms(Recipe("a", (), None, chain), lambda _: 0.0)


def test_a_character_has_the_form_that_all_stages_give_it():
    plain = forms_of({"里": "裏", "说": "說"}, {"裏": "裡", "床": "牀"})
    assert plain is not None
    assert "里说床中".translate(plain.forms) == "裡說牀中"


def test_a_later_phrase_is_found_by_what_becomes_of_the_source():
    plain = forms_of({"里": "裏", "说": "說"}, {"裏": "裡", "說裏": "XY", "裏中": "裡中"})
    assert plain is not None
    # A character that is in no dictionary may stand in the source as it comes out.
    assert {*plain.hits("中说里")} == {*plain.hits("中说裏")} == {*plain.hits("中說里")} == {(1, 3)}
    assert {*plain.hits("说中里")} == set()
    # It comes out as its characters do.
    assert {*plain.hits("里中")} == set()


def test_a_phrase_over_a_pause_leaves_all_of_a_text_to_opencc():
    assert forms_of({"里": "裏", "里，里": "XYZ"}) is None


def test_a_form_of_another_length_leaves_all_of_a_text_to_opencc():
    assert forms_of({"里": "裏裏"}) is None


@pytest.mark.parametrize("name", NAMES)
def test_opencc_is_asked_for_clauses_with_phrases_alone(name):
    prepared = prepare(name, "他说这里很大，头发很长。")
    assert prepared.asked is not None
    assert [prepared.text[start:end] for start, end in prepared.asked.spans] == ["头发很长"]


def phrases_of(name: str) -> list[str]:
    """Some of all phrases of a configuration, each as the source has it and as a stage takes it."""
    stages = [
        sorted(source for tier in stage.tiers for _, entries in tier for source in entries if len(source) > 1)
        for stage in recipe(name).chain
    ]
    taken = [phrase for each in stages for phrase in each[:: max(1, len(each) // 1500)]]
    return [*taken, *converter(("t2s",))("\n".join(taken)).split("\n")]


@pytest.mark.parametrize("name", NAMES)
def test_each_phrase_comes_out_as_opencc_converts_it(name):
    """Together and divided, and beside others, what is asked in parts is what OpenCC makes of the whole."""
    phrases = phrases_of(name)
    text = "\n".join(f"{one}{other}{one[:1]}，{one[:-1]}的{other[1:]}" for one, other in pairwise(phrases))
    prepared = prepare(name, text)
    whole = converter((name,))
    assert prepared.asked is not None
    assert prepared.asked.converted(prepared.text, whole) == whole(prepared.text)


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(phrases_of("s2twp")),
        st.sampled_from(["，", "\n", "的", "a ", "𠮷", "\U000e0100", "裏", "\0"]),
    ),
    max_size=8,
).map("".join)


@settings(max_examples=200)
@given(TEXTS)
def test_any_text_comes_out_as_opencc_converts_it(text):
    whole = converter(("s2twp",))
    prepared = prepare("s2twp", text)
    assert prepared.asked is not None
    assert prepared.asked.converted(prepared.text, whole) == whole(prepared.text)


def test_rare_characters_are_left_to_opencc():
    known = context("s2t")
    assert known is not None and known.plain is not None
    rare = converter_for(("s2t",), "context", rare=True)
    assert rare.convert("𬶋") == converter(("s2t",), rare=True)("𬶋")
