"""What an imposition is made of.

Lengths are in points, exact; x grows to the right and y upwards from the sheet's lower left corner; pages count from 0.
"""

from fractions import Fraction
from typing import Literal

from keben.core.values import dataclass

LineKind = Literal["crop", "fold"]

_PT = Fraction(360, 127)
"""Points in a millimetre: 72 / 25.4."""


def points(millimetres: float) -> Fraction:
    """Millimetres in points, as they are written: 0.1 mm is exactly a tenth."""
    return Fraction(str(millimetres)) * _PT


def shown(length: Fraction) -> str:
    """Points as people read them: millimetres, to a tenth."""
    return f"{float(length / _PT):.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its lower left corner."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction

    @property
    def right(self) -> Fraction:
        """The right edge."""
        return self.x + self.width

    @property
    def top(self) -> Fraction:
        """The upper edge."""
        return self.y + self.height

    def turned(self, width: Fraction, height: Fraction) -> "Box":
        """Where the rectangle is when its sheet, of this size, is turned by 180°."""
        return Box(width - self.right, height - self.top, self.width, self.height)


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page on a side of a sheet."""

    page: int | None
    """None: blank."""
    box: Box
    """Where its trimmed page stands."""
    turned: bool
    """Whether it stands on its head."""
    clip: Box
    """What of the sheet it may mark: its cell, and where the cell is at the edge of the block, its bleed beside it."""


@dataclass(frozen=True, slots=True)
class MarkLine:
    """A crop or a fold mark."""

    x1: Fraction
    y1: Fraction
    x2: Fraction
    y2: Fraction
    kind: LineKind

    def turned(self, width: Fraction, height: Fraction) -> "MarkLine":
        """The mark on the sheet turned by 180°."""
        return MarkLine(width - self.x1, height - self.y1, width - self.x2, height - self.y2, self.kind)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet as it is printed."""

    pages: tuple[PlacedPage, ...]
    """From the lowest row up, and in a row from left to right, as it lies before the back is turned."""
    lines: tuple[MarkLine, ...] = ()
    collation: Box | None = None
    """The collation mark (帖标): a block over the fold, on the outermost side of a signature."""

    def turned(self, width: Fraction, height: Fraction) -> "Side":
        """The side turned by 180°."""
        return Side(
            tuple(
                PlacedPage(
                    each.page,
                    each.box.turned(width, height),
                    not each.turned,
                    each.clip.turned(width, height),
                )
                for each in self.pages
            ),
            tuple(line.turned(width, height) for line in self.lines),
            self.collation.turned(width, height) if self.collation else None,
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of paper, printed on both sides."""

    signature: int
    """Counted from 0; the cover is none of them: -1."""
    up: int
    """Pages on a side."""
    front: Side
    """It comes first from the printer, and is outside when the sheet is folded."""
    back: Side


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole imposition."""

    width: Fraction
    """Of a sheet as it is printed."""
    height: Fraction
    page_width: Fraction
    page_height: Fraction
    binding: Literal["left", "right"]
    duplex: Literal["short-edge", "long-edge"]
    signatures: tuple[tuple[int | None, ...], ...]
    """The pages of each signature in reading order, with None for a blank; those of the cover are in none."""
    cover: tuple[int | None, ...]
    """Four pages, or none."""
    sheets: tuple[Sheet, ...]
    """The cover first, then each signature from its outermost sheet to its innermost."""
    pages: int

    @property
    def blanks(self) -> int:
        """How many blank pages were put in."""
        return sum(page is None for pages in (self.cover, *self.signatures) for page in pages)
