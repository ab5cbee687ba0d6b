"""The numbers of lists: what each item's is (HTML, 4.4.5 and 4.4.8), and what a printed label says."""

import re
import unicodedata
from collections.abc import Iterator

from keben.core.markup import Element

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "壹": 1, "贰": 2, "貳": 2, "叁": 3, "參": 3, "肆": 4, "伍": 5, "陆": 6, "陸": 6, "柒": 7, "捌": 8, "玖": 9,
    "两": 2, "兩": 2,
}  # fmt: skip
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

_NUMBER = re.compile(
    r"[\s(（〔【\[]*([-−負负]?)([0-9０-９]+|[A-Za-z]+|[^\W\dA-Za-z_]+)[\s.．、)）〕】\]:：]*"
)
_INTEGER = re.compile(r"\s*[+-]?\d+")


def item_numbers(ordered: Element) -> Iterator[tuple[Element, int]]:
    """The items of an ``ol``, each with its number: ``start``, ``reversed`` and ``value`` say which it is."""
    items = [child for child in ordered.children if isinstance(child, Element) and child.tag == "li"]
    step = -1 if "reversed" in ordered.attributes else 1
    number = _integer(ordered.get("start"))
    if number is None:
        number = len(items) if step < 0 else 1
    for item in items:
        given = _integer(item.get("value"))
        number = number if given is None else given
        yield item, number
        number += step


def _integer(text: str) -> int | None:
    """HTML, 2.3.4.1: an integer, and whatever follows it."""
    match = _INTEGER.match(text)
    return int(match[0]) if match and len(match[0]) < 12 else None


def says(label: str, number: int) -> bool | None:
    """Whether a printed label says a number, in figures, Chinese or Roman numerals or letters; None: it has none."""
    match = _NUMBER.fullmatch(label)
    if not match:
        return None
    values = list(_values(match[2]))
    return (-number if match[1] else number) in values if values else None


def _values(text: str) -> Iterator[int]:
    """What a numeral can mean: ``i`` is the ninth letter, and one in Roman numerals."""
    if text.isdecimal():
        yield int(text)
    elif len(text) == 1 and text.isnumeric() and text not in _DIGITS and text not in _UNITS:
        # ①, Ⅷ, 〹, ፲.
        yield int(unicodedata.numeric(text))
    elif text.isascii():
        yield from _letters(text.lower())
    elif all(character in _DIGITS for character in text):
        yield int("".join(str(_DIGITS[character]) for character in text))
    elif all(character in _DIGITS or character in _UNITS or character in _MYRIADS for character in text):
        yield _counted(text)


def _letters(text: str) -> Iterator[int]:
    place = 0
    for character in text:
        place = place * 26 + ord(character) - ord("a") + 1
    yield place
    if all(character in _ROMAN for character in text):
        values = [_ROMAN[character] for character in text]
        yield sum(
            -value if any(later > value for later in values[index + 1 : index + 2]) else value
            for index, value in enumerate(values)
        )


def _counted(text: str) -> int:
    """一百二十三, 十二, 二千〇一, 一万."""
    total = part = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            part += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            total += (part + digit or 1) * _MYRIADS[character]
            part = digit = 0
    return total + part + digit
