"""Lines of code at a page's foot: one that is broken into two or three stands on one page.

WeasyPrint ends a page between any two lines of a block of code, if two stand on each side. Here it ends before the line
of the source that would go on overleaf.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from itertools import islice
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.preformatted import is_preformatted, is_within_line

PATCH = Patch(
    "code-lines-parted",
    wording("A page may end within a line of code"),
    (
        (
            block,
            "_linebox_layout",
            "context box index child new_children page_is_empty absolute_boxes fixed_boxes adjoining_margins "
            "bottom_space position_y skip_stack first_letter_style first_line_style draw_bottom_decoration max_lines",
        ),
        (block, "remove_placeholders", "context box_list absolute_boxes fixed_boxes"),
    ),
)

MOST = 3
"""Lines that a line of code is kept together in."""


@contextmanager
def whole_code_lines() -> Iterator[None]:
    """Keep them so in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = block._linebox_layout

    @wraps(inner)
    def linebox_layout(
        context: Any, box: Any, index: int, child: Any, lines: Any, page_is_empty: bool, *rest: Any
    ) -> Any:
        result = inner(context, box, index, child, lines, page_is_empty, *rest)
        abort, stop, resume_at, _, notes, max_lines = result
        if abort or not stop or not lines or not is_preformatted(child) or context.in_column:
            return result
        absolute_boxes, fixed_boxes = rest[:2]
        dropped = _dropped(child, lines, _following(context, box, child, resume_at[index], rest))
        left = len(lines) - dropped
        if not dropped or (not left and page_is_empty):
            return result
        for line in lines[left:]:
            block.remove_placeholders(context, line.children, absolute_boxes, fixed_boxes)
        position_y = lines[left].position_y
        del lines[left:]
        if left < (1 if page_is_empty else box.style["orphans"]):
            # So few lines do not stand alone: all of them go over.
            return True, False, None, position_y, notes, max_lines
        return False, True, {index: lines[-1].resume_at}, position_y, notes, max_lines

    with replaced((block, "_linebox_layout", linebox_layout)):
        yield


def _dropped(child: Any, lines: list[Any], following: Iterator[Any]) -> int:
    """How many of the last lines on a page are the beginning of a line of code that goes over with them."""
    if not is_within_line(child, lines[-1].resume_at):
        return 0
    count = 1
    while count < len(lines) and is_within_line(child, lines[-count - 1].resume_at):
        count += 1
    more = 0
    for line in islice(following, MOST):
        more += 1
        if line.resume_at is None or not is_within_line(child, line.resume_at):
            break
    return count if count + more <= MOST else 0


def _following(context: Any, box: Any, child: Any, skip_stack: Any, rest: tuple[Any, ...]) -> Iterator[Any]:
    """The lines that follow those on a page."""
    absolute_boxes, fixed_boxes, _, bottom_space, position_y, _, first_letter, first_line, *_ = rest
    made = block.iter_line_boxes(
        context, child, position_y, bottom_space, skip_stack, box,
        absolute_boxes, fixed_boxes, first_letter, first_line,
    )  # fmt: skip
    for line, resume_at in made:
        block.remove_placeholders(context, line.children, absolute_boxes, fixed_boxes)
        line.resume_at = resume_at
        yield line
