"""Text of the book's own drawings, charts and covers, set as its prose is.

WeasyPrint puts each character of a drawing's text behind the last one. Here it gets what stands between two of them in
a line of prose: a gap between Chinese and another script, and less where two marks meet (`keben.typeset.lines`). A
drawing asks for it by the class ``prose`` of its root; text that has spacing of its own keeps that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint import svg  # type: ignore[import-untyped]
from weasyprint.css.properties import INITIAL_VALUES  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.lines.drawn import PROSE, shifts_of
from keben.typeset.weasy.inside import Patch

PATCH = Patch(
    "drawings-not-set",
    wording("Text in charts and on covers has no gaps between Chinese and other scripts"),
    ((svg, "text", "svg node font_size"),),
    "notice",
)

_OWN = ("dx", "rotate", "textLength", "letter-spacing")
_TAGS = ("text", "tspan")


@contextmanager
def drawings_set() -> Iterator[None]:
    """Set such text so in what is drawn in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = svg.text

    @wraps(inner)
    def text(drawing: Any, node: Any, font_size: float) -> None:
        if PROSE in (drawing.tree.get("class") or "").split() and not any(node.get(name) for name in _OWN):
            shifts = shifts_of(node.text or "", font_size, INITIAL_VALUES["lang"] or "")
            if any(shifts):
                node.attrib["dx"] = " ".join(f"{shift:.4f}" for shift in shifts)
        inner(drawing, node, font_size)

    before = {tag: svg.TAGS[tag] for tag in _TAGS}
    svg.TAGS.update(dict.fromkeys(_TAGS, text))
    # The anchor of a text is looked for by this name.
    svg.text = text
    try:
        yield
    finally:
        svg.TAGS.update(before)
        svg.text = inner
