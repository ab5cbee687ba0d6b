from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from keben.script.offsets import INEXACT, around, cut, of_pieces, then


def test_pieces_that_keep_their_length_are_exact_inside():
    assert of_pieces([(2, 2), (2, 3), (0, 1), (1, 0)]) == [0, 1, 2, INEXACT, 6, 6]


def test_one_table_after_another():
    assert then([0, INEXACT, 3], [0, 1, INEXACT, 5]) == [0, INEXACT, 5]
    assert then(range(3), [0, 2, 4]) == [0, 2, 4]
    assert then([0, 2, 4], range(5)) == [0, 2, 4]


def test_a_span_grows_to_exact_edges():
    assert around([0, INEXACT, 3, 4], 1, 1) == (0, 2)
    assert around([0, 1, 2], 1, 2) == (1, 2)


def test_a_border_inside_a_changed_phrase_moves_to_its_edge_and_is_reported():
    # 看内存条 → 看記憶體條, cut after 看 and inside 内存
    table = [0, 1, INEXACT, 4, 5]
    assert cut("看内存条", "看記憶體條", table, [1, 2]) == (["看", "記憶體", "條"], ["内存"])
    assert cut("看内存条", "看記憶體條", table, [1, 3]) == (["看", "記憶體", "條"], [])


PIECES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8)


@given(PIECES, st.data())
def test_pieces_are_the_output_cut_anywhere(pieces, data):
    table = of_pieces(pieces)
    source, output = "字" * (len(table) - 1), "x" * sum(after for _, after in pieces)
    exact = [offset for offset in table if offset != INEXACT]
    assert all(one <= other for one, other in pairwise(exact))
    borders = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=5)))
    parts, _ = cut(source, output, table, borders)
    assert "".join(parts) == output
    assert len(parts) == len(borders) + 1
