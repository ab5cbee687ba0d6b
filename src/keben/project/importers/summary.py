"""``SUMMARY.md`` and ``_sidebar.md`` → a tree of entries.

mdBook's rules (its guide, “SUMMARY.md”) where they are the narrower: links that stand in no list are prefix and suffix
chapters, headings are parts. GitBook's and docsify's lists are the same with other marks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from keben.core.values import dataclass
from keben.project.importers.markup import escape
from keben.project.importers.plans import Entry
from keben.project.importers.prose import ANCHOR
from keben.project.importers.values import ChapterRank

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DEFINITION = re.compile(r" {0,3}\[([^\]]+)\]:\s*(?:<([^<>]*)>|(\S+))")
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)])\s+(.*)$")
_TASK = re.compile(r"\[[ xX]\]\s+(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_MARKS = re.compile(r"(\*\*|__|\*|_)(.+)\1")
_PART_TITLE = re.compile(r"第.{1,9}[部卷篇编編辑輯册冊]|[上中下][部卷篇册冊]|Part\b", re.IGNORECASE)
_APPENDIX = re.compile(r"附\s*[录錄]|appendix", re.IGNORECASE)
_BACKSLASH = re.compile(r"\\(?=[A-Za-z0-9]|[^\x00-\x7f])")
_LONGEST = 1000
"""Characters of a link's text; brackets that close later are no link."""
_DEEPEST = 200
"""Columns; entries further in stand in no deeper one."""
_TARGET = re.compile(
    r"""\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^()\s]|\([^()\s]*\)|\ (?!["'(]))*))"""
    r"""\s*(?:"[^"]*"|'[^']*'|\([^()]*\))?\s*\)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as an entry has it."""

    title: str
    target: str
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """An entry that stands in no tree yet; ``indent`` is −1 where it stands in no list."""

    indent: int
    entry: Entry


def read_summary(text: str) -> tuple[Entry, ...]:
    """The entries of a list of contents: parts, and chapters with what is nested in them."""
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), ANCHOR.sub("", text).expandtabs(4))
    lines = text.split("\n")
    definitions = {
        _label(match[1]): match[2] or match[3] for line in lines if (match := _DEFINITION.match(line))
    }
    rows = list(_rows(lines, definitions))
    has_lists = any(row.indent >= 0 for row in rows)
    ranked = _ranked(rows) if has_lists else rows
    return _tree([row for row in ranked if row.entry.title or row.entry.target])


def _rows(lines: Sequence[str], definitions: Mapping[str, str]) -> Iterator[_Line]:
    for number, row in _numbered_rows(lines, definitions):
        yield replace(row, entry=replace(row.entry, line=number))


def _numbered_rows(lines: Sequence[str], definitions: Mapping[str, str]) -> Iterator[tuple[int, _Line]]:
    headings = sum(bool(_HEADING.match(line)) for line in lines)
    is_first = True
    for number, line in enumerate(lines, 1):
        if not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
            continue
        if heading := _HEADING.match(line):
            # The first heading names the list itself, as “# Summary” does.
            is_title = (
                is_first and len(heading[1]) == 1 and not (headings > 1 and _PART_TITLE.match(heading[2]))
            )
            if not is_title and heading[2]:
                link = first_link(heading[2], definitions)
                title, target = (link.title, link.target) if link else (heading[2], "")
                yield number, _Line(-1, Entry(title, target, "part"))
        elif item := _ITEM.match(line):
            entry = _entry(_TASK.sub("", item[2], count=1), definitions)
            yield number, _Line(min(len(item[1]), _DEEPEST), entry)
        else:
            yield from ((number, _Line(-1, _of_link(link))) for link in links_in(line, definitions))
        is_first = False


def _entry(text: str, definitions: Mapping[str, str]) -> Entry:
    link = first_link(text, definitions)
    if link:
        return _of_link(link)
    plain = text.strip()
    while match := _MARKS.fullmatch(plain):
        plain = match[2]
    return Entry(plain)


