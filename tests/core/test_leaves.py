"""开本 by GB/T 788, of the sizes that books have."""

import pytest

from keben.core.leaves import leaves_of

SIZES = {
    (130, 184): (787, 1092, 32),
    (140, 203): (850, 1168, 32),
    (148, 210): (880, 1230, 32),
    (170, 240): (710, 1000, 16),
    (185, 260): (787, 1092, 16),
    (169, 239): (1000, 1400, 32),
    (210, 285): (889, 1194, 16),
    (210, 297): (890, 1240, 16),
    (210, 148): (880, 1230, 32),
    (125, 176): (787, 1092, 32),
    (105, 148): (890, 1240, 64),
    (182, 257): (787, 1092, 16),
    (128, 182): (787, 1092, 32),
}


@pytest.mark.parametrize("size", SIZES)
def test_a_page_is_cut_from_the_sheet_that_wastes_least(size):
    leaves = leaves_of(*size)
    assert (leaves.width, leaves.height, leaves.count) == SIZES[size]


def test_no_sheet_is_large_enough_for_a_poster():
    assert leaves_of(700, 1000) is None
