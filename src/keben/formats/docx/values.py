"""What a Word document is made of: paragraphs of pieces, and tables of paragraphs."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal, TypeAlias

from keben.core.markup import Element
from keben.core.values import dataclass

Align = Literal["", "center", "right"]


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of text looks, and where it leads."""

    marks: frozenset[str] = frozenset()
    """Among ``bold``, ``italic``, ``dots``, ``line``, ``wave``, ``struck``, ``sub``, ``sup``, ``small``, ``marked``,
    ``code``, ``upright``."""
    language: str = ""
    """Of text in another language than the edition's."""
    link: str = ""
    """``#id`` inside the book, else an address."""
    is_made: bool = False
    """Whether Keben made the text: a number, a reference."""

    def also(self, *marks: str) -> "RunLook":
        """The same look with more marks."""
        return RunLook(self.marks | set(marks), self.language, self.link, self.is_made)


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text; a new line in it is a line break."""

    text: str
    look: RunLook = field(default_factory=RunLook)


@dataclass(frozen=True, slots=True)
class Ruby:
    """A base with its reading."""

    base: str
    reading: str
    look: RunLook = field(default_factory=RunLook)
    is_beside: bool = False
    """Zhuyin, which stands beside its character."""


@dataclass(frozen=True, slots=True)
class Call:
    """The mark that calls a note."""

    note: str
    """The note's id."""
    mark: str
    """The mark that Word prints."""
    is_again: bool = False
    """Whether the note was called before: Word counts a footnote once."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its place, by the path that the book knows it by."""

    path: str
    alt: str
    style: str = ""
    """Its size as the source gives it: ``width: 50%``."""


@dataclass(frozen=True, slots=True)
class WordFormula:
    """A formula in its place, as MathML."""

    root: Element
    is_displayed: bool = False
    """Whether it is all there is in its paragraph."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place that an id names."""

    id: str


Piece: TypeAlias = Text | Ruby | Call | Picture | WordFormula | Anchor


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A paragraph's place in a list."""

    list: int
    """Which of the book's lists."""
    level: int


@dataclass(frozen=True, slots=True)
class ListKind:
    """How a list counts: ``bullet`` or one of HTML's ``1 a A i I``, from a number on."""

    sign: str
    start: int = 1
    level: int = 0


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph: its style's id, its pieces, and where it comes from."""

    style: str
    pieces: tuple[Piece, ...]
    line: int = 0
    """In the source; 0: a template made it."""
    numbered: ListPlace | None = None
    indent: int = 0
    """How many lists it stands in without being their item's first paragraph."""
    align: Align = ""
    key: str = ""
    """The name of its bookmark, which stays while it is edited."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a table."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table."""

    cells: tuple[WordCell, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table."""

    rows: tuple[WordRow, ...]
    line: int = 0


Block: TypeAlias = WordParagraph | WordTable


@dataclass(frozen=True, slots=True)
class Section:
    """A document of the edition, which begins on a page of its own."""

    name: str
    path: str
    """The source or template that it comes from."""
    blocks: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]]
    """By id, in the order of their first calls."""
    is_written: bool = False
    """Whether it comes from a chapter of the source."""
    is_contents: bool = False


@dataclass(frozen=True, slots=True)
class Wordbook:
    """A whole book for Word."""

    sections: tuple[Section, ...]
    lists: tuple[ListKind, ...]
    """By the numbers that `ListPlace` has."""


def paragraphs_of(block: Block) -> Iterator[WordParagraph]:
    """A paragraph, or those of a table, in order."""
    if isinstance(block, WordParagraph):
        yield block
        return
    for row in block.rows:
        for cell in row.cells:
            for inner in cell.blocks:
                yield from paragraphs_of(inner)


def paragraphs_in(section: Section) -> Iterator[WordParagraph]:
    """Every paragraph of a section: its text's, then its notes'."""
    for block in (*section.blocks, *(each for body in section.notes.values() for each in body)):
        yield from paragraphs_of(block)
