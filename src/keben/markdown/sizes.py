"""How large a picture is said to be: in braces, in HTML's attributes and styles, behind its path (``=300x200``)."""

import re
from collections.abc import Mapping

from markdown_it.rules_inline import StateInline, image
from markdown_it.token import Token

from keben.core.patterns import later

NAMES = ("width", "height")

_SIZE = later(
    r"\s*(\d{1,5}(?:\.\d{1,4})?|\.\d{1,4})\s*"
    r"(%|vw|px|pt|pc|mm|cm|in|em|rem|\\(?:text|line|column)width)?\s*;?\s*",
    re.ASCII | re.IGNORECASE,
)
_BEHIND = later(
    r"(?P<before>\(\s*(?:<[^<>\n]*>|[^\s()<>]+)(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?)"
    r"(?P<size>\s+=\s?(?P<width>\d{1,5}(?:%|px)?)?(?:x(?P<height>\d{1,5}(?:px)?)?)?)(?=\s*\)|\s+[\"'(])"
)
_IN_TEXT = re.compile(r"\|\s*(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?\s*$", re.ASCII)
"""Obsidian's size at the end of a picture's text: ``|300``, ``|300x200``."""
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*([^;]*?)\s*(?:!important\s*)?(?:;|$)", re.IGNORECASE)
_PASSED = (
    "border", "box-shadow", "clear", "display", "image-rendering", "margin", "max-", "min-", "object-", "outline",
    "padding", "text-align", "vertical-align",
)  # fmt: skip
"""How the properties begin that a book's own styles settle: pages of the web carry them by the dozen."""


def size_of(text: str, name: str = "width") -> str | None:
    """A size as CSS writes it; None where it is none. No picture is wider than the measure.

    A number alone is of CSS pixels, 96 to the inch (HTML, 4.8.17). A height has no percentage: of what is not known.
    """
    match = _SIZE.fullmatch(text)
    if match is None or float(match[1]) <= 0:
        return None
    unit = (match[2] or "px").lower()
    share = 100.0 if unit.startswith("\\") else 1.0
    unit = "%" if unit == "vw" or share > 1 else "em" if unit == "rem" else unit
    number = f"{float(match[1]) * share:g}"
    if unit == "%":
        return (number if float(match[1]) * share < 100 else "100") + "%" if name == "width" else None
    return number + unit


def size_style(sizes: Mapping[str, str]) -> dict[str, str]:
    """The ``style`` of an ``img`` of these sizes. Beside a width no height counts: a picture is never distorted."""
    for name in NAMES:
        size = size_of(sizes.get(name, ""), name)
        if size:
            return {"style": f"{name}: {size}"}
    return {}


def take_sizes(token: Token) -> dict[str, str]:
    """The sizes among a token's attributes, which it has no more."""
    return {name: str(token.attrs.pop(name)) for name in NAMES if name in token.attrs}


def style_sizes(style: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The sizes in a ``style`` attribute of an ``img``, and the declarations in it that a book cannot follow.

    Typora's ``zoom: 50%`` is taken for a width.
    """
    sizes: dict[str, str] = {}
    wrong: list[str] = []
    rest = _DECLARATION.sub("", style)
    for match in _DECLARATION.finditer(style):
        name, value = match[1].lower(), match[2]
        if name == "zoom" and size_of(value):
            sizes.setdefault("width", value)
        elif name in NAMES and size_of(value, name):
            sizes[name] = value
        elif not (name in NAMES and value.lower() in ("auto", "100%")) and not name.startswith(_PASSED):
            wrong.append(match[0].strip().rstrip(";"))
    return sizes, (*wrong, *([rest.strip()] if rest.strip() else []))


def sized_image(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``![text](path =300x200 "title")``, as many editors write it; Obsidian's ``![text|300](path)``."""
    if not state.src.startswith("![", state.pos):
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos + 1, False)
    match = _BEHIND.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if match is None or not (match["width"] or match["height"]):
        label = state.src[state.pos + 2 : end] if end >= 0 else ""
        inside = _IN_TEXT.search(label)
        return inside is not None and _obsidian(state, silent, inside)
    source = state.src
    # The same length, so that places stay.
    state.src = source[: match.start("size")] + " " * len(match["size"]) + source[match.end("size") :]
    try:
        found = image(state, silent)
    finally:
        state.src = source
    if found and not silent:
        for name in NAMES:
            if match[name]:
                state.tokens[-1].attrs[name] = match[name]
    return found


def _obsidian(state: StateInline, silent: bool, match: re.Match[str]) -> bool:
    """A picture whose text ends with a size, which is none of the text."""
    first = len(state.tokens)
    if not image(state, silent):
        return False
    if not silent:
        token = state.tokens[first]
        token.content = token.content[: match.start()].rstrip()
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        for name in NAMES:
            if match[name]:
                token.attrs[name] = match[name]
    return True
