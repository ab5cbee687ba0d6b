"""A block that is to be laid out in the flow of another, as WeasyPrint asks for it."""

from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.values import dataclass

IN_FLOW = (
    block,
    "_in_flow_layout",
    "context box index child new_children page_is_empty absolute_boxes fixed_boxes adjoining_margins bottom_space "
    "position_y skip_stack first_letter_style first_line_style discard next_page max_lines",
)
"""The function that asks."""


@dataclass(slots=True)
class FlowCall:
    """The arguments of `block._in_flow_layout`."""

    context: Any
    box: Any
    index: int
    child: Any
    new_children: Any
    page_is_empty: bool
    rest: tuple[Any, ...]

    @property
    def arguments(self) -> tuple[Any, ...]:
        """All of them in their order."""
        return (
            self.context,
            self.box,
            self.index,
            self.child,
            self.new_children,
            self.page_is_empty,
            *self.rest,
        )

    @property
    def absolute_boxes(self) -> Any:
        """What is placed by itself."""
        return self.rest[0]

    @property
    def fixed_boxes(self) -> Any:
        """What is placed on the page."""
        return self.rest[1]

    @property
    def margins(self) -> Any:
        """The margins that meet where the next block begins."""
        return self.rest[2]

    @property
    def bottom_space(self) -> float:
        """What is left free at the foot of the page."""
        return float(self.rest[3])

    @property
    def position_y(self) -> float:
        """Where the next block begins, without the margins that meet there."""
        return float(self.rest[4])

    @property
    def skip_stack(self) -> Any:
        """Where the child goes on from the page before; None: it begins here."""
        return self.rest[5]

    def append(self, made: Any) -> None:
        """Add a block that stands before the child."""
        self.new_children.append(made)
        end = made.border_box_y() + made.border_height()
        self.rest = (*self.rest[:2], [made.margin_bottom], self.rest[3], end, *self.rest[5:])
        self.child.position_y = end

    def without_child(self) -> Any:
        """What is given where nothing of the child stands here."""
        _, _, margins, _, position_y, _, _, _, _, next_page, max_lines = self.rest
        return False, False, None, position_y, margins, next_page, self.new_children, max_lines
