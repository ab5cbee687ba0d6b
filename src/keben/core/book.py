"""A book as its files have it, and as a tree: `load` gives a `Manuscript`, `parse` a `Book`."""

from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256
from typing import Literal

from keben.core.design import Sections
from keben.core.edition import Settings
from keben.core.editorial.values import NO_EDITORIAL, Editorial
from keben.core.markup import Element, Node
from keben.core.values import dataclass

ChapterKind = Literal[
    "frontispiece", "dedication", "foreword", "preface", "part", "chapter", "appendix", "afterword"
]

UNTITLED: frozenset[ChapterKind] = frozenset(("frontispiece", "dedication"))
"""Kinds of chapters that need no title: a page with a picture, or with a few words."""


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a source that come from a file: from ``first`` on they are those of ``path`` from ``line`` on."""

    first: int
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """A chapter's Markdown as it was read, or that of one of its sections."""

    path: str
    """As messages show it: relative to the project, ``book/chapters/01.md``."""
    text: str
    title: str = ""
    """Markdown; what a list of contents calls it. Empty: the text says it."""
    kind: ChapterKind | None = None
    """What a list of contents makes of it; None: the text says it."""
    depth: int = 0
    """0: a chapter; else a section of the chapter before it, that deep."""
    is_title: bool = False
    """It is a title alone, which stands in a list of contents and has no file."""
    is_parted: bool = False
    """Each heading of the first level in it begins a chapter."""
    spans: tuple[Span, ...] = ()
    """Where its lines come from, in order; empty: from ``path``."""


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
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal."""
        return sha256(self.data).hexdigest()

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
    editorial: Editorial = NO_EDITORIAL
    editorial_files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """``glossary.tsv`` and ``decisions.tsv`` as they were read, where they are there: the manifest has their hashes."""
    settings_path: str = "book/book.toml"
    """What messages call the file of the settings."""
    is_project: bool = True
    """Whether it is a project of Keben's; else the folder of another tool as it is, and what stands in its root is
    ``book/…`` until `keben.core.origins` names the files."""
    roots: tuple[str, ...] = ("",)
    """Folders below ``book/`` that the root of a site's addresses may be, the likeliest first."""


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
    short: str = ""
    """The title that running heads have; empty: the whole one."""
    drawings: Mapping[str, Element] = field(default_factory=dict)
    """The drawings that its source describes in code (Mermaid, Graphviz), by the paths that ``<img src>`` holds."""


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
    base: Mapping[str, str] = field(default_factory=dict)
    """The default's templates without those of a design, which the design's can extend as ``base:NAME``."""
    sections: Sections = "plain"
    """Whether headings are numbered."""
