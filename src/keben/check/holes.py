"""How full a PDF's pages are: which are left empty by more than a third, and end no chapter.

By the places of all that is drawn in the type area, text or not. A page may be empty below where a chapter of the
outline begins on the next one, or on the next that is not blank.
"""

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import closing

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.area import Edges
from keben.check.pdftext import open_pdf
from keben.core.errors import Finding, Place
from keben.core.pdfium import PDFIUM
from keben.core.saying import series, wording
from keben.core.values import dataclass

MOST = 1 / 3
"""Of the type area's height: what more is empty at its foot is a hole."""

_BELOW = 0.5
"""Of the body's size: what a page that is full leaves empty below the ink of its last line."""
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Hole:
    """A page that is left empty in part."""

    page: int
    """From 1."""
    share: float
    """Of the type area, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class HoleReport:
    """The holes of a PDF."""

    pages: int
    """Those that were measured: pages of text that end no chapter."""
    holes: tuple[Hole, ...]

    def summary(self) -> str:
        """The figures in a line of words."""
        if not self.pages:
            return wording("no page within a chapter, so none that could be half empty")
        if not self.holes:
            return wording(
                "{pages:,} pages within chapters, none of them empty by more than a third", pages=self.pages
            )
        shown = [f"{hole.page} ({hole.share:.0%})" for hole in self.holes[:_SHOWN]]
        shown += ["…"] if len(self.holes) > _SHOWN else []
        holes = wording(
            "{count} of {pages:,} pages within chapters are empty by more than a third",
            count=len(self.holes),
            pages=self.pages,
        )
        return wording("{name}: {passed}", name=holes, passed=series(shown))

    def figures(self) -> dict[str, object]:
        """The figures by their names, for JSON."""
        return {
            "pages": self.pages,
            "holes": [{"page": hole.page, "share": round(hole.share, 3)} for hole in self.holes],
        }

    def findings(self, name: str) -> tuple[Finding, ...]:
        """A notice where there are holes; ``name`` is the artifact's."""
        if not self.holes:
            return ()
        shown = [str(hole.page) for hole in self.holes[:_SHOWN]]
        shown += ["…"] if len(self.holes) > _SHOWN else []
        message = wording(
            "Pages are empty by more than a third, and end no chapter: {shown}.", shown=series(shown)
        )
        advice = wording(
            "Let the figure or the table that follows move ({.float}), or make it smaller; where a poem follows, "
            "change `lines` in [print]."
        )
        return (Finding(Place(name), "hole", message, advice, "notice"),)


def measure_holes(pdf: bytes, facts: Mapping[str, object]) -> HoleReport:
    """Measure how full the pages of a PDF are; ``facts`` are the artifact's, with the edges of its type area.

    Raises:
        pypdfium2.PdfiumError: it is not a PDF that PDFium reads.
    """
    edges = Edges.of(facts)
    if edges is None:
        return HoleReport(0, ())
    with PDFIUM, closing(open_pdf(pdf)) as document:
        openings = sorted(_openings(document))
        depths = [_empty(document[index], edges.on(index + 1)) for index in range(len(document))]
    inner = [
        (number, depths[number - 1])
        for number in range(openings[0] if openings else 1, len(depths) + 1)
        if depths[number - 1] is not None and not _ends(number, openings, depths)
    ]
    _, _, bottom, top = edges.odd
    most = MOST + _BELOW * edges.body / (top - bottom)
    holes = tuple(Hole(number, share) for number, share in inner if share is not None and share > most)
    return HoleReport(len(inner), holes)


def _openings(document: "pypdfium2.PdfDocument") -> Iterator[int]:
    """The pages, from 1, that chapters begin on, as the outline has them."""
    for mark in document.get_toc():
        place = mark.get_dest() if mark.level == 0 else None
        index = place.get_index() if place is not None else None
        if index is not None:
            yield index + 1


def _ends(number: int, openings: list[int], depths: list[float | None]) -> bool:
    """Whether the text that a page belongs to ends on it."""
    following = next((at for at in range(number + 1, len(depths) + 1) if depths[at - 1] is not None), None)
    return following is None or following in openings


def _empty(page: "pypdfium2.PdfPage", sides: tuple[float, ...]) -> float | None:
    """The share of its type area that a page leaves empty at its foot; None for a page without anything in it."""
    _, right, bottom, top = sides
    x, y, x2, y2 = page.get_trimbox()
    if (x2 - x) < right or (y2 - y) < top:
        # It lies on its side among others that stand.
        page.close()
        return None
    lowest = min((box[1] for box in _boxes(page, sides)), default=None)
    page.close()
    if lowest is None:
        return None
    return min(1.0, max(0.0, (lowest - bottom) / (top - bottom)))


def _boxes(page: "pypdfium2.PdfPage", sides: tuple[float, ...]) -> Iterator[tuple[float, ...]]:
    """The left, lower, right and upper edges of all that is drawn in a page's type area."""
    left, right, bottom, top = sides
    x, y, _, _ = page.get_trimbox()
    bounds = [ctypes.c_float() for _ in range(4)]
    for index in range(pdfium.FPDFPage_CountObjects(page.raw)):
        thing = pdfium.FPDFPage_GetObject(page.raw, index)
        if not pdfium.FPDFPageObj_GetBounds(thing, *bounds):
            continue
        x1, y1, x2, y2 = (each.value for each in bounds)
        across, down = (x1 + x2) / 2 - x, (y1 + y2) / 2 - y
        if left - 1 <= across <= right + 1 and bottom - 1 <= down <= top + 1:
            yield x1 - x, y1 - y, x2 - x, y2 - y
