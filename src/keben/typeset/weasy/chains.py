"""Blocks that are kept with the next one, in a chain: it does not leave a page empty.

WeasyPrint goes back to the last place where a page may end. Where more than a third of the page would stay empty for
that, the page ends as far down as it can, only not below a heading. Where there is no such place on the page, it ends
below a heading: here before it, or, where the heading is all that the page has, in the block that was to be kept whole.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.typeset.weasy.flowcalls import IN_FLOW, FlowCall
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "long-chains", wording("Blocks that are kept together may leave much of a page empty"), (IN_FLOW,)
)

HOLE = 1 / 3
"""The share of a page that may stay empty for a chain."""

_TITLES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "dt"))
_HEADINGS = _TITLES | {"header"}
AVOID = ("avoid", "avoid-page")
"""How styles say that no page ends there."""


@contextmanager
def chains_that_part() -> Iterator[None]:
    """Part chains so in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    inner = block._in_flow_layout

    def in_flow_layout(
        context: Any, box: Any, index: int, child: Any, new_children: Any, page_is_empty: bool, *rest: Any
    ) -> Any:
        call = FlowCall(context, box, index, child, new_children, page_is_empty, rest)
        before = list(new_children)
        result = inner(*call.arguments)
        if _ends_below_heading(call, before, result):
            return _parted_before(before, result) or _parted_inside(call, before, inner) or result
        return _parted_later(call, before, result) or result

    with replaced((block, "_in_flow_layout", in_flow_layout)):
        yield


def _parted_later(call: FlowCall, before: list[Any], result: Any) -> Any:
    """A result that leaves less of a page empty, where there is one."""
    abort, stop, resume_at, position_y, margins, next_page, kept, max_lines = result
    if call.box.element_tag != "section" or call.context.in_column or not before:
        return None
    is_earlier = stop and resume_at and next(iter(resume_at)) < call.index
    if not (abort or is_earlier):
        return None
    bottom = call.context.page_bottom - call.bottom_space
    end = _end_of(kept) if kept and not abort else call.box.content_box_y()
    height = bottom - call.box.content_box_y()
    if bottom - end <= HOLE * height:
        return None
    at = _head_of(before, _HEADINGS)
    dropped = before[len(kept) if not abort else 0 :]
    if not at or _end_of(before[:at]) <= end or any(_calls_notes(each) for each in dropped):
        return None
    resume = {before[at].index: None} if at < len(before) else {call.index: None}
    return False, True, resume, position_y, margins, next_page, before[:at], max_lines


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
