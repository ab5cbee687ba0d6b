"""The number that is written in a title: 第三回, 卷一, 附录A, Chapter 3, 1.2.

A title that begins with one needs no other number before it. What merely looks like a number (第一次见面, 三国,
一九八四) is a title.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from keben.compose.numerals import NUMERAL, numeral_value
from keben.core.patterns import later
from keben.core.values import dataclass

_NUMBER = rf"(?:[0-9]{{1,4}}|[{NUMERAL}]{{1,8}})"
_ORDER = "[上中下]"
_TO = r"(?:——?|--?|[–―~～〜至到、,，/／及和与與])"
_NUMBERS = rf"(?:[0-9]{{1,4}}\.[0-9]{{1,2}}|{_NUMBER}(?:[ ]?{_TO}[ ]?{_NUMBER}){{0,3}})"
"""A number, one between two (第3.5章), or several that one chapter stands for (第1-2章, 第三、四章)."""
_PART = rf"(?:[·・]?{_ORDER}|[·・之]{_NUMBER}|-[0-9]{{1,2}}|[（(](?:{_ORDER}|{_NUMBER})[）)])"
"""The part of a chapter that was divided: 第一章（上）, 第三章之二."""
_DIVISIONS = (
    "部分|单元|單元|回目|章|回|节|節|卷|部|篇|集|册|冊|幕|折|齣|出|话|話|讲|講|课|課|辑|輯|编|編|场|場|封|天|夜|日|"
    "季|期|则|則|品|乐章|樂章|帖|弹|彈"
)
_OPENING = "《「『【（(“‘〈〔"
_SPACE = "[ \t\u3000\u00a0]"
_MARK = r"(?:[：:．·・‧、|｜]|[—–―-]+|\.(?!\.))"
_GAP = rf"(?:(?P<gap>{_SPACE}+(?=[-.][^\s.-])|{_SPACE}*{_MARK}{_SPACE}*|{_SPACE}+)|(?=[{_OPENING}])|$)"  # 第三章 -1℃
"""What stands between a number and the rest: a space, a mark, an opening mark; or nothing follows."""
_RUN_ON = r"(?P<run>(?=\S))"
_NOT_AFTER = (
    "章程|章鱼|章魚|章法|章节|章節|回合|回到|回来|回來|回去|回家|回归|回歸|回头|回頭|卷宗|卷子|卷轴|卷軸"
)
"""Words in which a division's character has another meaning: 第一回合."""

_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_ROMAN = r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"

_SPAN = rf"(?:[至到和与與、]第{_NUMBER}(?:{_DIVISIONS}))?"
_CHINESE = later(
    rf"第[ \u3000]?(?P<number>{_NUMBERS})[ \u3000]?(?P<division>{_DIVISIONS}){_SPAN}{_PART}?{_GAP}"
)
_TIGHT = later(rf"第(?P<number>{_NUMBERS})(?!{_NOT_AFTER})(?P<division>[章回卷]){_RUN_ON}")
_VOLUME = later(
    rf"(?:(?P<division>卷之?|其|之)(?P<number>{_NUMBERS}|{_ORDER})"
    rf"|(?P<order>{_ORDER})(?:卷|部|篇|册|冊|集|编|編|辑|輯|阕|闋)){_GAP}"
)
_APPENDIX = later(rf"(?:附录|附錄|附件)[ ]?(?P<number>[A-Z](?:[-.]?[0-9]{{1,2}})?|{_NUMBERS})?{_GAP}")
_ENGLISH = later(
    r"(?i:chapters?|parts?|book|sections?|volume|appendix|act|lessons?|units?|(?:vol|chap|ch|no|pt|sec)\.)[ ]"
    rf"(?P<number>[0-9]{{1,4}}(?:(?:[-–—~/&]|[ ](?:&|and|to)[ ])[0-9]{{1,4}})?|{_ROMAN}|[A-Z]"
    rf"|(?i:{'|'.join(_WORDS)}))(?![A-Za-z0-9]){_GAP}"
)
_DECIMAL = later(r"(?P<number>[0-9]{1,3}(?:\.[0-9]{1,3}){1,3})\.?(?P<gap>[ \t\u3000]+)(?=\S)")

_PADDED = later(r"(?P<number>0[0-9]{1,2})(?P<gap>[ \t\u3000.．、·-]+)(?=\S)")

