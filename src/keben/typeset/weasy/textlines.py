"""A line that is one text, as most lines of a novel are: made at once from its paragraph's box.

WeasyPrint goes into a line through two functions that know of floats, inline boxes and letters between which a line may
end. What they make of a text that was cut already is made here: the same boxes with the same attributes.
"""

from dataclasses import field
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import inline  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.plans import LinePlan, Widths, is_reading

BUILT_UPON = (
    (
        inline,
        "split_inline_level",
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes fixed_boxes "
        "line_placeholders waiting_floats line_children first_letter_style first_line_style",
    ),
    (inline, "_adjust_line_height", "box"),
)
"""WeasyPrint's functions that this does the work of."""


@dataclass(slots=True)
class TextLines:
    """Makes the lines of one document."""

    widths: Widths
    last: tuple[Any, object] = field(default=(None, None))
    """The text whose used values were worked out last, and the size of what holds its lines."""

    def only(self, box: Any, plan: LinePlan) -> Any:
        """The text that a line box holds and nothing else; None where there is more."""
        if len(box.children) != 1 or len(plan.leaves) != 1 or box.is_leader:
            return None
        child = box.children[0]
        is_text = isinstance(child, boxes.TextBox) and child is plan.leaves[0][0]
        return child if is_text and not is_reading(child) and child.is_in_normal_flow() else None

    def ready(self, box: Any, child: Any, position_x: float, containing_block: Any) -> None:
        """Give the text what each box gets before it is cut."""
        child.position_y = box.position_y
        held = (containing_block.width, containing_block.height)
        if self.last[0] is not child or self.last[1] != held:
            inline.resolve_percentages(child, containing_block)
            self.last = child, held
        child.position_x = position_x

    def line(self, box: Any, made: Any, skip_stack: Any, resume_at: int | None) -> Any:
        """The line box around a text that was cut."""
        line = box.copy_with_children([made])
        line.remove_decoration(start=skip_stack is not None, end=resume_at is None)
        line.width = made.position_x + made.margin_width() - line.content_box_x()
        style = line.style
        height, line.baseline = self.widths.strut(style)
        line.height = style["font_size"]
        half_leading = (height - line.height) / 2
        line.margin_top = half_leading - line.border_top_width - line.padding_top
        line.margin_bottom = half_leading - line.border_bottom_width - line.padding_bottom
        return line
