"""Abbreviations of PHP Markdown Extra and MkDocs: ``*[HTML]: Hypertext Markup Language`` explains each HTML."""

import re
from collections.abc import Iterator, Mapping

from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from keben.core.patterns import later

ABBREVIATIONS = "abbreviations"
"""Where the parser's environment keeps them: label, text, and line (1-based), in order."""

_FORM = later(r"\*\[([^\[\]\n]{1,60})\]:[ \t]*(\S[^\n]*)")
_WORD = later(r"\w", re.ASCII)


def abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001 - markdown-it's
    """Block rule: a line that says what an abbreviation stands for. It prints nothing by itself."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip()
    match = _FORM.fullmatch(line) if line.startswith("*[") and not state.is_code_block(start) else None
    if match is None:
        return False
    if not silent:
        state.env.setdefault(ABBREVIATIONS, []).append((match[1].strip(), match[2].strip(), start + 1))
        state.line = start + 1
    return True


def abbreviate(state: StateCore) -> None:
    """Core rule: each of a chapter's abbreviations where it stands in text becomes an element with its explanation."""
    said: dict[str, str] = {}
    for label, text, _ in state.env.get(ABBREVIATIONS, ()):
        said.setdefault(label, text)
    if not said:
        return
    names = "|".join(_bounded(name) for name in sorted(said, key=len, reverse=True))
    form = re.compile(names)
    for token in state.tokens:
        if token.type == "inline" and token.children:
            token.children = list(_with_abbreviations(token.children, form, said))


def _bounded(name: str) -> str:
    """A pattern for a name that is no part of a longer word."""
    before = r"(?<![A-Za-z0-9_])" if _WORD.match(name[0]) else ""
    after = r"(?![A-Za-z0-9_])" if _WORD.match(name[-1]) else ""
    return f"{before}{re.escape(name)}{after}"


def _with_abbreviations(
    tokens: list[Token], form: re.Pattern[str], said: Mapping[str, str]
) -> Iterator[Token]:
    for token in tokens:
        if token.type != "text":
            yield token
            continue
        at = 0
        for match in form.finditer(token.content):
            if match.start() > at:
                yield Token("text", "", 0, content=token.content[at : match.start()], level=token.level)
            yield Token("abbr_open", "abbr", 1, attrs={"title": said[match[0]]}, level=token.level)
            yield Token("text", "", 0, content=match[0], level=token.level + 1)
            yield Token("abbr_close", "abbr", -1, level=token.level)
            at = match.end()
        if at == 0:
            yield token
        elif at < len(token.content):
            yield Token("text", "", 0, content=token.content[at:], level=token.level)
