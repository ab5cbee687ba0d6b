"""Which lines of Markdown are text, and which of those are headings: enough of CommonMark to move both about."""

import re
from collections.abc import Sequence

from keben.core.values import dataclass

_FENCE = re.compile(r"((?:\s*(?:>|[-*+]\s|\d{1,9}[.)]\s))*)\s*(`{3,}|~{3,})(.*)$")
_TAGGED = re.compile(r"\s*\{%-?\s*(highlight|codeblock|prism)\b")
"""Code of Jekyll and Hexo begins."""
_BOX = re.compile(
    r"\s*\{(?:note|tip|hint|important|warning|caution|danger|attention|error|seealso|admonition|dropdown|margin|sidebar"
    r"|details|topic)\}"
)
"""Behind the marks of a box of MyST: what it holds is text."""
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_NO_PARAGRAPH = re.compile(r"\s*(?:[>|#]|[-*+]\s|\d{1,9}[.)]\s|<|\[\^?[^\]]+\]:|:::|!!!|$)| {4}|\t")
_ITEM = r"(?:[#.][\w.:-]+|-|[A-Za-z][\w-]*(?:=(?:\"[^\"]*\"|[^\s\"{}]+))?)"
_ATTRIBUTES = re.compile(rf"\s*\{{[ \t]*{_ITEM}(?:[ \t]+{_ITEM})*[ \t]*\}}\s*$")
_EXPLICIT = re.compile(r"#([\w.:-]+)")
_ANY = r"(?:\s+[A-Za-z-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>/]+))*?"
ANCHOR = re.compile(
    rf"<a{_ANY}\s+(?:id|name)\s*=\s*[\"']?([^\"'<>\s]+)[\"']?{_ANY}\s*(?:/>|>\s*</a>)", re.IGNORECASE
)
"""An empty anchor, as people write them, and as GitBook puts one into each heading: ``<a href="#a" id="a"></a>``."""


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading of a Markdown file."""

    line: int
    """From 0."""
    end: int
    """The line after it."""
    level: int
    text: str
    """Markdown, without attributes."""
    name: str
    """The id that it gives itself."""


def prose_lines(lines: Sequence[str]) -> tuple[bool, ...]:
    """For each line whether it is text: not in a code fence, a formula in ``$$``, nor a comment of several lines.

    What stands in a box of MyST, which begins as a fence does, is text.
    """
    flags: list[bool] = []
    boxes: list[str] = []
    fence = tag = ""
    is_quoted = is_comment = False
    for line in lines:
        if fence:
            bare = line.lstrip("> \t").rstrip()
            if is_quoted and not line.lstrip().startswith(">"):
                fence = ""
            elif bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
                flags.append(False)
                continue
            else:
                flags.append(False)
                continue
        if tag:
            tag = "" if re.search(rf"\{{%-?\s*end{tag}\s*-?%\}}", line) else tag
            flags.append(False)
            continue
        if is_comment:
            is_comment = "-->" not in line
            flags.append(False)
            continue
        if code := _TAGGED.match(line):
            tag = "" if f"end{code[1]}" in line else code[1]
            flags.append(False)
            continue
        match = _FENCE.match(line)
        if match and _BOX.match(match[3]):
            boxes.append(match[2])
            flags.append(True)
            continue
        if match and boxes and match[2].startswith(boxes[-1]) and not match[3].strip():
            boxes.pop()
            flags.append(True)
            continue
        if match and not (match[2][0] == "`" and "`" in match[3]):
            fence, is_quoted = match[2], ">" in match[1]
            flags.append(False)
            continue
        is_comment = line.lstrip().startswith("<!--") and "-->" not in line
        flags.append(not is_comment)
    return _without_formulas(lines, flags)


def _without_formulas(lines: Sequence[str], flags: Sequence[bool]) -> tuple[bool, ...]:
    """The lines of text without those of formulas in ``$$``, where a line ``=`` would be under a heading."""
    left = list(flags)
    at = 0
    while at < len(lines):
        end = _formula_end(lines, flags, at)
        left[at:end] = [False] * (end - at)
        at = max(end, at + 1)
    return tuple(left)


def _formula_end(lines: Sequence[str], flags: Sequence[bool], start: int) -> int:
    """The line behind a formula that begins in a line of text; ``start`` itself: none begins there."""
    if not flags[start] or not lines[start].lstrip("> \t").startswith("$$") or lines[start].count("$$") > 1:
        return start
    for at in range(start + 1, len(lines)):
        if not flags[at] or not lines[at].strip("> \t"):
            return start
        if "$$" in lines[at]:
            return at + 1
    return start


def headings_of(lines: Sequence[str], prose: Sequence[bool]) -> tuple[PageHeading, ...]:
    """The headings of a file, in order; those in quotations and lists are not among them."""
    found: list[PageHeading] = []
    start: int | None = None
    for number, line in enumerate(lines):
        if not prose[number]:
            start = None
        elif match := _ATX.match(line):
            found.append(_heading(number, number + 1, len(match[1]), match[2] or ""))
            start = None
        elif start is not None and (match := _SETEXT.match(line)):
            text = " ".join(each.strip() for each in lines[start:number])
            found.append(_heading(start, number + 1, 1 if match[1][0] == "=" else 2, text))
            start = None
        elif start is None:
            is_after_text = number and prose[number - 1] and lines[number - 1].strip()
            is_open = not is_after_text or (bool(found) and found[-1].end == number)
            start = number if is_open and not _NO_PARAGRAPH.match(line) else None
        elif _NO_PARAGRAPH.match(line):
            start = None
    return tuple(found)


def _heading(line: int, end: int, level: int, text: str) -> PageHeading:
    start = text.rfind("{")
    attributes = _ATTRIBUTES.search(text, len(text[:start].rstrip())) if start >= 0 else None
    name = _EXPLICIT.search(attributes[0]) if attributes else None
    if attributes:
        text = text[: attributes.start()]
    return PageHeading(line, end, level, text.strip(), name[1] if name else "")


def key_of(text: str) -> str:
    """What all tools' anchors for a heading have in common: its letters and digits, in lower case."""
    text = re.sub(r"<[^>]*>|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    return re.sub(r"[\W_]+", "", text).casefold()
