"""Lines of code in WeasyPrint's layout: where they are broken, and how far in they go on."""

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


def code_line(
    split: Any, result: Any, context: Any, box: Any, available_width: float, skip: int, before: int
) -> Any:
    """A line of code as WeasyPrint would break it, or broken where code is.

    ``before`` is how many characters of the line stand in front of the text, about.
    """
    _, resume_at, preserved = result
    if resume_at is None or preserved:
        return result
    data = box.text.encode()
    text = data[skip:].decode().partition("\n")[0]
    layout = line_break.create_layout(text, box.style, context, available_width, box.justification_spacing)
    pango.pango_layout_set_wrap(layout.layout, line_break.PANGO_WRAP_MODE["WRAP_CHAR"])
    first, index = layout.get_first_line()
    fits = len(text.encode()[: index or first.length].decode())
    usual = len(data[skip:resume_at].decode())
    end = line_end(text, fits, usual, before)
    if end in (0, usual) or end >= len(text):
        return result
    stop = len(data[:skip].decode()) + end
    made, _, _ = split(context, box.copy_with_text(box.text[:stop]), inf, skip)
    return made, len(box.text[:stop].encode()), False
