"""The Markdown that Keben reads: CommonMark by markdown-it-py, its plugins, and rules of our own."""

import re
from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

ATTRIBUTES = ("id", "class", "lang")
"""What braces can set."""

_RUBY = re.compile(r"\{([^{}|\n]+)\|([^{}\n]+)\}")


@cache
def grammar() -> MarkdownIt:
    """The parser; it holds no state between texts."""
    markdown = MarkdownIt("commonmark", {"html": True})
    markdown.enable(["table", "strikethrough"])
    # Every link is looked at by `links`, which says what is wrong with it; markdown-it would print it as text.
    markdown.validateLink = _any_link  # type: ignore[method-assign]
    footnote_plugin(markdown, always_match_refs=True)
    deflist_plugin(markdown)
    attrs_plugin(markdown, spans=True, allowed=ATTRIBUTES)
    attrs_block_plugin(markdown, allowed=ATTRIBUTES)
    markdown.inline.ruler.before("link", "ruby", _ruby)
    markdown.core.ruler.after("inline", "captions", _captions)
    return markdown


def _any_link(url: str) -> bool:  # noqa: ARG001 - markdown-it's signature
    return True


def is_lone_image(children: Sequence[Token] | None) -> bool:
    """Whether a paragraph's inline tokens are one image and nothing else."""
    return children is not None and len(children) == 1 and children[0].type == "image"


def _ruby(state: StateInline, silent: bool) -> bool:
    """``{漢字|hàn zì}``: readings are parted by spaces or further bars, one for each base character or one for all."""
    match = _RUBY.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent:
        token = state.push("ruby", "ruby", 0)
        base = match[1]
        readings = match[2].split("|") if "|" in match[2] else match[2].split()
        token.content = base
        single = len(readings) == len(base) and len(base) > 1
        token.meta = {
            "pairs": list(zip(base, readings, strict=True))
            if single
            else [(base, match[2].replace("|", " ").strip())]
        }
    state.pos = match.end()
    return True


def _captions(state: StateCore) -> None:
    """The title of an image that stands alone is a caption: inline Markdown, with notes like any other text.

    It runs before the plugin for notes gathers them at the end.
    """
    for token in state.tokens:
        if token.type == "inline" and is_lone_image(token.children):
            image = (token.children or [])[0]
            title = image.attrGet("title")
            if title:
                caption: list[Token] = []
                state.md.inline.parse(str(title), state.md, state.env, caption)
                image.meta["caption"] = caption
