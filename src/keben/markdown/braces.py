"""Attributes in braces, ``{#id .class lang=en}``: before a block, behind an inline element, at a line's end."""

import re
from collections.abc import Mapping
from dataclasses import field

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from keben.core.patterns import later
from keben.core.values import dataclass
from keben.markdown.pictureoptions import picture_options
from keben.markdown.sizes import NAMES, size_of

WRONG = "wrong_attributes"
"""Where a token's ``meta`` keeps the words in braces that set nothing."""

_BRACES = later(r"\{([^{}|\n]*)\}")
_NAME = "[A-Za-z_][A-Za-z0-9_-]*"
_LOOKS_SO = later(
    rf"""\{{[ \t]*(?>(?:\#[^\s\#.{{}}=|"]+|\.{_NAME}(?=[\s.\#}}])"""
    r"""|[A-Za-z][A-Za-z0-9_:-]*=(?:"[^"{}|\n]*"|[^\s"{}|]*))[ \t]*)++\}"""
)
_NO_CLASS = later(r"\{[ \t]*\.[^\s.{}|\d][^{}|\n]*\}")
"""Braces that begin like a class, and hold no names: ``{.打鱼为生}``."""
_TEMPLATE = later(r"\{\{[^{}\n]{0,400}\}\}|\{%[^%\n]{0,400}%\}")
"""What other tools fill in: ``{{ name }}``, ``{{#include a.rs}}``, ``{{< video >}}``, ``{% note %}``."""
_WORD = later(
    rf"\s*(?:#(?P<id>[^\s#.{{}}=]+)|\.(?P<class>{_NAME})"
    r"""|(?P<key>[A-Za-z][A-Za-z0-9_:-]*)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"{}]*))|(?P<wrong>\S+))"""
)
_LANGUAGE = later(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

_INLINE = frozenset(("image", "code_inline", "link_close", "span_close"))
"""The tokens that braces right behind them set attributes of."""

_BLOCKS = frozenset(
    (
        "heading_open",
        "paragraph_open",
        "blockquote_open",
        "bullet_list_open",
        "ordered_list_open",
        "dl_open",
        "table_open",
        "fence",
        "code_block",
        "maths_block",
        "hr",
    )
)
"""The tokens that braces on a line of their own set attributes of."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands in a pair of braces."""

    values: Mapping[str, str] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()
    """Words that set nothing a book may set."""


def read_braces(text: str) -> Attributes:
    """Read what stands between a pair of braces. Of ids the last one counts; classes add up."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    for match in _WORD.finditer(text):
        if match["id"]:
            values["id"] = match["id"]
        elif match["class"]:
            values["class"] = f"{values['class']} {match['class']}" if "class" in values else match["class"]
        elif match["key"] == "lang" and is_language(match["quoted"] or match["bare"] or ""):
            values["lang"] = match["quoted"] or match["bare"]
        elif match["key"] in NAMES and size_of(match["quoted"] or match["bare"] or "", match["key"]):
            values[match["key"]] = match["quoted"] or match["bare"]
        else:
            wrong.append(match[0].strip())
    return Attributes(values, tuple(wrong))


def is_language(tag: str) -> bool:
    """Whether a text has the form of a language tag (BCP 47)."""
    return _LANGUAGE.fullmatch(tag) is not None


def attribute_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's
    """Block rule: a line of attributes and nothing else."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    if _LOOKS_SO.fullmatch(line) is None:
        return False
    if not silent:
        token = state.push("attribute_line", "", 0)
        token.content = line
        token.map = [start, start + 1]
        state.line = start + 1
    return True


def attach_lines(state: StateCore) -> None:
    """Core rule: each line of attributes goes to the block after it; one that has none stays for the builder."""
    tokens = state.tokens
    kept: list[Token] = []
    waiting: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "attribute_line":
            waiting.append(token)
            continue
        if waiting and token.type in _BLOCKS:
            for line in waiting:
                set_attributes(token, read_braces(line.content[1:-1]))
            if token.type == "paragraph_open":
                # A paragraph of a tight list has no element of its own; with attributes it needs one.
                token.hidden = tokens[index + 2].hidden = False
        else:
            kept += waiting
        waiting = []
        kept.append(token)
    state.tokens = kept + waiting


def set_attributes(token: Token, attributes: Attributes) -> None:
    """Set a token's attributes; classes add up."""
    for name, value in attributes.values.items():
        old = token.attrs.get("class")
        token.attrs[name] = f"{old} {value}" if name == "class" and old else value
    if attributes.wrong:
        token.meta.setdefault(WRONG, []).extend(attributes.wrong)


def span(state: StateInline, silent: bool) -> bool:
    """Inline rule: ``[text]{.class}`` is a span."""
    if state.src[state.pos] != "[" or state.src.startswith("[^", state.pos):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos)
    match = _LOOKS_SO.match(state.src, label_end + 1, state.posMax) if label_end >= 0 else None
    if match is None:
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = state.pos + 1, label_end
        token = state.push("span_open", "span", 1)
        set_attributes(token, read_braces(match[0][1:-1]))
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = end
    state.pos = match.end()
    return True


def braces(state: StateInline, silent: bool) -> bool:
    """Inline rule: braces right behind an inline element set its attributes; others stay for the builder to judge."""
    match = _BRACES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent and not _behind_picture(state, match):
        last = state.tokens[-1] if state.tokens and not state.pending else None
        if last is not None and last.type in _INLINE and looks_like_attributes(match[0]):
            set_attributes(_opening(state.tokens), read_braces(match[1]))
        else:
            token = state.push("braces", "", 0)
            token.content = match[0]
    state.pos = match.end()
    return True


def _behind_picture(state: StateInline, match: re.Match[str]) -> bool:
    """Take braces behind a picture as its options: right behind it, or at the paragraph's end a space or line away."""
    tokens = state.tokens
    is_apart = bool(state.pending) or (bool(tokens) and tokens[-1].type == "softbreak")
    at = -2 if tokens and tokens[-1].type == "softbreak" else -1
    if state.pending.strip() or len(tokens) < -at or tokens[at].type != "image":
        return False
    options = picture_options(match[1].strip())
    if options is None or (is_apart and state.src[match.end() : state.posMax].strip()):
        return False
    if is_apart and not any(name in options[0] for name in NAMES):
        return False
    state.pending = ""
    del tokens[len(tokens) + at + 1 :]
    set_attributes(tokens[-1], Attributes(*options))
    return True


def template(state: StateInline, silent: bool) -> bool:
    """Inline rule: what another tool would fill in, as it is written."""
    match = _TEMPLATE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if match is None:
        return False
    if not silent:
        token = state.push("template", "", 0)
        token.content = match[0]
    state.pos = match.end()
    return True


def looks_like_attributes(text: str) -> bool:
    """Whether a pair of braces was meant to set attributes, and is no text."""
    return _LOOKS_SO.fullmatch(text) is not None


def has_no_class(text: str) -> bool:
    """Whether a pair of braces begins like a class, and is none."""
    return _NO_CLASS.fullmatch(text) is not None


def _opening(tokens: list[Token]) -> Token:
    """The last token, or the one that it closes."""
    level = 0
    for token in reversed(tokens):
        level += token.nesting
        if level == 0:
            break
    return token
