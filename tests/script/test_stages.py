import pytest

from keben.script.dictionaries import dictionary_bytes, dictionary_files, entries, recipe
from keben.script.explain import CONFIGURATIONS
from keben.script.offsets import INEXACT
from keben.script.stages import Match, Stage


def stage(*tiers):
    return Stage([[("", entries)] for entries in tiers])


def test_the_longest_entry_of_a_tier_wins_from_the_left():
    both = stage({"甲": ("A",), "甲乙": ("AB",), "乙丙": ("BC",)})
    assert both.apply("甲乙丙丁") == "AB丙丁"
    assert list(both.matches("甲乙丁")) == [
        Match(0, 2, ("AB",), known=True),
        Match(2, 3, ("丁",), known=False),
    ]
    assert both.phrases("甲乙丁乙丙") == [Match(0, 2, ("AB",), True), Match(3, 5, ("BC",), True)]


def test_an_earlier_tier_wins_over_a_longer_entry():
    assert stage({"甲乙": ("AB",)}, {"甲乙丙": ("ABC",)}).apply("甲乙丙") == "AB丙"
    assert stage({"甲": ("A",)}, {"甲乙": ("AB",)}).apply("甲乙") == "A乙"


def test_the_first_dictionary_of_a_tier_wins_over_another_with_the_same_entry():
    assert Stage([[("", {"甲": ("A",)}), ("", {"甲": ("B",), "乙": ("C",)})]]).apply("甲乙") == "AC"


def test_an_entry_does_not_reach_over_the_end_of_a_text():
    assert stage({"甲乙": ("AB",), "甲乙丙": ("ABC",)}).apply("甲乙") == "AB"
    assert stage({"甲乙丙": ("ABC",)}).apply("甲乙") == "甲乙"


def test_offsets_are_exact_at_edges_and_inside_what_keeps_its_length():
    longer = stage({"甲乙": ("ABC",), "丙": ("CD",), "丁戊": ("X",), "己庚": ("GH",)})
    assert longer.trace("甲乙丙丁戊己庚") == ("ABCCDXGH", [0, INEXACT, 3, 5, INEXACT, 6, 7, 8])


def test_a_text_that_nothing_changes_in_length_has_the_offsets_it_had():
    assert stage({"甲": ("A",)}).trace("子甲") == ("子A", range(3))
    assert stage({"甲": ("A",)}).trace("子丑") == ("子丑", range(3))
    assert stage({"甲": ("A",)}).trace("") == ("", range(1))


def test_a_text_as_a_whole_has_targets_or_none():
    assert stage({"甲": ("A", "B")}).targets("甲") == ("A", "B")
    assert stage({"甲": ("A", "B")}).targets("乙") == ()


def test_a_configuration_is_read_with_its_dictionaries_in_order():
    chosen = recipe("s2twp")
    assert [each.names for each in chosen.chain] == [
        ("STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt", "STCharacters.txt"),
        ("TWPhrases.txt", "TWVariantsPhrases.txt", "TWVariants.txt"),
    ]
    assert b"\t" in dictionary_bytes("TWPhrases.txt")
    assert entries("STCharacters.txt")["发"] == ("發", "髮")


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_dictionaries_of_a_configuration_are_known_before_they_are_read(name):
    chosen = recipe(name)
    stages = [*chosen.normalization, *chosen.chain, *([chosen.segmentation] if chosen.segmentation else [])]
    assert dictionary_files(name) == tuple(sorted({file for stage in stages for file in stage.names}))


@pytest.mark.parametrize(("rare", "there"), [(False, False), (True, True)])
def test_dictionaries_of_rare_characters_are_used_where_they_are_asked_for(rare, there):
    names = [name for stage in recipe("t2s", rare).chain for name in stage.names]
    assert ("TSCharactersExt.txt" in names) is there
