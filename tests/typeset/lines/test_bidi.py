"""Right-to-left words in lines worked out from left to right: gaps, clusters and phrases."""

from time import perf_counter

import pytest

from keben.typeset.lines.bidi import PHRASE, clusters, turned


def test_gaps_follow_the_words_round() -> None:
    # 甲 אב גד 乙, in which 1 follows 甲, 2 and 3 the words, and 4 the space.
    after = [1, 0, 2, 4, 0, 3, 0]
    assert turned(after, [(0, 1, 0), (1, 6, 1), (6, 7, 0)]) == [1, 3, 0, 2, 4, 0, 0]
    assert turned(after, [(0, 7, 0)]) is after
    # The phrase in two runs, as two fonts make it: in any order.
    assert turned(after, [(4, 6, 1), (0, 1, 0), (1, 4, 1), (6, 7, 0)]) == [1, 3, 0, 2, 4, 0, 0]
    # A number within the phrase stands from left to right.
    assert turned([0, 0, 7, 0, 9], [(0, 1, 1), (1, 3, 2), (3, 5, 1)]) == [9, 0, 0, 7, 0]


def test_what_is_added_is_the_same_whichever_way_it_runs() -> None:
    after = list(range(1, 9))
    assert sum(turned(after, [(0, 2, 0), (2, 5, 1), (5, 6, 2), (6, 8, 0)])) == sum(after)


def test_clusters_in_both_directions() -> None:
    assert list(clusters([0, 1, 1, 3], 5, is_rtl=False)) == [(0, 0, 1), (2, 1, 3), (3, 3, 5)]
    assert list(clusters([4, 2, 2, 0], 6, is_rtl=True)) == [(0, 4, 6), (2, 2, 4), (3, 0, 2)]
    assert list(clusters([], 0, is_rtl=True)) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("甲אב גד乙", "אב גד"),
        ("年 عام 2024 م 与", "عام 2024 م"),
        ("（السلام، عليكم؟）", "السلام، عليكم؟"),
        ("a שלום 12。", "שלום"),
    ],
)
def test_a_phrase_ends_with_its_last_letter(text: str, phrase: str) -> None:
    assert [match[0] for match in PHRASE.finditer(text)] == [phrase]


def test_a_long_phrase_is_found_fast() -> None:
    began = perf_counter()
    assert PHRASE.fullmatch("שלום " * 5000 + "x") is None
    assert PHRASE.fullmatch("ש" * 50000 + "x") is None
    assert perf_counter() - began < 2
