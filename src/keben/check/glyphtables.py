"""What each glyph of a PDF's fonts says and where its ink is, as PDFium reads it: asked once for each glyph of a file.

A page's text is some thousand glyphs, and those of a book are the same few thousand again and again. A sheet is made
that shows each of them once, with the file's own fonts, and PDFium reads that.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from ctypes import c_float
from hashlib import sha256
from typing import Any, NamedTuple

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from keben.check.pdftext import text_of_object
from keben.core.characters import has_rtl
from keben.core.values import dataclass

EM = 1000
"""Units of an em that glyphs are measured in."""

_NARROWEST = 75
"""PDFium takes what is drawn again nearer than 0.07 em for the same (CPDF_TextPage::ProcessTextObjectItems)."""

_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<[0-9A-Fa-f]*>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*(?:<[0-9A-Fa-f]*>|\[[^\]]*\])")

_ON_A_PAGE = 1000
"""Glyphs: PDFium's places have 24 bits."""
_LINE, _APART = 4 * EM, 9 * EM
"""From one glyph to the next, and from a glyph to where it stands twice."""


class GlyphFacts(NamedTuple):
    """What a glyph says, how wide it is, and where its ink is."""

    text: str
    width: float
    left: float
    right: float
    bottom: float
    top: float


@dataclass(frozen=True, slots=True)
class GlyphTable:
    """Glyphs of a font by their codes: those whose text depends on nothing that stands around them.

    Lengths are in thousandths of an em. A glyph that is not here must be read where it stands.
    """

    facts: Mapping[int, GlyphFacts]
    texts: Mapping[int, str]
    widths: Mapping[int, float]
    bottoms: Mapping[int, float]
    tops: Mapping[int, float]
    marks: Mapping[int, bytes]
    """Tell one glyph's facts from another's."""
    leftmost: float
    """The least place where ink begins."""
    overhang: float
    """The most that ink sticks out to the right of its width."""

    @classmethod
    def of(cls, facts: Mapping[int, GlyphFacts]) -> "GlyphTable":
        """The table of some glyphs."""
        return cls(
            facts,
            {code: each.text for code, each in facts.items()},
            {code: each.width for code, each in facts.items()},
            {code: each.bottom for code, each in facts.items()},
            {code: each.top for code, each in facts.items()},
            {code: sha256(repr(tuple(each)).encode()).digest()[:16] for code, each in facts.items()},
            min((each.left for each in facts.values()), default=0.0),
            max((each.right - each.width for each in facts.values()), default=0.0),
        )


def read_glyphs(fonts: Sequence[Any]) -> tuple[GlyphTable, ...]:
    """The glyphs of some fonts of a file that pikepdf has open; none of a font of a rare kind.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: they cannot be read.
    """
    pages = [
        (at, codes[first : first + _ON_A_PAGE])
        for at, codes in enumerate(map(_codes_of, fonts))
        for first in range(0, len(codes), _ON_A_PAGE)
    ]
    found: list[dict[int, GlyphFacts]] = [{} for _ in fonts]
    if pages:
        sheet = _sheet([(fonts[at], codes) for at, codes in pages])
        for (at, _), facts in zip(pages, _read(sheet, [codes for _, codes in pages]), strict=True):
            found[at].update(facts)
    return tuple(map(GlyphTable.of, found))


def _codes_of(font: Any) -> Sequence[int]:
    """The codes of two bytes that a font says something for, as its ToUnicode table has them."""
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        return ()
    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        return ()
    found: set[int] = set()
    for kind, section in _SECTION.findall(table.read_bytes()):
        if kind == b"char":
            found.update(int(code, 16) for code in _CODE.findall(section))
            continue
        for first, last in _RANGE.findall(section):
            found.update(range(int(first, 16), int(last, 16) + 1))
    return sorted(found)


def _sheet(fonts: Sequence[tuple[Any, Sequence[int]]]) -> bytes:
    """A page for each font. Each code stands in a line by itself, once and once more twice."""
    with pikepdf.new() as pdf:
        for font, codes in fonts:
            page = pdf.add_blank_page(page_size=(EM, EM))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.copy_foreign(font)))
            lines = [b"BT /F %d Tf" % EM]
            for at, code in enumerate(codes):
                lines.append(b"1 0 0 1 0 %d Tm <%04x> Tj" % (at * _LINE, code))
                lines.append(b"1 0 0 1 %d %d Tm <%04x%04x> Tj" % (_APART, at * _LINE, code, code))
            page.Contents = pdf.make_stream(b"\n".join((*lines, b"ET")))
        out = io.BytesIO()
        pdf.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return out.getvalue()


def _read(sheet: bytes, codes: Sequence[Sequence[int]]) -> Iterator[Mapping[int, GlyphFacts]]:
    with closing(pypdfium2.PdfDocument(sheet)) as document:
        for index, own in enumerate(codes):
            page = document[index]
            text_page = page.get_textpage()
            try:
                yield dict(_facts(page.raw, text_page.raw, own))
            finally:
                text_page.close()
                page.close()


def _facts(page: Any, text_page: Any, codes: Sequence[int]) -> Iterator[tuple[int, GlyphFacts]]:
    """Those of the glyphs of a page whose text can be said wherever they stand."""
    if pdfium.FPDFPage_CountObjects(page) != 2 * len(codes):
        return
    sides = [c_float() for _ in range(4)]
    left, bottom, right, top = sides
    for at, code in enumerate(codes):
        once, twice = (pdfium.FPDFPage_GetObject(page, 2 * at + more) for more in (0, 1))
        text = _said(text_of_object(once, text_page), text_of_object(twice, text_page))
        if text is None:
            continue
        pdfium.FPDFPageObj_GetBounds(twice, *sides)
        end = right.value - _APART
        pdfium.FPDFPageObj_GetBounds(once, *sides)
        width = end - right.value
        if width >= _NARROWEST:
            up = at * _LINE
            yield code, GlyphFacts(text, width, left.value, right.value, bottom.value - up, top.value - up)


def _said(once: str, twice: str) -> str | None:
    """What a glyph says wherever it stands; None: that cannot be said of it."""
    if not once.strip() and not twice.strip():
        blanks = set(twice)
        return blanks.pop() if len(blanks) == 1 else None
    text = once.strip()
    is_plain = all(character >= " " for character in text) and not has_rtl(text)
    return text if is_plain and "".join(twice.split()) == "".join((text + text).split()) else None
