"""Chinese names in running text: a surname whose character has another form as a common word (余 余, not 餘)."""

from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from keben.core.patterns import later

_SURNAMES = frozenset("于余范郁岳朴涂游种后姜钟丰党曲谷沈卜云万咸征松干仇庵")
_WORDS_TOO = frozenset("于后云干万征松")
"""Surnames whose character is also a word that may stand alone: only a title or 姓 tells the name."""

TITLE = later(
    "先生|女士|小姐|太太|夫人|老师|同学|教授|博士|医生|大夫|经理|总[经监裁]|局长|主任|市长|书记|主席|将军|司令|公子|[某氏姓]"
)
_BEFORE = frozenset("姓老小阿")
_NUMBERS = frozenset("零〇一二三四五六七八九十百千万亿两几数半多0123456789０１２３４５６７８９")
_FUNCTION = frozenset(
    "的了是在和与及或有不也就都又把被对从到给用为以上下中内外前后里间时日月年人们这那之其所则而且但"
)


_FORMS = {"钟": "鍾"} | {each: each for each in "余范于姜涂郁岳朴谷"}
"""The form that a surname has, in OpenCC's standard."""
SURNAMES = "".join(_FORMS)
"""The surnames that a rule looks for."""

ONE_FORM = frozenset("周胡苏范")
"""Surnames of which a name has one form only, whatever the character is in other words: 周, and not 週."""

_TITLES_BEFORE = (
    "作家 作者 诗人 画家 演员 导演 编剧 歌手 记者 编辑 译者 学者 教授 博士 院士 老师 同学 律师 医生 大夫 护士 法官 "
    "选手 球员 教练 队长 主任 局长 市长 县长 校长 院长 部长 总统 总理 主席 "
    "书记 委员 经理 先生 女士 小姐 同志 将军 司令 师傅 姓"
).split()
_BEFORE_NAMES = later(f"(?:{'|'.join(_TITLES_BEFORE)})$")
LAST_BEFORE = "".join(sorted({each[-1] for each in _TITLES_BEFORE} | {"老", "小", "阿"}))
"""The characters that may stand before a surname that something tells."""
_FAMILIAR = frozenset("老小阿")
_FAMILIAR_FORMS = frozenset("余范姜涂")
"""After 老 or 小 the others are words too: 小钟, 小岳."""
_OTHER_SENSES = frozenset("百同异复")
"""Before 姓 these make other words: 百姓 are the people, of 同姓 there are two."""
_BEFORE_A_PERSON = ("", *"、和与及跟请叫给了的被把让是向对问找有")
"""What stands before a person, and not before at or to."""


def surname_form(clause: str, segments: Sequence[tuple[int, int]], index: int) -> str | None:
    """The form of a segment that a title or a familiar form of address tells to be a surname; None: nothing tells."""
    start, end = segments[index]
    if end - start == 2 and clause[start] in _FAMILIAR and clause[end - 1] in _FAMILIAR_FORMS:
        # A list of words has some of these as words.
        return clause[start] + _FORMS[clause[end - 1]]
    if end - start == 2 and _is_named(clause, start + 1) and clause[start + 1] in _FORMS:
        return clause[start] + _FORMS[clause[start + 1]]
    form = _FORMS.get(clause[start:end])
    if form is None or _is_named(clause, start):
        return form
    following = clause[end : end + 1]
    if _BEFORE_NAMES.search(clause, 0, start) and (
        not following or (following not in _FUNCTION and following not in _NUMBERS)
    ):
        given = segments[index + 1 : index + 2]
        # 于 is a word too, at or in: only a given name of one character that no longer word takes tells the surname.
        if clause[start] not in _WORDS_TOO or not given or given[0][1] - given[0][0] == 1:
            return form
    if clause[start] in _WORDS_TOO:
        # 于先生 begins a clause, or stands where a person does; 于 after a verb is at or to.
        named = clause[start] == "于" and clause[start - 1 : start] in _BEFORE_A_PERSON
        return form if named and TITLE.match(clause, end) else None
    familiar = clause[start] in _FAMILIAR_FORMS and clause[start - 1 : start] in _FAMILIAR
    if start and familiar and (start - 1, start) in segments[:index]:
        return form
    return form if TITLE.match(clause, end) else None


def _is_named(clause: str, at: int) -> bool:
    """Whether 姓 stands before a character: 姓于的, and not 百姓于."""
    return clause[at - 1 : at] == "姓" and clause[at - 2 : at - 1] not in _OTHER_SENSES


def is_name(clause: str, segments: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a segment of a clause begins a person's name, by the text around it."""
    start, end = segments[index]
    first = clause[start]
    if first not in _SURNAMES:
        return False
    if end - start > 1:
        return clause[start:end] in known_names()
    if TITLE.match(clause, end) or clause[start - 1 : start] in _BEFORE:
        return True
    if first in _WORDS_TOO or clause[start - 1 : start] in _NUMBERS:
        return False
    # What follows a surname is a given name: one or two characters that are no word together.
    given = segments[index + 1 : index + 2]
    return bool(given) and given[0][1] - given[0][0] == 1 and clause[given[0][0]] not in _FUNCTION


@cache
def known_names() -> frozenset[str]:
    """The persons' names of jieba's word list that begin with one of those surnames."""
    fields = Path(str(distribution("jieba").locate_file("jieba/dict.txt"))).read_text("utf-8").split()
    return frozenset(
        word
        for word, tag in zip(fields[::3], fields[2::3], strict=True)
        if tag.startswith("nr") and word[0] in _SURNAMES
    )
