"""A plain text that is listed as a chapter → Markdown that says just that, with the lines that it comes from."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from keben.core.book import ChapterKind, Source, Span
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.project.importers.advertisements import without_advertisements
from keben.project.importers.headings import is_matter
from keben.project.importers.markup import block_markdown, escape
from keben.project.importers.novel import read_chapters
from keben.project.importers.pageheads import without_page_heads
from keben.project.importers.telling import listed
from keben.project.importers.values import ChapterRank, TextChapter

TEXTS = (".txt", ".text")

_KINDS: dict[ChapterRank, ChapterKind] = {
    "part": "part",
    "preface": "preface",
    "afterword": "afterword",
    "appendix": "appendix",
    "dedication": "dedication",
}
_SHOWN = 3
_NO_SPACE = re.compile(r"\s+")


def text_sources(text: str, path: str) -> tuple[Source, ...]:
    """The chapters of a plain text by its headings; one where it has none. ``path`` is what messages call it."""
    found = read_chapters(text, PurePosixPath(path).stem)
    rows = text.split("\n")
    return tuple(
        _source(chapter, f"{path}#{number}" if number else path, path, rows)
        for number, chapter in enumerate(found)
    )


def printed_lines(text: str, path: str) -> tuple[Finding, ...]:
    """A warning for lines that an import leaves out, and a book that is made of the text as it is prints.

    They are a site's advertisements, running heads and numbers of pages.
    """
    rows, heads = without_page_heads(text.expandtabs(4).split("\n"))
    _, dropped = without_advertisements(rows)
    count = sum(heads.values()) + sum(dropped.values())
    if not count:
        return ()
    names = (*dropped, *heads)
    first = next(iter(dropped), "")
    line = next((at for at, row in enumerate(text.split("\n"), 1) if first and row.strip() == first), 0)
    message = wording(
        "{count} lines seem to come from a web site or from the heads of pages, and are printed: {lines}.",
        count=count,
        lines=listed((wording("“{text}”", text=name) for name in names), _SHOWN),
    )
    advice = wording("`keben import` makes a project without them; or delete them.")
    return (Finding(Place(path, line), "printed-site-lines", message, advice, "warning"),)


def _source(chapter: TextChapter, name: str, path: str, rows: Sequence[str]) -> Source:
    # A dedication has no title.
    lines = [] if chapter.rank == "dedication" else [f"# {escape(chapter.title)}"]
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
