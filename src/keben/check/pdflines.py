"""The lines of a PDF's body, each with the places of its glyphs.

Only this of a character is used: its origin, its size, and for what is not surely an em wide, its advance. Pages with
formulas are read by PDFium.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.drawnformulas import Box, formulas_of
from keben.check.drawntext import NOWHERE
from keben.check.glossrows import with_glosses
from keben.check.linemarks import FORMULA, WIDE, is_han
from keben.check.pagereading import PageReader, opened
from keben.check.placedglyphs import Glyph, PlacedGlyph
from keben.check.structureelements import Structure, TaggedPiece
from keben.core.values import dataclass

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
_LONGEST_NAME, _APART, _COLONS = 16, 0.8, "：:"
"""Of the name of who speaks: its characters at most, what is white behind it, in em, and what else ends it."""
_DRAWN_ROLES = frozenset(("Formula", "formula", "Figure"))
"""Of pieces that are formulas, or may hold some."""
_CONTROLS = frozenset((0, 10, 13, 0xFFFF))
_HYPHENS = frozenset((2, 0xFFFE))
"""What PDFium calls a hyphen that a line ends with, whether it is a character of the text or not."""
_SPACE = 32
_NOTHING = 0.001
"""Points."""


@dataclass(frozen=True, slots=True)
class GlyphRow:
    """The glyphs of a line of body text in the order of their places, calls of notes among them."""

    page: int
    """From 1."""
    y: float
    glyphs: tuple[Glyph, ...]
    display: bool
    """A heading: larger than the body, or in another weight or kind of face; it parts the text around it."""
    lead: int = 0
    """How many glyphs at its beginning stand before the text, in another face: the name of who speaks."""

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(glyph.text for glyph in self.glyphs)


def read_rows(data: bytes, body: float, *, centred: bool = False) -> tuple[GlyphRow, ...]:
    """The lines of a text whose size is ``body`` points, and the headings between them, in reading order.

    Smaller text is left out: notes, captions, tables, running heads, folios. So are lines that lead to a page's number.
    ``centred``: stops stand in the middle of their em, and take all of it at the end of a row of a gloss.
    """
    with opened(data) as reader:
        structure = Structure(reader.pdf)
        found = [
            pair
            for index, page in enumerate(reader.pages)
            for pair in _page_rows(reader, index, structure.pieces_of(page.obj), body, centred=centred)
        ]
    faces = Counter(face for row, face in found if not row.display)
    usual = set(_DISPLAY.findall(faces.most_common(1)[0][0])) if faces else set()
    return tuple(
        row
        if row.display or set(_DISPLAY.findall(face)) <= usual
        else GlyphRow(row.page, row.y, row.glyphs, True)
        for row, face in found
    )


def _page_rows(
    reader: PageReader, index: int, pieces: Sequence[TaggedPiece], body: float, *, centred: bool
) -> Iterator[tuple[GlyphRow, str]]:
    """The rows of a page from above to below, each with the name of its face."""
    has_formulas = any(piece.role in _DRAWN_ROLES for piece in pieces)
    own = None if has_formulas else reader.read_glyphs(index)
    if own is not None:
        return _rows(_seen(own), index + 1, body, centred=centred)
    with reader.asked(index) as (page, text_page):
        formulas = list(formulas_of(page, index + 1))
        boxes = [each.box for each in formulas if each.box]
        contents = {mcid for each in formulas for mcid in each.contents}
        places = [each for each in _glyphs(text_page) if each.mcid not in contents or each.mcid < 0]
    return _rows(places, index + 1, body, boxes, centred=centred)


def _seen(glyphs: Iterable[PlacedGlyph]) -> Iterator[PlacedGlyph]:
    """Glyphs as wide as a line takes them."""
    for glyph, face, mcid in glyphs:
        text, x, y, size, _ = glyph
        yield PlacedGlyph(Glyph(text, x, y, size, x + size) if WIDE[ord(text)] else glyph, face, mcid)


def _glyphs(raw: object) -> Iterator[PlacedGlyph]:
    """The upright characters of a page, as PDFium has them."""
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
            end = box.right - _overhang(raw, index, left, box.right, size)
        glyph = Glyph(chr(code), left, baseline, size, end)
        yield PlacedGlyph(glyph, _font(raw, index), _mcid(raw, index))


def _overhang(raw: object, index: int, left: float, right: float, size: float) -> float:
    """What of a character's box is ink that sticks out of its advance, as that of an f: no line is set by that."""
    edges = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(raw, index, *edges)
    if edges[1].value < right - _NOTHING:
        return 0.0
    thing, width = pdfium.FPDFText_GetTextObject(raw, index), ctypes.c_float()
    font = pdfium.FPDFTextObj_GetFont(thing) if thing else None
    code = pdfium.FPDFText_GetUnicode(raw, index)
    if not font or not pdfium.FPDFFont_GetGlyphWidth(font, code, size, width) or not width.value:
        return 0.0
    return max(0.0, right - left - width.value)


