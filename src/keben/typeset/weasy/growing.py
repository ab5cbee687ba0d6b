"""A chapter while a document is laid out: it grows page by page, or its pages are put in as they were drawn."""

from dataclasses import field
from typing import Any

from keben.core.values import dataclass
from keben.typeset.weasy import lookups
from keben.typeset.weasy.drawn import DrawnChapter, Item


@dataclass(slots=True)
class Galley:
    """A chapter that is being laid out, or put in."""

    key: str
    first: int
    """The index of its first page."""
    path: tuple[int, ...]
    """Where it stands in the document: the index of the body's box, and its own."""
    elements: list[Any]
    """Of the chapter, in the order of the document."""
    numbers: lookups.PrintedNumbers
    messages: int = 0
    """How many WeasyPrint had logged when it was begun."""
    pages: list[Any] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    """For each page, where the next one begins."""
    chapter: DrawnChapter | None = None
    """Once it is drawn."""
    next: int = -1
    """The index of the page after the last one that was put in."""

    @property
    def end(self) -> int:
        """The index of the page after the last one that there is."""
        return self.first + len(self.items)
