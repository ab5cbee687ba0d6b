"""Running heads that are too long for their margin: one of two halves (回目) ends with one, or the number before it.

A style cuts them by ``text-overflow: ellipsis`` wherever the room ends. Half a line of a couplet says nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import page  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.lines.halves import shorter_heads
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "heads-cut",
    wording("A running head of two halves may be cut within one of them"),
    ((page, "margin_box_content_layout", "context page box"),),
    "notice",
)


@contextmanager
def heads_of_halves() -> Iterator[None]:
    """End them so in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = page.margin_box_content_layout

    def margin_box_content_layout(context: Any, page_box: Any, box: Any) -> Any:
        if box.style["text_overflow"] == "ellipsis":
            _shorten(box)
        return inner(context, page_box, box)

    with replaced((page, "margin_box_content_layout", margin_box_content_layout)):
        yield


def _shorten(box: Any) -> None:
    """Leave out halves for which a margin box has no room, where its text has halves."""
    texts = [each for each in box.descendants() if isinstance(each, boxes.TextBox)]
    if len(texts) != 1:
        return
    (leaf,) = texts
    heads = shorter_heads(leaf.text)
    if not heads or _width(leaf.style, leaf.text) <= box.width:
        return
    leaf.text = next((head for head in heads if _width(leaf.style, head) <= box.width), leaf.text)


def _width(style: Any, text: str) -> float:
    layout = line_break.Layout(style)
    layout.set_text(text)
    return float(line_break.line_size(layout.get_first_line()[0], style)[0])
