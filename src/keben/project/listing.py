"""A list of contents that is a file (SUMMARY.md and its like) → the chapters and sections that it lists."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from keben.core.book import ChapterKind
from keben.core.errors import Finding, Place, Severity
from keben.core.saying import marked, wording
from keben.core.values import dataclass

if TYPE_CHECKING:
    from keben.project.importers.settling import Bound, ListingSlip, SlipKind
    from keben.project.importers.values import ChapterRank


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A line of a list of contents."""

    name: str
    """The file below the book's folder; empty: a title alone."""
    place: Place
    """Where it is listed."""
    title: str = ""
    """Markdown; empty: the file says it."""
    kind: ChapterKind | None = None
    depth: int = 0
    """0: a chapter; else a section of the chapter before it, that deep."""


_KINDS: "dict[ChapterRank, ChapterKind]" = {
    "part": "part",
    "preface": "preface",
    "afterword": "afterword",
    "appendix": "appendix",
}

_SAID: "dict[SlipKind, tuple[str, str, str]]" = {
    "absent": (
        "missing-chapter",
        marked("There is no chapter file “{name}”"),
        wording("Write it, or take it out of the list."),
    ),
    "draft": ("draft-chapter", marked("“{name}” has no file yet: the book is made without it"), ""),
    "twice": ("double-chapter", marked("“{name}” is listed twice, and taken once"), wording("Take one out.")),
    "address": (
        "listed-address",
        marked("“{name}” is an address, and no chapter: the book is made without it"),
        "",
    ),
    "unlisted": (
        "unlisted-chapter",
        wording("This file is not in the list of chapters: the book is made without it"),
        wording("Add it to the list, or move it elsewhere."),
    ),
    "twin": (
        "twin-chapter",
        wording("This file says the same as another one: the book has its text once"),
        wording("Delete one of them."),
    ),
    "translated": (
        "translated-chapter",
        wording("This file says the same in another language: the book is made without it"),
        wording("To take it, build its folder or file."),
    ),
}


def chapters_of(bound: "Sequence[Bound]", shown: str) -> Iterator[ListedChapter]:
    """The files of settled chapters, in order; ``shown`` is what messages call the list."""
    for chapter in bound:
        for piece in chapter.pieces:
            place = Place(shown, piece.line)
            kind = _KINDS.get(chapter.rank) if not piece.depth else None
            yield ListedChapter(piece.path, place, piece.title, kind, piece.depth)


def slip_finding(slip: "ListingSlip", shown: str, lines: Sequence[str], severity: Severity) -> Finding:
    """What is said of an entry that is not taken as it is; ``lines`` are those of the list."""
    code, message, advice = _SAID[slip.kind]
    row = lines[slip.line - 1] if 0 < slip.line <= len(lines) else ""
    place = Place(shown, slip.line, row.find(slip.name) + 1 if slip.name else 0)
    if slip.kind in ("unlisted", "translated", "twin"):
        place = Place(slip.name)
    return Finding(
        place, code, wording("{message}.", message=wording(message, name=slip.name)), advice, severity
    )
