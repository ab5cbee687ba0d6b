"""What a folder says of its book: of which tool it is, its titles, and its files in order, as a tree."""

from keben.core.values import dataclass
from keben.project.importers.values import ChapterRank


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a table of contents, with those below it."""

    title: str = ""
    """Markdown; empty: the file says it."""
    target: str = ""
    """The file as it is written there, without an anchor; empty: a title alone."""
    rank: ChapterRank = "chapter"
    children: tuple["Entry", ...] = ()
    line: int = 0
    """Of the file that lists it, from 1; 0: none does."""


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A book that a folder holds. What the tool does not say is empty."""

    kind: str
    """The tool's name, or what else the folder is."""
    base: str
    """The folder that entries are written from, below the imported one; empty: that itself."""
    entries: tuple[Entry, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    language: str = ""
    remarks: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    """Patterns of files that the book does not want."""
    settings: str = ""
    """The file that says so, below the imported folder; empty: none does."""
    contents: str = ""
    """The file that lists the entries."""
    cover: str = ""
    """A picture below the imported folder."""
