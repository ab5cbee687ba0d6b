"""A design: what a book looks like as a whole, and the measures that its type area follows from."""

from typing import Literal

from keben.core.paper import Openings
from keben.core.values import dataclass

Sections = Literal["plain", "numbered"]
"""Whether the headings in a chapter have its number before them: 3.1, 3.1.2."""


@dataclass(frozen=True, slots=True)
class Margins:
    """The white round a type area, each side in parts of the page's width or height."""

    inner: float
    top: float
    outer: float
    bottom: float

    @property
    def inner_share(self) -> float:
        """The inner margin's part of both."""
        return self.inner / (self.inner + self.outer)

    @property
    def top_share(self) -> float:
        """The upper margin's part of both."""
        return self.top / (self.top + self.bottom)


CANONS = {
    # J. A. van de Graaf 1946, J. Tschichold 1953: ninths of the page, 1:1:2:2.
    "van-de-graaf": Margins(1 / 9, 1 / 9, 2 / 9, 2 / 9),
    # GB/T 9704—2012, 5.2.1: on A4 28 mm at the fold, 37 mm at the head, an area of 156 × 225 mm.
    "official": Margins(28 / 210, 37 / 297, 26 / 210, 35 / 297),
    # 天头 twice the 地脚, as in books from blocks.
    "tall-head": Margins(1 / 8, 1 / 5, 1 / 8, 1 / 10),
    # A paperback: sevenths beside the text, more white at the head than at the foot.
    "paperback": Margins(1 / 7, 1 / 7, 1 / 7, 1 / 8),
    # As much as a full page bears: eighths beside the text.
    "full": Margins(1 / 8, 1 / 9, 1 / 8, 1 / 10),
}
"""Rules by which margins follow from a page, by name."""


@dataclass(frozen=True, slots=True)
class Design:
    """A design's measures; its styles and templates are its theme's."""

    name: str
    """Empty: none was chosen."""
    margins: Margins
    body: str
    """The size of the text, as CSS writes lengths."""
    leading: float
    longest: int
    """Characters that a line has at most."""
    openings: Openings
    sections: Sections = "plain"


def room(page: float, before: float, after: float, least: tuple[float, float]) -> float:
    """What two margins in parts of a page, and no less than ``least``, leave of it."""
    return page - max(page * before, least[0]) - max(page * after, least[1])
