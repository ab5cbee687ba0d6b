"""Formulas on a PDF's pages: where the drawing of each stands, and what its element says (PDFium)."""

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.pdftext import open_pdf
from keben.core.pdfium import PDFIUM
from keben.core.values import dataclass

_DEEPEST = 400
_TAG, _PART = "Formula", "formula"
"""What elements are called, and what those of later parts are labelled with (`keben.typeset.weasy.labels`)."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the page's lower left corner."""


@dataclass(frozen=True, slots=True)
class DrawnFormula:
    """A formula of a page, or a part of one."""

    page: int
    """From 1."""
    alt: str
    """What its element says in its place; empty: nothing."""
    box: Box | None
    """Of its ink; None: nothing is drawn."""
    contents: tuple[int, ...] = ()
    """Its pieces of marked content."""


def read_formulas(data: bytes) -> tuple[DrawnFormula, ...]:
    """The formulas of a PDF, page by page in the order of its structure."""
    found: list[DrawnFormula] = []
    with PDFIUM, closing(open_pdf(data)) as document:
        for index in range(len(document)):
            page = document[index]
            found += formulas_of(page.raw, index + 1)
            page.close()
    return tuple(found)


def formulas_of(page: Any, number: int) -> Iterator[DrawnFormula]:
    """The formulas of a page that is open."""
    elements = list(_elements(page))
    boxes = _boxes(page) if elements else {}
    for alt, contents in elements:
        drawn = [boxes[mcid] for mcid in contents if mcid in boxes]
        yield DrawnFormula(number, alt, _around(drawn) if drawn else None, tuple(contents))


def _around(boxes: list[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _elements(page: Any) -> list[tuple[str, list[int]]]:
    """What each element of a formula says, and its pieces of marked content."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    found: list[tuple[str, list[int]]] = []
    try:
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            found += _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _below(element: Any, depth: int) -> Iterator[tuple[str, list[int]]]:
    if not element or depth > _DEEPEST:
        return
    count = pdfium.FPDF_StructElement_CountChildren(element)
    is_part = _words(pdfium.FPDF_StructElement_GetTitle, element) == _PART
    if is_part or _words(pdfium.FPDF_StructElement_GetType, element) == _TAG:
        contents = [
            pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index) for index in range(count)
        ]
        yield _words(pdfium.FPDF_StructElement_GetAltText, element), contents
        return
    for index in range(count):
        yield from _below(pdfium.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1)


def _words(ask: Any, element: Any) -> str:
    length = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    ask(element, buffer, len(buffer))
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")


def _boxes(page: Any) -> Mapping[int, Box]:
    """Where the ink of each piece of marked content is."""
    sides = [ctypes.c_float() for _ in range(4)]
    found: dict[int, list[Box]] = {}
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(thing)
        if mcid >= 0 and pdfium.FPDFPageObj_GetBounds(thing, *sides):
            found.setdefault(mcid, []).append(
                (sides[0].value, sides[1].value, sides[2].value, sides[3].value)
            )
    return {mcid: _around(boxes) for mcid, boxes in found.items()}
