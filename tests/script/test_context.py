import pytest

from keben.script.context import context
from keben.script.passages import converter_for
from keben.script.words import words


def parted(text, name="s2tw"):
    return "|".join(text[start:end] for start, end in context(name).lattice.segments(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("被发明", "被|发明"),
        ("展示了如何", "展示|了|如何"),
        # A word of the list that is no phrase is divided again.
        ("相冲突", "相|冲突"),
        # What was counted often wins over what was counted seldom.
        ("脱发去植发", "脱发|去|植发"),
        ("吃饭团当早餐", "吃|饭团|当|早餐"),
        # A phrase that no list of words has gives way.
        ("这是只能步行的路", "这|是|只能|步行|的|路"),
        ("", ""),
    ],
)
def test_a_clause_is_parted_by_how_often_words_are_used(text, parts):
    assert parted(text) == parts


def test_regional_phrases_are_known_as_the_source_writes_them():
    assert parted("改变量子态", "s2twp") == "改变|量子|态"


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("他来了，被发明了。完", [(4, 8)]),
        ("被发明，被发明", [(0, 3), (4, 7)]),
        ("头发", []),
        ("", []),
    ],
)
def test_only_clauses_with_overlapping_phrases_are_parted(text, spans):
    assert context("s2tw").looked_at(text) == spans


def test_hits_are_found_once_each():
    assert list(context("s2tw").hits("头发被发明")) == [(0, 2), (2, 4)]


def test_the_way_to_simplified_has_no_context():
    assert context("tw2s") is None
    assert converter_for(("tw2s",), "context").convert("頭髮發展") == "头发发展"


def test_words_have_costs_by_their_counts():
    known = words()
    assert known.cost("中国") < known.cost("丑角")
    assert known.cost("没有这个词") is None
    assert "国" in known.counts.seconds("中")
    assert " " in known.counts.seconds("中")
    assert "嗝" not in known.counts.seconds("没")
