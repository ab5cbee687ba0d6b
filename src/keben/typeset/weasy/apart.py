"""Columns that are read in order by programs that read lines.

PDFium takes what two operators show in succession at one height of the turned page as one line, from left to right. So
columns that are shown whole, one after another, would be read from the left to the right; columns whose last character
is shown by an operator of its own are not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint import draw  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango  # type: ignore[import-untyped]

from keben.typeset.weasy.inside import Patch, replaced

INDENT = 2.0
"""Where paragraphs begin, in em."""

_NEAR = 0.6
"""What is nearer than this, in em, PDFium takes for one line: half the width of a character."""

PATCH = Patch(
    "columns-run-on",
    "Some programs read the columns of a page from left to right",
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

        def get_first_line() -> Any:
            line, index = first_line()
            _part(line, textbox.position_x - start / 0.75, body / 0.75)
            return line, index

        layout.get_first_line = get_first_line
        try:
            inner(stream, textbox, *rest)
        finally:
            del layout.get_first_line

    with replaced((draw, "draw_text", draw_text)):
        yield


def _part(line: Any, offset: float, em: float) -> None:
    """Raise a line's last glyph by nothing that can be seen: WeasyPrint shows one that is raised by itself.

    But not one that stands where the next paragraph begins: so the column as a whole begins elsewhere than that.
    """
    glyphs = [
        (run.item.analysis.font, run.glyphs.glyphs[index])
        for run in _runs(line)
        for index in range(run.glyphs.num_glyphs)
    ]
    if len(glyphs) < 2:
        return
    end = offset + sum(glyph.geometry.width for _, glyph in glyphs[:-1]) * FROM_UNITS
    if abs(end - INDENT * em) < _NEAR * em:
        return
    (font, before), (_, last) = glyphs[-2:]
    # A thousandth of a pixel, to the side on which PDFium reads it after what stands as near as a mark over it.
    last.geometry.y_offset -= 1
    # What follows the glyph before comes before this one: PDFium forgets a last adjustment of an array (TJ) in which
    # some string is empty.
    logical = ffi.new("PangoRectangle *")
    pango.pango_font_get_glyph_extents(font, before.glyph, ffi.NULL, logical)
    more = before.geometry.width - logical.width - round(before.geometry.x_offset * TO_UNITS / 1000)
    before.geometry.width -= more
    last.geometry.width += more
    last.geometry.x_offset += round(more * FROM_UNITS * 1000)


def _runs(line: Any) -> Iterator[Any]:
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next
