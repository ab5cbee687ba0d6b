"""Inline variants in Markdown's eyes: ``-{…}-`` is one sign of the text, and nothing in it is Markdown."""

import re
from dataclasses import replace

from markdown_it.rules_inline import StateInline

from keben.core.variants import Variant, end_of
from keben.markdown.linebreaks import fold

NOTATION = r"-\{(?:(?!-\{|\}-).)*\}-"
"""A variant that holds no other, as part of a pattern."""

AROUND = "around"
"""Where a token's ``meta`` keeps what stands before and after a variant in its lines."""

_NEAR = 40
"""How many characters on each side are kept: enough to find the place again, and not a whole line for each variant."""

_ESCAPES = re.compile(r"\\*$")


def variant(state: StateInline, silent: bool) -> bool:
    """Inline rule: a variant as it is written; of one that is never closed, the signs that begin it."""
    if not state.src.startswith("-{", state.pos) or state.pos + 2 > state.posMax:
        return False
    end = end_of(state.src, state.pos, state.posMax)
    if end < 0:
        end = state.pos + 2
    if not silent:
        token = state.push("variant", "", 0)
        token.content = state.src[state.pos : end]
        token.meta[AROUND] = around(state.src, state.pos, end)
    state.pos = end
    return True


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands right before and right behind a piece of a text, in its lines."""
    before = text[max(start - _NEAR, 0) : start].rpartition("\n")[2]
    return before, text[end : end + _NEAR].partition("\n")[0]


def begins_variant(text: str, position: int, limit: int) -> bool:
    """Whether a variant begins at a position of an inline text."""
    return text.startswith("-{", position) and end_of(text, position, limit) > 0


def ends_variant(text: str, position: int) -> bool:
    """Whether a variant ends just before a position of an inline text."""
    if not text.endswith("}-", 0, position):
        return False
    start = text.rfind("-{", 0, position - 1)
    while start >= 0 and end_of(text, start, position) < 0:
        start = text.rfind("-{", 0, start)
    if start < 0 or end_of(text, start, position) != position:
        return False
    return len(_escapes(text[:start])) % 2 == 0


def in_one_line(found: Variant) -> Variant:
    """A variant that was written in several lines, as one."""
    forms = {tag: fold(form) for tag, form in found.forms.items()}
    return replace(found, forms=forms, text=fold(found.text))


def _escapes(before: str) -> str:
    match = _ESCAPES.search(before)
    return match[0] if match else ""
