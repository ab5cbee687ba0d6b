"""Characters that stand where one of the same code stands are known, by their runs and places."""

from keben.typeset.weasy.overlaps import Drawn


def test_a_mark_over_the_same_mark_is_taken_for_it_and_what_stands_beside_is_not() -> None:
    drawn = Drawn(1000)
    drawn.add(3, 1, 500)
    assert drawn.has(3, 1, 500)
    assert drawn.has(3, 1, 430)
    assert not drawn.has(3, 1, 600)
    assert not drawn.has(4, 1, 500)


def test_another_run_s_character_of_the_same_code_counts_where_the_two_may_overlap() -> None:
    drawn = Drawn(1000)
    drawn.add(3, 1, 500)
    assert drawn.has(3, 2, 900)
    assert not drawn.has(3, 2, 1600)
