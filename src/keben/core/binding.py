"""Settings of a booklet. Lengths are in millimetres."""

from typing import Literal

from keben.core.values import dataclass

Binding = Literal["left", "right"]
Duplex = Literal["short-edge", "long-edge"]
Blanks = Literal["before-last", "end"]


@dataclass(frozen=True, slots=True)
class Booklet:
    """How a PDF's pages are put on sheets to be printed, folded and bound (拼版)."""

    width: float = 210.0
    """Of a sheet, in either of its positions."""
    height: float = 297.0
    up: int = 0
    """Pages on a side: 2, 4 or 8; 0: as many as fit."""
    signature: int = 0
    """Pages of sheets folded together; 0: all of them."""
    binding: Binding | None = None
    """None: right where the PDF reads from right to left, else left."""
    duplex: Duplex = "short-edge"
    """The edge that the printer turns a sheet round."""
    blanks: Blanks = "end"
    cover: bool = False
    """Whether the first two and the last two pages are on a sheet of their own, around all others."""
    creep: float = 0.0
    """How much further out each leaf lies than the one around it: the paper's thickness."""
    gutter: float = 0.0
    """Blank between each page and the spine."""
    marks: bool = True


STAPLED = Booklet()
"""All on A4, stapled through the fold."""
