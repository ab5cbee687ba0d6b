"""Lines of code in WeasyPrint's layout: where they are broken, and how far in they go on."""

from collections.abc import Iterator
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]
from weasyprint.text.ffi import pango  # type: ignore[import-untyped]

from keben.typeset.lines.code import hanging, line_end
from keben.typeset.weasy.plans import Widths


def is_preformatted(box: Any) -> bool:
    """Whether spaces and line ends of a text are kept, and its lines are broken where they are too long."""
    return bool(box.style["white_space"] == "pre-wrap" and box.style["direction"] == "ltr")


def indent_of(box: Any, skip_stack: Any, widths: Widths) -> float:
    """How much further in a line box begins that goes on with a line of code, in pixels."""
    text, offset = _preformatted(box, skip_stack)
    before = text[:offset].rpartition("\n")[2]
    if not before:
        return 0.0
    return hanging(before) * widths.of(box.style, "0")[0]


def is_within_line(box: Any, skip_stack: Any) -> bool:
    """Whether what a skip stack leads to goes on with a line of code."""
    if skip_stack is None:
        return False
    text, offset = _preformatted(box, skip_stack)
    return 0 < offset < len(text) and text[offset - 1] != "\n"


def _preformatted(box: Any, skip_stack: Any) -> tuple[str, int]:
    """The text of a line box, and how many characters of it a skip stack skips."""
    if isinstance(box, boxes.TextBox):
        skip = next(iter(skip_stack)) if skip_stack else 0
        return box.text, len(box.text.encode()[: skip or 0].decode())
    index, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
    text, offset = "", 0
    for at, child in enumerate(getattr(box, "children", ())):
        if isinstance(child, (boxes.TextBox, boxes.InlineBox)):
            part, skipped = _preformatted(child, inner if at == index else None)
            offset += skipped if at == index else len(part) if at < index else 0
            text += part
    return text, offset


def code_end(box: Any, skip_stack: Any, context: Any, width: float) -> tuple[Any, int] | None:
    """Where a line of code ends that has a width, in pixels: a text, and a number of its bytes.

    The words of code are texts of their own, and where it is broken is found in all of them. The text is None where
    all has room. None of this for what holds more than texts, or holds none.
    """
    leaves = list(_texts(box))
    text, offset = _preformatted(box, skip_stack)
    rest = text[offset:].partition("\n")[0]
    if not rest or any(leaf is None for leaf in leaves):
        return None
    style, spacing = leaves[0].style, leaves[0].justification_spacing
    _, _, resume_at, *_ = line_break.split_first_line(rest, style, context, width, spacing)
    if resume_at is None:
        return None, 0
    layout = line_break.create_layout(rest, style, context, width, spacing)
    pango.pango_layout_set_wrap(layout.layout, line_break.PANGO_WRAP_MODE["WRAP_CHAR"])
    first, index = layout.get_first_line()
    data = rest.encode()
    end = offset + line_end(rest, len(data[: index or first.length].decode()), len(data[:resume_at].decode()))
    for leaf in leaves:
        if end <= len(leaf.text):
            return leaf, len(leaf.text[:end].encode())
        end -= len(leaf.text)
    return None


def _texts(box: Any) -> Iterator[Any]:
    """The texts of a line box; None where something else stands in its flow."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
        elif child.is_in_normal_flow():
            yield None


def code_text(split: Any, cut: tuple[Any, int], context: Any, box: Any, skip: int) -> Any:
    """What a line has of a text of code, as WeasyPrint makes it; ``cut``: where the line ends."""
    if box is not cut[0]:
        return split(context, box, inf, skip)
    made, _, _ = split(context, box.copy_with_text(box.text.encode()[: cut[1]].decode()), inf, skip)
    return made, cut[1], False
