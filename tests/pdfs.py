"""Reading a PDF in tests: characters with their places and fonts, lines, the outline."""

import ctypes
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from keben.check.pdftext import open_pdf


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character; ``x`` and ``y`` are its origin in points from the page's top left corner, before it is turned."""

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
        self._document = open_pdf(data)
        self.pages = len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        return tuple(round(side, 2) for side in self._document[page - 1].get_size())

    def text(self, page: int) -> str:
        return "".join(glyph.text for glyph in self.glyphs(page))

    def glyphs(self, page: int) -> list[Glyph]:
        sheet = self._document[page - 1]
        text_page = sheet.get_textpage()
        try:
            return list(_glyphs(text_page, sheet.get_mediabox()[3]))
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


def strokes(data: bytes) -> list[list[tuple[float, float]]]:
    """The stroked paths of the first page: lists of points, in points from its top left corner, before it is turned."""
    found: list[list[tuple[float, float]]] = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        height = float(page.mediabox[3])
        scale: tuple[float, ...] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        stack: list[tuple[float, ...]] = []
        points: list[tuple[float, float]] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            numbers = [float(each) for each in operands] if name in ("cm", "m", "l", "c") else []
            if name == "q":
                stack.append(scale)
            elif name == "Q":
                scale = stack.pop()
            elif name == "cm":
                scale = _joined(numbers, scale)
            elif name in ("m", "l", "c"):
                x, y = numbers[-2:]
                a, b, c, d, e, f = scale
                points.append((round(a * x + c * y + e, 2), round(height - (b * x + d * y + f), 2)))
            elif name == "S":
                found.append(points)
                points = []
            elif name in ("f", "f*", "n"):
                points = []
    return found


def _joined(inner: Sequence[float], outer: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)
