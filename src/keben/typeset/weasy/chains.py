"""Blocks that are kept with the next one, in a chain: it does not leave a page empty.

WeasyPrint goes back to the last place where a page may end. Where more than a third of the page would stay empty for
that, the page ends as far down as it can, only not below a heading, and before the last lines of a letter only where
nothing else is left. A chain may stand in a section or in a block of it: in a play, a letter, a quotation, a list.
Where there is no such place on the page, it ends below a heading: here before it, or, where the heading is all that the
page has, in the block that was to be kept whole.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.flowcalls import IN_FLOW, FlowCall
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "long-chains",
    wording("Blocks that are kept together may leave much of a page empty"),
    (IN_FLOW, (block, "remove_placeholders", "context box_list absolute_boxes fixed_boxes")),
)

HOLE = 1 / 3
"""The share of a page that may stay empty for a chain."""
_LAST_HOLE = 1 / 2
"""That for the blocks that a chapter ends with, in a play or in verse: its last page has three lines."""

_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
_HEADINGS = _TITLES | {"header"}
_CONTAINERS = frozenset(("section", "div", "blockquote", "ol", "ul", "li", "dl", "dd"))
_CLOSINGS = frozenset(("closing", "signature"))
"""Classes of the lines that a letter ends with."""
AVOID = ("avoid", "avoid-page")
"""How styles say that no page ends there."""


@contextmanager
def chains_that_part() -> Iterator[None]:
    """Part chains so in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = block._in_flow_layout
    around: list[Any] = []

    def in_flow_layout(
        context: Any, box: Any, index: int, child: Any, new_children: Any, page_is_empty: bool, *rest: Any
    ) -> Any:
        call = FlowCall(context, box, index, child, new_children, page_is_empty, rest)
        before = _Before(list(new_children), list(call.absolute_boxes), list(call.fixed_boxes))
        around.append(box)
        try:
            result = inner(*call.arguments)
            if _ends_below_heading(call, before.blocks, result):
                return (
                    _parted_before(before.blocks, result)
                    or _parted_inside(call, before.blocks, inner)
                    or result
                )
            return _parted_later(call, before, around, result) or result
        finally:
            around.pop()

    with replaced((block, "_in_flow_layout", in_flow_layout)):
        yield


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands on a page before a block is laid out."""

    blocks: list[Any]
    """Those of the same container."""
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]


def _parted_later(call: FlowCall, before: _Before, around: Sequence[Any], result: Any) -> Any:
    """A result that leaves less of a page empty, where there is one; ``around``: the boxes that the block stands in."""
    abort, stop, resume_at, position_y, margins, next_page, kept, max_lines = result
    blocks = before.blocks
    if call.box.element_tag not in _CONTAINERS or call.context.in_column or not blocks:
        return None
    page = _page_of(around)
    is_earlier = stop and resume_at and next(iter(resume_at)) < call.index
    if page is None or not (abort or is_earlier):
        return None
    bottom = call.context.page_bottom - call.bottom_space
    end = _end_of(kept) if kept and not abort else call.box.content_box_y()
    is_last = call.box.element_tag != "section" and _attribute(call.child, "data-last") is not None
    limit = bottom - (_LAST_HOLE if is_last else HOLE) * (bottom - page.content_box_y())
    if end >= limit:
        return None
    at = _latest(blocks, call.child, limit)
    dropped = blocks[len(kept) if not abort else 0 :]
    if not at or _end_of(blocks[:at]) <= end or any(_calls_notes(each) for each in dropped):
        return None
    call.absolute_boxes[:], call.fixed_boxes[:] = before.absolute_boxes, before.fixed_boxes
    block.remove_placeholders(call.context, blocks[at:], call.absolute_boxes, call.fixed_boxes)
    resume = {blocks[at].index: None} if at < len(blocks) else {call.index: None}
    return False, True, resume, position_y, margins, next_page, blocks[:at], max_lines


def _page_of(around: Sequence[Any]) -> Any:
    """The outermost section that blocks stand in, which begins where its page does; None: a table is around them."""
    if any(isinstance(box, boxes.TableBox | boxes.TableCellBox) or box.is_table_wrapper for box in around):
        return None
    return next((box for box in around if box.element_tag == "section"), None)


def _latest(blocks: list[Any], child: Any, limit: float) -> int:
    """Before which of some blocks a page ends, by its index; their number: before the child that follows them.

    ``limit``: a page that ends above it has a hole.
    """
    latest = at = _head_of(blocks, _HEADINGS)
    while at and _is_closing(blocks[at] if at < len(blocks) else child):
        at = _head_of(blocks[: at - 1], _HEADINGS)
    return at if at and _end_of(blocks[:at]) >= limit else latest


def _is_closing(box: Any) -> bool:
    return bool(_CLOSINGS & set((_attribute(box, "class") or "").split()))


def _attribute(box: Any, name: str) -> str | None:
    return None if box.element is None else box.element.get(name)


def _ends_below_heading(call: FlowCall, before: list[Any], result: Any) -> bool:
    """Whether a page ends between a heading and what it heads, as it has no better place to end."""
    abort, stop, resume_at, *_, kept, _ = result
    if (
        abort
        or not stop
        or resume_at != {call.index: None}
        or len(kept) != len(before)
        or call.context.in_column
    ):
        return False
    return call.box.element_tag == "section" and _head_of(before, _HEADINGS) < len(before)


def _parted_before(before: list[Any], result: Any) -> Any:
    """The page ends before the headings that would be its last; None: they are all that it has."""
    at = _head_of(before, _TITLES)
    if not 0 < at < len(before) or any(_calls_notes(each) for each in before[at:]):
        return None
    return *result[:2], {before[at].index: None}, *result[3:6], before[:at], result[7]


def _parted_inside(call: FlowCall, before: list[Any], inner: Any) -> Any:
    """The page goes on with the beginning of what it heads, though that would be whole; None: nothing of it fits."""
    whole = [each for each in (call.child, *call.child.descendants()) if each.style["break_inside"] in AVOID]
    if not whole:
        return None
    call.new_children[:] = before
    for each in whole:
        each.style["break_inside"] = "auto"
    result = inner(*call.arguments)
    _, _, resume_at, *_ = result
    return result if not resume_at or resume_at != {call.index: None} else None


def _head_of(blocks: list[Any], headings: frozenset[str]) -> int:
    """Where the headings begin that stand last among some blocks, with a line below them that is kept with them."""
    at = len(blocks)
    while at and blocks[at - 1].element_tag == "p" and blocks[at - 1].style["break_after"] in AVOID:
        at -= 1
    if not at or blocks[at - 1].element_tag not in headings:
        return len(blocks)
    while at and blocks[at - 1].element_tag in headings:
        at -= 1
    return at


def _end_of(children: list[Any]) -> float:
    """Where the last line of some blocks ends; a block that is divided is as high as its page."""
    ends = [0.0]
    for child in children:
        for box in (child, *child.descendants()):
            if not box.is_in_normal_flow():
                continue
            children_of = getattr(box, "children", ())
            if not children_of or box.element_tag in ("table", "img", "svg"):
                ends.append(box.position_y + box.margin_height())
    return max(ends)


def _calls_notes(box: Any) -> bool:
    return any(each.footnote for each in box.descendants())
