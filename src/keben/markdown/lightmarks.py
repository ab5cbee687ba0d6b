"""Inline rules for marks that other tools have: ``==mark==``, ``H~2~O``, ``m^2^``, ``++inserted++``, ``:smile:``.

Each is taken where nothing else can be meant, and stays text elsewhere.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from keben.core.patterns import later
from keben.core.values import dataclass

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_L = "A-Za-z\u0391-\u03c9"
_EMPHASIZED = rf"(?<![*_])[*_]{{1,2}}[{_L}][{_L}0-9]{{0,6}}[*_]{{1,2}}"
"""A quantity: its letter is slanted or bold."""
_MOLECULE = r"[A-Za-z)\]]~[0-9+-]{1,3}~[A-Za-z()\[\]]{1,8}"
"""What goes on behind a number below the line: C~6~H, H~2~CO."""


@dataclass(frozen=True, slots=True)
class _Mark:
    name: str
    tag: str
    sign: str
    before: re.Pattern[str]
    """What the text before it ends with."""
    form: re.Pattern[str]


_MARKS = (
    _Mark(
        "mark",
        "mark",
        "==",
        later(r"(?:^|[^=A-Za-z0-9])\Z"),
        later(r"==(?![=\s])([^=\n]{1,200})(?<!\s)==(?![=A-Za-z0-9])"),
    ),
    _Mark(
        "ins",
        "ins",
        "++",
        later(r"(?:^|[^+A-Za-z0-9])\Z"),
        later(r"\+\+(?![+\s])([^+\n;(){}=<>|&]{1,200})(?<!\s)\+\+(?![+A-Za-z0-9])"),
    ),
    _Mark(
        "sub",
        "sub",
        "~",
        later(rf"(?:(?:^|[^~0-9{_L}])[0-9{_L})\]]{{0,20}}[{_L})\]][0-9]?|{_EMPHASIZED}|{_MOLECULE})\Z"),
        later(r"~([0-9A-Za-z+=()-]{1,10})~(?![~0-9])"),
    ),
    _Mark(
        "sup",
        "sup",
        "^",
        later(rf"(?:[0-9{_L})\]]|[0-9A-Za-z]~|{_EMPHASIZED})\Z"),
        later(r"\^([0-9A-Za-z+=(),.\u2212-]{1,12})\^(?!\^)"),
    ),
    _Mark("sup_of_han", "sup", "^", later(rf"{_HAN}\Z"), later(r"\^([0-9+\u2212-]{1,4})\^(?!\^)")),
)
_LOOKED_BACK = 24
_EMOJI = later(r":(?:[a-z][a-z0-9_+'-]{1,60}|[+-]1|100|1234):(?![A-Za-z0-9_:/])")
_IN_WORD = later(r"[A-Za-z0-9_:/]\Z")


def use_marks(markdown: MarkdownIt) -> None:
    """Give a parser the rules of this module."""
    markdown.inline.ruler.before("strikethrough", "light_marks", _light_marks)
    markdown.inline.ruler.before("strikethrough", "emoji_names", _emoji_names)


def _light_marks(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "=+~^":
        return False
    for mark in _MARKS:
        if not state.src.startswith(mark.sign, state.pos):
            continue
        match = mark.form.match(state.src, state.pos, state.posMax)
        if match and mark.before.search(state.src[max(state.pos - _LOOKED_BACK, 0) : state.pos]):
            if not silent:
                _write(state, mark, match)
            state.pos = match.end()
            return True
    return False


def _write(state: StateInline, mark: _Mark, match: re.Match[str]) -> None:
    end = state.posMax
    state.pos, state.posMax = match.start(1), match.end(1)
    state.push(f"{mark.tag}_open", mark.tag, 1)
    state.md.inline.tokenize(state)
    state.push(f"{mark.tag}_close", mark.tag, -1)
    state.posMax = end


def _emoji_names(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != ":":
        return False
    match = _EMOJI.match(state.src, state.pos, state.posMax)
    if match is None or _IN_WORD.search(state.src[max(state.pos - 1, 0) : state.pos]):
        return False
    sign = _sign(match[0])
    if not sign:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = sign, match[0], "emoji"
    state.pos = match.end()
    return True


def _sign(name: str) -> str:
    """The emoji of a name that GitHub or Unicode has for it; empty if there is none."""
    # A large table, and few books have such names.
    import emoji

    sign = emoji.emojize(name, language="alias")
    return "" if sign == name else sign
