"""A part of a note: what of it stands on one page, and how WeasyPrint lays that out.

Lengths are in pixels.
"""

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout.absolute import AbsolutePlaceholder  # type: ignore[import-untyped]

from keben.core.values import dataclass

_HAIR = 0.01

_PART = "_keben_part"


@dataclass(slots=True, eq=False)
class NotePart:
    """What of a note stands on one page. The boxes that are copied from a note share one."""

    skip: Any = None
    """Where it begins, as WeasyPrint says where a box goes on. None: at the note's beginning."""
    line: Any = None
    """The line that calls the note; None where an earlier page has it."""
    limit: float | None = None
    """How high it may be; None: as high as it is."""
    forced: bool = False
    """Something of it must stand on this page, whether it fits or not."""
    resume_at: Any = None
    """Once it is laid out: where the next part begins. None: the note ends here."""
    height: float = 0.0
    """Once it is laid out."""
    is_empty: bool = False
    """Nothing of it fits."""

    @property
    def is_cut(self) -> bool:
        """Whether the note goes on overleaf."""
        return self.is_empty or self.resume_at is not None


def part_of(note: Any) -> NotePart | None:
    """The part of a note that a box is; None for any other box."""
    found: NotePart | None = getattr(note, _PART, None)
    return found


def begin_part(note: Any, line: Any = None) -> NotePart:
    """Make a box that goes on with a note a part of this page; with the line that calls it, its first part."""
    before = part_of(note)
    part = NotePart(None if line is not None or before is None else before.skip, line)
    setattr(note, _PART, part)
    return part


def rest_of(note: Any) -> Any:
    """A box that goes on where a part ends."""
    part = part_of(note)
    if part is None or part.is_empty:
        return note
    rest = note.copy()
    setattr(rest, _PART, NotePart(part.resume_at))
    return rest


def lay_out_part(
    lay_out: Callable[..., Any],
    part: NotePart,
    context: Any,
    box: Any,
    bottom_space: float,
    _skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool = True,
    *rest: Any,
    **more: Any,
) -> Any:
    """Lay out a part by WeasyPrint's ``block_level_layout``, without its two first parameters.

    The box that the part stands in does not know that it goes on.
    """
    if part.limit is not None:
        bottom_space = context.page_bottom - box.position_y - part.limit
        page_is_empty = part.forced
    # Columns in a note would take the notes of the page for their own.
    page = context.current_page_footnotes, context.in_column
    context.current_page_footnotes = []
    try:
        result = lay_out(bottom_space, part.skip, containing_block, page_is_empty, *rest, **more)
    finally:
        context.current_page_footnotes, context.in_column = page
    made, part.resume_at = result[:2]
    part.is_empty = made is None
    if made is None:
        made = box.copy_with_children([])
        made.width = made.height = 0.0
        made.remove_decoration(start=True, end=True)
        part.resume_at = None
    elif part.limit is not None and part.resume_at is not None:
        # A box that goes on overleaf is drawn out to where there is no more room.
        end = bottom_of(made, box.position_y + part.limit)
        made.height = max(0.0, end - made.content_box_y())
    part.height = made.margin_height()
    return (made, None, *result[2:])


def beginning_of(note: Any) -> str:
    """The first characters of a note's element, by which a message names it."""
    return "".join(note.itertext()).strip()[:20]


def bottom_of(box: Any, limit: float) -> float:
    """Where that ends what is in a box. One that ends at a limit may be drawn out to it."""
    if not isinstance(box, boxes.ParentBox) or isinstance(box, boxes.LineBox):
        return float(box.position_y + box.margin_height())
    own = float(box.border_box_y() + box.border_height())
    if own < limit - _HAIR:
        return own
    children = [child for child in box.children if not isinstance(child, AbsolutePlaceholder)]
    return max((bottom_of(child, limit) for child in children), default=float(box.position_y))
