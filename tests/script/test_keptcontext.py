"""Dictionaries that come ready from the store convert as those that were read."""

from pathlib import Path

import pytest

from keben.core.store import Store
from keben.script import context
from keben.script.passages import converter_for
from keben.script.wordplaces import places_of
from keben.script.words import KeptWords, kept_words, words

TEXT = "被发明的头发，里程后来发了。他说：只有干燥的面条和太后，一出戏；软件里的内存，并发症，相冲突。" * 3


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Nothing is known, and no tables came with Keben."""
    known: dict[str, object] = {}
    monkeypatch.setattr(context, "ready_made", lambda _: None)
    monkeypatch.setattr(context, "_known", known)
    return known


def test_the_sum_of_the_word_list_is_that_of_its_counts() -> None:
    kept = kept_words()
    assert kept.total == sum(int(line.split(" ")[1]) for line in kept.text.split("\n"))


def test_the_word_list_is_the_same_word_by_word() -> None:
    read = words()
    kept = kept_words().list
    assert dict(kept.counts) == dict(read.counts)
    assert len(kept.counts) == len(read.counts)
    assert kept.total == read.total
    assert "" not in kept.counts
    assert 7 not in kept.counts
    assert kept.counts.get("头发") == read.counts["头发"]
    assert kept.cost("没有这个词吧") is None
    with pytest.raises(KeyError):
        kept.counts["没有这个词吧"]


@pytest.mark.parametrize("name", ["s2twp", "s2hk"])
def test_what_is_kept_converts_the_same(name: str, tmp_path: Path, fresh: dict[str, object]) -> None:
    expected = converter_for((name,), "context").convert(TEXT)
    made = fresh.pop(name)
    store = Store(tmp_path, "tools")
    context.make_ready(name, store)
    assert len([*tmp_path.glob("*/*.kept")]) == 1
    fresh.clear()
    context.make_ready(name, store)
    assert fresh[name] is not made
    assert converter_for((name,), "context").convert(TEXT) == expected
    kept = fresh[name]
    assert kept.changing == made.changing  # type: ignore[attr-defined]
    assert kept.chooser == made.chooser  # type: ignore[attr-defined]
    assert kept.anchors == made.anchors  # type: ignore[attr-defined]
    for attribute in ("phrases", "longer"):
        assert getattr(kept.lattice, attribute) == getattr(made.lattice, attribute)  # type: ignore[attr-defined]


def test_nothing_is_kept_of_what_came_with_keben(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_known", {})
    context.make_ready("s2twp", Store(tmp_path, "tools"))
    assert [*tmp_path.iterdir()] == []


def test_nothing_is_kept_without_a_store_nor_of_the_other_way(
    tmp_path: Path, fresh: dict[str, object]
) -> None:
    context.make_ready("s2twp", Store())
    context.make_ready("tw2s", Store(tmp_path, "tools"))
    assert fresh == {}
    assert [*tmp_path.iterdir()] == []


def test_a_word_is_found_wherever_it_stands_in_the_list() -> None:
    text = "甲 3 n\n甲乙 2 n\n丙丁 4 n\n丙 5 n\n丙丁戊 8 n\n乙甲 1 n\n甲丁 6 n\n甲乙丙 7 n"
    counts = KeptWords(text, places_of(text), 36).list.counts
    said = [counts.get(each) for each in ("甲", "丙", "乙", "丁", "甲乙", "甲丁", "丙丁", "甲")]
    assert said == ["3", "5", None, None, "2", "6", "4", "3"]
    assert [counts.get(each) for each in ("甲乙丙", "丙丁戊", "丙丁甲", "")] == ["7", "8", None, None]
    assert sorted(counts) == sorted(line.split(" ")[0] for line in text.split("\n"))
    assert [{*counts.seconds(each)} for each in "甲乙丙丁"] == [{*" 乙丁"}, {"甲"}, {*" 丁"}, set()]
