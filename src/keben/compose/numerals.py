"""Numbers as Chinese books write them."""

from keben.core.edition import NoteMarks
from keben.core.paper import Writing, is_vertical

_DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MOST = 9999


def chinese_numeral(number: int) -> str:
    """A number from 0 to 9999 in Chinese numerals, as one reads it: 10 is 十, 21 is 二十一, 105 is 一百〇五.

    Raises:
        ValueError: the number is outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number == 0:
        return _DIGITS[0]
    out = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            out = _DIGITS[int(digit)] + _UNITS[place] + out
        elif out and not out.startswith(_DIGITS[0]):
            out = _DIGITS[0] + out
    return out.removeprefix("一") if out.startswith("一十") else out


def note_mark(number: int, marks: NoteMarks = "circled", writing: Writing = "horizontal") -> str:
    """The mark of the nth note: ① to ㊿, which Unicode has; after that the number in brackets, in columns 〔五十一〕.

    As figures it is the number, raised by the theme; in columns 〔一〕, as old editions have it.
    """
    if marks == "figures":
        is_chinese = is_vertical(writing) and number <= _MOST
        return f"〔{chinese_numeral(number)}〕" if is_chinese else str(number)
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(code + number - first)
    return f"〔{chinese_numeral(number)}〕" if is_vertical(writing) and number <= _MOST else f"[{number}]"


NUMERAL = "〇零○一二三四五六七八九十百千兩两廿卅壹贰貳叁參陆陸柒捌玖拾佰仟肆伍"
"""The characters that Chinese numerals are written with, Simplified and Traditional, plain and formal."""

_VALUES = {
    **{character: value for value, character in enumerate(_DIGITS)},
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
