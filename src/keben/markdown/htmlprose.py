"""Where raw HTML has prose: between its tags, and not in what is code, a reading or a comment."""

import re
from collections.abc import Iterator

from keben.core.patterns import later
from keben.markdown.recording import TAG

_CODE = ("pre", "code", "kbd", "samp", "tt", "var", "script", "style", "math", "svg", "textarea", "iframe")
_READINGS = ("rt", "rp")

_TAG = later(
    r"<!--.*?(?:-->|\Z)|<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|<[!?][^>]*>",
    re.DOTALL,
)
_REFERENCE = later(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def prose_spans(html: str) -> Iterator[tuple[int, int]]:
    """Start and end of each piece of prose in a block of raw HTML."""
    closed, at = "", 0
    for match in _TAG.finditer(html):
        if not closed:
            yield from _plain(html, at, match.start())
        at = match.end()
        name = (match["name"] or "").lower()
        if closed:
            closed = "" if match["end"] and name == closed else closed
        elif name in (*_CODE, *_READINGS) and not match["end"] and not match[0].endswith("/>"):
            closed = name
    if not closed:
        yield from _plain(html, at, len(html))


def _plain(html: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A text between tags without its character references."""
    for match in _REFERENCE.finditer(html, start, end):
        if match.start() > start:
            yield start, match.start()
        start = match.end()
    if "<" not in html[start:end] and end > start:
        yield start, end


def inline_spans(content: str, kinds: bytes) -> Iterator[tuple[int, int, bool]]:
    """Pieces of an inline text between tags that make them no prose: start, end, and whether they are code."""
    closed, at = "", 0
    for match in _TAG.finditer(content):
        if kinds[match.start()] != TAG:
            continue
        name = (match["name"] or "").lower()
        if closed:
            if match["end"] and name == closed:
                yield at, match.start(), closed in _CODE
                closed = ""
        elif name in (*_CODE, *_READINGS) and not match["end"]:
            closed, at = name, match.end()
    if closed:
        yield at, len(content), closed in _CODE
