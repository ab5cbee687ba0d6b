"""What the way back from Word works with: paragraphs as the source makes them, and as a document has them."""

from collections.abc import Mapping
from dataclasses import field

from keben.core.errors import Place
from keben.core.values import dataclass
from keben.formats.docx.keys import Token, digest, hash_of
from keben.formats.docx.values import ListPlace


@dataclass(frozen=True, slots=True)
class Own:
    """A paragraph as a build of the source writes it."""

    tokens: tuple[Token, ...]
    made: tuple[bool, ...]
    """Of each token whether Keben made it: a number, a reference."""
    key: str
    style: str
    numbered: ListPlace | None
    path: str
    line: int
    """In the source; 0: it is a chapter's title."""
    is_note: bool = False
    is_written: bool = True
    """Whether it comes from a chapter, and not from a page that Keben makes."""
    marks: tuple[frozenset[str], ...] = field(default=(), repr=False)
    """Of each token what it is set in: see `keben.review.word.marks`."""

    @property
    def written(self) -> tuple[Token, ...]:
        """What of it the source says."""
        return tuple(token for token, made in zip(self.tokens, self.made, strict=True) if not made)

    @property
    def shape(self) -> tuple[str, int]:
        """What it is among others: its style, and how deep its list is."""
        return self.style, self.numbered.level if self.numbered else -1

    @property
    def place(self) -> Place:
        """Where it is in the source."""
        return Place(self.path, self.line)


@dataclass(frozen=True, slots=True)
class Given:
    """A paragraph of a document that came back."""

    tokens: tuple[Token, ...]
    keys: tuple[str, ...]
    """The keys that begin in it: none where it is new, several where paragraphs were joined."""
    style: str
    is_note: bool = False
    marks: tuple[frozenset[str], ...] = field(default=(), repr=False)
    """Of each token what it is set in."""

    @property
    def is_untouched(self) -> bool:
        """Whether it says what it said when it was written, by a key's hash."""
        own = digest(list(self.tokens))
        return any(hash_of(key) == own for key in self.keys)


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody says of a place."""

    author: str
    text: str
    paragraph: int
    """Which of the document's paragraphs it is about; -1: it is not known."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A document that came back."""

    paragraphs: tuple[Given, ...]
    comments: tuple[Comment, ...] = ()
    inserted: int = 0
    """Insertions that are still tracked."""
    deleted: int = 0
    edition: str = ""
    """The edition that its properties name."""
    stamp: str = ""
    """What `keben.formats.docx.keys.stamp_of` said of the chapters when it was written."""


@dataclass(frozen=True, slots=True)
class WordRemark:
    """Something that a person must look at: a change that was not taken, a comment."""

    place: Place
    message: str
    before: str = ""
    """What the source says there."""
    after: str = ""
    """What the document says there."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What a corrected document changes in the sources."""

    sources: Mapping[str, tuple[str, str]] = field(repr=False)
    """The old and the new text of each source that changes, by its path."""
    changed: int
    """Paragraphs whose changes were taken."""
    remarks: tuple[WordRemark, ...]
    notices: tuple[str, ...] = ()
    is_report: bool = False
    """Whether nothing can be taken: the edition is in another language than the source."""


def shown(tokens: tuple[Token, ...] | list[Token]) -> str:
    """Tokens for a message."""
    return "".join(
        token if len(token) == 1 else _NAMES.get(token.partition(" ")[0], token.partition(" ")[2])
        for token in tokens
    )


_NAMES = {"\x00call": "[^]", "\x00picture": "[picture]", "\x00formula": "[formula]"}
