"""The values that pass from stage to stage.

    load      project on disk           → Manuscript
    parse     Manuscript                → Book
    compose   Book + Theme + Edition    → Composition, in the source's script
    convert   Composition               → Conversion, in the edition's script
    package   Composition               → Artifact (EPUB)
    typeset   Composition               → Artifact (PDF)
    impose    Artifact (PDF)            → Artifact (booklet)
    press     Artifact (PDF)            → Artifact (for a printer)

All are frozen and picklable, so that a stage can run in another process. Lengths are in millimetres unless a name
says otherwise (``_pt``: points of 1/72 inch).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from keben.core.binding import STAPLED, Booklet
from keben.core.errors import Finding, Place
from keben.core.markup import Element, Node
from keben.core.media import MEDIA, FormatName, Medium
from keben.core.metadata import Metadata
from keben.core.paper import USUAL_AREA, TypeArea, Writing, is_vertical
from keben.core.pressing import USUAL, Press

Script = Literal["Hans", "Hant"]
Quotes = Literal["corner", "curly", "keep"]
Vocabulary = Literal["characters", "regional"]
Segmentation = Literal["context", "opencc"]
Interpunct = Literal["keep", "·", "‧", "・"]
Names = Literal["plain", "lined"]
Works = Literal["brackets", "wavy"]
NoteMarks = Literal["circled", "figures"]
Numbering = Literal["auto", "written", "none"]
"""Where the labels of chapters come from: the titles, else counted; the titles alone; the front matter alone."""

DoubtKind = Literal[
    "credit",
    "overlap",
    "glossary",
    "quotes",
    "name",
    "several",
    "inconsistent",
    "markup",
    "phrase",
    "default",
    "regional",
]


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
    writing: Writing = "horizontal"
    formats: tuple[FormatName, ...] = ("epub", "pdf")
    area: TypeArea = USUAL_AREA
    booklet: Booklet = STAPLED
    press: Press = USUAL
    cover: str = ""
    """An asset's path; empty: a cover is made from the theme."""

    @property
    def is_vertical(self) -> bool:
        """Whether its text is written in columns."""
        return is_vertical(self.writing)

    @property
    def media(self) -> frozenset[Medium]:
        """The publications that it is made as."""
        return frozenset(MEDIA[name] for name in self.formats)


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``book.toml`` says, checked and completed."""

    editions: tuple[Edition, ...]
    chapters: tuple[str, ...]
    """Paths below ``book/``, in reading order; empty: as the project's folder says."""
    segmentation: Segmentation = "context"
    """How a text is parted into words before it is converted: weighed in its context, or as OpenCC does."""
    fail_on: tuple[DoubtKind, ...] = ("overlap", "glossary")
    """The kinds of doubtful conversions that an editor must have decided."""
    numbering: Numbering = "auto"
    said: Mapping[str, Place] = field(default_factory=dict, repr=False)
    """Where each text of ``book.toml`` stands first. No artifact hangs on it."""


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term and what it is in other languages, as ``glossary.tsv`` has it."""

    term: str
    targets: Mapping[str, str | None]
    """By canonical tag, or a script's (``zh-Hant``); None: left to the converter, so that no shorter term takes it."""
    place: Place
    editions: frozenset[str] = frozenset()
    """Names; empty: all."""
    chapters: tuple[str, ...] = ()
    """Patterns of paths below ``book/``; empty: all."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decided of a doubtful conversion, as ``decisions.tsv`` has it."""

    language: str
    """A canonical tag, or a script's (``zh-Hant``)."""
    phrase: str
    target: str
    before: str
    """What stands before the phrase; with ``after`` empty too: every place where the phrase is no part of a word."""
    after: str
    note: str
    place: Place


@dataclass(frozen=True, slots=True)
class Editorial:
    """What the editors of a book settled of its conversion."""

    glossary: tuple[GlossaryEntry, ...] = ()
    decisions: tuple[Decision, ...] = ()
    segmentation: Segmentation = "context"


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter's Markdown as it was read."""

    path: str
    """As messages show it: relative to the project, ``book/chapters/01.md``."""
    text: str


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture's bytes in a format."""

    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the project that goes into the book: a picture, a font, or the data of a chart."""

    path: str
    """Below ``book/``, with ``/``: ``images/map.png``."""
    media_type: str
    """Of the bytes, whatever the path says."""
    data: bytes = field(repr=False)
    screen: Encoded | None = None
    """A picture as an EPUB has it, where that is another one than on a page."""
    motion: Literal["none", "moving", "flashing"] = "none"
    """What an animated picture does in an EPUB; ``moving``: whether it flashes is not known."""

    @property
    def electronic(self) -> Encoded:
        """What stands in an EPUB."""
        return self.screen or Encoded(self.media_type, self.data)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that the project's files said."""

    settings: Settings
    sources: tuple[Source, ...]
    assets: Mapping[str, Asset]
    """By path."""
    epoch: int
    """Seconds since 1970 UTC: the one time that artifacts carry."""
    editorial: Editorial = Editorial()
    editorial_files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """``glossary.tsv`` and ``decisions.tsv`` as they were read, where they are there: the manifest has their hashes."""


