"""What an import reads and what it makes."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from keben.core.values import dataclass
from keben.project.importers.credits import Credits, by_role

ChapterRank = Literal["part", "chapter", "section", "preface", "afterword", "appendix", "dedication"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that begins a part of a text."""

    line: int
    """From 1."""
    rank: ChapterRank
    text: str


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a heading within a chapter, a break between scenes, or a signature at the right edge.

    A glossed paragraph has notes between its words, in brackets; verse keeps its lines.
    """

    kind: Literal["paragraph", "heading", "break", "signature", "glossed", "verse"]
    text: str = ""
    """Of a signature and of verse, with a line feed between the lines."""


@dataclass(frozen=True, slots=True)
class TextChapter:
    """A chapter of a plain text."""

    title: str
    rank: ChapterRank
    blocks: tuple[TextBlock, ...]
    line: int
    """Of its heading, from 1; 0: it has none."""


@dataclass(frozen=True, slots=True)
class Novel:
    """A plain text as a book."""

    title: str
    credits: Credits
    """Its authors and others."""
    description: str
    chapters: tuple[TextChapter, ...]
    remarks: tuple[str, ...]
    """What was done, in words, for the page that an import shows."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of its authors."""
        return by_role(self.credits)[0]


@dataclass(frozen=True, slots=True)
class Draft:
    """A project that is not written yet."""

    files: Mapping[str, bytes] = field(repr=False)
    """By path below the project's folder, with ``/``."""
    title: str
    chapters: tuple[str, ...]
    """Their titles, in order."""
    remarks: tuple[str, ...]
    slug: str
