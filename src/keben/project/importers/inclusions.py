"""``{{#include …}}``, ``{% include … %}``, ``{{< include … >}}`` and the like: files of the folder, read into the text.

mdBook's guide, “mdBook-specific features”; HonKit's documentation, “Content references”.
"""

import posixpath
import re
from dataclasses import field

from keben.core.values import dataclass
from keben.project.importers.foreign import as_written
from keben.project.importers.gitbook import INCLUDE, fits, named_in
from keben.project.importers.presscalls import CODE, COMMENT, SIGNS, called, code_rows, included_rows
from keben.project.importers.prose import prose_lines
from keben.project.importers.snippets import SIGN, SNIPPET, one_by_one, snippet_rows
from keben.project.importers.sources import SourceFolder, is_markdown

_CALL = re.compile(r"(?<!\\)\{\{\s*#(include|rustdoc_include|playground|playpen|title)\b\s*([^}]*?)\s*\}\}")
_QUARTO = re.compile(r"(?<![\\{])\{\{<[ \t]*include[ \t]+([^<>\n]+?)[ \t]*>\}\}(?!\})")
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
    filling = _Filling(path, folder, inside, len(text))
    made = filling.lines(text) if SIGN in text or any(sign in text for sign in SIGNS) else text
    made = _QUARTO.sub(filling.named, INCLUDE.sub(filling.tagged, _CALL.sub(filling.filled, made)))
    return Included(made, filling.count, tuple(filling.failed))


@dataclass(slots=True)
class _Filling:
    """The calls of one text."""

    path: str
    folder: SourceFolder
    inside: tuple[str, ...]
    length: int
    count: int = 0
    failed: list[str] = field(default_factory=list)

    def lines(self, text: str) -> str:
        """A text whose calls that take a line of their own are filled."""
        rows = one_by_one(text.split("\n"))
        return "\n".join(map(self._line, rows, prose_lines(rows)))

    def _line(self, line: str, is_prose: bool) -> str:
        if SIGN in line and (match := SNIPPET.match(line)):
            return self._snippet(match, line)
        if not is_prose:
            return line
        if "@include" in line:
            return COMMENT.sub(self._commented, line)
        match = CODE.match(line) if "<<<" in line or "@[code" in line else None
        found = called(match["path"] or match["file"], self.path, self.folder) if match else ""
        decoded = self.folder.text(found) if found else None
        if match is None or decoded is None or self.length > _LONGEST:
            return line
        self.count += 1
        self.length += len(decoded.text)
        return "\n".join(code_rows(match, found, decoded.text.removesuffix("\n").split("\n")))

    def _snippet(self, match: re.Match[str], line: str) -> str:
        """``--8<--``: an escaped one is shown."""
        if match["escape"]:
            return line.replace(";", "", 1)
        rows = snippet_rows(match["name"], self.path, self.folder)
        if rows is None or self.is_too_much(rows[0]):
            self.failed.append(match["name"])
            return line
        text = fits(self.read(rows[0], "\n".join(rows[1])), rows[0], self.path)
        return "\n".join(f"{match['space']}{row}".rstrip() if row else "" for row in text.split("\n"))

    def _commented(self, match: re.Match[str]) -> str:
        found = called(match["path"], self.path, self.folder)
        decoded = self.folder.text(found) if found else None
        if decoded is None or self.is_too_much(found):
            return match[0]
        rows = included_rows(match, decoded.text.removesuffix("\n").split("\n"))
        return fits(self.read(found, "\n".join(rows)), found, self.path)

    def tagged(self, match: re.Match[str]) -> str:
        """``{% include %}``."""
        return self._whole(named_in(match)) or match[0]

    def named(self, match: re.Match[str]) -> str:
        """``{{< include >}}``."""
        return self._whole(match[1].strip("\"'")) or match[0]

    def _whole(self, name: str) -> str:
        """The text of a file; empty: there is none."""
        found = self.folder.find(posixpath.join(posixpath.dirname(self.path), name))
        decoded = self.folder.text(found) if found else None
        # Where it names nothing here it may be another tool's, or an example: it is reported where it is parsed.
        if decoded is None or self.is_too_much(found):
            return ""
        return fits(self.read(found, decoded.text).removesuffix("\n"), found, self.path)

    def filled(self, match: re.Match[str]) -> str:
        """``{{#include}}`` and its kin."""
        if match[1] == "title":
            return ""
        target, *_ = match[2].split(None, 1) or [""]
        name, *lines = target.split(":")
        found = self.folder.find(posixpath.join(posixpath.dirname(self.path), name)) if name else ""
        decoded = self.folder.text(found) if found else None
        chosen = None if decoded is None else _chosen(decoded.text, lines)
        if chosen is None or self.is_too_much(found):
            self.failed.append(target)
            return match[0]
        return self.read(found, chosen)

    def read(self, found: str, chosen: str) -> str:
        """What a file holds, with what it includes itself."""
        self.count += 1
        chosen = (
            "\n".join(as_written(chosen.split("\n"), found, self.folder)) if is_markdown(found) else chosen
        )
        deeper = with_inclusions(chosen, found, self.folder, (self.path, *self.inside))
        self.length += len(deeper.text)
        self.count += deeper.count
        self.failed.extend(deeper.failed)
        return deeper.text

    def is_too_much(self, found: str) -> bool:
        """Whether a file would be read into itself, or the text would become too long."""
        return found in (self.path, *self.inside) or len(self.inside) >= _DEEPEST or self.length > _LONGEST


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
