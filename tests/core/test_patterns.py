"""A pattern that is compiled later does what one does that is compiled at once."""

import re

import pytest

from keben.core import patterns
from keben.core.patterns import later


@pytest.mark.parametrize("method", ["findall", "fullmatch", "match", "search", "split"])
def test_it_finds_what_a_pattern_finds(method: str) -> None:
    one, other = later("(b+)", re.IGNORECASE), re.compile("(b+)", re.IGNORECASE)
    for _ in range(2):
        found, expected = getattr(one, method)("aBbabb"), getattr(other, method)("aBbabb")
        assert getattr(found, "regs", found) == getattr(expected, "regs", expected)
    assert one.sub("x", "abba") == "axa"
    assert [match.span() for match in one.finditer("abba")] == [(1, 3)]
    assert (one.pattern, one.flags) == (other.pattern, other.flags)


def test_it_is_compiled_once_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile

    def compile_(text: str, flags: int = 0) -> "re.Pattern[str]":
        compiled.append(text)
        return real(text, flags)

    monkeypatch.setattr(patterns.re, "compile", compile_)
    one = later("b+")
    assert compiled == []
    assert one.search("ab")
    assert one.findall("abb") == ["bb"]
    assert compiled == ["b+"]


def test_what_is_wrong_is_found_when_it_is_used() -> None:
    one = later("(")
    with pytest.raises(re.error):
        one.search("a")
    assert not hasattr(one, "__wrapped__")
