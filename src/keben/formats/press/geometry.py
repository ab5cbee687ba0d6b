"""Where the boxes and marks of a page for a printer stand. Points, from the left lower corner of all that is shown.

Crop marks begin outside the bleed, and so far out that no cut meets them; registration marks stand in the middle of
each side, as far out. (ISO 32000-1, 14.11.2; what printers' guides ask for.)
"""

from collections.abc import Iterator, Sequence

from keben.core.lengths import POINTS_PER_MM
from keben.core.values import dataclass

AWAY = 1 * POINTS_PER_MM
"""From the bleed to a mark."""
LENGTH = 5 * POINTS_PER_MM
"""Of a mark."""
ROOM = AWAY + LENGTH + 1 * POINTS_PER_MM
"""Beyond the bleed, where marks are."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class TrimmedSheet:
    """A trimmed page with what is printed around it."""

    width: float
    height: float
    bleed: float
    marks: bool

    @property
    def edge(self) -> float:
        """From the trimmed page to the edge of all."""
        return self.bleed + (ROOM if self.marks else 0.0)

    @property
    def media(self) -> Box:
        """All that is shown."""
        return 0.0, 0.0, self.width + 2 * self.edge, self.height + 2 * self.edge

    @property
    def trim(self) -> Box:
        """The page when it is cut."""
        return self.edge, self.edge, self.edge + self.width, self.edge + self.height

    @property
    def bleeds(self) -> Box:
        """The page with its bleed."""
        left, bottom, right, top = self.trim
        return left - self.bleed, bottom - self.bleed, right + self.bleed, top + self.bleed


Line = tuple[float, float, float, float]


def crop_marks(sheet: TrimmedSheet) -> Iterator[Line]:
    """Two lines at each corner, on the lines of the cuts."""
    left, bottom, right, top = sheet.trim
    near, far = sheet.bleed + AWAY, sheet.bleed + AWAY + LENGTH
    for y in (bottom, top):
        yield left - far, y, left - near, y
        yield right + near, y, right + far, y
    for x in (left, right):
        yield x, bottom - far, x, bottom - near
        yield x, top + near, x, top + far


def fold_marks(sheet: TrimmedSheet, folds: Sequence[float]) -> Iterator[Line]:
    """A line above and one below each fold; ``folds`` are points from the trimmed page's left edge."""
    left, bottom, _, top = sheet.trim
    near, far = sheet.bleed + AWAY, sheet.bleed + AWAY + LENGTH
    for fold in folds:
        yield left + fold, bottom - far, left + fold, bottom - near
        yield left + fold, top + near, left + fold, top + far


def targets(sheet: TrimmedSheet, folds: Sequence[float]) -> Iterator[tuple[float, float]]:
    """The middles of the registration marks: one on each side, and where the sheet is folded, one on each panel."""
    left, bottom, right, top = sheet.trim
    out = sheet.bleed + AWAY + LENGTH / 2
    edges = [0.0, *folds, sheet.width]
    panels = [(edges[0], edges[1]), (edges[-2], edges[-1])] if folds else [(0.0, sheet.width)]
    for start, end in panels:
        for y in (bottom - out, top + out):
            yield left + (start + end) / 2, y
    for x in (left - out, right + out):
        yield x, (bottom + top) / 2
