"""Numbers as Chinese books write them, and the marks of notes."""

from keben.core.edition import NoteMarks
from keben.core.paper import Writing, is_vertical
from keben.core.saying import wording

DIGITS = "〇一二三四五六七八九"
_UNITS = ("", "十", "百", "千")
_MOST = 9999


def chinese_numeral(number: int) -> str:
    """A number from 0 to 9999 in Chinese numerals, as one reads it: 10 is 十, 21 is 二十一, 105 is 一百〇五.

    Raises:
        ValueError: the number is outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(wording("{number} is not between 0 and 9999", number=number))
    if number == 0:
        return DIGITS[0]
    out = ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            out = DIGITS[int(digit)] + _UNITS[place] + out
        elif out and not out.startswith(DIGITS[0]):
            out = DIGITS[0] + out
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