ChapterKind = Literal["preface", "part", "chapter", "appendix", "afterword"]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote."""

    id: str
    body: tuple[Node, ...]
    """Blocks."""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter by itself: nothing in it knows another chapter.

    In ``body``, what only the whole book can complete stands in a form of its own:
    ``<a class="xref" href="#id">`` with no content (or class ``number``/``title`` beside ``xref``) is a
    cross-reference to be spelled out; ``<a class="noteref" href="#note-id">`` a call of a note in ``notes``;
    ``<figure class="figure">`` and ``<figure class="table">`` wait for their numbers; ``<img src>`` holds an
    asset's path, and one whose asset is TOML is a chart to be drawn.
    """

    name: str
    """The source's file stem, in ASCII: it names the chapter's document."""
    path: str
    """The source's path, as messages show it."""
    kind: ChapterKind
    title: tuple[Node, ...]
    """Inline nodes."""
    body: tuple[Node, ...]
    notes: tuple[Note, ...] = ()
    label: str | None = None
    """As the front matter gives it (第一专题); None: made from kind and number."""
    number: str | None = None
    """As the front matter gives it; None: counted. Empty: none."""
    id: str = ""
    """What references name; empty: ``name``."""


@dataclass(frozen=True, slots=True)
class Book:
    """The chapters, in order."""

    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates and styles by file name: the project's own over the default's."""

    templates: Mapping[str, str]
    styles: Mapping[str, str]
    defaults: Mapping[str, str]
    """The default's templates, which an override can extend as ``default:NAME``."""
    origins: Mapping[str, str]
    """Each name's path, as messages show it."""


DocumentKind = Literal[
    "cover",
    "titlepage",
    "colophon",
    "contents",
    "preface",
    "part",
    "chapter",
    "appendix",
    "afterword",
    "drawing",
    "front",
]


@dataclass(frozen=True, slots=True)
class Document:
    """One part of an edition as a tree: a ``section`` (or ``nav``), or for a drawing and the cover an ``svg``.

    ``front`` is the cover's drawing again, of the printed page's shape.

    Links inside the book are ``#id`` with ids unique in the whole book; pictures are named by asset path.
    """

    name: str
    """Unique and ASCII; the file stem in an EPUB. A drawing's is the asset path that it is known by."""
    kind: DocumentKind
    title: str
    root: Element
    path: str = ""
    """The source or template that messages about it name."""

    @property
    def is_drawn(self) -> bool:
        """Whether it is a drawing, of the cover or of a chart, and not a page's text."""
        return self.kind in _DRAWN

    @property
    def is_chapter(self) -> bool:
        """Whether ``chapter.html`` makes it from a chapter of the source."""
        return self.kind in _CHAPTERS


_DRAWN = frozenset(("cover", "drawing", "front"))
_CHAPTERS = frozenset(("preface", "part", "chapter", "appendix", "afterword"))


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a colophon says of how the book was made."""

    fonts: tuple[str, ...] = ()
    tools: tuple[tuple[str, str], ...] = ()
    """Names and versions."""


@dataclass(frozen=True, slots=True)
class Composition:
    """An edition's whole text, ready to be packaged or typeset."""

    edition: Edition
    metadata: Metadata
    documents: tuple[Document, ...]
    """In reading order; the cover first, drawings last."""
    words: Mapping[str, str]
    """What the theme calls things (``contents``, ``landmarks``, …), for frames and navigation."""
    assets: Mapping[str, Asset]
    """Those that the documents use."""
    styles: Mapping[str, str]
    epoch: int
    theme: tuple[str, ...] = ()
    """The project's own templates and styles, as messages show their paths; empty: the default theme."""

    @property
    def texts(self) -> tuple[Document, ...]:
        """The documents that are text, in reading order."""
        return tuple(each for each in self.documents if not each.is_drawn)

    @property
    def drawings(self) -> Mapping[str, Document]:
        """The drawings of charts, by the asset path that each is known by."""
        return {each.name: each for each in self.documents if each.kind == "drawing"}

    @property
    def cover(self) -> Document | None:
        """The drawing of the cover, where the theme makes one."""
        return next((each for each in self.documents if each.kind == "cover"), None)

    @property
    def front(self) -> Document | None:
        """The drawing of the cover in the shape of the printed page."""
        return next((each for each in self.documents if each.kind == "front"), None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place whose conversion an editor should look at."""

    kind: DoubtKind
    rank: int
    """1: must be looked at; 2; 3: where there is time."""
    place: Place
    phrase: str
    """In the source's script."""
    output: str
    """What is printed now."""
    candidates: tuple[str, ...]
    """What it could be, the present output first; empty where there is nothing to choose."""
    reason: str
    before: str = ""
    """The source's text around the phrase."""
    after: str = ""
    output_before: str = ""
    output_after: str = ""
    anchor: tuple[str, str] = ("", "")
    """What a decision of this place alone names: the text before and after, as far as it needs."""
    is_new: bool = True
    """Whether it came since the last decisions were saved."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A paragraph before and after its conversion."""

    place: Place
    source: str
    output: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A composition in its edition's script, and what an editor should look at."""

    composition: Composition
    findings: tuple[Finding, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    """Undecided places, where they were asked for."""
    record: tuple[Converted, ...] = ()
    """Each paragraph's text, in the order of the documents."""
    used: frozenset[Place] = frozenset()
    """The lines of the glossary and of the decisions that served somewhere."""
    withheld: Mapping[Place, str] = field(default_factory=dict)
    """Decisions for every place of a phrase that were kept from a longer word, each with the first such word."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of one edition."""

    name: str
    """``{slug}-{edition}.epub``"""
    edition: str
    format: FormatName
    data: bytes = field(repr=False)
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the manifest records of it: pages, fonts, a hash of the contents, …"""
    findings: tuple[Finding, ...] = ()
    """What its making has to say, and is no error."""
