"""What of a PDF counts for its imposition: how large its pages are, how they are turned, how it reads."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from io import BytesIO

import pikepdf

from keben.core.binding import Binding
from keben.core.errors import BuildError, KebenError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.impose.layout import TOLERANCE
from keben.impose.values import Box, shown

# What it would say on its own goes into findings.
logging.getLogger("pikepdf").addHandler(logging.NullHandler())

UNREADABLE = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, LookupError)
"""What pikepdf raises where a file is not as it should be."""

Matrix = tuple[Fraction, Fraction, Fraction, Fraction, Fraction, Fraction]


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as it is to be seen: upright, its trimmed page at the origin."""

    width: Fraction
    height: Fraction
    matrix: Matrix
    """From the page's own coordinates to these."""
    shows: Box
    """In the page's own coordinates: the trimmed page with its bleed."""
    bleed: Fraction
    """The least of its four sides."""


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    """A PDF that is whole and open to all.

    Raises:
        BuildError: it is encrypted, damaged or none, or has no page.
    """
    fixed = wording("Fix it first: `qpdf IN.pdf FIXED.pdf`; then look whether all pages are there.")
    try:
        pdf = pikepdf.open(BytesIO(data), attempt_recovery=False)
    except pikepdf.PasswordError:
        raise _encrypted(name) from None
    except UNREADABLE:
        message = wording("This is not a PDF, or it is damaged.") if data else wording("This file is empty.")
        raise BuildError.at(name, "broken-pdf", message, fixed if data else "") from None
    with pdf:
        if pdf.is_encrypted:
            raise _encrypted(name)
        try:
            empty = not pdf.pages
        except UNREADABLE:
            raise BuildError.at(name, "broken-pdf", wording("Its pages cannot be read."), fixed) from None
        if pdf.get_warnings():
            raise BuildError.at(name, "broken-pdf", wording("It is damaged."), fixed)
        if empty:
            raise BuildError.at(name, "no-pages", wording("It has no pages."))
        yield pdf


def _encrypted(name: str) -> KebenError:
    advice = wording("If you may, take its protection off first: `qpdf --decrypt IN.pdf OUT.pdf`.")
    return BuildError.at(name, "encrypted-pdf", wording("It is encrypted."), advice)


def read_pages(pdf: pikepdf.Pdf, name: str) -> tuple[PdfPage, ...]:
    """All pages.

    Raises:
        BuildError: they are not of one size, or a size cannot be read.
    """
    pages: list[PdfPage] = []
    for number, page in enumerate(pdf.pages, 1):
        try:
            pages.append(_read(page))
        except (*UNREADABLE, ArithmeticError):
            message = wording("Page {number} has no size that can be read.", number=number)
            raise BuildError.at(name, "page-size", message, wording("Make the PDF again.")) from None
        first, this = pages[0], pages[-1]
        if max(abs(first.width - this.width), abs(first.height - this.height)) > TOLERANCE:
            message = wording(
                "Its pages are not of one size: page 1 has {width} × {height} mm, page {number} "
                "{width2} × {height2} mm.",
                width=shown(first.width),
                height=shown(first.height),
                number=number,
                width2=shown(this.width),
                height2=shown(this.height),
            )
            raise BuildError.at(name, "mixed-sizes", message, wording("Make all of them one size first."))
    return tuple(pages)


def _read(page: pikepdf.Page) -> PdfPage:
    """A page by its boxes, /Rotate and /UserUnit (ISO 32000-1, 14.11.2 and 7.7.3.3)."""
    boxes = (tuple(map(str, array)) for array in (page.mediabox, page.trimbox, page.bleedbox))
    return _page(*boxes, str(page.obj.get("/UserUnit", 1)), int(page.obj.get("/Rotate", 0)) % 360)


# The pages of a book are alike, and exact fractions take long.
@lru_cache(maxsize=16)
def _page(
    media_box: tuple[str, ...],
    trim_box: tuple[str, ...],
    bleed_box: tuple[str, ...],
    user_unit: str,
    turn: int,
) -> PdfPage:
    media = _box(media_box)
    trim = _within(_box(trim_box), media)
    shows = _within(_box(bleed_box), media)
    sides = (trim.x - shows.x, trim.y - shows.y, shows.right - trim.right, shows.top - trim.top)
    bleed = max(min(sides), Fraction(0))
    shows = Box(trim.x - bleed, trim.y - bleed, trim.width + 2 * bleed, trim.height + 2 * bleed)
    unit = Fraction(user_unit)
    if turn % 90 or unit <= 0:
        raise ValueError
    one, none = unit, Fraction(0)
    matrix = {
        0: (one, none, none, one, -trim.x * unit, -trim.y * unit),
        90: (none, -one, one, none, -trim.y * unit, trim.right * unit),
        180: (-one, none, none, -one, trim.right * unit, trim.top * unit),
        270: (none, one, -one, none, trim.top * unit, -trim.x * unit),
    }[turn]
    width, height = (trim.height, trim.width) if turn % 180 else (trim.width, trim.height)
    return PdfPage(width * unit, height * unit, matrix, shows, bleed * unit)


def _box(numbers: Iterable[str]) -> Box:
    x1, y1, x2, y2 = map(Fraction, numbers)
    box = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
    if not box.width or not box.height:
        raise ValueError
    return box


def _within(box: Box, outer: Box) -> Box:
    """The part of a box that lies in another; the other where there is none."""
    x, y = max(box.x, outer.x), max(box.y, outer.y)
    width, height = min(box.right, outer.right) - x, min(box.top, outer.top) - y
    return Box(x, y, width, height) if width > 0 and height > 0 else outer


def binding_of(pdf: pikepdf.Pdf) -> Binding:
    """Right where the catalogue says that the book reads from right to left (ISO 32000-1, 12.2, /Direction)."""
    preferences = pdf.Root.get("/ViewerPreferences", None)
    if isinstance(preferences, pikepdf.Dictionary) and str(preferences.get("/Direction")) == "/R2L":
        return "right"
    return "left"
