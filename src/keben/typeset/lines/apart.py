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
from weasyprint.text.ffi import ffi  # type: ignore[import-untyped]

from keben.typeset.lines.beside import is_known


@contextmanager
def ends_apart() -> Iterator[None]:
    """Show each text's last character by itself in what is written to a PDF in the block, if `beside.is_known`.

    Not for several threads at once.
    """
    if not is_known():
        yield
        return
    inner = draw.draw_text

    @wraps(inner)
    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        layout = textbox.pango_layout
        first_line = layout.get_first_line

        def get_first_line() -> Any:
            line, index = first_line()
            _part(line)
            return line, index

        layout.get_first_line = get_first_line
        try:
            inner(stream, textbox, *rest)
        finally:
            del layout.get_first_line

    draw.draw_text = draw_text
    try:
        yield
    finally:
        draw.draw_text = inner


def _part(line: Any) -> None:
    """Raise a line's last glyph by nothing that can be seen: WeasyPrint shows one that is raised by itself."""
    run, last, count = line.runs[0], None, 0
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        if glyphs.num_glyphs:
            last = glyphs.glyphs[glyphs.num_glyphs - 1]
            count += glyphs.num_glyphs
        run = run.next
    if last is not None and count > 1:
        last.geometry.y_offset += 1  # A thousandth of a pixel.
