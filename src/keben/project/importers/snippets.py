"""``--8<-- "file.md"`` of MkDocs (pymdownx.snippets): files, lines and sections of files that are read into a page.

https://facelessuser.github.io/pymdown-extensions/extensions/snippets/
"""

import posixpath
import re
from collections.abc import Iterator, Sequence

from keben.project.importers.saidfiles import yaml_of
from keben.project.importers.sources import SourceFolder

SIGN = "8<-"
SNIPPET = re.compile(
    r"^(?P<space>[ \t>]*)(?P<escape>;?)-{1,}8<-{1,}[ \t]+(?P<mark>['\"])(?P<name>.+?)(?P=mark)[ \t]*$"
)
_FENCE = re.compile(r"^[ \t]*-{1,}8<-{1,}[ \t]*$")
_SECTION = re.compile(
    r"-{1,}8<-{1,}[ \t]+\[[ \t]*(?P<type>start|end)[ \t]*:[ \t]*(?P<name>[a-z][-_0-9a-z]*)[ \t]*\]",
    re.IGNORECASE,
)
_LINES = re.compile(r":(?P<first>\d*)(?::(?P<last>\d*))?$")
_NAMED = re.compile(r":(?P<section>[a-z][-_0-9a-z]*)$", re.IGNORECASE)
_MOST = 50
"""Files that a block of snippets lists."""


def one_by_one(lines: Sequence[str]) -> list[str]:
    """Lines in which a block of several files, between two signs, is a line for each of them."""
    if not any(SIGN in line and _FENCE.match(line) for line in lines):
        return list(lines)
    made: list[str] = []
    at = 0
    while at < len(lines):
        end = next((n for n in range(at + 1, min(at + _MOST, len(lines))) if _FENCE.match(lines[n])), 0)
        if not (_FENCE.match(lines[at]) and end):
            made.append(lines[at])
            at += 1
            continue
        space = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
        made += [
            "",
            *(f'{space}--8<-- "{name}"' if (name := _file(line)) else "" for line in lines[at + 1 : end]),
            "",
        ]
        at = end + 1
    return made


def _file(line: str) -> str:
    """The file that a line of a block names; one that begins with a semicolon is passed over."""
    name = line.strip()
    return "" if name.startswith(";") or '"' in name else name


def snippet_rows(name: str, path: str, folder: SourceFolder) -> tuple[str, list[str]] | None:
    """The file that a snippet in the page at a path names, and its lines; None where it is none of the folder's."""
    plain = _LINES.sub("", _NAMED.sub("", name)) if "://" not in name else ""
    found = (
        next((each for way in _ways(plain, path, folder) if (each := folder.find(way))), "") if plain else ""
    )
    decoded = folder.text(found) if found else None
    if decoded is None:
        return None
    rows = decoded.text.removesuffix("\n").split("\n")
    if section := _NAMED.search(name):
        rows = _between(rows, section["section"])
    elif lines := _LINES.search(name):
        first = int(lines["first"] or 1)
        last = int(lines["last"] or len(rows)) if lines["last"] is not None else len(rows)
        rows = rows[max(first - 1, 0) : last]
    return found, [row for row in rows if not _SECTION.search(row)]


def _between(rows: Sequence[str], name: str) -> list[str]:
    made: list[str] = []
    is_inside = False
    for row in rows:
        if (mark := _SECTION.search(row)) and mark["name"].lower() == name.lower():
            is_inside = mark["type"].lower() == "start"
        elif is_inside:
            made.append(row)
    return made


def _ways(name: str, path: str, folder: SourceFolder) -> Iterator[str]:
    """Where a snippet may stand: from the root of the site on, from the folders that its settings name, or here."""
    yield name
    said = yaml_of(folder, folder.find("mkdocs.yml") or folder.find("mkdocs.yaml"))
    for extension in said.get("markdown_extensions") or ():
        options = extension.get("pymdownx.snippets") if isinstance(extension, dict) else None
        bases = options.get("base_path") if isinstance(options, dict) else None
        for base in [bases] if isinstance(bases, str) else bases if isinstance(bases, list) else ():
            yield posixpath.join(str(base), name)
    yield posixpath.join("docs", name)
    yield posixpath.join(posixpath.dirname(path), name)
