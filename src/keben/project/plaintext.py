"""A plain text that is listed as a chapter → Markdown that says just that, with the lines that it comes from."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from keben.core.book import ChapterKind, Source, Span
from keben.project.importers.headings import is_matter
from keben.project.importers.markup import block_markdown, escape
from keben.project.importers.novel import read_chapters
from keben.project.importers.values import ChapterRank, TextChapter

TEXTS = (".txt", ".text")

_KINDS: dict[ChapterRank, ChapterKind] = {
    "part": "part",
    "preface": "preface",
    "afterword": "afterword",
    "appendix": "appendix",
}
_NO_SPACE = re.compile(r"\s+")


def text_sources(text: str, path: str) -> tuple[Source, ...]:
    """The chapters of a plain text by its headings; one where it has none. ``path`` is what messages call it."""
    found = read_chapters(text, PurePosixPath(path).stem)
    rows = text.split("\n")
    return tuple(
        _source(chapter, f"{path}#{number}" if number else path, path, rows)
        for number, chapter in enumerate(found)
    )


def _source(chapter: TextChapter, name: str, path: str, rows: Sequence[str]) -> Source:
    lines = [f"# {escape(chapter.title)}"]
    at = max(chapter.line, 1)
    spans = [Span(1, path, at)]
    for block in chapter.blocks:
        if block.kind != "break":
            at = _line_of(block.text, rows, at)
            # The mark of a signature or of verse is a line of its own, which the text does not have.
            marks = block.kind in ("signature", "verse")
            spans += (Span(len(lines) + number, path, at) for number in range(2, 3 + marks))
        lines += ["", *block_markdown(block).split("\n")]
    kind = _KINDS.get(chapter.rank)
    if kind == "preface" and not is_matter(chapter.title) and chapter.line:
        kind = None
    return Source(name, "\n".join((*lines, "")), kind=kind, spans=tuple(spans))


def _line_of(text: str, rows: Sequence[str], start: int) -> int:
    """The line, from 1, at or after ``start`` that a block begins on."""
    wanted = _NO_SPACE.sub("", text)[:12]
    for number in range(start, len(rows) + 1):
        row = _NO_SPACE.sub("", rows[number - 1])
        if row and (row.startswith(wanted) or wanted.startswith(row)):
            return number
    return start
