"""What the pages of a PDF say, piece by piece.

They are read from their content, with what PDFium says of each glyph. PDFium reads a page with something rare in it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import field
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]

from keben.check.drawntext import DrawnText, PageFonts, read_drawn
from keben.check.glyphtables import GlyphTable, read_glyphs
from keben.check.instructions import RareContentError, instructions
from keben.check.keptreadings import KeptReadings
from keben.check.pdfiumtext import pieces_of_forms, pieces_of_page
from keben.check.pdftext import open_pdf
from keben.check.placedglyphs import PlacedGlyph, placed
from keben.core.pdfium import PDFIUM
from keben.core.values import dataclass

_DIRECT = (0, 0)
_DEFLATED = pikepdf.Name("/FlateDecode")


@contextmanager
def opened(
    data: bytes, *, by_pdfium: bool = False, kept: KeptReadings | None = None
) -> "Iterator[PageReader]":
    """A PDF whose pages are read in the block; where ``by_pdfium``, all of them by PDFium. ``kept``: what was read.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: it is not a PDF.
    """
    with PDFIUM, pikepdf.open(io.BytesIO(data)) as pdf, ExitStack() as stack:
        # What pikepdf repaired may be another file to PDFium.
        yield PageReader(
            pdf,
            tuple(pdf.pages),
            data,
            stack,
            by_pdfium or bool(pdf.get_warnings()),
            kept or KeptReadings(),
        )


@dataclass(frozen=True, slots=True)
class _PageNames:
    """What the names stand for that a page, or a form, calls things by."""

    fonts: PageFonts
    forms: Mapping[bytes, Any]
    rare: frozenset[bytes]
    """Names of what may draw a text that is not in the content itself, or change one."""


@dataclass(slots=True)
class PageReader:
    """The pages of a PDF that is open."""

    pdf: "pikepdf.Pdf"
    pages: Sequence[Any]
    """All of them: to ask pikepdf for one looks through all."""
    _data: bytes
    _stack: ExitStack
    _by_pdfium: bool
    _kept: KeptReadings
    _tables: dict[tuple[int, int], GlyphTable] = field(default_factory=dict)
    _names: dict[tuple[int, int], _PageNames] = field(default_factory=dict)
    _document: "pypdfium2.PdfDocument | None" = None

    def read(self, index: int) -> tuple[DrawnText, ...]:
        """The pieces of text of a page, in the order that they are drawn; pages count from 0."""
        if not self._by_pdfium:
            page = self.pages[index]
            try:
                return self._read(page.obj.get("/Contents"), self._names_in(page.resources))
            except RareContentError:
                pass
        with self.asked(index) as (page, text_page):
            return tuple(pieces_of_page(page, text_page))

    def read_forms(self, index: int) -> tuple[tuple[DrawnText, ...], ...]:
        """The same of each form on a page."""
        if not self._by_pdfium:
            page = self.pages[index]
            try:
                return tuple(self._forms(page))
            except RareContentError:
                pass
        with self.asked(index) as (page, text_page):
            return tuple(pieces_of_forms(page, text_page))

    def read_glyphs(self, index: int) -> tuple[PlacedGlyph, ...] | None:
        """The upright glyphs of a page, each in its place; None: only PDFium reads the page."""
        if self._by_pdfium:
            return None
        page = self.pages[index]
        try:
            names = self._names_in(page.resources)
            read = read_drawn(_content(page.obj.get("/Contents")), names.fonts, names.rare)
        except RareContentError:
            return None
        faces = {_name(key): _face(each) for key, each in _items(page.resources, "/Font")}
        return tuple(glyph for each in read.shown for glyph in placed(each, names.fonts, faces))

    def _forms(self, page: Any) -> Iterator[tuple[DrawnText, ...]]:
        around = self._names_in(page.resources)
        for operands, operator in instructions(_content(page.obj.get("/Contents"))):
            form = around.forms.get(operands.strip()) if operator == b"Do" else None
            if form is not None:
                yield self._read(form, self._names_in(form.get("/Resources")))

    def _read(self, given: Any, names: _PageNames) -> tuple[DrawnText, ...]:
        key = self._kept.key_of_page(_as_stored(given), names.rare)
        kept = self._kept.page(key, names.fonts)
        if kept is not None:
            return kept
        read = read_drawn(_content(given), names.fonts, names.rare)
        self._kept.keep_page(key, read, names.fonts)
        return read.drawn

    def _names_in(self, resources: Any) -> _PageNames:
        if not isinstance(resources, pikepdf.Dictionary):
            raise RareContentError
        reference = resources.objgen
        if reference == _DIRECT or reference not in self._names:
            things = {_name(key): each for key, each in _items(resources, "/XObject")}
            states = {_name(key): each for key, each in _items(resources, "/ExtGState")}
            forms = {key: each for key, each in things.items() if each.get("/Subtype") == "/Form"}
            rare = [key for key, each in things.items() if each.get("/Subtype") != "/Image"]
            rare += [key for key, each in states.items() if "/Font" in each]
            fonts = {_name(key): self._table(each) for key, each in _items(resources, "/Font")}
            self._names[reference] = _PageNames(fonts, forms, frozenset(rare))
        return self._names[reference]

    def _table(self, font: Any) -> GlyphTable:
        reference = font.objgen
        if reference == _DIRECT or reference not in self._tables:
            self._tables[reference] = self._glyphs(font)
        return self._tables[reference]

    def _glyphs(self, font: Any) -> GlyphTable:
        key = self._kept.key_of_font(font)
        table = self._kept.glyphs(key) if key else None
        if table is None:
            (table,) = read_glyphs([font])
            if key:
                self._kept.keep_glyphs(key, table)
        return table

    @contextmanager
    def asked(self, index: int) -> Iterator[tuple[Any, Any]]:
        """A page, and its text, as PDFium has them open."""
        if self._document is None:
            self._document = self._stack.enter_context(closing(open_pdf(self._data)))
        page = self._document[index]
        text_page = page.get_textpage()
        try:
            yield page.raw, text_page.raw
        finally:
            text_page.close()
            page.close()


def _name(key: str) -> bytes:
    return key.encode("utf-8", "surrogateescape")


def _face(font: Any) -> str:
    """The name of a font's face, without the tag of a part."""
    return str(font.get("/BaseFont", ""))[1:].rpartition("+")[2]


def _items(resources: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """The dictionaries and streams of a kind that a page has names for."""
    given = resources.get(kind)
    for key, each in given.items() if isinstance(given, pikepdf.Dictionary) else ():
        if isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            yield key, each


def _as_stored(given: Any) -> bytes:
    """What tells some instructions from others: as they stand in the file where they are one stream that is deflated.

    Nearly all of a book that was built before need not be inflated then.
    """
    if (
        isinstance(given, pikepdf.Stream)
        and given.get("/Filter") == _DEFLATED
        and "/DecodeParms" not in given
    ):
        return b"deflated " + given.read_raw_bytes()
    return b"plain " + _content(given)


def _content(given: Any) -> bytes:
    """A page's instructions, which may stand in several streams."""
    if given is None:
        return b""
    streams = given if isinstance(given, pikepdf.Array) else [given]
    return b"\n".join(stream.read_bytes() for stream in streams)
