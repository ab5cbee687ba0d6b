"""The page's grid of lines: after a figure, a table or a list the text goes on where the lines of the facing page are.

A theme asks for it by a custom property, ``--block-step: line``, as CSS Rhythmic Sizing's ``block-step`` would: what
the block lacks of whole lines is put inside it, half above and half below (CLREQ 7.1.1: lines of facing pages and
of both sides of a leaf stand at the same height).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.properties import BLOCK_STEP, asked
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.noteparts import part_of

PATCH = Patch(
    "no-grid",
    wording("Lines of facing pages may stand at different heights"),
    (
        (
            block,
            "block_level_layout",
            "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes "
            "adjoining_margins first_letter_style first_line_style discard max_lines",
        ),
    ),
)

_HAIR = 0.01
"""Pixels: what is off the grid by rounding is on it."""


@contextmanager
def whole_lines(tops: tuple[float, float], line: float) -> Iterator[None]:
    """Let blocks that ask for it end on the grid, in what is laid out in the block, if `PATCH` is known.

    ``tops`` are where the first line of an odd and of an even page begins and ``line`` is the distance of two, in
    points. Not for several threads at once.
    """
    if not PATCH.is_known():
        yield
        return
    inner = block.block_level_layout
    odd, even, step = tops[0] / 0.75, tops[1] / 0.75, line / 0.75
    inside = False

    @wraps(inner)
    def block_level_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **more: Any
    ) -> Any:
        nonlocal inside
        # A property is handed down: to the notes that a block calls too, and these stand on no grid.
        is_note = part_of(box) is not None
        is_asked = not is_note and asked(box.style, BLOCK_STEP) == "line"
        # What stands in a flexible box, a grid or a table is placed by that.
        is_other = is_note or isinstance(
            box, (boxes.FlexContainerBox, boxes.GridContainerBox, boxes.TableBox)
        )
        if inside or not (is_asked or is_other):
            return inner(context, box, bottom_space, skip_stack, *rest, **more)
        # The outermost block is meant.
        inside = True
        try:
            result = inner(context, box, bottom_space, skip_stack, *rest, **more)
        finally:
            inside = False
        made, resume_at = result[:2]
        if is_asked and made is not None and resume_at is None and not context.in_column:
            origin = odd if context.current_page % 2 else even
            _fill(made, origin, step, context.page_bottom - bottom_space, whole=skip_stack is None)
        return result

    with replaced((block, "block_level_layout", block_level_layout)):
        yield


def _fill(box: Any, origin: float, step: float, limit: float, *, whole: bool) -> None:
    """Make a box end on the grid, and not below ``limit``; what is in a ``whole`` one is put into its middle."""
    end = box.border_box_y() + box.border_height()
    lacking = (origin - end) % step
    room = min(lacking, limit - end)
    if step - lacking < _HAIR or room < _HAIR:
        return
    box.height += room
    if whole:
        for child in box.children:
            child.translate(dy=room / 2)
