"""A second opinion: what another converter writes at a doubtful place.

`zhconv-rs <https://pypi.org/project/zhconv-rs/>`_ has the tables of MediaWiki, which other people made from other text
than OpenCC's. It is an extra (``keben[second]``): where it is not installed, nothing is said. It changes no conversion.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from keben.core.editorial.values import Doubt
from keben.core.saying import wording

_TARGETS = {
    "zh-Hans-CN": ("zh-cn", "zh-hans"),
    "zh-Hant-TW": ("zh-tw", "zh-hant"),
    "zh-Hant-HK": ("zh-hk", "zh-hant"),
}
"""For each language the region's tables, and those that change characters alone."""


_OURS = frozenset(("glossary", "quotes", "credit"))
"""Kinds of doubts that depend on what this book's editors wrote, of which nobody else knows."""


def with_opinions(doubts: Iterable[Doubt], language: str) -> Iterator[Doubt]:
    """Doubts of an edition in a language (a canonical tag), each with what the other converter writes there."""
    convert = _converter()
    if convert is None:
        yield from doubts
        return
    for doubt in doubts:
        said = "" if doubt.kind in _OURS else _opinion(doubt, convert, _TARGETS.get(language, ()))
        yield (
            replace(
                doubt,
                reason=wording("{first} {second}", first=doubt.reason, second=said) if doubt.reason else said,
            )
            if said
            else doubt
        )


def _opinion(doubt: Doubt, convert: Callable[[str, str], str], targets: Iterable[str]) -> str:
    text = doubt.before + doubt.phrase + doubt.after
    for target in targets:
        written = convert(text, target)
        if len(written) != len(text):  # a word of the region took another's place: what is where is unknown
            continue
        form = written[len(doubt.before) : len(doubt.before) + len(doubt.phrase)]
        if form == doubt.output:
            return wording("zhconv writes it so too.")
        if form in doubt.candidates:
            return wording("zhconv writes {form}.", form=form)
    return ""


@cache
def _converter() -> Callable[[str, str], str] | None:
    try:
        from zhconv_rs import zhconv  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None

    asked: Any = zhconv  # it is typed by literals
    return lambda text, target: str(asked(text, target))
