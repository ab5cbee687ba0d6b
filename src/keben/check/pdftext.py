"""The text of a PDF's pages, as a reader's search would find it (PDFium)."""

import ctypes
import io
import re
from array import array
from contextlib import closing
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.core.pdfium import PDFIUM

_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff][\ud800-\udbff]|[\ud800-\udfff]")


def open_pdf(data: bytes) -> "pypdfium2.PdfDocument":
    """A PDF, to be closed when it is done with, whose text PDFium gives in the order that it has in the file.

    PDFium takes a book that is bound on the right for an Arabic one, and turns the parts of its lines round
    (CPDF_TextPage::CloseTempLine); so it is unknown.
    """
    document = pypdfium2.PdfDocument(data)
    if not _is_right_bound(document):
        return document
    document.close()
    return pypdfium2.PdfDocument(_without_direction(data))


def _is_right_bound(document: "pypdfium2.PdfDocument") -> bool:
    name = ctypes.create_string_buffer(8)
    pdfium.FPDF_VIEWERREF_GetName(document.raw, b"Direction", name, len(name))
    return name.value == b"R2L"


def _without_direction(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.ViewerPreferences["/Direction"]
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def page_texts(data: bytes) -> list[str]:
    """The text of each page in order."""
    with PDFIUM, closing(open_pdf(data)) as document:
        return [_page_text(document[index]) for index in range(len(document))]


def whole_characters(text: str) -> str:
    """A text as PDFium has it, with the characters outside the Basic Multilingual Plane put together.

    Where it turns right-to-left words round it turns the two halves of such a character too.
    """
    if not _HALVES.search(text):
        return text
    halves = array("H", text.encode("utf-16-le", "surrogatepass"))
    return _HALVES.sub(_together, "".join(map(chr, halves)))


def _together(match: "re.Match[str]") -> str:
    halves = sorted(match[0])
    return (
        "".join(halves).encode("utf-16-le", "surrogatepass").decode("utf-16-le") if len(halves) == 2 else ""
    )


def text_of_object(thing: Any, text_page: Any) -> str:
    """What a text object of a page says; both are PDFium's own."""
    size = 512
    while True:
        buffer = (ctypes.c_ushort * size)()
        length = pdfium.FPDFTextObj_GetText(thing, text_page, buffer, 2 * size)
        if length <= 2 * size:
            text = bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "surrogatepass")
            return whole_characters(text)
        size = length


def _page_text(page: "pypdfium2.PdfPage") -> str:
    text_page = page.get_textpage()
    try:
        return whole_characters(text_page.get_text_bounded(errors="surrogatepass"))
    finally:
        text_page.close()
        page.close()
