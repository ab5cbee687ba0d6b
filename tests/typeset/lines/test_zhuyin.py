"""Where the letters of a zhuyin reading stand, in the unit of their size."""

import pytest

from keben.typeset.lines.zhuyin import CENTRE, places


def test_in_columns_letters_stand_to_the_right_of_their_character_one_under_the_other():
    em, size = 10.0, 4.2
    first, second, third, tone = places("ㄍㄨㄛˊ", size, em, vertical=True)
    # Down the column, and up from its baseline: the character's em box is 0.12 em under it and 0.88 over.
    middles = [(x + size / 2, y + CENTRE * size) for x, y in (first, second, third)]
    assert [y for _, y in middles] == pytest.approx([1.16 * em - 0.12 * em] * 3)
    assert [x for x, _ in middles] == pytest.approx([(0.5 - 0.31) * em, 0.5 * em, (0.5 + 0.31) * em])
    assert tone[0] + 0.23 * size == pytest.approx(middles[2][0] - 0.26 * size)
    assert tone[1] + 0.36 * size == pytest.approx((1.37 - 0.12) * em)
    light, letter = places("˙ㄌ", size, em, vertical=True)
    assert light[0] + 0.495 * size == pytest.approx(letter[0] + size / 2 - 0.43 * size)
