"""The lines of a PDF's body, each with the places of its glyphs (PDFium).

Only what PDFium says of a character is used: its origin, its size, and for what is not surely an em wide, its advance.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.drawnformulas import Box, formulas_of
from keben.check.linemarks import FORMULA, WIDE, is_han
from keben.check.pdftext import open_pdf
from keben.core.pdfium import PDFIUM

SAME_SIZE = 0.01
"""How far a size may be from the body's, as a share of it."""

# Notes' calls and indices, as a share of the body's size: their size, and where their baselines may be.
_SMALL, _RAISED, _LOWERED = 0.9, 0.65, 0.4
_BASELINE = 0.05
# The size of code in a line of text, as a share of the body's.
_CODE, _CODE_NEAR = 0.9, 0.004
# An outline cannot be a line of prose: the dots that lead to a page's number.
_LEADERS = re.compile(r"[·.…‥]{5}|(?:[·.] ){4}")
_DISPLAY = re.compile("Bold|Black|Heavy|Sans|Gothic|Hei(?!ti)")
_AXIS = 0.25
"""How high above its line the middle of a formula is, in em."""
_BEARING = 0.03
"""What a formula's box has beside its ink, in em."""
_NO_PLACE = -1
_LONGEST_NAME, _APART, _COLONS = 16, 0.8, "：:"
"""Of the name of who speaks: its characters at most, what is white behind it, in em, and what else ends it."""
_CONTROLS = frozenset((0, 10, 13, 0xFFFF))
_HYPHENS = frozenset((2, 0xFFFE))
"""What PDFium calls a hyphen that a line ends with, whether it is a character of the text or not."""
_SPACE = 32


class Glyph(NamedTuple):
    """A character on a page; lengths in points, from the page's lower left corner."""

    text: str
    x: float
    """The origin."""
    y: float
    """The baseline."""
    size: float
    end: float
    """The origin and the advance that the font gives the glyph: what a line setting took off it is still in it."""