_LISTED = later(
    rf"(?P<number>{_NUMBER})(?:、(?![{NUMERAL}0-9])|[.．](?![0-9.．])){_SPACE}*(?=\S)"
    rf"|[(（〔[【](?P<inner>{_NUMBER})[)）〕\]】]"
)
"""A number of a list: 一、归来; or one in brackets, which is a part of its title: （一）归来."""
_BARE = later(rf"(?P<number>{_NUMBER})(?:(?P<gap>{_SPACE}+|{_SPACE}*、{_SPACE}*)(?=\S)|$)")
"""A number that is one only if the chapters beside it have such a number too: 一 归来, 一、一个人."""
_UNITS = (
    "个個只隻条條张張本年月日天点點时時分秒岁歲人次件位名种種块塊元米里公斤克度号號楼层層路届屆世代周週星倍成折寸尺丈亩畝两兩"
    "吨噸句字封颗顆座间間家口匹头頭朵枝支把杯碗瓶场場门門级級维維宗大款部集季期番步环環段行列排组組班"
)
_SINGLE = later(
    rf"(?P<number>[0-9]{{1,3}}|[{NUMERAL}]{{1,4}}){_SPACE}+(?=[{_OPENING}㐀-鿿])(?![{_UNITS}]|小[时時])"
)
"""A number that is one by itself: 3 归来, and not 3 月的雨, where a space stands between scripts."""

_BRACKETS = later(r"[【〔［\[（(](?P<inside>第[^】〕］\])）]{2,8})[】〕］\])）][ \t\u3000]*")
_ALONE = frozenset("上中下")

_APART = (
    "(?:楔子|引子|序章|序曲|序幕|序|尾声|尾聲|终章|終章|终曲|終曲|番外篇?|外传|外傳|外篇|后话|後話|余话|餘話|"
    "题记|題記|题词|題詞|献词|獻詞|卷首语|卷首語|卷末语|致读者|致讀者|自序|代序|前言|序言|后记|後記|跋|致谢|致謝)"
    rf"(?>(?:{_PART}|{_NUMBERS})?)"
)
_APART_IN_ENGLISH = "(?i:prologue|epilogue|interlude|acknowledge?ments)(?>(?:[ ][0-9]{1,2})?)"
_NEVER_COUNTED = later(rf"{_APART}(?:$|[ \t\u3000：:·—–-])|番外篇?之|{_APART_IN_ENGLISH}(?:$|[ .:])")
_LABEL_APART = later(rf"(?![序跋][^章曲幕言])(?:{_APART}|{_APART_IN_ENGLISH}){_GAP}(?=\S)")
"""楔子, 番外一, Prologue before a title of its own."""
_SELDOM_COUNTED = later(
    "(?:引言|导言|導言|导论|導論|导读|導讀|绪论|緒論|绪言|緒言|结语|結語|结论|結論|余论|餘論|附记|附記|插曲|间章|間章|幕间|幕間)"
    r"(?:$|[ \t\u3000：:·—–-])"
)


@dataclass(frozen=True, slots=True)
class Written:
    """The number that a title begins with."""

    label: str
    """As it is written: 第三回; empty: it is a part of the title (（一）归来)."""
    number: str
    """What figures are numbered by: ``3``, ``1.2``, ``A``; empty: nothing."""
    length: int
    """How many of the title's characters belong to the label, with the space or the mark behind it."""
    counts: bool = True
    """Whether the next chapter without a number goes on counting from here."""


def written_numbers(titles: Sequence[str]) -> list[Written | None]:
    """The number that each of a book's titles says itself, or None."""
    found = [written_number(title) for title in titles]
    bare = _bare_numbers(titles)
    if not any(bare) and not any(one and one.counts for one in found):
        bare = _single_numbers(titles)
    return [one or other for one, other in zip(found, bare, strict=True)]


def written_number(title: str) -> Written | None:
    """The number that a title says itself, where the title alone is enough to tell."""
    text = _folded(title)
    if text in _ALONE:
        return Written(title, "", len(title))
    if match := _BRACKETS.match(text):
        inner = written_number(match["inside"])
        if inner and inner.length == len(match["inside"]):
            return Written(title[: match.end()].rstrip(), inner.number, match.end(), inner.counts)
    length, number, counts = 0, "", True
    while match := _division(text, length):
        number, counts = _value(match), _counts(match)
        length = match.end()
        if length == len(text) or match.re in (_TIGHT, _DECIMAL, _PADDED):
            break
    if length:
        return Written(_label(title, text, length), number, length, counts)
    if match := _LISTED.match(text):
        if match["inner"]:
            return Written("", _plain(match["inner"]), 0)
        return Written(title[: match.end("number")], _plain(match["number"]), match.end())
    if match := _LABEL_APART.match(text):
        return Written(_label(title, text, match.end()), "", match.end(), counts=False)
    return None


