"""A line's glyphs drawn in one pass: moved, given their codes, and written into the content of a page.

`glyphs` moves the glyphs of a line, `shared` gives them codes, and WeasyPrint writes them: three times it is asked of
each glyph what Pango says of it, which is most of what drawing a page takes. A line of text that Keben has set, in
which each glyph is drawn for one character, is drawn here instead. What is written is what these three write.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import accumulate
from typing import Any

from weasyprint.pdf import pydyf  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, ffi, pango  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.apart import RAISED, Parting, gap_after, offset_of
from keben.typeset.weasy.glyphs import width_of
from keben.typeset.weasy.overlaps import Drawn

EMPTY = 0x0FFFFFFF
"""Pango's glyph that is not drawn (PANGO_GLYPH_EMPTY)."""

NUMBERS = ffi.sizeof("PangoGlyphInfo") // 4
"""In memory, of four bytes each: the first four are the glyph's number, its width, and how far to the right of the pen
and below it it stands."""

_LEVEL = 0xFF

_DIGITS = 4
"""Of a code, as it is written."""

_SIZES_KNOWN = 14802
"""Pango's version from which on it says the right size of a font (GNOME/pango, issue 530)."""

_SMALLEST = 1e-6
"""A size, in pixels, that WeasyPrint draws nothing in."""


_UPRIGHT = [[1, 0, 0], [0, -1, 0]]


def begin_at(stream: Any, matrix: Any) -> None:
    """Have a text begin where a matrix says, as ``set_text_matrix`` does; nearly all stand upright."""
    if matrix[:2] == _UPRIGHT:
        x, y = map(pydyf._to_bytes, matrix[2][:2])
        stream.stream.append(b"1 0 0 -1 %b %b Tm" % (x, y))
    else:
        stream.set_text_matrix(*matrix.values)


@dataclass(slots=True)
class GlyphRun:
    """A run of a line, one glyph for each character."""

    number: int
    """From 1 on."""
    font: Any
    """Pango's."""
    text: str
    glyphs: Sequence[int]
    widths: list[int]
    offsets: list[int]
    is_alone: bool = False
    """Whether it is all that its line has."""
    places: Sequence[int] = ()
    """Where each glyph stands in its line, as Pango counts; known when the line's spacing is in the widths."""


CodesOf = Callable[[GlyphRun, Any, float, Drawn], Sequence[int]]
"""A run, WeasyPrint's font, its size and what is drawn in the line so far → the codes of its glyphs."""


@dataclass(slots=True)
class LineDrawer:
    """Draws lines of one file."""

    codes_of: CodesOf
    written: dict[float, dict[tuple[int, int, int, int], str]] = field(default_factory=dict)
    """By the size of a font: what is written of a code with the width that the font says, its own, and an offset."""
    changes: dict[float, dict[int, int]] = field(default_factory=dict)
    """By the size of a text: what is put to the width of a glyph, by thousandths of an em."""

    def draw(self, stream: Any, box: Any, text_overflow: str, block_ellipsis: Any, matrix: Any) -> bool:
        """Draw a text box's line, as `draw_first_line` does; False where nothing was done."""
        layout, size = box.pango_layout, box.style["font_size"]
        is_cut = text_overflow == "ellipsis" or block_ellipsis != "none"
        if is_cut or size < _SMALLEST or not box.text.strip() or pango.pango_version() < _SIZES_KNOWN:
            return False
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        line = pango.pango_layout_get_line_readonly(layout.layout, 0)
        runs = _runs(line, layout.text.encode())
        fonts = [stream.add_font(run.font) for run in runs]
        if not runs or any(font.bitmap or font.png or font.svg or font.colr for font, _ in fonts):
            return False
        if layout.before or layout.after:
            self._move(runs, layout.before, layout.after, size)
        parting = getattr(layout, "parting", None)
        is_parted = parting is not None and _part(runs, parting)
        _place(runs)
        begin_at(stream, matrix)
        self._write(stream, runs, fonts, Drawn(size / FROM_UNITS), is_parted=is_parted)
        return True

    def _move(
        self, runs: Sequence[GlyphRun], before: Mapping[int, int], after: Sequence[int], size: float
    ) -> None:
        """Put the glyphs where the line's spacing puts them (`SpacedLayout`)."""
        changes = self.changes.setdefault(size, {})
        at = 0
        for run in runs:
            end = at + len(run.text)
            shares = list(after[at:end]) if after else [0] * len(run.text)
            if before:
                moved = [before.get(place, 0) for place in range(at, end)]
                shares = [share - each for share, each in zip(shares, moved, strict=True)]
                run.offsets = [
                    offset - round(each * size) for offset, each in zip(run.offsets, moved, strict=True)
                ]
            for change in set(shares).difference(changes):
                changes[change] = width_of(change, size)
            run.widths = [width + changes[share] for width, share in zip(run.widths, shares, strict=True)]
            at = end

    def _write(
        self,
        stream: Any,
        runs: Sequence[GlyphRun],
        fonts: Sequence[tuple[Any, float]],
        drawn: Drawn,
        *,
        is_parted: bool,
    ) -> None:
        """Write runs of a line, each in a font of WeasyPrint's of some size; the last glyph raised if it is divided."""
        last = None
        text = ""
        for run, (font, size) in zip(runs, fonts, strict=True):
            codes = self.codes_of(run, font, size, drawn)
            if run.font != last:
                last = run.font
                if text:
                    stream.show_text(text)
                    text = ""
                stream.set_font_size(font.hash, size)
            pieces = self._glyphs(codes, run, font.widths, size)
            if is_parted and run is runs[-1]:
                text = _raise(stream, text + _listed(pieces[:-1]), pieces[-1], run.offsets[-1] / size)
            else:
                text += _listed(pieces)
        stream.show_text(text)

    def _glyphs(
        self, codes: Sequence[int], run: GlyphRun, known: Mapping[int, int], size: float
    ) -> Sequence[str]:
        """The glyphs of a run as they are written, each with what moves the pen before and behind it."""
        written = self.written.setdefault(size, {})
        keys = list(zip(codes, map(known.__getitem__, codes), run.widths, run.offsets, strict=True))
        for key in set(keys).difference(written):
            written[key] = _written(*key, size)
        return list(map(written.__getitem__, keys))