@dataclass(frozen=True, slots=True)
class GlyphRow:
    """The glyphs of a line of body text in the order of their places, calls of notes among them."""

    page: int
    """From 1."""
    y: float
    glyphs: tuple[Glyph, ...]
    display: bool
    """A heading: larger than the body, or in another weight or kind of face; it parts what stands around it."""
    lead: int = 0
    """How many glyphs at its beginning stand before the text, in another face: the name of who speaks."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)


def read_rows(data: bytes, body: float) -> tuple[GlyphRow, ...]:
    """The lines of a text whose size is ``body`` points, and the headings between them, in reading order.

    Smaller text is left out: notes, captions, tables, running heads, folios. So are lines that lead to a page's number.
    """
    with PDFIUM, closing(open_pdf(data)) as document:
        found = [
            pair for index in range(len(document)) for pair in _page_rows(document[index], index + 1, body)
        ]
    faces = Counter(face for row, face in found if not row.display)
    usual = set(_DISPLAY.findall(faces.most_common(1)[0][0])) if faces else set()
    return tuple(
        row
        if row.display or set(_DISPLAY.findall(face)) <= usual
        else GlyphRow(row.page, row.y, row.glyphs, True)
        for row, face in found
    )


def _page_rows(page: "pypdfium2.PdfPage", number: int, body: float) -> Iterator[tuple[GlyphRow, str]]:
    """The rows of a page from above to below, each with the name of its face."""
    text_page = page.get_textpage()
    try:
        formulas = list(formulas_of(page.raw, number))
        boxes = [each.box for each in formulas if each.box]
        own = {mcid for each in formulas for mcid in each.contents}
        places = [
            place for place in _glyphs(text_page.raw) if not own or _mcid(text_page.raw, place) not in own
        ]
        yield from _rows(text_page.raw, places, number, body, boxes)
    finally:
        text_page.close()
        page.close()


def _glyphs(raw: object) -> Iterator[tuple[int, Glyph]]:
    """The upright characters of a page, with their numbers."""
    x, y = ctypes.c_double(), ctypes.c_double()
    to_x, to_y = ctypes.byref(x), ctypes.byref(y)
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    code_of, origin, size_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetFontSize,
    )
    known: tuple[float, float] | None = None
    scale, upright = 1.0, True
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = code_of(raw, index)
        if code in _HYPHENS:
            code = ord("-")
        if code in _CONTROLS or (code == _SPACE and pdfium.FPDFText_IsGenerated(raw, index) == 1):
            continue
        if not origin(raw, index, to_x, to_y):
            continue
        left, baseline, nominal = x.value, y.value, size_of(raw, index)
        # A size and a baseline that stay are one run's, so that its matrix need not be asked for again.
        if (nominal, baseline) != known:
            known = (nominal, baseline)
            pdfium.FPDFText_GetMatrix(raw, index, matrix)
            scale = math.hypot(matrix.c, matrix.d)
            upright = matrix.a > 0 and abs(matrix.b) < 0.01 * matrix.a
        if not upright:
            continue
        size = nominal * scale
        if WIDE[code]:
            end = left + size
        else:
            pdfium.FPDFText_GetLooseCharBox(raw, index, box)
            end = box.right
        yield index, Glyph(chr(code), left, baseline, size, end)


def _mcid(raw: object, place: tuple[int, Glyph]) -> int:
    """The piece of marked content that a character belongs to; −1: none."""
    thing = pdfium.FPDFText_GetTextObject(raw, place[0])
    return int(pdfium.FPDFPageObj_GetMarkedContentID(thing)) if thing else -1


def _drawn(
    boxes: Iterable[Box], rows: list[list[tuple[int, Glyph]]], body: float
) -> Iterator[tuple[int, tuple[int, Glyph]]]:
    """Formulas as characters, each with the row that it stands in."""
    for left, bottom, right, top in boxes:
        near = [
            (abs(row[0][1].y + _AXIS * body - (bottom + top) / 2), at)
            for at, row in enumerate(rows)
            if bottom - body <= row[0][1].y <= top
        ]
        if near:
            at = min(near)[1]
            edge = _BEARING * body
            yield at, (_NO_PLACE, Glyph(FORMULA, left - edge, rows[at][0][1].y, body, right + edge))


def _rows(
    raw: object, places: Iterable[tuple[int, Glyph]], number: int, body: float, boxes: Iterable[Box] = ()
) -> Iterator[tuple[GlyphRow, str]]:
    rows: list[list[tuple[int, Glyph]]] = []
    for place in sorted(places, key=lambda place: -place[1].y):
        if rows and rows[-1][0][1].y - place[1].y <= _BASELINE * body:
            rows[-1].append(place)
        else:
            rows.append([place])
    for at, place in _drawn(boxes, rows, body):
        rows[at].append(place)
    kinds = ["body" if _is_code(raw, row, body) else _kind(row, body) for row in rows]
    for at, row in enumerate(rows):
        if kinds[at] == "small":
            continue
        y = row[0][1].y
        whole = list(row)
        if kinds[at] == "body":
            for near in (*range(max(0, at - 3), at), *range(at + 1, min(len(rows), at + 4))):
                if kinds[near] == "small" and -_LOWERED <= (rows[near][0][1].y - y) / body <= _RAISED:
                    whole += _beside(rows[near], row, body)
        whole.sort(key=lambda place: place[1].x)
        glyphs = tuple(glyph for _, glyph in whole)
        face = _face(raw, whole)
        line = GlyphRow(number, y, glyphs, kinds[at] == "larger", 0 if face else _lead(raw, whole, body))
        if not line.text.strip() or _LEADERS.search(line.text):
            continue
        yield line, face


def _is_code(raw: object, row: list[tuple[int, Glyph]], body: float) -> bool:
    """Whether a row of text has more code in it than other words: that is a little smaller, in a face of its own."""
    texts = [place for place in row if place[0] != _NO_PLACE]
    shares = [glyph.size / body for _, glyph in texts if not glyph.text.isspace()]
    is_whole = all(_CODE - _CODE_NEAR <= share <= 1 + SAME_SIZE for share in shares)
    smaller = [index for index, glyph in texts if abs(glyph.size / body - _CODE) <= _CODE_NEAR]
    return is_whole and bool(smaller) and all("Mono" in _font(raw, index) for index in smaller[:1])


def _kind(row: list[tuple[int, Glyph]], body: float) -> str:
    """Whether most of a row is of the body's size, larger, or smaller."""
    widths: Counter[str] = Counter()
    for _, glyph in row:
        share = glyph.size / body - 1
        kind = "body" if abs(share) <= SAME_SIZE else "larger" if share > 0 else "small"
        widths[kind] += max(1, round(glyph.end - glyph.x)) if glyph.text != " " else 0
    return widths.most_common(1)[0][0]


def _beside(
    small: list[tuple[int, Glyph]], row: list[tuple[int, Glyph]], body: float
) -> Iterator[tuple[int, Glyph]]:
    first, last = min(glyph.x for _, glyph in row), max(glyph.end for _, glyph in row)
    for place in small:
        if place[1].size <= _SMALL * body and first - body <= place[1].end and place[1].x <= last + body:
            yield place


def _face(raw: object, row: list[tuple[int, Glyph]]) -> str:
    """The name of the face of a row's Han characters; nothing where its first and last one differ."""
    known = [place for place in row if place[0] != _NO_PLACE]
    asked = [index for index, glyph in known if is_han(glyph.text)] or [index for index, _ in known]
    names = {_font(raw, index) for index in (asked[0], asked[-1])}
    return names.pop() if len(names) == 1 else ""


def _lead(raw: object, row: list[tuple[int, Glyph]], body: float) -> int:
    """How many glyphs at a row's beginning are a name: in another kind of face, with a colon or a space behind them."""
    count = 0
    for index, glyph in row:
        if index == _NO_PLACE or (not glyph.text.isspace() and not _DISPLAY.search(_font(raw, index))):
            break
        count += 1
    texts = [glyph for _, glyph in row[:count] if not glyph.text.isspace()]
    if not texts or count == len(row) or len(texts) > _LONGEST_NAME:
        return 0
    is_apart = row[count][1].x - texts[-1].end >= _APART * body
    return count if is_apart or texts[-1].text in _COLONS else 0


def _font(raw: object, index: int) -> str:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, ctypes.byref(flags))
    return name.value.decode("utf-8", "replace").rpartition("+")[2]
