"""Sentences with their templates."""

import copy
import pickle

import pytest

from keben.core.errors import Finding, Place
from keben.core.packing import packed, unpacked
from keben.core.saying import Wording, as_data, from_data, joined, marked, series, wording

SAID = wording("{count:,} of {what}", count=1200, what=wording("a thing"))


def test_a_wording_is_the_english_sentence():
    assert SAID == "1,200 of a thing"
    assert f"{SAID}" == str(SAID) == "1,200 of a thing"
    assert hash(SAID) == hash("1,200 of a thing")
    assert (SAID.template, dict(SAID.values)) == ("{count:,} of {what}", {"count": 1200, "what": "a thing"})


def test_without_values_braces_are_braces():
    assert wording("Write {字|zì}, {} or {#id}.") == "Write {字|zì}, {} or {#id}."
    assert marked("“{text}” is none") == "“{text}” is none"


@pytest.mark.parametrize(
    "again",
    [
        lambda said: pickle.loads(pickle.dumps(said)),
        lambda said: unpacked(packed(said)),
        lambda said: unpacked(packed(Finding(Place("a"), "b", said))).message,
        copy.deepcopy,
        lambda said: from_data(as_data(said)),
        lambda said: str(ValueError(said)),
    ],
)
def test_the_template_goes_where_the_sentence_goes(again):
    made = again(SAID)
    assert isinstance(made, Wording)
    assert (made, made.template, made.values["what"].template) == (SAID, SAID.template, "a thing")


def test_texts_are_put_together():
    assert joined("a ", SAID) + "!" == "a 1,200 of a thing!"
    assert "a " + SAID == "a 1,200 of a thing"
    assert series(()) == ""
    assert series("a") == "a"
    assert series("abc") == "a, b, c"
    assert series("ab", " or ") == "a or b"
    assert wording("No.").rstrip(".") == wording("No.").removesuffix(".") == "No"


@pytest.mark.parametrize("wrong", [None, 1, ["a"], ["a", "b", []], {"a": "b"}])
def test_what_is_no_text_is_refused(wrong):
    with pytest.raises(ValueError, match="no text"):
        from_data(wrong)