def _of_link(link: Link) -> Entry:
    title = link.title.strip()
    while match := _MARKS.fullmatch(title):
        title = match[2]
    return Entry(title, link.target)


def first_link(text: str, definitions: Mapping[str, str]) -> Link | None:
    """The first link of a line."""
    return next(links_in(text, definitions), None)


def links_in(text: str, definitions: Mapping[str, str]) -> Iterator[Link]:
    """The links of a line: ``[a](b.md)``, ``[a [b]](<c d.md> "e")``, ``[a][b]``, ``[a]``."""
    at = 0
    while (start := text.find("[", at)) >= 0:
        at = start + 1
        end = closing(text, start)
        if end < 0 or (start and text[start - 1] in "!\\"):
            continue
        title = text[start + 1 : end]
        if target := _TARGET.match(text, end + 1):
            written = target["angle"] if target["angle"] is not None else target["plain"]
            yield Link(title, _slashed(written.strip()), target.end())
            at = target.end()
            continue
        label = re.compile(r"\[([^\]]*)\]").match(text, end + 1)
        wanted = _label((label[1] if label else "") or title)
        if wanted in definitions:
            at = label.end() if label else end + 1
            yield Link(title, _slashed(definitions[wanted]), at)


def _slashed(target: str) -> str:
    """A target with ``/`` for the backslash between folders that people write on Windows.

    In front of punctuation a backslash is an escape (CommonMark 0.31.2, 2.4) and stays.
    """
    return target if "://" in target else _BACKSLASH.sub("/", target)


def closing(text: str, start: int) -> int:
    """Where the bracket that opens at ``start`` closes; −1 where it does not."""
    depth = 0
    at = start
    while at < min(len(text), start + _LONGEST):
        if text.startswith("\n\n", at):
            return -1
        if text[at] == "\\":
            at += 1
        elif text[at] == "`":
            run = len(text[at:]) - len(text[at:].lstrip("`"))
            close = text.find("`" * run, at + run)
            at = (close if close >= 0 else at) + run - 1
        elif text[at] == "[":
            depth += 1
        elif text[at] == "]":
            depth -= 1
            if not depth:
                return at
        at += 1
    return -1


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _ranked(rows: Sequence[_Line]) -> list[_Line]:
    """Links that stand in no list: before the first list prefaces, behind it afterwords and appendices."""
    listed = [number for number, row in enumerate(rows) if row.indent >= 0]
    ranked: list[_Line] = []
    for number, row in enumerate(rows):
        if row.indent >= 0 or row.entry.rank == "part":
            ranked.append(row)
            continue
        rank: ChapterRank = "preface" if number < listed[0] else "afterword"
        if _APPENDIX.match(row.entry.title):
            rank = "appendix"
        ranked.append(_Line(-1, replace(row.entry, rank=rank)))
    return ranked


def _tree(rows: Sequence[_Line]) -> tuple[Entry, ...]:
    """The rows with each in the one before it that is less indented."""
    entries: list[Entry] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        end = at + 1
        while row.indent >= 0 and end < len(rows) and rows[end].indent > row.indent:
            end += 1
        entries.append(replace(row.entry, children=_tree(rows[at + 1 : end])))
        at = end
    return tuple(entries)


def split_anchor(target: str) -> tuple[str, str]:
    """A target's path, decoded, and its anchor. docsify writes anchors as ``?id=``."""
    path, _, anchor = target.partition("#")
    if path in ("", "/") and anchor.startswith("/"):
        # docsify's and VuePress's hash routes: “#/guide?id=a”.
        path, anchor = anchor, ""
    path, _, query = path.partition("?")
    if query.startswith("id="):
        anchor = query[3:]
    return path, unquote(anchor)


def titled(name: str) -> str:
    """A title that is plain text, as Markdown."""
    return escape(" ".join(name.split()))
