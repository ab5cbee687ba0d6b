"""Quotation marks of an edition."""

import pytest

from keben.script.quotes import set_quotes, set_quotes_alone
from keben.script.runs import Block


def turned(*texts, form="corner"):
    made, unpaired = set_quotes(texts, [Block("p", 0, 1, tuple(range(len(texts))))], form)
    assert not unpaired
    return "".join(made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说：“好。”", "他说：「好。」"),
        ("这叫“hello world”程序", "这叫「hello world」程序"),
        ("“Yes.”", "「Yes.」"),
        ("He said “yes” twice.", "He said “yes” twice."),
        ("英文 He said “yes” twice.", "英文 He said “yes” twice."),
        ("他说：“He said ‘yes’ to me.”", "他说：「He said ‘yes’ to me.」"),
        ("It’s “so”：“好”", "It’s 「so」：「好」"),
    ],
)
def test_marks_of_latin_text_stay(text, expected):
    assert turned(text) == expected
    assert turned(*text) == expected
    assert set_quotes_alone(text, "corner") == expected
