"""PDFs whose every glyph stands where a test puts it: no engine is in between."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name

EM = 10.0
LEFT, TOP, STEP = 40.0, 500.0, 17.0
"""Where the first line begins, its baseline, and what is from one line to the next."""
FULL, NARROW = 1000, 500
"""Advances, in thousandths of an em: of a character, of one below U+0300."""


@dataclass
class Sheet:
    """A page; lengths in em of 10 points where nothing else is said."""

    operators: list[tuple[str, float, float, float, str]] = field(default_factory=list)
    left: float = LEFT
    next: int = 0

    def line(
        self,
        text: str,
        start: float = 0.0,
        *,
        at: int | None = None,
        gaps: dict[int, float] | None = None,
        each: float = 0.0,
        size: float = 1.0,
        face: str = "Serif",
        calls: str = "",
    ) -> "Sheet":
        """Set a line under the one before.

        Args:
            text: What it says; with ``calls``, some of its characters are small and raised.
            start: The first origin, from the left edge.
            at: The line's number, from 0.
            gaps: What is added after single characters, by offset.
            each: What is added after every one.
            size: The characters' size.
            face: ``Serif``, ``Sans-Bold`` or ``Mono``.
            calls: The characters of notes' calls.
        """
        self.next = self.next if at is None else at
        x, y = self.left + start * EM, TOP - self.next * STEP
        for index, character in enumerate(text):
            raised = character in calls
            points = EM * size * (0.6 if raised else 1)
            self.operators.append((face, points, x, y + 0.35 * EM * raised, character))
            x += width(character) * points / 1000 + EM * (each + (gaps or {}).get(index, 0.0))
        self.next += 1
        return self


def width(character: str) -> int:
    """A glyph's advance."""
    return NARROW if ord(character) < 0x300 else FULL


def pdf(*sheets: Sheet) -> bytes:
    """The pages as a file."""
    document = pikepdf.new()
    characters = sorted({operator[4] for sheet in sheets for operator in sheet.operators})
    codes = {character: code for code, character in enumerate(characters, start=1)}
    fonts = Dictionary(
        {f"/{name}": _font(document, name, characters) for name in ("Serif", "Sans-Bold", "Mono")}
    )
    for sheet in sheets:
        content = "BT\n" + "".join(
            f"/{face} {size:g} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm <{codes[character]:04x}> Tj\n"
            for face, size, x, y, character in sheet.operators
        )
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, 300, 600]),
            Contents=document.make_stream((content + "ET").encode()),
            Resources=Dictionary(Font=fonts),
        )
        document.pages.append(pikepdf.Page(document.make_indirect(page)))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _font(document: pikepdf.Pdf, name: str, characters: Sequence[str]) -> pikepdf.Object:
    mapped = "".join(
        f"<{code:04x}> <{ord(character):04x}>\n" for code, character in enumerate(characters, start=1)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(characters)} beginbfchar\n{mapped}endbfchar\nendcmap end end"
    )
    base = Name(f"/ABCDEF+{name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        CIDToGIDMap=Name.Identity,
        DW=FULL,
        W=Array([1, Array([width(character) for character in characters])]),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4,
            FontBBox=Array([0, -200, 1000, 800]),
            ItalicAngle=0,
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            StemV=80,
            FontFile2=document.make_stream(_boxes(name, characters)),
        ),
    )
    return document.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=base,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([document.make_indirect(descendant)]),
            ToUnicode=document.make_stream(cmap.encode()),
        )
    )


def _boxes(name: str, characters: Sequence[str]) -> bytes:
    """A font of empty boxes: PDFium leaves out characters whose glyph it does not find."""
    order = [".notdef", *(f"u{ord(character):04X}" for character in characters)]
    widths = [FULL, *(width(character) for character in characters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(character): f"u{ord(character):04X}" for character in characters})
    builder.setupGlyf({glyph: _box(wide) for glyph, wide in zip(order, widths, strict=True)})
    builder.setupHorizontalMetrics({glyph: (wide, 50) for glyph, wide in zip(order, widths, strict=True)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.font.recalcTimestamp = False  # the same bytes a second later
    builder.font["head"].created = builder.font["head"].modified = 0
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def _box(wide: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, -100))
    for point in ((50, 700), (wide - 50, 700), (wide - 50, -100)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()
