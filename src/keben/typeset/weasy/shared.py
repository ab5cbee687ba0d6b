"""Characters that share a glyph: each copies from the PDF as itself.

Fonts draw … and ⋯ with one glyph, - and U+2011, ① and ➀; ligatures, variation selectors and decomposed letters make
more such pairs. A PDF says of a code in its text which glyph it draws and, in a table beside it (ToUnicode), which
text it is. WeasyPrint uses the glyph's number as the code, so that a glyph has one text, the one that it was first
drawn for. Here a glyph that is drawn for another text gets another code, and `aliases` gives the font a second one of
it. So does a glyph that is drawn where one of the same code is (`overlaps`). Advances and lines stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from itertools import accumulate, chain, groupby
from typing import Any
from unicodedata import normalize

from weasyprint import pdf as writer  # type: ignore[import-untyped]
from weasyprint.draw import text as drawing  # type: ignore[import-untyped]
from weasyprint.pdf import fonts as pdf_fonts  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, ffi, pango  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts.aliases import CMAP, encoding, glyph_map, with_copies
from keben.typeset.weasy.atonce import EMPTY, GlyphRun, LineDrawer
from keben.typeset.weasy.glyphs import SpacedLayout
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.overlaps import Drawn

PATCH = Patch(
    "shared-glyphs",
    wording("Characters that look alike may be copied one for the other"),
    (
        (drawing, "draw_first_line", "stream textbox text_overflow block_ellipsis matrix"),
        (writer, "build_fonts_dictionary", "pdf fonts compress subset options"),
        (pdf_fonts.Font, "clean", "self to_unicode hinting"),
    ),
)

_LAST_CODE = 0xFFFE

_MOST_REPEATS = 64
"""So many characters of one glyph and text in one place have codes of their own."""

_LACKING = 256
"""Codes after the last glyph's that WeasyPrint may give to characters that a font lacks."""

_INFO = ffi.sizeof("PangoGlyphInfo")
"""Bytes; the first twelve are the glyph's number, its width and how far to the right of the pen it stands."""

_NOTHING = "\u2060"
"""The text of a glyph that has none: a character that has no width and parts nothing."""

