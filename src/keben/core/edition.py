"""An edition of a book, and the book's settings."""

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from keben.core.binding import STAPLED, Booklet
from keben.core.design import Design
from keben.core.ebook import USUAL_EPUB, EpubSettings, StoreName
from keben.core.editorial.values import DoubtKind, Segmentation
from keben.core.errors import Place
from keben.core.media import MEDIA, FormatName, Medium
from keben.core.metadata import Metadata
from keben.core.paper import USUAL_AREA, TypeArea, Writing, is_vertical
from keben.core.pressing import USUAL, Press
from keben.core.publication import NO_RECORD, EditionRecord
from keben.core.supply import NO_SUPPLY, Supply
from keben.core.values import dataclass

Script = Literal["Hans", "Hant"]
Quotes = Literal["corner", "curly", "keep"]
Vocabulary = Literal["characters", "everyday", "technical", "regional"]
Interpunct = Literal["keep", "·", "‧", "・"]
Names = Literal["plain", "lined"]
Works = Literal["brackets", "wavy"]
NoteMarks = Literal["circled", "figures"]
OrderName = Literal[
    "half-title",
    "frontispiece",
    "titlepage",
    "colophon",
    "dedication",
    "contents",
    "foreword",
    "preface",
    "text",
    "appendix",
    "afterword",
]
"""A place in the order of a book: a page that a template makes, a kind of chapter, or all other chapters."""
NumberingInParts = Literal["through", "restart", "anew"]
"""Whether chapters are counted on from one part to the next, or each part's from 1."""
NotesAt = Literal["page", "chapter", "book"]
"""Where notes stand: at the foot of their page, at their chapter's end, or at the book's."""
Charts = Literal["svg", "png"]
"""What charts are in an EPUB; Kindle shows no text in an SVG."""
NotesNumber = Literal["chapter", "page", "book"]
"""How far the numbers of notes count."""
Numbering = Literal["auto", "written", "none"]
"""Where the labels of chapters come from: the titles, else counted; the titles alone; the front matter alone."""


Reader = Literal["generous", "strict"]
"""How chapters are read: whether what loses no text is taken with a warning, or is an error."""
MissingAlt = Literal["warn", "error"]
"""What a picture without an alternative text is to a generous reader."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One script, region and direction of a book."""

    name: str
    language: str
    """What the edition's text is in: ``zh-Hans-CN``, ``zh-Hant-TW``, ``zh-Hant-HK``."""
    source_language: str
    """What the source's text is in, from the same list."""
    metadata: Metadata
    vocabulary: Vocabulary = "characters"
    quotes: Quotes = "curly"
    interpunct: Interpunct = "keep"
    """What the dot between the parts of a foreign name becomes."""
    names: Names = "plain"
    """Whether names have a line under them (专名号)."""
    works: Works = "brackets"
    """Titles of works in 《》, or over a wavy line."""
    notes: NoteMarks = "circled"
    """What calls a note: ①, or 1 (in columns 〔一〕)."""
    notes_at: NotesAt = "page"
    notes_number: NotesNumber = "chapter"
    charts: Charts = "svg"
    """What charts and other drawings of Keben's are in an EPUB."""
    writing: Writing = "horizontal"
    formats: tuple[FormatName, ...] = ("epub", "pdf")
    area: TypeArea = USUAL_AREA
    booklet: Booklet = STAPLED
    press: Press = USUAL
    epub: EpubSettings = USUAL_EPUB
    supply: Supply = NO_SUPPLY
    stores: tuple[StoreName, ...] = ()
    """Those whose rules its EPUB is held to."""
    cover: str = ""
    """An asset's path; empty: a cover is made from the theme."""
    order: tuple[OrderName, ...] = ()
    """Of the book's parts; empty: as is usual in the edition's region."""
    publication: EditionRecord = NO_RECORD
    design: str = ""
    """The design's name; empty: the default theme as it is."""

    @property
    def is_vertical(self) -> bool:
        """Whether its text is written in columns."""
        return is_vertical(self.writing)

    @property
    def media(self) -> frozenset[Medium]:
        """The publications that it is made as."""
        return frozenset(MEDIA[name] for name in self.formats if name in MEDIA)


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``book.toml`` says, checked and completed."""

    editions: tuple[Edition, ...]
    chapters: tuple[str, ...]
    """Paths below ``book/``, in reading order; empty: as the project's folder says."""
    segmentation: Segmentation = "context"
    """How a text is divided into words before it is converted: weighed in its context, or as OpenCC does."""
    fail_on: tuple[DoubtKind, ...] = ("likely", "overlap", "glossary", "own", "several")
    """The kinds of doubtful conversions that an editor must have decided."""
    numbering: Numbering = "auto"
    reader: Reader = "generous"
    missing_alt: MissingAlt = "warn"
    highlight: bool = True
    """Whether the words of code are distinguished by their looks."""
    said: Mapping[str, Place] = field(default_factory=dict, repr=False)
    """Where each text of ``book.toml`` stands first. No artifact depends on it."""
    glossaries: tuple[str, ...] = ()
    """Shared glossaries: subjects that Keben has, or paths below ``book/``."""
    numbering_in_parts: NumberingInParts = "through"
    designs: tuple[Design, ...] = ()
    """Those that editions choose, by name."""
