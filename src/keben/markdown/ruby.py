"""Ruby: ``{漢字|hàn zì}``. Base and readings may hold variants."""

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from keben.core.markup import Element, Node
from keben.core.patterns import later
from keben.core.variants import CLOSE, OPEN
from keben.markdown.notation import NOTATION

_RUBY = later(rf"\{{((?:{NOTATION}|[^{{}}|\n])+)\|((?:{NOTATION}|[^{{}}\n])+)\}}")
_BAR = re.compile(rf"\|(?![^{OPEN}]*{CLOSE})")
_SPACES = re.compile(rf"\s+(?![^{OPEN}]*{CLOSE})")

_ZHUYIN = later(r"[\u3105-\u312fˊˇˋ˙ˉ]+")
"""Bopomofo and its tones."""

READINGS = "readings"
"""Where a token's ``meta`` keeps what stands behind the bar."""


def ruby(state: StateInline, silent: bool) -> bool:
    """Inline rule: a base and its readings in braces, with a bar between."""
    match = _RUBY.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if match is None or not match[1].strip() or not match[2].strip(" |"):
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        token.content = match[1].strip()
        token.meta = {READINGS: match[2]}
    state.pos = match.end()
    return True


def pairs(base: str, readings: str) -> list[tuple[str, str]]:
    """Bases with their readings: one a character if there are as many, else one for the whole.

    Readings are divided by bars, or where there are none by spaces. A base that holds a variant has one for the whole:
    its form in another edition may be of another length.
    """
    parts = [part.strip() for part in (_BAR if _BAR.search(readings) else _SPACES).split(readings.strip())]
    if OPEN not in base and len(parts) == len(base) and all(parts):
        return list(zip(base, parts, strict=True))
    return [(base, " ".join(part for part in parts if part))]


def ruby_element(token_pairs: list[tuple[str, str]]) -> Element:
    """Ruby with parentheses for readers that do not know it (HTML, 4.5.13: the rp element).

    One whose readings are all zhuyin has that for its class: it stands beside the characters, not over them.
    """
    is_zhuyin = all(_ZHUYIN.fullmatch(reading) for _, reading in token_pairs)
    return Element("ruby", {"class": "zhuyin"} if is_zhuyin else {}, tuple(_children(token_pairs)))


def _children(token_pairs: list[tuple[str, str]]) -> Iterator[Node]:
    for base, reading in token_pairs:
        yield base
        yield Element("rp", {}, ("（",))
        yield Element("rt", {}, (reading,))
        yield Element("rp", {}, ("）",))
