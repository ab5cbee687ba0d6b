"""Blocks that are kept with the next one, in a chain: it does not leave a page empty.

WeasyPrint goes back to the last place where a page may end. Where more than a third of the page would stay empty for
that, the page ends as far down as it can, only not below a heading, and before the last lines of a letter only where
nothing else is left. A chain may stand in a section or in a block of it: in a play, a letter, a quotation, a list.
Where there is no such place on the page, it ends below a heading: here before it, or, where the heading is all that the
page has, in the block that was to be kept whole. Such a block, a stanza or a box, is parted too where the page would
be left that empty before it, or before the headings above it: a poem then begins where it stands.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
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
_WHOLE = "whole"
"""The class of stanzas and boxes of a few lines."""
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
        before = _Before.of(call)
        around.append(box)
        try:
            result = inner(*call.arguments)
            if _ends_below_heading(call, before.blocks, result):
                better = _parted_before(before.blocks, result)
                hole = _hole_of(call, before, around, better or result)
                if hole is not None:
                    better = _parted_whole(call, before, hole, inner) or better
                return better or _parted_inside(call, before.blocks, inner) or result
            hole = _hole_of(call, before, around, result)
            if hole is None:
                return result
            at = _latest(before.blocks, call.child, hole.limit)
            later = hole.with_blocks(before.blocks, at)
            if later.end >= later.limit:
                return _parted_later(call, before, hole, result, at) or result
            return (
                _parted_whole(call, before, later, inner)
                or _parted_later(call, before, hole, result, at)
                or result
            )
        finally:
            around.pop()

    with replaced((block, "_in_flow_layout", in_flow_layout)):
        yield


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands on a page before a block is laid out, and where the block would begin."""

    blocks: list[Any]
    """Those of the same container."""
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    margins: list[Any]
    place: tuple[Any, Any]

    @classmethod
    def of(cls, call: FlowCall) -> "_Before":
        """That of a call."""
        child = call.child
        return cls(
            list(call.new_children),
            list(call.absolute_boxes),
            list(call.fixed_boxes),
            list(call.margins),
            (child.position_x, child.position_y),
        )

    def restore(self, call: FlowCall) -> None:
        """Let the block be laid out once more."""
        call.new_children[:], call.margins[:] = self.blocks, self.margins
        call.absolute_boxes[:], call.fixed_boxes[:] = self.absolute_boxes, self.fixed_boxes
        call.child.position_x, call.child.position_y = self.place


@dataclass(frozen=True, slots=True)
class _Hole:
    """What of a page stays empty below the blocks that are left on it, in pixels from its top."""

    end: float
    """Where the last line ends."""
    limit: float
    """A page that ends above it has a hole."""
    dropped: list[Any]
    """Blocks before the child that go over with it."""

    def with_blocks(self, blocks: list[Any], at: int) -> "_Hole":
        """That below the first of some blocks, if it is smaller; ``at``: how many they are."""
        end = _end_of(blocks[:at])
        return replace(self, end=end, dropped=blocks[at:]) if end > self.end else self


def _hole_of(call: FlowCall, before: _Before, around: Sequence[Any], result: Any) -> _Hole | None:
    """The hole that a page has as nothing of a block stands on it; ``around``: the boxes that the block stands in."""
    abort, stop, resume_at, *_, kept, _ = result
    blocks = before.blocks
    if call.box.element_tag not in _CONTAINERS or call.context.in_column or not blocks:
        return None
    page = _page_of(around)
    at = next(iter(resume_at)) if stop and resume_at else None
    is_without = at is not None and (at < call.index or resume_at == {call.index: None})
    if page is None or not (abort or is_without):
        return None
    bottom = call.context.page_bottom - call.bottom_space
    end = _end_of(kept) if kept and not abort else call.box.content_box_y()
    is_last = call.box.element_tag != "section" and _attribute(call.child, "data-last") is not None
    limit = bottom - (_LAST_HOLE if is_last else HOLE) * (bottom - page.content_box_y())
    return None if end >= limit else _Hole(end, limit, blocks[len(kept) if not abort else 0 :])


def _parted_later(call: FlowCall, before: _Before, hole: _Hole, result: Any, at: int) -> Any:
    """A result that leaves less of a page empty: it ends before a block; None: it does not."""
    _, _, _, position_y, margins, next_page, _, max_lines = result
    blocks = before.blocks
    if not at or _end_of(blocks[:at]) <= hole.end or any(_calls_notes(each) for each in hole.dropped):
        return None
    call.absolute_boxes[:], call.fixed_boxes[:] = before.absolute_boxes, before.fixed_boxes
    block.remove_placeholders(call.context, blocks[at:], call.absolute_boxes, call.fixed_boxes)
    resume = {blocks[at].index: None} if at < len(blocks) else {call.index: None}
    return False, True, resume, position_y, margins, next_page, blocks[:at], max_lines


def _parted_whole(call: FlowCall, before: _Before, hole: _Hole, inner: Any) -> Any:
    """The page goes on with the beginning of a stanza or a box that was to be whole; None: too little of it fits."""
    whole = [each for each in (call.child, *call.child.descendants()) if _is_whole(each)]
    if not whole or any(_calls_notes(each) for each in hole.dropped):
        return None
    after = list(call.absolute_boxes), list(call.fixed_boxes)
    before.restore(call)
    styles = [each.style for each in whole]
    for each in whole:
        # Others have the same style.
        each.style = each.style.copy()
        each.style["break_inside"] = "auto"
    try:
        result = inner(*call.arguments)
    finally:
        for each, style in zip(whole, styles, strict=True):
            each.style = style
    abort, _, resume_at, *_, kept, _ = result
    if not abort and (not resume_at or resume_at.get(call.index)) and _end_of(kept) > hole.end:
        return result
    call.absolute_boxes[:], call.fixed_boxes[:] = after
    return None


def _is_whole(box: Any) -> bool:
    return box.style["break_inside"] in AVOID and _WHOLE in (_attribute(box, "class") or "").split()


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
    # What is placed by itself, as the numbers of items are, may not have its place yet.
    for child in (each for each in children if each.is_in_normal_flow()):
        for box in (child, *child.descendants()):
            if not box.is_in_normal_flow():
                continue
            children_of = getattr(box, "children", ())
            if not children_of or box.element_tag in ("table", "img", "svg"):
                ends.append(box.position_y + box.margin_height())
    return max(ends)


def _calls_notes(box: Any) -> bool:
    return any(each.footnote for each in box.descendants())
