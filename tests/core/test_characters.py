"""Which characters no book can hold."""

from keben.core.characters import FORBIDDEN, has_forbidden, without_forbidden


def test_what_is_searched_for_first_misses_none_of_them() -> None:
    forbidden = [character for character in map(chr, range(0x110000)) if FORBIDDEN.match(character)]
    assert all(map(has_forbidden, forbidden))
    assert not any(map(has_forbidden, "\t\nA中　，é😀\U00020000"))
    assert without_forbidden("甲\u0000乙\U000f0000") == "甲乙"
