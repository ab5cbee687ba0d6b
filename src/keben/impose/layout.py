"""How many pages go on a side of a sheet, and where."""

from dataclasses import replace
from fractions import Fraction

from keben.core.binding import Booklet
from keben.core.errors import BuildError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.impose.folding import FOLDINGS, Cell, Folding
from keben.impose.values import Box, points, shown

TOLERANCE = Fraction(1, 2)
"""Points that a size may be off: programs round 595.276 to 595."""

_SIDE_BY_SIDE = {
    2: wording("Two of its pages side by side"),
    4: wording("Four of its pages"),
    8: wording("Eight of its pages"),
}


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A grid of cells in the middle of a sheet; in each cell a page, and the gutter on its side of the spine."""

    folding: Folding
    width: Fraction
    """Of the sheet, in the way that the grid needs it."""
    height: Fraction
    page_width: Fraction
    page_height: Fraction
    gutter: Fraction
    bleed: Fraction
    grid: Box
    """All cells."""

    @property
    def cell_width(self) -> Fraction:
        """A page with its gutter."""
        return self.page_width + self.gutter

    def refolded(self, folding: Folding) -> "SheetLayout":
        """Fewer cells of the same size, in the middle of the same sheet."""
        return replace(
            self,
            folding=folding,
            grid=_centred(self.width, self.height, self.cell_width, self.page_height, folding),
        )

    def place(self, cell: Cell, shift: Fraction) -> tuple[Box, Box]:
        """A page's box, and what it may mark; it is moved by ``shift`` towards its spine."""
        grid, folding = self.grid, self.folding
        x = grid.x + cell.column * self.cell_width
        y = grid.y + cell.row * self.page_height
        # The columns stand in pairs, and between the two of a pair is a spine.
        inset = self.gutter - shift if cell.column % 2 else shift
        box = Box(x + inset, y, self.page_width, self.page_height)
        left = self.bleed if cell.column == 0 else 0
        right = self.bleed if cell.column == folding.columns - 1 else 0
        low = self.bleed if cell.row == 0 else 0
        high = self.bleed if cell.row == folding.rows - 1 else 0
        clip = Box(x - left, y - low, self.cell_width + left + right, self.page_height + low + high)
        return box, clip


def lay_out(width: Fraction, height: Fraction, bleed: Fraction, booklet: Booklet, name: str) -> SheetLayout:
    """The layout that has the most pages on a side, or as many as were asked for; of pages of this size.

    Raises:
        BuildError: they do not fit the sheet, or a signature cannot be folded from such sheets.
    """
    size = booklet.signature
    wanted = (booklet.up,) if booklet.up else (8, 4, 2)
    for up in wanted:
        layout = fit(FOLDINGS[up], width, height, bleed, booklet)
        if layout is None:
            continue
        if size % (2 * up) == 0:
            return layout
        if booklet.up or up == 2:
            message = wording(
                "A signature of {size} pages cannot be folded from sheets with {up} pages on a side.",
                size=size,
                up=up,
            )
            raise BuildError.at(name, "signature", message, wording("Use a multiple of {up}.", up=2 * up))
    least = layout_for(FOLDINGS[wanted[-1]], width, height, bleed, booklet)
    asked = wording(
        "{side_by_side}, {width} × {height} mm",
        side_by_side=_SIDE_BY_SIDE[wanted[-1]],
        width=shown(least.grid.width),
        height=shown(least.grid.height),
    )
    if booklet.gutter:
        asked += wording(" with a gutter of {points} mm", points=shown(points(booklet.gutter)))
    message = wording(
        "{asked}, do not fit on a sheet of {width} × {height} mm.",
        asked=asked,
        width=shown(least.width),
        height=shown(least.height),
    )
    advice = wording(
        "Choose a larger sheet, or smaller pages: these are {width} × {height} mm.",
        width=shown(width),
        height=shown(height),
    )
    raise BuildError.at(name, "sheet-too-small", message, advice)


def fit(
    folding: Folding, width: Fraction, height: Fraction, bleed: Fraction, booklet: Booklet
) -> SheetLayout | None:
    """A layout for pages of this size, if the sheet holds it."""
    layout = layout_for(folding, width, height, bleed, booklet)
    grid = layout.grid
    if grid.width > layout.width + TOLERANCE or grid.height > layout.height + TOLERANCE:
        return None
    return layout


def layout_for(
    folding: Folding, width: Fraction, height: Fraction, bleed: Fraction, booklet: Booklet
) -> SheetLayout:
    """A layout for pages of this size on the sheet, upright or lying as the grid is, whether it fits or not."""
    gutter = points(booklet.gutter)
    short, long = sorted((points(booklet.width), points(booklet.height)))
    lying = folding.columns * (width + gutter) >= folding.rows * height
    across, up = (long, short) if lying else (short, long)
    grid = _centred(across, up, width + gutter, height, folding)
    return SheetLayout(folding, across, up, width, height, gutter, bleed, grid)


def _centred(
    width: Fraction, height: Fraction, cell_width: Fraction, cell_height: Fraction, folding: Folding
) -> Box:
    """A grid in the middle of a sheet."""
    across, up = folding.columns * cell_width, folding.rows * cell_height
    return Box((width - across) / 2, (height - up) / 2, across, up)