def _mcid(raw: object, index: int) -> int:
    """The piece of marked content that a character belongs to; −1: none."""
    thing = pdfium.FPDFText_GetTextObject(raw, index)
    return int(pdfium.FPDFPageObj_GetMarkedContentID(thing)) if thing else -1


def _drawn(
    boxes: Iterable[Box], rows: list[list[PlacedGlyph]], body: float
) -> Iterator[tuple[int, PlacedGlyph]]:
    """Formulas as characters, each with the row that it stands in."""
    for left, bottom, right, top in boxes:
        near = [
            (abs(row[0].glyph.y + _AXIS * body - (bottom + top) / 2), at)
            for at, row in enumerate(rows)
            if bottom - body <= row[0].glyph.y <= top
        ]
        if near:
            at = min(near)[1]
            edge = _BEARING * body
            glyph = Glyph(FORMULA, left - edge, rows[at][0].glyph.y, body, right + edge)
            yield at, PlacedGlyph(glyph, "", NOWHERE)


def _rows(
    places: Iterable[PlacedGlyph], number: int, body: float, boxes: Iterable[Box] = (), *, centred: bool
) -> Iterator[tuple[GlyphRow, str]]:
    rows: list[list[PlacedGlyph]] = []
    for place in sorted(places, key=lambda place: -place.glyph.y):
        if rows and rows[-1][0].glyph.y - place.glyph.y <= _BASELINE * body:
            rows[-1].append(place)
        else:
            rows.append([place])
    for at, place in _drawn(boxes, rows, body):
        rows[at].append(place)
    kinds = ["body" if _is_code(row, body) else _kind(row, body) for row in rows]
    for at, row in enumerate(rows):
        if kinds[at] == "small":
            continue
        y = row[0].glyph.y
        whole = list(row)
        if kinds[at] == "body":
            for near in (*range(max(0, at - 3), at), *range(at + 1, min(len(rows), at + 4))):
                if kinds[near] == "small" and -_LOWERED <= (rows[near][0].glyph.y - y) / body <= _RAISED:
                    whole += _beside(rows[near], row, body)
        whole = sorted(with_glosses(whole, y, body, centred=centred), key=lambda place: place.glyph.x)
        glyphs = tuple([each.glyph for each in whole])
        face = _face(whole)
        line = GlyphRow(number, y, glyphs, kinds[at] == "larger", 0 if face else _lead(whole, body))
        if not line.text.strip() or _LEADERS.search(line.text):
            continue
        yield line, face


def _is_code(row: list[PlacedGlyph], body: float) -> bool:
    """Whether a row of text has more code in it than other words: that is a little smaller, in a face of its own."""
    texts = [each for each in row if each.glyph.text != FORMULA]
    shares = [each.glyph.size / body for each in texts if not each.glyph.text.isspace()]
    is_whole = all(_CODE - _CODE_NEAR <= share <= 1 + SAME_SIZE for share in shares)
    smaller = [each.face for each in texts if abs(each.glyph.size / body - _CODE) <= _CODE_NEAR]
    return is_whole and bool(smaller) and "Mono" in smaller[0]


def _kind(row: list[PlacedGlyph], body: float) -> str:
    """Whether most of a row is of the body's size, larger, or smaller."""
    widths: Counter[str] = Counter()
    for glyph, _, _ in row:
        share = glyph.size / body - 1
        kind = "body" if abs(share) <= SAME_SIZE else "larger" if share > 0 else "small"
        widths[kind] += max(1, round(glyph.end - glyph.x)) if glyph.text != " " else 0
    return widths.most_common(1)[0][0]


def _beside(small: list[PlacedGlyph], row: list[PlacedGlyph], body: float) -> Iterator[PlacedGlyph]:
    first, last = min(each.glyph.x for each in row), max(each.glyph.end for each in row)
    for each in small:
        glyph = each.glyph
        if glyph.size <= _SMALL * body and first - body <= glyph.end and glyph.x <= last + body:
            yield each


def _face(row: list[PlacedGlyph]) -> str:
    """The name of the face of a row's Han characters; nothing where its first and last one differ."""
    known = [each for each in row if each.glyph.text != FORMULA]
    asked = [each.face for each in known if is_han(each.glyph.text)] or [each.face for each in known]
    names = {asked[0], asked[-1]}
    return names.pop() if len(names) == 1 else ""


def _lead(row: list[PlacedGlyph], body: float) -> int:
    """How many glyphs at a row's beginning are a name: in another kind of face, with a colon or a space behind them."""
    count = 0
    for each in row:
        text = each.glyph.text
        if text == FORMULA or (not text.isspace() and not _DISPLAY.search(each.face)):
            break
        count += 1
    texts = [each.glyph for each in row[:count] if not each.glyph.text.isspace()]
    if not texts or count == len(row) or len(texts) > _LONGEST_NAME:
        return 0
    is_apart = row[count].glyph.x - texts[-1].end >= _APART * body
    return count if is_apart or texts[-1].text in _COLONS else 0


def _font(raw: object, index: int) -> str:
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, ctypes.byref(flags))
    return name.value.decode("utf-8", "replace").rpartition("+")[2]
