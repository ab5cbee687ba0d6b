"""The order in which people number files: 2 before 10, 二 before 十, 上 before 下."""

import posixpath
import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_PLACES = {"上": 1, "中": 2, "下": 3}

_RUN = re.compile(
    r"[0-9]+|[零〇一二三四五六七八九十百千两兩]+|(?<=[卷部册冊篇])[上中下]|[上中下](?=[卷部册冊篇])"
)

_FRONT = re.compile(
    r"(?:foreword|preface|prologue|intro|introduction|about)|(?:序|序言|自序|代序|总序|總序|前言|引言|引子|楔子|导读|導讀|导论|導論)(?:[\s_-].*)?",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"app[\s_.-]?(?:[a-h]|\d{1,2})(?:[\s_-].*)?|appx|(?:appendix|annex).*"
    r"|(?:afterword|epilogue|postscript|glossary|references?|bibliography|acknowledge?ments?|colophon)"
    r"|(?:附录|附錄|后记|後記|跋|尾声|尾聲|结语|結語|参考文献|參考文獻|术语表|術語表|致谢|致謝|译后记|譯後記|番外).*",
    re.IGNORECASE,
)

Key = tuple[tuple[int, int, str], ...]


def natural_key(name: str) -> Key:
    """What names are sorted by."""
    name = name.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})
    parts: list[tuple[int, int, str]] = []
    end = 0
    for match in _RUN.finditer(name):
        if match.start() > end:
            # “Day 01” and “Day01” count together.
            parts.append((1, 0, name[end : match.start()].casefold().strip(" _-")))
        parts.append((0, chinese_number(match[0]), ""))
        end = match.end()
    if end < len(name):
        parts.append((1, 0, name[end:].casefold()))
    return (*parts, (2, 0, name))


def book_key(name: str) -> tuple[int, Key]:
    """What the files of a book are sorted by: as people number, between what stands before and behind by its name.

    A number in front of the name counts more: ``99-preface.md`` comes late.
    """
    stem = posixpath.splitext(name)[0]
    place = -1 if _FRONT.fullmatch(stem) else 1 if _BACK.fullmatch(stem) else 0
    return place, natural_key(name)


def chinese_number(text: str) -> int:
    """The value of a number in Arabic or Chinese digits (二十一, 二一, 21)."""
    if text.isascii():
        return int(text)
    if text in _PLACES:
        return _PLACES[text]
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total = digit = 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
