"""Marks of Latin text, also where a search passes over what is surely Chinese."""

import pytest

from keben.core import latinmarks
from keben.core.latinmarks import _script, latin_marks


def test_what_is_searched_for_first_misses_no_letter() -> None:
    letters = [character for character in map(chr, range(0x110000)) if _script.__wrapped__(character)]
    assert all(map(latinmarks._MAYBE_LATIN.search, letters))
    assert not latinmarks._MAYBE_LATIN.search("汉字，。“”‘’——……（）《》１２12　 ，")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("他说：“好。”", set()),
        ("“2024”", set()),
        ("他说：“It’s fine.”好", {6}),
        ("“It’s.”", {0, 3, 6}),
        ("the ‘good’ one", {4, 9}),
        ("“中é文”", set()),
        ("", set()),
    ],
)
def test_marks(text: str, places: set[int]) -> None:
    assert latin_marks(text) == places
