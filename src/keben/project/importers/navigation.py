"""Tables of contents that are data: ``nav`` of MkDocs, ``chapters`` of Quarto."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from keben.project.importers.plans import Entry
from keben.project.importers.sources import is_index, is_markdown
from keben.project.importers.summary import titled

_DEEPEST = 20


_ATTRIBUTES = re.compile(r"\s*\{[^{}]*\}\Z")
_BOLD = re.compile(r"\A(\*\*|__)((?:(?!\1).)+)\1\Z")


def mkdocs_entries(nav: Sequence[Any], depth: int = 0) -> tuple[Entry, ...]:
    """``nav``: files, ``title: file``, or ``title: [more of these]``."""
    entries: list[Entry] = []
    for item in nav if depth < _DEEPEST else ():
        if isinstance(item, str):
            entries.append(Entry(target=item))
        elif isinstance(item, dict):
            for title, value in item.items():
                name = titled(unescape(str(title)))
                if isinstance(value, list):
                    entries.append(Entry(name, children=mkdocs_entries(value, depth + 1)))
                elif isinstance(value, str):
                    entries.append(Entry(name, value))
    return tuple(entries)


def with_parts(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Entries whose groups of the first level are parts, where groups stand in them: a chapter would hold a volume.

    The first file of such a group, where it speaks for its folder, is the part's own text.
    """
    if not any(child.children for entry in entries for child in entry.children):
        return entries
    made: list[Entry] = []
    for entry in entries:
        first = entry.children[0] if entry.children else None
        if entry.target or first is None:
            made.append(entry)
        elif is_index(first.target) and not first.children and entry.children[1:]:
            made.append(replace(entry, rank="part", target=first.target, children=entry.children[1:]))
        else:
            made.append(replace(entry, rank="part"))
    return tuple(made)


def quarto_entries(book: Mapping[str, Any]) -> tuple[Entry, ...]:
    """``chapters`` and ``appendices``: files, ``{text, file}``, or ``{part, chapters}``."""
    entries = [
        replace(entry, rank="preface") if entry.target.startswith("index.") else entry
        for entry in _quarto(book.get("chapters"))
    ]
    return (*entries, *(replace(entry, rank="appendix") for entry in _quarto(book.get("appendices"))))


def _quarto(items: object, depth: int = 0) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for item in items if isinstance(items, list) and depth < _DEEPEST else ():
        if isinstance(item, str):
            entries.append(Entry(target=item))
        elif isinstance(item, dict) and "part" in item:
            part = str(item["part"])
            children = _quarto(item.get("chapters"), depth + 1)
            named = Entry(target=part) if is_markdown(part) else Entry(_written(part))
            entries.append(replace(named, rank="part", children=children))
        elif isinstance(item, dict) and isinstance(item.get("file"), str):
            entries.append(Entry(_written(str(item.get("text") or "")), item["file"]))
    return tuple(entries)


def _written(title: str) -> str:
    """A title that is Markdown, as Quarto's are, in one line: without attributes, and without bold round all of it."""
    plain = _ATTRIBUTES.sub("", " ".join(title.split()))
    return _BOLD.sub(r"\2", plain)


def toc_entries(items: object, depth: int = 0) -> tuple[Entry, ...]:
    """``chapters`` and ``sections`` of Jupyter Book: ``{file, title, sections}``."""
    entries: list[Entry] = []
    for item in items if isinstance(items, list) and depth < _DEEPEST else ():
        if isinstance(item, dict) and isinstance(item.get("file"), str):
            children = toc_entries(item.get("sections"), depth + 1)
            entries.append(Entry(titled(str(item.get("title") or "")), item["file"], children=children))
    return tuple(entries)
