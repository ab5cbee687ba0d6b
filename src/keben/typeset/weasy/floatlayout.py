"""Figures as they are laid out apart from the flow: whole, or a little smaller."""

from collections.abc import Mapping
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]
from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.floatboxes import AT_TOP, LEAST_SCALE, picture_in, scaled
from keben.typeset.weasy.flowcalls import FlowCall

HOLE = 1 / 4
"""The share of a page that may stay empty before a figure."""

_LEAST_ALONE = 0.6
"""The share of its size that a picture keeps at least which has no caption, and so cannot stand elsewhere."""

HAIR = 0.5
"""Pixels."""


@dataclass(frozen=True, slots=True)
class FigureLayout:
    """Lays figures out."""

    inner: Mapping[str, Any]
    """WeasyPrint's own functions, by name."""

    def laid_out(self, call: FlowCall, figure: Any, position_y: float, *, is_top: bool) -> Any:
        """A figure as it is laid out where there is room enough; at the top of a page without the white above it."""
        figure = figure.copy_with_children(figure.children)
        figure.style = figure.style.copy()
        if is_top:
            figure.style["margin_top"] = Dimension(0, "px")
        figure.style["break_inside"] = "avoid"
        if call.skip_stack is not None:
            # What goes on below it would begin again if the page ended between the two.
            figure.style["break_after"] = "avoid"
        figure.position_x, figure.position_y = call.child.position_x, position_y
        self.inner["resolve_percentages"](figure, call.box)
        made = block.block_level_layout(
            call.context, figure, -inf, None, call.box, False, call.absolute_boxes, call.fixed_boxes, []
        )[0]
        made.index = call.index
        setattr(made, AT_TOP, True)
        return made

    def made_smaller(
        self, call: FlowCall, figure: Any, made: Any, room: float, height: float, least: float = LEAST_SCALE
    ) -> Any:
        """A picture that lacks a little of the room below another one, as it is laid out there; else None.

        It is set smaller only where much of the page would stay empty without it; ``least``: to that share of its size.
        """
        picture = picture_in(made)
        if room <= HOLE * height or picture is None:
            return None
        high = picture.height
        while (lack := made.margin_height() - made.margin_bottom - room) > HAIR:
            self.inner["remove_placeholders"](call.context, [made], call.absolute_boxes, call.fixed_boxes)
            high -= lack
            if high < least * picture.height:
                return None
            small = scaled(figure, picture, high / picture.height)
            made = self.laid_out(call, small, call.position_y, is_top=False)
        return made

    def fitted(self, call: FlowCall, height: float) -> Any:
        """A picture as it is laid out below the text, set smaller where it lacks a little of the room; else None."""
        made = self.laid_out(call, call.child, call.position_y, is_top=False)
        self.inner["remove_placeholders"](call.context, [made], call.absolute_boxes, call.fixed_boxes)
        room = call.context.page_bottom - call.bottom_space - call.position_y
        if made.margin_height() - made.margin_bottom <= room + HAIR:
            return None
        small = self.made_smaller(call, call.child, made, room, height, _LEAST_ALONE)
        if small is not None:
            setattr(small, AT_TOP, False)
        return small
