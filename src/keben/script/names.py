"""Chinese names in running text: a surname whose character has another form as a common word (余 余, not 餘)."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

_SURNAMES = frozenset("于余范郁岳朴涂游种后姜钟丰党曲谷沈卜云万咸征松干仇庵")
_WORDS_TOO = frozenset("于后云干万征松")
"""Surnames whose character is also a word that may stand alone: only a title or 姓 tells the name."""

_TITLE = re.compile(
    "先生|女士|小姐|太太|夫人|老师|同学|教授|博士|医生|大夫|经理|总[经监裁]|局长|主任|市长|书记|主席|将军|司令|公子|[某氏姓]"
)
_BEFORE = frozenset("姓老小阿")
_NUMBERS = frozenset("零〇一二三四五六七八九十百千万亿两几数半多0123456789０１２３４５６７８９")
_FUNCTION = frozenset(
    "的了是在和与及或有不也就都又把被对从到给用为以上下中内外前后里间时日月年人们这那之其所则而且但"
)


def is_name(clause: str, segments: Sequence[tuple[int, int]], index: int) -> bool:
    """Whether a segment of a clause begins a person's name, by what stands around it."""
    start, end = segments[index]
    first = clause[start]
    if first not in _SURNAMES:
        return False
    if end - start > 1:
        return clause[start:end] in known_names()
    if _TITLE.match(clause, end) or clause[start - 1 : start] in _BEFORE:
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
