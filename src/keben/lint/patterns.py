"""Classes of characters that rules are made of, and checks made of one regular expression."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from keben.lint.values import Check, LintPage, Slip
from keben.markdown.passages import CHINESE, ProseBlock

HAN_CLASS = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff" + CHINESE
HAN = f"[{HAN_CLASS}]"
CLOSING_CLASS = "”’』」）》〉】〕〗"
OPENING_CLASS = "“‘『「（《〈【〔〖"
STOPS_CLASS = "。！？，、；："
MARKS_CLASS = f"{STOPS_CLASS}{CLOSING_CLASS}{OPENING_CLASS}…—"
WIDE = f"[{HAN_CLASS}{MARKS_CLASS}]"
NUMERAL_CLASS = "一二三四五六七八九十百千万亿〇零两萬億兩"

_LETTERS = re.compile(r"[^\W\d_\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

Replace = str | Callable[[re.Match[str]], str | None]
Certain = Callable[[re.Match[str], ProseBlock], bool]


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than Chinese, though Chinese may stand in it."""
    letters = len(_LETTERS.findall(text))
    if not letters:
        return False
    han = len(re.findall(HAN, text))
    kana = len(_KANA.findall(text))
    return han * 4 < letters or (kana >= 2 and kana * 8 > han)


def is_mostly_latin(match: re.Match[str]) -> bool:
    """Whether a text that something is found in has more letters of other scripts than Chinese."""
    return _has_more_letters(match.string)


@lru_cache(maxsize=16)
def _has_more_letters(text: str) -> bool:
    return len(_LETTERS.findall(text)) > len(re.findall(HAN, text))


@cache
def _compiled(form: str, flags: int) -> re.Pattern[str]:
    """An expression, compiled when a text first needs it: most texts need few."""
    return re.compile(form, flags)


def pattern(
    form: str, better: Replace | None = None, certain: Certain | None = None, flags: int = 0
) -> Check:
    """A check of a regular expression: what matches is wrong, and is replaced as a template or a function says.

    Where the expression has a group ``x``, that is the piece that is wrong, and the rest stands around it.
    """

    def check(passage: ProseBlock, _page: LintPage) -> Iterator[Slip]:
        compiled = _compiled(form, flags)
        has_piece = "x" in compiled.groupindex
        for match in compiled.finditer(passage.text):
            start, end = match.span("x") if has_piece else match.span()
            new = better(match) if callable(better) else match.expand(better) if better is not None else None
            if new == match.string[start:end]:
                continue
            sure = certain(match, passage) if certain and new is not None else None
            yield Slip(start, end, new, sure)

    return check


def in_kinds(check: Check, *kinds: str) -> Check:
    """A check that looks at passages of some kinds only."""

    def limited(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
        if passage.kind in kinds:
            yield from check(passage, page)

    return limited


def both(*checks: Check) -> Check:
    """Several checks as one."""

    def check(passage: ProseBlock, page: LintPage) -> Iterator[Slip]:
        for one in checks:
            yield from one(passage, page)

    return check
