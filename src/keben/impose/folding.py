"""In which order pages come: signatures, and which page stands where on a sheet that is folded once, twice or thrice.

A sheet folded once has one *bifolium*: two leaves that hang together at the spine. Folded twice, it has two, one inside
the other, and thrice four. Bifolium i of a signature of N pages (from 0, the outermost first) has outside, from left
to right, the pages N-1-2i and 2i, and inside 2i+1 and N-2-2i, where the book is bound on the left.
"""

from collections.abc import Iterator, Sequence

from keben.core.binding import Blanks
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """One face of a bifolium on a side of a sheet."""

    column: int
    """Of its left cell."""
    row: int
    """From 0, the lowest."""
    bifolium: int
    """From 0, the outermost of the sheet."""
    outside: bool
    turned: bool = False
    """Whether it stands on its head: heads meet where the sheet is folded crosswise."""


@dataclass(frozen=True, slots=True)
class Folding:
    """How a sheet is folded."""

    columns: int
    rows: int
    front: tuple[Spread, ...]
    back: tuple[Spread, ...]
    """As it lies when the sheet is turned round its vertical axis."""

    @property
    def bifolia(self) -> int:
        """How many a sheet has."""
        return self.columns * self.rows // 2


FOLDINGS = {
    2: Folding(2, 1, (Spread(0, 0, 0, outside=True),), (Spread(0, 0, 0, outside=False),)),
    4: Folding(
        2,
        2,
        (Spread(0, 0, 0, outside=True), Spread(0, 1, 1, outside=False, turned=True)),
        (Spread(0, 0, 0, outside=False), Spread(0, 1, 1, outside=True, turned=True)),
    ),
    8: Folding(
        4,
        2,
        (
            Spread(0, 0, 1, outside=False),
            Spread(2, 0, 0, outside=True),
            Spread(0, 1, 2, outside=True, turned=True),
            Spread(2, 1, 3, outside=False, turned=True),
        ),
        (
            Spread(0, 0, 0, outside=False),
            Spread(2, 0, 1, outside=True),
            Spread(0, 1, 3, outside=True, turned=True),
            Spread(2, 1, 2, outside=False, turned=True),
        ),
    ),
}
"""By pages on a side: folio, quarto (folded crosswise first, then at the spine), octavo (at the fore edge first)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A page's place on a side."""

    column: int
    row: int
    turned: bool
    bifolium: int
    """In its signature, from 0, the outermost."""
    page: int | None


def cells(
    spreads: Sequence[Spread],
    folding: Folding,
    signature: Sequence[int | None],
    sheet: int,
    *,
    mirrored: bool,
) -> Iterator[Cell]:
    """The cells of a side of a signature's sheet; ``mirrored`` where the book is bound on the right."""
    last = len(signature) - 1
    for spread in spreads:
        bifolium = sheet * folding.bifolia + spread.bifolium
        left, right = 2 * bifolium + 1, last - 1 - 2 * bifolium
        if spread.outside:
            left, right = right + 1, left - 1
        if spread.turned:
            left, right = right, left
        for column, page in ((spread.column, left), (spread.column + 1, right)):
            place = folding.columns - 1 - column if mirrored else column
            yield Cell(place, spread.row, spread.turned, bifolium, signature[page])


def fill(pages: Sequence[int], unit: int, blanks: Blanks) -> tuple[int | None, ...]:
    """Pages with blanks, so that their number is a multiple of ``unit``; a page alone is the first one."""
    missing: list[int | None] = [None] * (-len(pages) % unit)
    if blanks == "end" or len(pages) < 2:
        return (*pages, *missing)
    return (*pages[:-1], *missing, pages[-1])


def split_cover(count: int) -> tuple[tuple[int | None, ...], tuple[int, ...]]:
    """The four pages of a cover (the first two and the last two) and those inside it."""
    if count >= 4:
        return (0, 1, count - 2, count - 1), tuple(range(2, count - 2))
    return fill(tuple(range(count)), 4, "before-last"), ()


def gather(pages: Sequence[int | None], size: int) -> tuple[tuple[int | None, ...], ...]:
    """Pages in signatures (帖) of ``size``, 0: of all of them; the last one has what is left."""
    size = size or len(pages) or 1
    return tuple(tuple(pages[start : start + size]) for start in range(0, len(pages), size))
