"""An edition as documents, and the files that are made of them.

`compose` gives a `Composition` in the source's script, `convert` one in the edition's, and a format an `Artifact`.
All are frozen and picklable, so that a stage can run in another process.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Literal, get_args

from keben.core.book import Asset, ChapterKind
from keben.core.edition import Edition
from keben.core.editorial.values import Converted, Doubt
from keben.core.errors import Finding, Place
from keben.core.markup import Element
from keben.core.media import FormatName
from keben.core.metadata import Metadata
from keben.core.values import dataclass

DocumentKind = Literal[
    "cover",
    "half-title",
    "titlepage",
    "colophon",
    "contents",
    "frontispiece",
    "dedication",
    "foreword",
    "preface",
    "part",
    "chapter",
    "appendix",
    "afterword",
    "drawing",
    "picture",
    "screen",
    "front",
]


@dataclass(frozen=True, slots=True)
class Document:
    """One part of an edition as a tree: a ``section`` (or ``nav``), or for a drawing and the cover an ``svg``.

    ``front`` is the cover's drawing again, of the printed page's shape; ``screen`` that of a chart, for an e-book;
    ``picture`` an author's SVG, while its words are being converted.

    Links inside the book are ``#id`` with ids unique in the whole book; pictures are named by asset path.
    """

    name: str
    """Unique and ASCII; the file stem in an EPUB. A drawing's is the asset path that it is known by."""
    kind: DocumentKind
    title: str
    root: Element
    path: str = ""
    """The source or template that messages about it name."""
    running: str = ""
    """What its running heads say; empty: its title."""

    @property
    def is_drawn(self) -> bool:
        """Whether it is a drawing, of the cover or of a chart, and not a page's text."""
        return self.kind in _DRAWN

    @property
    def is_chapter(self) -> bool:
        """Whether ``chapter.html`` makes it from a chapter of the source."""
        return self.kind in _CHAPTERS

    @property
    def is_front(self) -> bool:
        """Whether it stands before the text, or is a page about the book."""
        return self.kind in _FRONT


_DRAWN = frozenset(("cover", "drawing", "picture", "screen", "front"))
_ON_SCREEN = "-screen.svg"
_CHAPTERS = frozenset(get_args(ChapterKind))
_FRONT = frozenset(
    ("half-title", "titlepage", "colophon", "contents", "frontispiece", "dedication", "foreword", "preface")
)


def name_on_screen(path: str) -> str:
    """The name of the drawing that an e-book has of a chart, whose drawing is known by ``path``."""
    return f"{path.removesuffix('.svg')}{_ON_SCREEN}"


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
    def screens(self) -> Mapping[str, Document]:
        """What an e-book has of the drawings of charts, by the same paths: narrower, for narrow screens."""
        return {
            f"{each.name.removesuffix(_ON_SCREEN)}.svg": each
            for each in self.documents
            if each.kind == "screen"
        }

    @property
    def pictures(self) -> Mapping[str, Document]:
        """The author's drawings whose words an edition converts, by their asset paths."""
        return {each.name: each for each in self.documents if each.kind == "picture"}

    @property
    def cover(self) -> Document | None:
        """The drawing of the cover, where the theme makes one."""
        return next((each for each in self.documents if each.kind == "cover"), None)

    @property
    def front(self) -> Document | None:
        """The drawing of the cover in the shape of the printed page."""
        return next((each for each in self.documents if each.kind == "front"), None)


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