def is_never_counted(title: str) -> bool:
    """Whether a title names what is no chapter among others: 楔子, 尾声, 番外."""
    return _NEVER_COUNTED.match(_folded(title)) is not None


def is_seldom_counted(title: str) -> bool:
    """Whether a title may name what is no chapter among others: 引言, which is often the first one."""
    return _SELDOM_COUNTED.match(_folded(title)) is not None


def _folded(title: str) -> str:
    """A title with full-width digits and letters as their ASCII forms, of the same length."""
    return "".join(
        unicodedata.normalize("NFKC", character)
        if "０" <= character <= "ｚ" or character == "．"
        else character
        for character in title
    )


def _division(text: str, start: int) -> re.Match[str] | None:
    patterns = (
        (_CHINESE, _VOLUME, _APPENDIX, _ENGLISH, _DECIMAL, _PADDED, _TIGHT)
        if not start
        else (_CHINESE, _TIGHT)
    )
    return next((match for pattern in patterns if (match := pattern.match(text, start))), None)


def _label(title: str, text: str, length: int) -> str:
    """What is printed of the title as its label: without the space or the mark behind it."""
    end = length
    while end and text[end - 1] in " \t\u3000\u00a0：:.．·・‧—–―-、|｜":
        end -= 1
    return title[:end]


def _value(match: re.Match[str]) -> str:
    return _plain(match.groupdict().get("number") or "")


def _plain(number: str) -> str:
    """A number as figures have it: 十二 is ``12``, ``III`` is ``3``; empty if it is only an order (上).

    Of several it is the last one, from which counting goes on.
    """
    if re.search(rf"[^.A-Z\s]\s*(?:{_TO}|&|and|to)", number):
        number = re.split(rf"{_TO}|&|and|to", number)[-1].strip()
    value = numeral_value(number)
    if value is not None:
        return str(value)
    if number.lower() in _WORDS:
        return str(_WORDS.index(number.lower()) + 1)
    if re.fullmatch(_ROMAN, number) and (len(number) > 1 or number in "IVX"):
        return str(_roman(number))
    return number if re.fullmatch(r"[A-Za-z]|[A-Z]?-?[0-9.]+", number) else ""


def _roman(number: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in number]
    return sum(
        -value if value < after else value for value, after in zip(values, (*values[1:], 0), strict=True)
    )


def _counts(match: re.Match[str]) -> bool:
    """Whether a number is one of chapters: that of a 卷 or 部 is not, nor that of an appendix."""
    division = match.groupdict().get("division") or ""
    if (
        match.re is _APPENDIX
        or match.re is _VOLUME
        or division in ("卷", "部", "部分", "篇", "集", "编", "編")
    ):
        return False
    return match.re is not _ENGLISH or match[0].lower().startswith(("chapter", "lesson", "unit"))


def _bare_numbers(titles: Sequence[str]) -> list[Written | None]:
    """Numbers with nothing beside them (三, 3 归来), where three follow one another in the book, or are 1 and 2."""
    matches = [_BARE.match(_folded(title)) for title in titles]
    values = [numeral_value(match["number"]) if match else None for match in matches]
    accepted: set[int] = set()
    run: list[int] = []
    for index, value in enumerate(values):
        if value is None:
            continue
        if run and value != (values[run[-1]] or 0) + 1:
            run = []
        run.append(index)
        if len(run) >= 3:
            accepted.update(run)
    if [value for value in values if value is not None] == [1, 2]:
        accepted.update(run)
    return [
        Written(title[: len(match["number"])], str(value), match.end())
        if match and index in accepted
        else None
        for index, (title, match, value) in enumerate(zip(titles, matches, values, strict=True))
    ]


def _single_numbers(titles: Sequence[str]) -> list[Written | None]:
    """Small numbers with a space behind them (3 归来), where they rise in the book and it has no other ones."""
    matches = [_SINGLE.match(_folded(title)) for title in titles]
    values = [numeral_value(match["number"]) or 0 for match in matches if match]
    rise = all(value < after for value, after in pairwise(values))
    if not rise or not all(0 < value <= max(9, len(titles)) for value in values):
        return [None] * len(titles)
    return [
        Written(title[: match.end("number")], _plain(match["number"]), match.end()) if match else None
        for title, match in zip(titles, matches, strict=True)
    ]
