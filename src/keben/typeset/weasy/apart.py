"""Columns that are read in order by programs that read lines.

PDFium takes what two operators show in succession at one height of the turned page as one line, from left to right. So
columns that are shown whole, one after another, would be read from the left to the right; columns whose last character
is shown by an operator of its own are not.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint import draw  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.inside import Patch, replaced

INDENT = 2.0
"""Where paragraphs begin, in em."""

_NEAR = 0.6
"""What is nearer than this, in em, PDFium takes for one line: half the width of a character."""

PATCH = Patch(
    "columns-run-on",
    wording("Some programs read the columns of a page from left to right"),
    ((draw, "draw_text", "stream textbox offset_x text_overflow block_ellipsis"),),
)


@contextmanager
def ends_apart(start: float, body: float) -> Iterator[None]:
    """Show each text's last character by itself in what is written to a PDF in the block, if `PATCH` is known.

    ``start`` is where columns begin and ``body`` the size of their text, in points. Not for several threads at once.
    """
    if not PATCH.is_known():
        yield
        return
    inner = draw.draw_text

    @wraps(inner)
    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        layout = textbox.pango_layout
        first_line = layout.get_first_line
        parting = Parting(textbox.position_x - start / 0.75, body / 0.75)

        def get_first_line() -> Any:
            line, index = first_line()
            _part(line, parting)
            return line, index

        layout.get_first_line, layout.parting = get_first_line, parting
        try:
            inner(stream, textbox, *rest)
        finally:
            del layout.get_first_line, layout.parting

    with replaced((draw, "draw_text", draw_text)):
        yield


@dataclass(frozen=True, slots=True)
class Parting:
    """How the last glyph of a text is shown by itself: raised by nothing that can be seen.

    WeasyPrint shows one that is raised by itself. What follows the glyph before comes before this one: PDFium forgets a
    last adjustment of an array (TJ) in which some string is empty.
    """

    offset: float
    """Where the text begins, from where columns do, in pixels."""
    em: float
    """The size of the book's text, in pixels."""

    def is_for(self, widths: Sequence[int]) -> bool:
        """Whether it is for a text whose glyphs are so wide.

        Not where the last one stands where the next paragraph begins: so the column as a whole begins elsewhere.
        """
        end = self.offset + sum(widths[:-1]) * FROM_UNITS
        return len(widths) > 1 and abs(end - INDENT * self.em) >= _NEAR * self.em


RAISED = -1
"""A thousandth of a pixel up, to the side on which PDFium reads it after what stands as near as a mark over it."""


def gap_after(font: Any, glyph: int, width: int, x_offset: int) -> int:
    """What follows a glyph of a font of Pango's beside its own width, in Pango's units."""
    logical = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, glyph, ffi.NULL, logical)
    gap: int = width - logical.width - round(x_offset * TO_UNITS / 1000)
    return gap


def offset_of(gap: int) -> int:
    """A gap as an offset of a glyph: WeasyPrint reads that as thousandths of a pixel."""
    offset: int = round(gap * FROM_UNITS * 1000)
    return offset


def _part(line: Any, parting: Parting) -> None:
    """Raise a line's last glyph."""
    glyphs = [
        (run.item.analysis.font, run.glyphs.glyphs[index])
        for run in _runs(line)
        for index in range(run.glyphs.num_glyphs)
    ]
    if not parting.is_for([glyph.geometry.width for _, glyph in glyphs]):
        return
    (font, before), (_, last) = glyphs[-2:]
    last.geometry.y_offset += RAISED
    more = gap_after(font, before.glyph, before.geometry.width, before.geometry.x_offset)
    before.geometry.width -= more
    last.geometry.width += more
    last.geometry.x_offset += offset_of(more)


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next
