"""开本: which sheet of paper a page is cut from, and into how many leaves that is folded.

GB/T 788—1999 (sizes of books and periodicals) names a size by its sheet and a fraction of it, 880毫米×1230毫米 1/32.
A 印张 is one side of a sheet, that is as many pages as the sheet has leaves.
"""

from collections.abc import Iterator, Mapping

from keben.core.values import dataclass

SHEETS: tuple[tuple[int, int], ...] = (
    (787, 1092),
    (850, 1168),
    (880, 1230),
    (889, 1194),
    (890, 1240),
    (710, 1000),
    (720, 1010),
    (1000, 1400),
)
"""Millimetres: the sheets that mainland printers keep."""

KNOWN: Mapping[tuple[int, int], tuple[int, int, int]] = {
    (130, 184): (787, 1092, 32),
    (140, 203): (850, 1168, 32),
    (148, 210): (880, 1230, 32),
    (169, 239): (1000, 1400, 32),
    (170, 240): (710, 1000, 16),
    (185, 260): (787, 1092, 16),
    (210, 285): (889, 1194, 16),
    (210, 297): (890, 1240, 16),
}
"""Usual sizes, width and height in millimetres, and what they are cut from."""

COUNTS = (8, 16, 32, 64, 128)
"""Leaves of a sheet that is only ever folded in half."""

TRIMMED = 3.0
"""Millimetres that the knife takes at the head, the foot and the fore-edge."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """A sheet, in millimetres, and how many leaves it is folded into."""

    width: int
    height: int
    count: int

    @property
    def area(self) -> float:
        """Of a leaf, in square millimetres."""
        return self.width * self.height / self.count


def leaves_of(width: float, height: float) -> Leaves | None:
    """The sheet that a page of that size, in millimetres, is usually cut from, else the one that it wastes least of.

    None where no sheet is large enough.
    """
    short, long = sorted((width, height))
    near, known = min(
        (max(abs(one - short), abs(other - long)), sheet) for (one, other), sheet in KNOWN.items()
    )
    if near <= 1:
        return Leaves(*known)
    fitting = (each for each in _all() if _holds(each, width, height))
    return min(fitting, key=lambda each: each.area, default=None)


def _all() -> Iterator[Leaves]:
    return (Leaves(width, height, count) for width, height in SHEETS for count in COUNTS)


def _holds(leaves: Leaves, width: float, height: float) -> bool:
    short, long = float(leaves.width), float(leaves.height)
    for _ in range(leaves.count.bit_length() - 1):
        short, long = sorted((short, long / 2))
    # A page that is wider than high is cut from a leaf that lies.
    room = (long, short) if width > height else (short, long)
    return width + TRIMMED <= room[0] and height + 2 * TRIMMED <= room[1]
