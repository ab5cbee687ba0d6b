"""Right-to-left words in lines worked out from left to right: gaps, clusters, phrases in markup."""

from time import perf_counter

import pytest

from keben.core.markup import Element, parse, text_of, walk
from keben.typeset.lines.bidi import PHRASE, clusters, turned
from keben.typeset.phrases import LEFTWARD, TURNED, with_parted_phrases


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


def parted(body: str) -> tuple[Element, list[str]]:
    root = with_parted_phrases(parse(f"<div>{body}</div>"))
    return root, [text_of(node) for node in walk(root) if TURNED in node.classes]


def test_only_what_markup_cuts_up_is_parted() -> None:
    assert parted("<p>甲אב גד乙</p>")[1] == []
    assert parted("<p>甲<em>אב</em>乙</p>")[1] == []
    assert parted("<p>甲<em>אב</em> גד乙</p>")[1] == ["אב", " גד"]
    assert parted("<p>甲<a href='#a'>א<em>ב</em></a>乙，גד</p>")[1] == ["א", "ב"]
    assert parted("<p>甲אב</p><p>גד乙</p>")[1] == []
    root, _ = parted("<p>甲<em>אב</em> גד乙</p>")
    assert text_of(root) == "甲אב גד乙"


def test_a_block_of_nothing_else_runs_leftward() -> None:
    root, _ = parted("<p>אבג 12.</p><p>甲אבג</p><p>汉字</p><table><tr><td>שלום</td><td>a</td></tr></table>")
    assert [text_of(node) for node in walk(root) if LEFTWARD in node.classes] == ["אבג 12.", "שלום"]
