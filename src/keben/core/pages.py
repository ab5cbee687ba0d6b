"""Where the pages of a printed book begin."""

from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page that has something of the book."""

    number: int
    """From 1, with the pages that nothing is printed on."""
    label: str
    """As the page prints it: ``12``, ``iv``."""
    text: str
    """What it says first, without notes, running heads and folios."""
    is_aside: bool = False
    """Whether it has nothing but figures, tables or notes that stand apart: ``text`` is a caption then."""
