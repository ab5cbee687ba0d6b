"""What a style sheet names: ``url()``, ``src()``, the strings of ``image-set()``, and ``@import`` (CSS Syntax 3, 4.3).

It is read apart from what reads sheets elsewhere in Keben, so that a fault there does not hide itself.
"""

import re
from collections.abc import Iterator

from keben.core.patterns import later

_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|\n)|(.))", re.DOTALL)
# All but ASCII's other characters; said so, as Python takes milliseconds for a range up to U+10FFFF.
_WORD = r"(?:[^\x00-\x2c./\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]|\\[0-9A-Fa-f]{1,6}\s?|\\[^\n0-9A-Fa-f])"
_TOKEN = later(
    rf"""/\*.*?(?:\*/|\Z)
    |(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<at>@{_WORD}+)
    |(?P<function>{_WORD}+)\(
    |(?P<word>{_WORD}+)
    |(?P<close>\))
    |(?P<open>\()
    |\s+|.""",
    re.VERBOSE | re.DOTALL,
)
_BARE = re.compile(r"""\s*((?:[^\s"'()\\]|\\.)*)\s*\)""", re.DOTALL)
_MAYBE = ("url(", "src(", "image", "@import", "\\")
"""What a sheet with a URL in it holds somewhere, in lower case; the last begins an escape."""
_PICTURES = frozenset(("url", "src", "image-set", "-webkit-image-set", "image"))


def urls_in_sheet(text: str) -> Iterator[tuple[str, int]]:
    """Each URL and its line, from 1."""
    lower = text.lower()
    if not any(each in lower for each in _MAYBE):
        return
    at, stack, imports = 0, [""], False
    while match := _TOKEN.match(text, at):
        at = match.end()
        kind = match.lastgroup
        line = text.count("\n", 0, match.start()) + 1
        if kind == "string" and (imports or stack[-1] in _PICTURES):
            yield _plain(match["string"][1:-1]), line
        elif kind == "function":
            name = _plain(match["function"]).lower()
            bare = _BARE.match(text, at) if name == "url" else None
            if bare and text[at : at + 1] != ")":
                yield _plain(bare[1]), line
                at = bare.end()
            else:
                stack.append(name)
        elif kind == "open":
            stack.append("(")
        elif kind == "close" and len(stack) > 1:
            stack.pop()
        if kind or not match[0].isspace():
            imports = kind == "at" and _plain(match["at"]).lower() == "@import"
        if at >= len(text):
            return


def _plain(text: str) -> str:
    """A token without its escapes."""

    def character(match: re.Match[str]) -> str:
        if match[1]:
            code = int(match[1], 16)
            return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        return match[3] or ""

    return _ESCAPE.sub(character, text)
