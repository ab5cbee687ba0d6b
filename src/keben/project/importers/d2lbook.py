"""d2lbook, as 《动手学深度学习》 uses it: each index lists the files below it in a block ``toc``."""

import posixpath
import re
from collections.abc import Sequence

from keben.project.importers.plans import Entry
from keben.project.importers.sources import SourceFolder

_FENCE = re.compile(r"(`{3,}|~{3,})\s*toc\s*$")
_DEEPEST = 6


def without_contents(lines: Sequence[str]) -> list[str]:
    """Lines without the blocks that list other files, each line in its place."""
    listed = {number for number, _ in _listed(lines)}
    return ["" if number in listed else line for number, line in enumerate(lines)]


def d2l_entries(folder: SourceFolder, path: str, around: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    """The entries that the file at a path lists, each with those that it lists itself."""
    decoded = folder.text(path)
    if decoded is None or path in around or len(around) > _DEEPEST:
        return ()
    entries: list[Entry] = []
    for _, row in _listed(decoded.text.split("\n")):
        name = row.strip()
        if not name or name.startswith((":", "`", "~")):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
        found = folder.find_page(target)
        children = d2l_entries(folder, found, (*around, path)) if found else ()
        entries.append(Entry(target=found or target, children=children))
    return tuple(entries)


def _listed(lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines of the blocks, with their numbers from 0."""
    found: list[tuple[int, str]] = []
    mark = ""
    for number, line in enumerate(lines):
        if mark:
            found.append((number, line))
            mark = "" if line.strip() == mark else mark
        elif match := _FENCE.match(line):
            found.append((number, line))
            mark = match[1]
    return found
