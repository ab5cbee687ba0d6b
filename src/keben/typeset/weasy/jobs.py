"""What is printed, and what comes of it."""

from collections.abc import Mapping
from dataclasses import field

from keben.core.errors import Finding
from keben.core.markup import Element
from keben.core.metadata import Metadata
from keben.core.paper import Kinsoku
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.typeset.booktree import BookTree
from keben.typeset.folios import IN_ONE_RUN, Folios
from keben.typeset.fonts import Face
from keben.typeset.resources import Resources
from keben.typeset.sheets import StyleSheet

Corners = tuple[float, float, float, float]
"""The x and y of two opposite corners, in CSS pixels from the upper left corner of the trimmed page."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What to print."""

    name: str
    """The artifact's: messages that are not about a style sheet name it."""
    tree: Element | BookTree
    sheets: tuple[StyleSheet, ...]
    resources: Resources
    kinsoku: Kinsoku = "gb"
    grid: tuple[tuple[float, float], float] | None = None
    """Where the first line of an odd and an even page begins, and how far the next one is, in points; None: no grid."""
    columns: tuple[float, float] | None = None
    """On pages that lie on their side, and are turned when they are done: where columns begin and the size of their
    text, in points."""
    parts: tuple[str, ...] = ()
    """The names of the documents that the body holds."""
    emoji: tuple[str, ...] = ()
    """The families that emoji are looked up in."""
    folios: Folios = IN_ONE_RUN
    """How pages are counted."""
    fonts: str = ""
    """Rules that load fonts in which some of the text is set: what is set does not depend on which others are there."""
    store: Store = NO_STORE
    """Where the pages of chapters are kept."""
    mark: tuple[object, ...] = ()
    """What these depend on beside the tree and what stands here: the fonts."""

    page_marks: tuple[str, ...] = ()
    """The marks of the notes of each page in their order; empty: they have the marks that they have."""

    @property
    def root(self) -> Element:
        """The whole document.

        Raises:
            BuildError: as `BookTree.root` does.
        """
        return self.tree.root() if isinstance(self.tree, BookTree) else self.tree

    @property
    def vertical(self) -> bool:
        """Whether its lines are columns."""
        return self.columns is not None


@dataclass(frozen=True, slots=True)
class Record:
    """What the file says of itself."""

    metadata: Metadata
    language: str
    epoch: int
    creator: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF."""

    data: bytes = field(repr=False)
    pages: int
    faces: tuple[Face, ...]
    """Those that the text is set in."""
    lines: str
    """Whose lines they are: ``keben``, or ``weasyprint`` where its inside is not the one that is known."""
    findings: tuple[Finding, ...] = ()
    """Warnings and notices."""
    hidden: tuple[Mapping[str, object], ...] = ()
    """What a style hides; see `keben.typeset.weasy.hidden`."""
    moved: tuple[Mapping[str, object], ...] = ()
    """What a style moves; see `keben.typeset.moved`."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """The marks of notes by their ids, where they are numbered by page."""
    leftward: bool = False
    """Whether a style has the book's pages go from right to left: the first is a left one then."""
