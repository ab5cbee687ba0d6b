"""The pieces of text that a page draws, as PDFium reads them: an object for each, whatever is in the page."""

from collections.abc import Iterable, Iterator
from ctypes import c_float
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.drawntext import Box, DrawnText
from keben.check.pdftext import text_of_object

_DEEPEST_FORM = 16


def pieces_of_page(page: Any, text_page: Any) -> Iterator[DrawnText]:
    """The pieces of text of a page in the order that they are drawn."""
    things = (pdfium.FPDFPage_GetObject(page, index) for index in range(pdfium.FPDFPage_CountObjects(page)))
    return _drawn(things, text_page, 0)


def pieces_of_forms(page: Any, text_page: Any) -> Iterator[tuple[DrawnText, ...]]:
    """Those of each form on a page."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            yield tuple(_in_form(thing, text_page, 0))


def _in_form(form: Any, text_page: Any, depth: int) -> Iterator[DrawnText]:
    count = pdfium.FPDFFormObj_CountObjects(form)
    return _drawn((pdfium.FPDFFormObj_GetObject(form, index) for index in range(count)), text_page, depth)


def _drawn(things: Iterable[Any], text_page: Any, depth: int) -> Iterator[DrawnText]:
    sides = [c_float() for _ in range(4)]
    for thing in things:
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(thing, matrix)
            for each in _in_form(thing, text_page, depth + 1):
                # What a form draws is of the marked content that the form stands in, unless it says another.
                mcid = each.mcid if each.mcid >= 0 else pdfium.FPDFPageObj_GetMarkedContentID(thing)
                yield DrawnText(mcid, each.text, _moved(each.box, matrix))
        if kind == pdfium.FPDF_PAGEOBJ_TEXT and (text := text_of_object(thing, text_page)):
            pdfium.FPDFPageObj_GetBounds(thing, *sides)
            box = (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
            yield DrawnText(pdfium.FPDFPageObj_GetMarkedContentID(thing), text, box)


def _moved(box: Box, matrix: Any) -> Box:
    """A box of a form where it stands outside of the form."""
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [matrix.a * x + matrix.c * y + matrix.e for x, y in corners]
    ys = [matrix.b * x + matrix.d * y + matrix.f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
