"""Ruby: ``{漢字|hàn zì}``."""

import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

from keben.markup import Element, Node

_RUBY = re.compile(r"\{([^{}|\n]+)\|([^{}\n]+)\}")


def ruby(state: StateInline, silent: bool) -> bool:
    """Inline rule: a base and its readings in braces, with a bar between."""
    match = _RUBY.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if match is None or not match[1].strip() or not match[2].strip(" |"):
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        token.content = match[1].strip()
        token.meta = {"pairs": pairs(match[1].strip(), match[2])}
    state.pos = match.end()
    return True


def pairs(base: str, readings: str) -> list[tuple[str, str]]:
    """Bases with their readings: one a character if there are as many, else one for the whole.

    Readings are parted by bars, or where there are none by spaces.
    """
    parts = [part.strip() for part in readings.split("|")] if "|" in readings else readings.split()
    if len(parts) == len(base) and all(parts):
        return list(zip(base, parts, strict=True))
    return [(base, " ".join(part for part in parts if part))]


def ruby_element(token_pairs: list[tuple[str, str]]) -> Element:
    """Ruby with parentheses for readers that do not know it (HTML, 4.5.13: the rp element)."""
    return Element("ruby", {}, tuple(_children(token_pairs)))


def _children(token_pairs: list[tuple[str, str]]) -> Iterator[Node]:
    for base, reading in token_pairs:
        yield base
        yield Element("rp", {}, ("（",))
        yield Element("rt", {}, (reading,))
        yield Element("rp", {}, ("）",))
