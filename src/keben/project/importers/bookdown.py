"""The files of a bookdown book, with the parts that their headings begin: ``# (PART) 上篇 {-}``, ``# (APPENDIX) …``."""

import re
from collections.abc import Sequence

from keben.project.importers.natural import book_key
from keben.project.importers.plans import Entry
from keben.project.importers.sources import SourceFolder
from keben.project.importers.summary import titled
from keben.project.importers.values import ChapterRank

_PART = re.compile(r"# \((PART|APPENDIX)\\?\*?\)[ \t]*(.*?)[ \t]*(?:\{[^{}]*\})?[ \t]*")
_FIRST = 60
"""Lines of a file among which such a heading stands."""


def bookdown_entries(folder: SourceFolder, names: Sequence[str]) -> tuple[Entry, ...]:
    """The files of these names in their order; those behind ``(APPENDIX)`` are appendices.

    Without names they are those of R Markdown that do not begin with ``_``.
    """
    names = names or _by_name(folder)
    entries: list[Entry] = []
    rank: ChapterRank = "chapter"
    for name in names:
        decoded = folder.text(folder.find(name))
        lines = decoded.text.split("\n")[:_FIRST] if decoded else []
        for match in filter(None, map(_PART.fullmatch, lines)):
            if match[1] == "APPENDIX":
                rank = "appendix"
            else:
                entries.append(Entry(titled(match[2]), rank="part"))
        entries.append(Entry(target=name, rank="preface" if name.startswith("index.") else rank))
    return tuple(entries)


def _by_name(folder: SourceFolder) -> tuple[str, ...]:
    found = [
        path
        for path in folder.files
        if path.lower().endswith(".rmd") and path[0] not in "_." and "/" not in path
    ]
    return tuple(sorted(found, key=lambda path: (not path.startswith("index."), book_key(path))))


def without_parts(lines: Sequence[str]) -> list[str]:
    """The lines of a page without such headings."""
    return ["" if _PART.fullmatch(line) else line for line in lines]
