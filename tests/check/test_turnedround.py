"""What PDFium makes of characters beside right-to-left letters counts as the characters themselves."""

import pytest

from keben.check.turnedround import characters_of


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("（甲）", ")甲("),
        ("“a” ‘b’", "”b“’a‘"),
        ("ﷲ é ㎡", "الله e\u0301 m2"),
        ("❶⓫⓿➓⑴", "1 11 0 10 (1)"),
        ("½⅟", "1/2 1/"),
        ("␀␡®⻑", "NUL DEL R长"),
        ("∄∉≭", "∃∋≍/"),
    ],
)
def test_what_is_read_is_what_is_written(written, read):
    assert characters_of(written) == characters_of(read)


@pytest.mark.parametrize(
    ("written", "read"), [("甲乙", "甲"), ("甲", "甲甲"), ("12", "13"), ("（", "，"), ("®", "")]
)
def test_what_is_lost_or_another_is_seen(written, read):
    assert characters_of(written) != characters_of(read)
