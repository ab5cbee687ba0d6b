"""Reading a PDF in tests: characters with their places and fonts, lines, the outline."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character; ``x`` and ``y`` are its origin in points from the page's top left corner."""

    text: str
    x: float
    y: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Line:
    """Characters on one baseline."""

    text: str
    x: float
    y: float
    end: float
    """The last character's origin."""
    size: float


class Pdf:
    """A PDF opened for questions; pages count from 1."""

    def __init__(self, data: bytes) -> None:
        self._document = pypdfium2.PdfDocument(data)
        self.pages = len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        return tuple(round(side, 2) for side in self._document[page - 1].get_size())

    def text(self, page: int) -> str:
        return "".join(glyph.text for glyph in self.glyphs(page))

    def glyphs(self, page: int) -> list[Glyph]:
        sheet = self._document[page - 1]
        text_page = sheet.get_textpage()
        try:
            return list(_glyphs(text_page, sheet.get_height()))
        finally:
            text_page.close()

    def lines(self, page: int) -> list[Line]:
        rows: list[list[Glyph]] = []
        for glyph in self.glyphs(page):
            if rows and abs(rows[-1][-1].y - glyph.y) < 0.01:
                rows[-1].append(glyph)
            else:
                rows.append([glyph])
        return [
            Line("".join(g.text for g in row), row[0].x, row[0].y, row[-1].x, row[0].size) for row in rows
        ]

    def line(self, page: int, part: str) -> Line:
        return next(line for line in self.lines(page) if part in line.text)

    def outline(self) -> list[tuple[int, str, int]]:
        """Level from 1, title, page."""
        return [
            (mark.level + 1, mark.get_title(), mark.get_dest().get_index() + 1)
            for mark in self._document.get_toc()
        ]


def _glyphs(text_page: pypdfium2.PdfTextPage, height: float) -> Iterator[Glyph]:
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text_page.count_chars()):
        text = chr(pdfium.FPDFText_GetUnicode(text_page, index))
        if not text.strip():
            continue
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        name = ctypes.create_string_buffer(200)
        pdfium.FPDFText_GetFontInfo(text_page, index, name, 200, ctypes.c_int())
        size = pdfium.FPDFText_GetFontSize(text_page, index)
        # WeasyPrint draws in CSS pixels, 0.75 pt each.
        yield Glyph(
            text, round(x.value, 2), round(height - y.value, 2), round(size * 0.75, 2), name.value.decode()
        )
