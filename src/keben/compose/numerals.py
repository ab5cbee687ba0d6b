"""Reads numbers in Chinese numerals."""

from keben.core.numerals import DIGITS

NUMERAL = "〇零○一二三四五六七八九十百千兩两廿卅壹贰貳叁參陆陸柒捌玖拾佰仟肆伍"
"""The characters that Chinese numerals are written with, Simplified and Traditional, plain and formal."""

_VALUES = {
    **{character: value for value, character in enumerate(DIGITS)},
    **dict.fromkeys("零○", 0),
    **dict.fromkeys("两兩", 2),
    **{
        character: value
        for value, several in enumerate(("壹", "贰貳", "叁參", "肆", "伍", "陆陸", "柒", "捌", "玖"), 1)
        for character in several
    },
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_JOINED = {"廿": "二十", "卅": "三十"}


def numeral_value(text: str) -> int | None:
    """The value of a number in Chinese numerals or in digits (12, １２, 十二, 一二, 廿三); None if it is none."""
    if text.isdecimal():
        return int(text) if len(text) <= 4 else None
    text = "".join(_JOINED.get(character, character) for character in text)
    if not text or any(character not in _VALUES and character not in _TENS for character in text):
        return None
    if not any(character in _TENS for character in text):
        return int("".join(str(_VALUES[character]) for character in text)) if len(text) <= 4 else None
    total, digit, last = 0, 0, 10_000
    for character in text:
        unit = _TENS.get(character)
        if unit is None:
            digit = _VALUES[character]
        elif unit < last:
            total, digit, last = total + (digit or 1) * unit, 0, unit
        else:
            return None
    return total + digit