_JOINED = re.compile("[\u200c\u200d\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
"""Joiners and variation selectors."""


@contextmanager
def each_as_itself() -> Iterator["CodeTables"]:
    """Give each text of a glyph its own code in what is written to a PDF in the block, if `PATCH` is known.

    Not for several threads at once.
    """
    tables = CodeTables()
    if not PATCH.is_known():
        yield tables
        return
    draw, trim, build = drawing.draw_first_line, pdf_fonts.Font.clean, writer.build_fonts_dictionary
    drawer = LineDrawer(tables.of_run)

    def draw_first_line(stream: Any, textbox: Any, *rest: Any) -> Any:
        layout = textbox.pango_layout
        if type(layout) is SpacedLayout and drawer.draw(stream, textbox, *rest):
            return []
        before = layout.__dict__.get("get_first_line")
        first_line = layout.get_first_line

        def get_first_line() -> Any:
            line, index = first_line()
            behind = getattr(layout, "behind", "")
            texts = layout.text.encode(), behind
            _encode(line, texts, stream, textbox.style["font_size"], tables.of)
            return line, index

        layout.get_first_line = get_first_line
        try:
            return draw(stream, textbox, *rest)
        finally:
            if before is None:
                del layout.get_first_line
            else:
                layout.get_first_line = before

    def clean(font: Any, to_unicode: dict[int, str], hinting: Any) -> None:
        codes = tables.by_font.get(font.hash, _Codes())
        trim(font, {codes.glyphs.get(code, code): text for code, text in to_unicode.items()}, hinting)
        codes.copy_in(font)

    def build_fonts_dictionary(pdf: Any, used: Any, compress: Any, subset: Any, options: Any) -> Any:
        made = build(pdf, used, compress, subset, options)
        for name, codes in tables.by_font.items():
            if codes.copies and name in made and not codes.are_in_file:
                _describe(pdf, _object(pdf, made[name]), codes, compress)
        return made

    with replaced(
        (drawing, "draw_first_line", draw_first_line),
        (pdf_fonts.Font, "clean", clean),
        (writer, "build_fonts_dictionary", build_fonts_dictionary),
    ):
        yield tables


@dataclass(slots=True)
class _Codes:
    """The codes of a font: which glyph each draws, for which text, and how wide it is."""

    count: int = 0
    """Of the font's glyphs."""
    by_use: dict[tuple[int, str, int], int] = field(default_factory=dict)
    """By glyph, text, and a number for what stands in one place."""
    glyphs: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    fonts: list[Any] = field(default_factory=list)
    """WeasyPrint's: it may have several for one file, and names them alike."""
    are_in_file: bool = False
    """Whether the font's file has a glyph of its own for each code."""

    @property
    def copies(self) -> dict[int, int]:
        """The codes that are not the number of their glyph, with that."""
        return {code: glyph for code, glyph in self.glyphs.items() if code != glyph}

    def join(self, font: Any) -> None:
        """Let a font of WeasyPrint's have these codes."""
        if not any(font is other for other in self.fonts):
            self.fonts.append(font)
            font.to_unicode.update(self.texts)
            font.widths.update(self.widths)

    def code_for(self, glyph: int, text: str, width: Callable[[], int], taken: Callable[[int], bool]) -> int:
        """The first of the codes of a glyph and a text that is not taken in its place, or the last there may be."""
        code = 0
        for repeat in range(_MOST_REPEATS):
            known = self.by_use.get((glyph, text, repeat))
            code = self.add(glyph, text, width(), repeat) if known is None else known
            if not taken(code):
                break
        return code

    def code_of(self, glyph: int, text: str, repeat: int, width: int) -> int:
        """The code of a glyph, a text and a number for what stands in one place; of this width, and none but this."""
        while True:
            known = self.by_use.get((glyph, text, repeat))
            if known is None:
                return self.add(glyph, text, width, repeat)
            if self.widths[known] == width:
                return known
            # In another size the width was rounded otherwise, and lines were set by that.
            repeat += _MOST_REPEATS

    def others_of(self, uses: Iterable[tuple[int, str, int, int, int]]) -> Mapping[int, int]:
        """Codes that some glyphs have elsewhere, with those that they have here, where these are others.

        ``uses``: for each what `code_of` takes, and its code.
        """
        by_use, widths = self.by_use, self.widths
        others = {}
        for glyph, text, repeat, width, code in uses:
            known = by_use.get((glyph, text, repeat), -1)
            if known != code or widths[known] != width:
                known = self.code_of(glyph, text, repeat, width)
                if known != code:
                    others[code] = known
        return others

    def add(self, glyph: int, text: str, width: int, repeat: int) -> int:
        """A code that draws a glyph for a text: the glyph's number, for the first text that it is drawn for."""
        code = glyph if glyph not in self.glyphs else self._free()
        self.by_use[glyph, text, repeat] = code
        self.glyphs[code], self.texts[code], self.widths[code] = glyph, text, width
        for font in self.fonts:
            font.to_unicode[code], font.widths[code] = text, width
        return code

    def _free(self) -> int:
        """A code after the last glyph's or, in a font as large as can be, of a glyph that is not used till now."""
        codes = chain(range(self.count + _LACKING, _LAST_CODE), range(min(self.count, _LAST_CODE) - 1, 0, -1))
        return next(code for code in codes if code not in self.glyphs)

    def without_code(self, uses: Sequence[tuple[int, str]]) -> Sequence[tuple[int, str]]:
        """Those glyphs and their texts that have no code yet, each once, in order."""
        known = self.by_use
        return tuple(dict.fromkeys(use for use in uses if (*use, 0) not in known))

    def copy_in(self, font: Any) -> None:
        """Put copies of glyphs into the file of a font of WeasyPrint's that has CFF outlines."""
        if self.copies and font.type == "otf":
            try:
                font.file_content = with_copies(font.file_content, self.copies)
            except Exception:  # noqa: BLE001 - whatever is wrong with a font, there is another way
                return
            self.are_in_file = True


@dataclass(slots=True)
class CodeTables:
    """The codes of the fonts of a book."""

    by_font: dict[str, _Codes] = field(default_factory=dict)
    """By the names that WeasyPrint gives to fonts."""
    widths: dict[tuple[str, float], dict[int, int]] = field(default_factory=dict)
    """By such a name and a size: the widths of glyphs, which every chapter asks for again."""

    def of(self, font: Any) -> _Codes:
        """The codes of a font of WeasyPrint's."""
        return self.by_font.setdefault(font.hash, _Codes(font.glyph_count))

    def of_run(self, run: GlyphRun, font: Any, size: float, drawn: Drawn) -> Sequence[int]:
        """The codes of a run's glyphs, in a font of WeasyPrint's; ``drawn`` is what its line has so far."""
        codes = self.of(font)
        codes.join(font)
        uses = list(zip(run.glyphs, run.text, strict=True))
        if not run.is_alone or not drawn.is_free(run.places):
            return [
                _code(codes, use, run.number, place, size, drawn, run.font)
                for use, place in zip(uses, run.places, strict=True)
            ]
        # Each has the first code of its glyph and text: so it is for nearly each character of a book.
        widths = self.widths.setdefault((font.hash, size), {})
        for glyph, text in codes.without_code(uses):
            if glyph not in widths:
                widths[glyph] = _share_of_em(run.font, glyph, size)
            codes.add(glyph, text, widths[glyph], 0)
        known = codes.by_use
        return [known[glyph, text, 0] for glyph, text in uses]

    @contextmanager
    def by_themselves(self) -> Iterator[Mapping[str, _Codes]]:
        """Give what is drawn in the block codes as if nothing were drawn before it."""
        before, self.by_font = self.by_font, {}
        try:
            yield self.by_font
        finally:
            self.by_font = before


def _encode(
    line: Any, texts: tuple[bytes, str], stream: Any, size: float, codes_of: Callable[[Any], _Codes]
) -> None:
    """Put codes in the place of the glyphs' numbers in a line that is about to be drawn.

    ``texts``: the line's text, and that of what is drawn behind it.
    """
    data, behind = texts
    drawn = Drawn(size / FROM_UNITS)
    pen = number = 0
    run = line.runs[0]
    while run != ffi.NULL:
        item, run, number = run.data, run.next, number + 1
        pango_font = item.item.analysis.font
        font, font_size = stream.add_font(pango_font)
        places, pen = _places(item, pen)
        if font.bitmap or font.png or font.svg or font.colr:
            # WeasyPrint looks for the pictures of these by the glyphs' numbers.
            continue
        if pango.pango_version() < 14802:
            # As WeasyPrint does, by whose size widths are counted.
            font_size = size
        codes = codes_of(font)
        codes.join(font)
        glyphs = item.glyphs.glyphs
        for index, text in _simple_uses(item, data) or _uses(item, data, pango_font, behind):
            glyph = glyphs[index].glyph
            code = _code(codes, (glyph, text), number, places[index], font_size, drawn, pango_font)
            if code != glyph:
                glyphs[index].glyph = code


def _code(
    codes: _Codes, use: tuple[int, str], run: int, place: float, size: float, drawn: Drawn, pango_font: Any
) -> int:
    """The code of a glyph and its text in a place of a run; it is drawn now."""
    code = codes.by_use.get((*use, 0), -1)
    if code < 0 or code in drawn.places:
        width = partial(_share_of_em, pango_font, use[0], size)
        code = codes.code_for(*use, width, partial(drawn.has, run=run, place=place))
    drawn.add(code, run, place)
    return code


def _places(item: Any, pen: int) -> tuple[list[int], int]:
    """Where each glyph of a run stands, and the pen behind them, in Pango's units."""
    count = item.glyphs.num_glyphs
    if not count:
        return [], pen
    numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * _INFO)).cast("i")
    widths, offsets = (numbers[first :: _INFO // 4].tolist() for first in (1, 2))
    *pens, end = accumulate(widths, initial=pen)
    return [at + offset for at, offset in zip(pens, offsets, strict=True)], end


def _simple_uses(item: Any, data: bytes) -> Iterable[tuple[int, str]]:
    """What `_uses` gives, where each glyph is drawn for one character, from left to right; else nothing."""
    count, offset = item.glyphs.num_glyphs, item.item.offset
    text = data[offset : offset + item.item.length].decode()
    if not count or len(text) != count:
        return ()
    starts = ffi.unpack(item.glyphs.log_clusters, count)
    numbers = memoryview(ffi.buffer(item.glyphs.glyphs, count * _INFO)).cast("I")[:: _INFO // 4]
    return enumerate(text) if starts[0] == 0 and len(set(starts)) == count and max(numbers) < EMPTY else ()


def _uses(item: Any, data: bytes, pango_font: Any, behind: str = "") -> Iterator[tuple[int, str]]:
    """Which glyphs of a run are drawn, and the text of each; ``behind`` is that of one behind the end of the text.

    A glyph that draws nothing beside another one of its text is emptied.
    """
    count, offset = item.glyphs.num_glyphs, item.item.offset
    starts = ffi.unpack(item.glyphs.log_clusters, count) if count else []
    glyphs = item.glyphs.glyphs
    clusters = [list(group) for _, group in groupby(range(count), starts.__getitem__)]
    is_leftward = item.item.analysis.level % 2
    if is_leftward:
        clusters.reverse()
    end = offset + item.item.length
    after = ""
    for cluster in reversed(clusters):
        begin = offset + starts[cluster[0]]
        text, end = (data[begin:end].decode() if begin < len(data) else behind) + after, begin
        drawn = [index for index in cluster if glyphs[index].glyph < EMPTY]
        # What is not drawn and belongs to the character before it is a part of that one's text.
        after = text if not drawn and _JOINED.fullmatch(text) else ""
        if len(drawn) > 1:
            drawn = _inked(drawn, glyphs, pango_font)
        if drawn:
            # The glyphs of a cluster that is read from right to left stand in that order.
            order = reversed(drawn) if is_leftward else drawn
            yield from zip(order, _shares(text, len(drawn)), strict=True)


def _inked(group: list[int], glyphs: Any, pango_font: Any) -> list[int]:
    """Those glyphs of a cluster that draw something or take room; a variation selector's, if it has one, does not."""
    kept = [at for at in group if glyphs[at].geometry.width or _width(pango_font, glyphs[at].glyph, True)]
    for index in group if kept else []:
        if index not in kept:
            glyphs[index].glyph = EMPTY
    return kept or group


def _shares(text: str, count: int) -> list[str]:
    """A cluster's text, shared out among its glyphs in the order of the text: to each its own part, or all to the last.

    A letter that a font draws as two, such as é, is two characters in such a file, which are equal to the one (Unicode,
    NFD). A Thai ำ is not equal to its parts, and stays one. PDFium takes a glyph without a text for the character that
    has the glyph's number.
    """
    for parts in (text, normalize("NFD", text)):
        if len(parts) == count:
            return list(parts)
    return [_NOTHING] * (count - 1) + [text or _NOTHING]


def _share_of_em(pango_font: Any, glyph: int, size: float) -> int:
    """A glyph's width in thousandths of an em, as PDF has it."""
    thousandths: int = round(_width(pango_font, glyph) * 1000 * FROM_UNITS / size)
    return thousandths


def _width(pango_font: Any, glyph: int, of_ink: bool = False) -> int:
    found = ffi.new("PangoRectangle *")
    ink, logical = (found, ffi.NULL) if of_ink else (ffi.NULL, found)
    pango.pango_font_get_glyph_extents(pango_font, glyph, ink, logical)
    return int(found.width)


def _describe(pdf: Any, font: Any, codes: _Codes, compress: Any) -> None:
    """Say in the PDF which glyphs a font's codes draw, where its file does not."""
    pydyf = writer.pydyf
    (reference,) = re.findall(r"\d+ 0 R", font["DescendantFonts"].data.decode())
    descendant = _object(pdf, reference)
    if descendant["Subtype"] == "/CIDFontType2":
        stream = pydyf.Stream([glyph_map(codes.glyphs)], compress=compress)
        pdf.add_object(stream)
        descendant["CIDToGIDMap"] = stream.reference
        return
    extra = pydyf.Dictionary(
        {"Type": "/CMap", "CMapName": f"/{CMAP}", "CIDSystemInfo": descendant["CIDSystemInfo"]}
    )
    stream = pydyf.Stream(list(encoding(codes.copies)), extra, compress=compress)
    pdf.add_object(stream)
    font["Encoding"] = stream.reference


def _object(pdf: Any, reference: Any) -> Any:
    return pdf.objects[int(reference.split()[0])]
