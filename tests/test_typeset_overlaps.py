"""Characters that stand where one of the same code stands are known, by their fonts and places."""

from keben.typeset.overlaps import Drawn


def test_a_mark_over_the_same_mark_is_taken_for_it_and_what_stands_beside_is_not() -> None:
    drawn = Drawn(1000)
    drawn.add(3, "A", 500)
    assert drawn.has(3, "A", 500)
    assert drawn.has(3, "A", 430)
    assert not drawn.has(3, "A", 600)
    assert not drawn.has(4, "A", 500)


def test_another_font_s_character_of_the_same_code_counts_where_the_two_may_overlap() -> None:
    drawn = Drawn(1000)
    drawn.add(3, "A", 500)
    assert drawn.has(3, "B", 900)
    assert not drawn.has(3, "B", 1600)
