"""numbering.xml: how lists count."""

from collections.abc import Iterable, Iterator, Sequence

from keben.formats.docx.marking import part, tag
from keben.formats.docx.values import ListKind

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_BULLETS = "•◦▪"
_LEVELS = 9
STEP = 480
"""Twentieths of a point from one level to the next."""


def numbering_part(lists: Sequence[ListKind]) -> bytes:
    """The part; a list's ``numId`` is one more than its number."""
    signs = list(dict.fromkeys(each.sign for each in lists))
    kinds = [_kind(number, sign) for number, sign in enumerate(signs)]
    return part("numbering", *kinds, *_numbers(lists, signs))


def _numbers(lists: Iterable[ListKind], signs: Sequence[str]) -> Iterator[str]:
    for number, each in enumerate(lists):
        kind = tag("abstractNumId", val=signs.index(each.sign))
        starts = ""
        if each.sign != "bullet":
            starts = tag("lvlOverride", tag("startOverride", val=each.start), ilvl=each.level)
        yield tag("num", kind, starts, numId=number + 1)


def _kind(number: int, sign: str) -> str:
    levels = (_level(level, sign) for level in range(_LEVELS))
    return tag("abstractNum", tag("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)


def _level(level: int, sign: str) -> str:
    form = _FORMS.get(sign, "decimal") if sign != "bullet" else "bullet"
    text = _BULLETS[level % len(_BULLETS)] if sign == "bullet" else f"%{level + 1}."
    left = (level + 1) * STEP
    return tag(
        "lvl",
        tag("start", val=1),
        tag("numFmt", val=form),
        tag("lvlText", val=text),
        tag("lvlJc", val="left"),
        tag("pPr", tag("ind", left=left, hanging=STEP, leftChars=0, firstLineChars=0)),
        ilvl=level,
    )
