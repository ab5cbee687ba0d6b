"""A text that is drawn many times in a row, asked of Pango once: the dots that lead from an entry to its page.

WeasyPrint has a box for each dot, and all dots of a line share what Pango says of them. In a contents they are most of
what is drawn. From the third on, the operators of the second are written again in another place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint import draw  # type: ignore[import-untyped]
from weasyprint.matrix import Matrix  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.atonce import begin_at
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "slow-leaders",
    wording("The dots of a contents take long to draw"),
    ((draw, "draw_text", "stream textbox offset_x text_overflow block_ellipsis"),),
    "notice",
)

_SHOWS = ("set_font_size", "show_text")
"""All that is asked of a stream for a plain text, beside what is asked again."""
_ELSE = ("set_text_rise", "push_state", "set_color_rgb", "set_color_special", "set_color_space", "set_state")
"""What is asked of it for others, and where the colour is another than the last one."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text that was drawn in a stream."""

    stream: Any
    layout: Any
    style: Any
    rest: tuple[Any, ...]
    """What follows the offset among the arguments."""
    font: str
    size: float
    glyphs: str

    def show(self, textbox: Any) -> None:
        """Draw it where a box is."""
        stream = self.stream
        stream.set_color(self.style["color"])
        stream.begin_text()
        place = Matrix(d=-1, e=textbox.position_x, f=textbox.position_y + textbox.baseline)
        begin_at(stream, place)
        stream.set_font_size(self.font, self.size)
        stream.show_text(self.glyphs)
        stream.end_text()


@contextmanager
def leaders_relieved() -> Iterator[None]:
    """Draw what is repeated so in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = draw.draw_text
    before: Any = None
    shown: _Shown | None = None

    @wraps(inner)
    def draw_text(stream: Any, textbox: Any, offset_x: float, *rest: Any) -> None:
        nonlocal before, shown
        layout = textbox.pango_layout
        if layout is not before:
            before, shown = layout, None
            inner(stream, textbox, offset_x, *rest)
        elif (
            shown is not None
            and (stream, textbox.style) == (shown.stream, shown.style)
            and rest == shown.rest
            and textbox.text == layout.text
        ):
            shown.show(textbox)
        else:
            shown = _drawn(stream, textbox, rest, lambda: inner(stream, textbox, offset_x, *rest))

    with replaced((draw, "draw_text", draw_text)):
        yield


def _drawn(stream: Any, textbox: Any, rest: tuple[Any, ...], draw_it: Callable[[], None]) -> _Shown | None:
    """Draw a text; gives what can be drawn again, None where it is more than glyphs of one font in one place."""
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def heard(name: str, inner: Callable[..., None]) -> Callable[..., None]:
        def ask(*values: Any) -> None:
            asked.append((name, values))
            inner(*values)

        return ask

    names = (*_SHOWS, *_ELSE)
    for name in names:
        setattr(stream, name, heard(name, getattr(stream, name)))
    try:
        draw_it()
    finally:
        for name in names:
            delattr(stream, name)
    if tuple(name for name, _ in asked) != _SHOWS or textbox.text != textbox.pango_layout.text:
        return None
    (_, (font, size)), (_, (glyphs,)) = asked
    return _Shown(stream, textbox.pango_layout, textbox.style, rest, font, size, glyphs)