def _listed(pieces: Sequence[str]) -> str:
    """Glyphs as a list; behind what moves the pen last there is no empty one."""
    return f"<{''.join(pieces)}>".removesuffix("<>")


def _raise(stream: Any, text: str, piece: str, offset: float) -> str:
    """Write ``text``, and a glyph by itself, raised; gives what moves the pen behind it."""
    if text:
        stream.show_text(text)
    before = f"{-offset}" if offset else ""
    start = len(f">{before}<") if offset else 0
    code, behind = piece[start : start + _DIGITS], piece[start + _DIGITS :]
    stream.set_text_rise(-RAISED / 1000)
    stream.show_text(f"{before}<{code}>")
    stream.set_text_rise(0)
    return f"<{behind}".removesuffix("<")


def _written(code: int, logical: int, width: int, x_offset: int, size: float) -> str:
    """What is written of a code with the width that the font says, its own, and an offset, in a size."""
    offset = x_offset / size
    kerning = logical + offset - width * 1000 * FROM_UNITS / size
    return f"{f'>{-offset}<' if offset else ''}{code:04x}{f'>{int(kerning)}<' if kerning else ''}"


def _part(runs: Sequence[GlyphRun], parting: Parting) -> bool:
    """Make a line's last glyph ready to be shown by itself; whether it is."""
    if not parting.is_for([width for run in runs for width in run.widths]):
        return False
    last = runs[-1]
    before, at = (last, -2) if len(last.text) > 1 else (runs[-2], -1)
    more = gap_after(before.font, before.glyphs[at], before.widths[at], before.offsets[at])
    before.widths[at] -= more
    last.widths[-1] += more
    last.offsets[-1] += offset_of(more)
    return True


def _place(runs: Iterable[GlyphRun]) -> None:
    """Note where the glyphs of a line stand."""
    pen = 0
    for run in runs:
        *pens, pen = accumulate(run.widths, initial=pen)
        run.places = [at + offset for at, offset in zip(pens, run.offsets, strict=True)]


def _runs(line: Any, data: bytes) -> list[GlyphRun]:
    """The runs of a line; none where it is not read from left to right, or has a glyph that is not one character."""
    runs: list[GlyphRun] = []
    run, end = line.runs[0], 0
    while run != ffi.NULL:
        item, glyphs, run = run.data.item, run.data.glyphs, run.next
        count = glyphs.num_glyphs
        text = data[item.offset : item.offset + item.length].decode()
        if item.offset != end or not count or len(text) != count or item.analysis.level & _LEVEL:
            return []
        end += item.length
        numbers = memoryview(ffi.buffer(glyphs.glyphs, count * NUMBERS * 4)).cast("i").tolist()
        starts = ffi.unpack(glyphs.log_clusters, count)
        named, rises = numbers[::NUMBERS], numbers[3::NUMBERS]
        # A glyph that a font lacks has a high number.
        if starts[0] or len(set(starts)) < count or max(named) >= EMPTY or min(named) < 0 or any(rises):
            return []
        made = GlyphRun(
            len(runs) + 1, item.analysis.font, text, named, numbers[1::NUMBERS], numbers[2::NUMBERS]
        )
        runs.append(made)
    if len(runs) == 1:
        runs[0].is_alone = True
    return runs
