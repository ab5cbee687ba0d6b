"""What is drawn beside a line's characters: emphasis dots (着重号), and lines under names (专名号) and titles (书名号).

A theme asks for them by custom properties, which are handed down like a colour: ``--emphasis: dot``, and
``--name-line: straight`` or ``wavy``; ``none`` ends it. They are drawn from the places of the glyphs, whoever set the
line, and are no text: nothing is added to what is read out or copied.

Sources: CLREQ 5.3.1 and 5.6.1; GB/T 15834—2011, 4.14 to 4.16.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint import draw  # type: ignore[import-untyped]
from weasyprint.text.ffi import FROM_UNITS, ffi  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.lines.bidi import clusters
from keben.typeset.lines.marks import SPACE, WIDE, classes
from keben.typeset.properties import EMPHASIS, NAME_LINE, asked
from keben.typeset.weasy.inside import Patch, replaced

# Lengths in em. The em box of a Chinese face ends .12 below the baseline.
_DOT, _DOT_BELOW, _DOT_ABOVE = 0.17, 0.29, -1.05
_LINE, _LINE_BELOW = 0.045, 0.21
_INSET = 0.07
"""What a line leaves at either end: two names side by side have two lines (CLREQ 5.6.1)."""
_WAVE, _HEIGHT = 0.25, 0.05
"""A wave's length, and how far it swings to each side."""

PATCH = Patch(
    "no-marks-beside",
    wording("Emphasis dots and lines under names and titles are not drawn"),
    ((draw, "draw_text", "stream textbox offset_x text_overflow block_ellipsis"),),
)


@contextmanager
def marks_beside(*, vertical: bool = False) -> Iterator[None]:
    """Draw the marks of what is written to a PDF in the block, if `PATCH` is known. Not for several threads at once.

    In ``vertical`` text dots stand on the right of a column, which is above the line that it is laid out as.
    """
    if not PATCH.is_known():
        yield
        return
    inner = draw.draw_text

    @wraps(inner)
    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        inner(stream, textbox, *rest)
        dots, line = (asked(textbox.style, name) for name in (EMPHASIS, NAME_LINE))
        if (dots or line) and textbox.style["visibility"] == "visible":
            _draw(stream, textbox, dots, line, _DOT_ABOVE if vertical else _DOT_BELOW)

    with replaced((draw, "draw_text", draw_text)):
        yield


def _draw(stream: Any, box: Any, dots: str, line: str, dot: float) -> None:
    em = box.style["font_size"]
    places = _places(box)
    baseline = box.position_y + box.baseline
    with stream.stacked():
        stream.set_color(box.style["color"], stroke=True)
        stream.set_line_cap(1)
        if dots:
            stream.set_line_width(_DOT * em)
            for character, start, _ in places:
                if classes(character) == WIDE:
                    _stroke(stream, [(start + em / 2, baseline + dot * em)] * 2)
        ink = [(start, end) for character, start, end in places if classes(character) != SPACE]
        if line and ink:
            stream.set_line_width(_LINE * em)
            begin, end = ink[0][0] + _INSET * em, ink[-1][1] - _INSET * em
            height = baseline + _LINE_BELOW * em
            if line == "wavy":
                _stroke_wave(stream, begin, end, height, em)
            else:
                _stroke(stream, [(begin, height), (end, height)])


def _places(box: Any) -> list[tuple[str, float, float]]:
    """Each character of a text with its left edge and its right one, in pixels; what is put after it is none of it."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    first, _ = layout.get_first_line()
    em = box.style["font_size"]
    x = box.position_x
    data = layout.text.encode()
    after = list(getattr(layout, "after", ()))
    found: list[tuple[str, float, float]] = []
    run = first.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        glyphs = item.glyphs.glyphs
        starts = item.glyphs.log_clusters[0 : item.glyphs.num_glyphs]
        drawn = 0
        for index, begin, end in clusters(
            starts, item.item.length, is_rtl=bool(item.item.analysis.level % 2)
        ):
            width = sum(glyphs[each].geometry.width for each in range(drawn, index + 1)) * FROM_UNITS
            drawn = index + 1
            text = data[item.item.offset + begin : item.item.offset + end].decode()
            if text:
                at = len(data[: item.item.offset + end].decode()) - 1
                gap = after[at] * em / 1000 if at < len(after) else 0.0
                found.append((text, x, x + (em if classes(text) == WIDE else width - gap)))
            x += width
    layout.deactivate()
    return found


def _stroke(stream: Any, points: Sequence[tuple[float, float]]) -> None:
    stream.move_to(*points[0])
    for point in points[1:]:
        stream.line_to(*point)
    stream.stroke()


def _stroke_wave(stream: Any, begin: float, end: float, height: float, em: float) -> None:
    """Whole waves, so that each line begins and ends alike."""
    count = max(1, round((end - begin) / (_WAVE * em)))
    half, swing = (end - begin) / count / 2, _HEIGHT * em * 2
    stream.move_to(begin, height)
    x = begin
    for _ in range(count):
        for way in (-swing, swing):
            stream.curve_to(x + half / 2, height + way, x + half / 2, height + way, x + half, height)
            x += half
    stream.stroke()
