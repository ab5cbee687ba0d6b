"""CSS text: where its URLs stand, read as a browser reads them: in any case, with escapes, in any of their forms.

With `keben.pictures.svgstyle`, which judges whole declarations, the only module that imports tinycss2.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import tinycss2  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass

DEEPEST = 100
"""How deep blocks and parentheses may stand in one another; CSS parsers recurse."""

_URL_FUNCTIONS = frozenset(("url", "src"))
_PICTURE_FUNCTIONS = frozenset(
    ("image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade")
)
_CLOSERS = {"() block": ")", "[] block": "]", "{} block": "}", "function": ")"}
_BLOCKS = frozenset(_CLOSERS)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_MAYBE = re.compile(
    r"url|import|image-set|image\(|cross-fade|src\(|\\0{0,4}[4-7][0-9a-f](?![0-9a-f])|\\[g-z]"
)
"""What a sheet with a URL in it holds somewhere, in lower case; the last two are escaped letters."""
_SPARE = re.compile(
    r"(?P<kept>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|url\((?:\\.|[^)\\])*\)|/\*!.*?(?:\*/|\Z))"
    r"|(?:\s|/\*.*?(?:\*/|\Z))+",
    re.DOTALL | re.IGNORECASE,
)
"""Strings and URLs, which stay as they are; and white space with comments."""

_NESTING = re.compile(r"[()\[\]{}\n]")


class CSSError(ValueError):
    """CSS that cannot be read; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Reference:
    """A URL in a style sheet."""

    kind: Literal["url", "import"]
    target: str
    """As it is meant: without quotation marks and escapes."""
    start: int
    """Offset in the text as `normal` gives it. An import begins at its ``@``."""
    end: int
    """Behind its parenthesis or quotation mark; of an import behind its semicolon."""
    line: int
    column: int
    condition: str = ""
    """Of an import: what stands between its target and its semicolon."""
    bare: bool = False
    """A string that is a URL without ``url()`` around it."""


def normal(text: str) -> str:
    """The text as CSS reads it (CSS Syntax 3, section 3.3): offsets and lines count in this one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}")


def without_comments(text: str) -> str:
    """A style sheet without its comments and the white space around them; one that begins with ``/*!`` stays."""

    def least(match: re.Match[str]) -> str:
        if match["kept"]:
            return match[0]
        blank = _COMMENT.sub("", match[0])
        # A comment alone parts two tokens.
        return ("\n" if "\n" in match[0] else " ") if blank else "/**/"

    return _SPARE.sub(least, text).strip()


def references(text: str) -> tuple[Reference, ...]:
    """Every URL that a style sheet, or a list of declarations, names, in order.

    Raises:
        CSSError: a URL or a string is broken, or blocks stand too deep in one another.
    """
    text = normal(text)
    _require_shallow(text)
    # In lower case, for a search that minds no case takes ten times as long.
    if not _MAYBE.search(text.lower()):
        return ()
    # Where each line begins, as offsets.
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    nodes = tinycss2.parse_component_value_list(text)
    found: list[Reference] = []
    waiting: list[tuple[list[Any], int, str]] = [(nodes, len(text), "")]
    while waiting:
        siblings, end, function = waiting.pop()
        spans = list(_spans(siblings, end, lines))
        imports = list(_imports(spans, text)) if siblings is nodes else []
        found += imports
        for node, start, stop in spans:
            if any(each.start <= start < each.end for each in imports):
                continue
            found += _of(node, start, stop, function)
            if node.type in _BLOCKS and not _is_url(node):
                inner = node.arguments if node.type == "function" else node.content
                closed = text[stop - 1 : stop] == _CLOSERS[node.type]
                name = node.lower_name if node.type == "function" else function
                waiting.append((inner, stop - 1 if closed else stop, name))
    return tuple(sorted(found, key=lambda each: each.start))


def replace(text: str, changes: Iterable[tuple[Reference, str]]) -> str:
    """The text, as `normal` gives it, with other text in the places of some references."""
    text = normal(text)
    for reference, new in sorted(changes, key=lambda change: change[0].start, reverse=True):
        text = text[: reference.start] + new + text[reference.end :]
    return text


def quoted(url: str) -> str:
    """A URL as ``url("…")``."""
    escaped = url.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
    return f'url("{escaped}")'


def _require_shallow(text: str) -> None:
    """Raise where brackets stand too deep in one another; those in strings and comments may count too."""
    depth = 0
    line = 1
    for sign in _NESTING.findall(text):
        if sign in "([{":
            depth += 1
            if depth > DEEPEST:
                raise CSSError(wording("too many blocks stand in one another"), line, 0)
        elif sign in ")]}":
            depth = max(depth - 1, 0)
        elif sign == "\n":
            line += 1


def _spans(nodes: Sequence[Any], end: int, lines: Sequence[int]) -> Iterator[tuple[Any, int, int]]:
    starts = [lines[node.source_line - 1] + node.source_column - 1 for node in nodes]
    for node, start, stop in zip(nodes, starts, [*starts[1:], end], strict=False):
        if node.type == "error" and node.kind in ("bad-url", "bad-string", "eof-in-url", "eof-in-string"):
            what = "URL" if "url" in node.kind else wording("string")
            raise CSSError(
                wording("this {what} is never closed, or broken", what=what),
                node.source_line,
                node.source_column,
            )
        yield node, start, stop


def _is_url(node: Any) -> bool:
    return node.type == "function" and node.lower_name in _URL_FUNCTIONS


def _of(node: Any, start: int, end: int, function: str) -> Iterator[Reference]:
    if node.type == "url":
        yield Reference("url", node.value.strip(), start, end, node.source_line, node.source_column)
    elif _is_url(node):
        target = next((part.value for part in node.arguments if part.type == "string"), None)
        if target is not None:
            yield Reference("url", target.strip(), start, end, node.source_line, node.source_column)
    elif node.type == "string" and function in _PICTURE_FUNCTIONS:
        yield Reference(
            "url", node.value.strip(), start, end, node.source_line, node.source_column, bare=True
        )


def _imports(spans: Sequence[tuple[Any, int, int]], text: str) -> Iterator[Reference]:
    for index, (node, start, _) in enumerate(spans):
        if node.type != "at-keyword" or node.lower_value != "import":
            continue
        rest = spans[index + 1 :]
        stop = next((number for number, span in enumerate(rest) if _ends_statement(span[0])), len(rest))
        last = rest[stop][1] if stop < len(rest) else len(text)
        end = rest[stop][2] if stop < len(rest) and rest[stop][0] == ";" else last
        parts = [span for span in rest[:stop] if span[0].type not in ("whitespace", "comment")]
        named = next(_of(*parts[0], function="image"), None) if parts else None
        if named is not None:
            condition = _COMMENT.sub(" ", text[parts[0][2] : last]).strip()
            line, column = node.source_line, node.source_column
            yield Reference("import", named.target, start, end, line, column, condition)


def _ends_statement(node: Any) -> bool:
    return bool(node == ";" or node.type == "{} block")
