"""The page that a book is printed on, and what is set there.

Lengths are in millimetres unless a name says otherwise (``_pt``: points of 1/72 inch).
"""

from typing import Literal

from keben.core.errors import Place
from keben.core.values import dataclass

Openings = Literal["recto", "any"]
"""The page that a chapter opens on: an odd one, or the next."""

Writing = Literal["horizontal", "vertical"]


def is_vertical(writing: Writing) -> bool:
    """Whether text is written in columns, from right to left."""
    return writing == "vertical"


FrontFolios = Literal["continued", "roman", "chinese"]
"""How the pages before the text are counted: with it, or apart in numbers of their own."""

LEAST_INNER, LEAST_OUTER, LEAST_TOP, LEAST_BOTTOM = 10.0, 8.0, 12.0, 12.0
"""Millimetres: what a thumb, a fold, a running head and a folio need."""

Kinsoku = Literal["basic", "gb", "strict"]
"""How much may not stand at a line's edge (避头尾): CLREQ 6.1.1 has these three levels, and none at all."""


@dataclass(frozen=True, slots=True)
class NamedFont:
    """A font family that the book names."""

    family: str
    place: Place
    """Where it is named."""


@dataclass(frozen=True, slots=True)
class TypeArea:
    """The page and its type area (版心), counted in characters and lines."""

    width: float = 148.0
    height: float = 210.0
    body_pt: float = 10.5
    leading: float = 1.7
    """From one line to the next, in body sizes."""
    measure: int = 27
    """Characters (字) in a line."""
    lines: int = 26
    kinsoku: Kinsoku = "gb"
    latin: NamedFont | None = None
    """What sets Latin text; None: the Chinese faces' own Latin."""
    openings: Openings = "recto"
    fallback: tuple[NamedFont, ...] = ()
    """Families that come first where those of the language lack a character."""
    front_folios: FrontFolios = "continued"
    inner_share: float = 4 / 9
    """The inner margin's part of both; 4:5 lets the two inner margins of a spread read as one white."""
    top_share: float = 4 / 9
    """The upper margin's part of both."""

    def across(self, writing: Writing) -> float:
        """How wide a picture can be, in points: beside it a page of columns has room for its caption and a heading."""
        if is_vertical(writing):
            return max(1, self.lines - 6) * self.body_pt * self.leading
        return self.measure * self.body_pt

    def drawn(self, writing: Writing) -> float:
        """How wide a chart is drawn, in points: in columns it leaves room for text on its page."""
        across = self.across(writing)
        return max(0.6 * across, min(across, 230.0)) if is_vertical(writing) else across

    def upright(self, writing: Writing) -> float:
        """How high a picture can be, in points, with room for its caption."""
        if is_vertical(writing):
            return self.measure * self.body_pt
        return max(self.lines - 4, 4) * self.body_pt * self.leading


USUAL_AREA = TypeArea()
"""That of a book that says nothing of it."""
