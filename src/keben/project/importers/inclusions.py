"""``{{#include …}}`` of mdBook and ``{% include … %}`` of GitBook: files of the book's folder, read into the text.

mdBook's guide, “mdBook-specific features”; HonKit's documentation, “Content references”.
"""

import posixpath
import re
from dataclasses import dataclass

from keben.project.importers.gitbook import INCLUDE, fits, named_in
from keben.project.importers.sources import SourceFolder

_CALL = re.compile(r"(?<!\\)\{\{\s*#(include|rustdoc_include|playground|playpen|title)\b\s*([^}]*?)\s*\}\}")
_ANCHOR = re.compile(r"ANCHOR(?:_END)?:\s*[\w-]+")
_DEEPEST = 10
_LONGEST = 2_000_000
"""Characters of a text that nothing more is read into."""


@dataclass(frozen=True, slots=True)
class Included:
    """A text with what it includes, how many calls were filled, and those that were not."""

    text: str
    count: int = 0
    failed: tuple[str, ...] = ()


def with_inclusions(text: str, path: str, folder: SourceFolder, inside: tuple[str, ...] = ()) -> Included:
    """A file's text with its calls filled; those that name no file of the folder, or one they stand in, stay.

    ``inside`` are the files that the text is being read into.
    """
    count, length = 0, len(text)
    failed: list[str] = []

    def read(found: str, chosen: str) -> str:
        nonlocal count, length
        count += 1
        deeper = with_inclusions(chosen, found, folder, (path, *inside))
        length += len(deeper.text)
        count += deeper.count
        failed.extend(deeper.failed)
        return deeper.text

    def is_too_much(found: str) -> bool:
        return found in (path, *inside) or len(inside) >= _DEEPEST or length > _LONGEST

    def tagged(match: re.Match[str]) -> str:
        found = folder.find(posixpath.join(posixpath.dirname(path), named_in(match)))
        decoded = folder.text(found) if found else None
        # Where it names nothing here it may be another tool's, or an example: it is reported where it is parsed.
        if decoded is None or is_too_much(found):
            return match[0]
        return fits(read(found, decoded.text).removesuffix("\n"), found, path)

    def filled(match: re.Match[str]) -> str:
        if match[1] == "title":
            return ""
        target, *_ = match[2].split(None, 1) or [""]
        name, *lines = target.split(":")
        found = folder.find(posixpath.join(posixpath.dirname(path), name)) if name else ""
        decoded = folder.text(found) if found else None
        chosen = None if decoded is None else _chosen(decoded.text, lines)
        if chosen is None or is_too_much(found):
            failed.append(target)
            return match[0]
        return read(found, chosen)

    made = INCLUDE.sub(tagged, _CALL.sub(filled, text))
    return Included(made, count, tuple(failed))


def _chosen(text: str, lines: list[str]) -> str | None:
    """The lines that a call asks for: ``:4``, ``:4:``, ``::10``, ``:4:10``, or ``:name`` of an anchor."""
    rows = text.removesuffix("\n").split("\n")
    if not lines or not any(lines):
        return "\n".join(rows)
    if not all(re.fullmatch(r"\d*", part) for part in lines[:2]):
        return _anchored(rows, lines[0])
    first = int(lines[0] or 1)
    last = first if len(lines) == 1 else int(lines[1] or len(rows))
    return "\n".join(rows[max(first - 1, 0) : last])


def _anchored(rows: list[str], name: str) -> str | None:
    start = re.compile(rf"ANCHOR:\s*{re.escape(name)}(?![\w-])")
    end = re.compile(rf"ANCHOR_END:\s*{re.escape(name)}(?![\w-])")
    first = next((number for number, row in enumerate(rows) if start.search(row)), None)
    if first is None:
        return None
    last = next((number for number, row in enumerate(rows) if number > first and end.search(row)), len(rows))
    return "\n".join(row for row in rows[first + 1 : last] if not _ANCHOR.search(row))
