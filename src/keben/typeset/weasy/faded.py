"""What a style makes faint (``opacity``), drawn where the rest is: as text that is tagged, in fainter ink.

WeasyPrint draws a faint box apart, as a form that it then puts on the page, and what is in a form is in no structure
tree: PDF/UA-1 (7.1) forbids that. Here each thing in it is drawn in its place with the box's opacity. Where things in
such a box lie upon one another, the lower one shows through.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import draw  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "faint-not-tagged",
    wording("Text with an opacity below 1 is in no structure tree (PDF/UA-1)"),
    (
        (draw, "draw_stacking_context", "stream stacking_context"),
        (Stream, "set_alpha", "self alpha stroke fill"),
    ),
)


@contextmanager
def faint_in_place() -> Iterator[None]:
    """Draw so what is written to a tagged PDF in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    draw_inner, alpha_inner = draw.draw_stacking_context, Stream.set_alpha
    shares: dict[int, float] = {}

    def draw_stacking_context(stream: Any, stacking_context: Any) -> None:
        style = stacking_context.box.style
        opacity = style["opacity"]
        if opacity >= 1 or getattr(stream, "_tags", None) is None:
            draw_inner(stream, stacking_context)
            return
        before = shares.get(id(stream))
        with stream.stacked():
            shares[id(stream)] = (1.0 if before is None else before) * opacity
            stream.set_alpha(1, stroke=True, fill=True)
            style["opacity"] = 1
            try:
                draw_inner(stream, stacking_context)
            finally:
                style["opacity"] = opacity
                del shares[id(stream)]
                if before is not None:
                    shares[id(stream)] = before

    def set_alpha(stream: Any, alpha: float, stroke: bool = False, fill: bool | None = None) -> None:
        alpha_inner(stream, round(alpha * shares.get(id(stream), 1), 4) if shares else alpha, stroke, fill)

    with replaced((draw, "draw_stacking_context", draw_stacking_context), (Stream, "set_alpha", set_alpha)):
        yield
