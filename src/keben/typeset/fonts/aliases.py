"""A second code for a glyph of an embedded font: what the font's file or its dictionary needs for it.

With TrueType outlines the PDF itself says which glyph a code draws (``CIDToGIDMap``). With CFF outlines a code is a
glyph's own number (ISO 32000-1, 9.7.4.2), so a copy of the glyph is put into the file. Readers that go by these
numbers, not by the codes, so find the right text as well.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from fontTools.misc.psCharStrings import T2CharString  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from keben.typeset.cffcopies import OtherFontError, with_keyed_copies

CMAP = "Keben-0"
"""The name of the CMap that `encoding` gives."""


def with_copies(data: bytes, copies: Mapping[int, int]) -> bytes:
    """A font file with CFF outlines that has copies of glyphs: the copy's number → the glyph's.

    In a font that is keyed by CIDs every glyph's number becomes its CID: PDFium takes the one for the other.

    Raises:
        Exception: fontTools cannot read or write the font.
    """
    with TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True) as font:
        try:
            with_keyed_copies(font, copies)
        except OtherFontError:
            _add_copies(font, copies)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def _add_copies(font: Any, copies: Mapping[int, int]) -> None:
    top = font["CFF "].cff.topDictIndex[0]
    before = font.getGlyphOrder()
    is_keyed = hasattr(top, "ROS")
    places = {_number(name) if is_keyed else index: index for index, name in enumerate(before)}
    origins = [places.get(copies.get(number, number)) for number in range(max(*places, *copies) + 1)]
    order = [
        f"cid{number:05d}" if is_keyed else before[number] if number < len(before) else f"keben.{number}"
        for number in range(len(origins))
    ]
    order[0] = before[0]
    for tag in ("hmtx", "vmtx"):
        if tag in font:
            widths = [font[tag].metrics[name] for name in before]
            font[tag].metrics = {
                name: (0, 0) if origin is None else widths[origin]
                for name, origin in zip(order, origins, strict=True)
            }
    _arrange(top, origins, order)
    font.setGlyphOrder(order)


def _number(name: str) -> int:
    """The CID of a glyph by the name that fontTools gives it in a font that is keyed by CIDs."""
    return int(name.removeprefix("cid")) if name.startswith("cid") else 0


def _arrange(top: Any, origins: Sequence[int | None], order: list[str]) -> None:
    """Give each place of a CFF the outline that was in another, or an empty one."""
    outlines = top.CharStrings.charStringsIndex
    before = [outlines[index] for index in range(len(outlines))]
    empty = T2CharString(program=["endchar"], private=before[0].private)
    outlines.items[:] = [empty if origin is None else before[origin] for origin in origins]
    top.CharStrings.charStrings = {name: index for index, name in enumerate(order)}
    top.charset = order
    if hasattr(top, "FDSelect"):
        # With another dictionary of its font (FD) an outline has another width.
        chosen = list(top.FDSelect.gidArray)
        top.FDSelect.gidArray = [chosen[origin or 0] for origin in origins]


def glyph_map(glyphs: Mapping[int, int]) -> bytes:
    """The ``CIDToGIDMap`` of a font, two bytes a code: its glyph's number, and 0 for a code that is not used."""
    return b"".join(glyphs.get(code, 0).to_bytes(2, "big") for code in range(max(glyphs) + 1))


def encoding(copies: Mapping[int, int]) -> Iterator[bytes]:
    """The lines of a CMap for two-byte codes: each is its own glyph's number but for the copies.

    For a font whose file cannot be changed. Readers that go by the glyphs' numbers find one text of each glyph.
    """
    borders = {*range(0, 0x10001, 0x100), *copies, *(code + 1 for code in copies)}
    # The first byte is one and the same in all of a range (Adobe Technical Note 5014, 7.2).
    ranges = [
        f"<{begin:04x}> <{after - 1:04x}> {copies.get(begin, begin)}".encode()
        for begin, after in pairwise(sorted(borders))
    ]
    yield from (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        b"/CIDSystemInfo 3 dict dup begin /Registry (Adobe) def /Ordering (Identity) def /Supplement 0 def end def",
        f"/CMapName /{CMAP} def /CMapType 1 def".encode(),
        b"1 begincodespacerange <0000> <ffff> endcodespacerange",
    )
    for begin in range(0, len(ranges), 100):
        batch = ranges[begin : begin + 100]
        yield f"{len(batch)} begincidrange".encode()
        yield from batch
        yield b"endcidrange"
    yield b"endcmap CMapName currentdict /CMap defineresource pop end end"
