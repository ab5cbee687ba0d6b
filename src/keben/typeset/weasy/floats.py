"""Figures and tables that move: to the top of the next page, or to the foot of this one.

A style asks for it by ``--float``. ``auto``: a figure that has no room moves to the top of the next page where much of
this one would stay empty otherwise; the text goes on in its place. ``page``: it moves to the foot of its page where it
has room there, and else to the top of the next one.

A figure that moves is a block of a chapter, not one of a quotation or a list, and calls no note. It stays in its
chapter and behind the figures before it. Where its chapter has no more text to fill the page, it goes to the top of
that page.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.typeset.properties import FLOAT, asked
from keben.typeset.weasy.flowcalls import IN_FLOW, FlowCall
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "no-floats",
    "Figures and tables stay in their places, and pages before them may stay empty in part",
    (
        IN_FLOW,
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (block, "resolve_percentages", "box containing_block"),
        (block, "remove_placeholders", "context box_list absolute_boxes fixed_boxes"),
        (
            block,
            "block_level_layout",
            "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes "
            "adjoining_margins first_letter_style first_line_style discard max_lines",
        ),
    ),
)

HOLE = 1 / 4
"""The share of a page that may stay empty before a figure."""

_LEAST_TEXT = 0.25
"""The share of a page that is left for text where figures stand at its foot."""

_HAIR = 0.5

_AT_FOOT = "_keben_at_foot"
"""A figure that is put to the foot of its page when that is done."""

_AT_TOP = "_keben_at_top"
"""One that came from the page before."""

HOW = "--float: …"
"""What moves a figure, as checks know it."""

Path = tuple[int, ...]


def figures_that_move() -> AbstractContextManager[None]:
    """Let figures move in what is laid out in the block, if `PATCH` is known. Not for several threads at once.

    It is asked for before others replace these functions.
    """
    return _moving() if PATCH.is_known() else nullcontext()


@contextmanager
def _moving() -> Iterator[None]:
    floats = _Floats({name: getattr(owner, name) for owner, name, _ in PATCH.functions})
    with replaced(
        (block, "_in_flow_layout", floats.in_flow_layout),
        (page, "make_page", floats.make_page),
    ):
        yield


@dataclass(slots=True)
class _Floats:
    """The replaced functions, and which figures wait for the next page."""

    inner: dict[str, Any]
    """WeasyPrint's own, by name."""
    waiting: dict[int, dict[Path, Any]] = field(default_factory=dict)
    """Figures that a page begins with, by its number and by their places in the document."""
    path: list[int] = field(default_factory=list)
    """Where the block stands that is being laid out."""
    number: int = 0
    """The page that is being laid out."""
    height: float = 0.0
    """That of its text area, in pixels."""
    placed: set[Path] = field(default_factory=set)
    """Figures at its top."""
    deferred: dict[Path, Any] = field(default_factory=dict)
    """Figures that do not stand on it."""
    feet: dict[Path, float] = field(default_factory=dict)
    """The height of those at its foot."""
    lifted: dict[Path, int] = field(default_factory=dict)
    """Figures that go to the top of the very page that they come on: their chapter has no more text to fill it."""
    to_lift: set[Path] = field(default_factory=set)
    """Those that the page that is being laid out shows to be such."""
    opens: bool = False
    """Whether it begins a chapter."""

    def make_page(
        self, context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any
    ) -> Any:
        """A page, and the figures that wait for the next one."""
        arguments = context, root_box, page_type, resume_at, number, state
        self.begin(number)
        made, resume_at, next_page = self.inner["make_page"](*arguments)
        if self.to_lift:
            self.lifted |= dict.fromkeys(self.to_lift, number)
            self.begin(number)
            made, resume_at, next_page = self.inner["make_page"](*arguments)
        _settle(made, context.page_bottom)
        # A break that came earlier has taken those with it that stand behind it.
        passed = _path(resume_at)
        left = {
            path: figure
            for path, figure in {**self.waiting.get(number, {}), **self.deferred}.items()
            if path not in self.placed and (resume_at is not None and path < passed)
        }
        before = self.waiting.get(number + 1)
        self.waiting[number + 1] = left
        if before is not None and before.keys() != left.keys() and number < len(context.page_maker):
            context.page_maker[number][-1]["content_changed"] = True
        return made, resume_at, next_page

    def begin(self, number: int) -> None:
        """Begin a page."""
        self.number, self.height, self.opens = number, 0.0, False
        self.placed, self.deferred, self.feet, self.path, self.to_lift = set(), {}, {}, [], set()

    def in_flow_layout(
        self,
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: Any,
        page_is_empty: bool,
        *rest: Any,
    ) -> Any:
        """A block of a box: a figure that moves, one after which one waits, or any other."""
        self.path.append(index)
        try:
            return self.placed_layout(context, box, index, child, new_children, page_is_empty, *rest)
        finally:
            self.path.pop()

    def placed_layout(
        self,
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: Any,
        page_is_empty: bool,
        *rest: Any,
    ) -> Any:
        """The same, in its place."""
        call = FlowCall(context, box, index, child, new_children, page_is_empty, rest)
        if not _holds_figures(box) or context.in_column:
            return self.inner["_in_flow_layout"](*call.arguments)
        if not self.height:
            self.height = context.page_bottom - box.content_box_y()
        if not new_children:
            self.opens = index == 0 and call.skip_stack is None
            self.put_on_top(call)
        if (
            _is_done(child, call.skip_stack)
            or self.lifted.get(tuple(self.path), self.number + 1) <= self.number
        ):
            return self.kept_on(call, call.without_child())
        moved = self.moved(call)
        result = moved or self.inner["_in_flow_layout"](*call.arguments)
        return self.kept_on(call, result)

    def put_on_top(self, call: FlowCall) -> None:
        """Put what waits at the top of a page, as far as there is room."""
        here = tuple(self.path[:-1])
        lifted = {
            path: call.box.children[path[-1]]
            for path, number in self.lifted.items()
            if number == self.number and path[:-1] == here
        }
        for path, figure in {**self.waiting.get(self.number, {}), **lifted}.items():
            if path[:-1] != here:
                continue
            room = call.context.page_bottom - call.bottom_space - call.position_y
            made = self.laid_out(call, figure, call.position_y, is_top=not call.new_children)
            if call.new_children and made.margin_height() > room:
                break
            call.append(made)
            self.placed.add(path)

    def laid_out(self, call: FlowCall, figure: Any, position_y: float, *, is_top: bool) -> Any:
        """A figure as it is laid out where there is room enough; at the top of a page without the white above it."""
        figure = figure.copy_with_children(figure.children)
        figure.style = figure.style.copy()
        if is_top:
            figure.style["margin_top"] = Dimension(0, "px")
        figure.style["break_after"] = figure.style["break_inside"] = "avoid"
        figure.position_x, figure.position_y = call.child.position_x, position_y
        self.inner["resolve_percentages"](figure, call.box)
        made = block.block_level_layout(
            call.context, figure, -inf, None, call.box, False, call.absolute_boxes, call.fixed_boxes, []
        )[0]
        made.index = call.index
        setattr(made, _AT_TOP, True)
        return made

    def moved(self, call: FlowCall) -> Any:
        """What is given for a figure that moves away from here; None for one that stays, and for any other block."""
        path = tuple(self.path)
        self.deferred.pop(path, None)
        wish = _wish(call.child) if call.skip_stack is None else ""
        is_top = not call.new_children and call.page_is_empty
        if not wish or (is_top and not self.deferred):
            return None
        made = self.laid_out(call, call.child, call.position_y, is_top=False)
        self.inner["remove_placeholders"](call.context, [made], call.absolute_boxes, call.fixed_boxes)
        height = made.margin_height()
        room = call.context.page_bottom - call.bottom_space - call.position_y
        if path in self.feet:
            room += self.feet[path]
        if made.border_height() > self.height:
            return None
        waits = any(other[:-1] == path[:-1] and other < path for other in self.deferred)
        fits = height - made.margin_bottom <= room + _HAIR
        if fits and not waits:
            return self.at_foot(call, made, height, room) if wish == "page" else None
        is_hole = room > HOLE * self.height
        if not waits and (wish != "page" and (not is_hole or not _is_whole(call.child))):
            return None
        self.deferred[path] = call.child
        return call.without_child()

    def at_foot(self, call: FlowCall, made: Any, height: float, room: float) -> Any:
        """What is given for a figure at the foot of its page; None where hardly any text would stand above it."""
        path = tuple(self.path)
        height -= made.margin_bottom
        made.margin_bottom = 0
        is_last = call.index == len(call.box.children) - 1
        if is_last or room - height < 2 * made.style["font_size"] or height > (1 - _LEAST_TEXT) * self.height:
            return None
        if path not in self.feet:
            self.feet[path] = height
            call.context.page_bottom -= height
        setattr(made, _AT_TOP, False)
        setattr(made, _AT_FOOT, True)
        made.index = call.index
        call.new_children.append(made)
        return call.without_child()

    def kept_on(self, call: FlowCall, result: Any) -> Any:
        """A result for the last block of a box: what still waits then comes before the box ends."""
        abort, stop, resume_at, *others = result
        if stop and resume_at == {call.index: None} and call.skip_stack is not None:
            # Nothing of it stands below the figures at the top of the page: it goes on where it was.
            return abort, stop, {call.index: call.skip_stack}, *others
        here = tuple(self.path[:-1])
        waiting = {
            path
            for path in (*self.waiting.get(self.number, {}), *self.deferred)
            if path[:-1] == here and path not in self.placed
        }
        if abort or stop or not waiting or call.index != _last(call.box):
            return result
        if not self.opens and waiting <= self.deferred.keys():
            room = call.context.page_bottom - call.bottom_space - result[3]
            self.to_lift = waiting if room > HOLE * self.height else set()
        return abort, True, {call.index: {len(call.child.children): None}}, *others


def floated(rendering: Any, body: Any, names: Sequence[str]) -> Iterator[tuple[str, Any, str]]:
    """The figures of a document that stand behind text which comes after them: the name of their part, and how."""
    moved = {
        id(box.element)
        for made in rendering.pages
        for box in made._page_box.descendants()
        if getattr(box, _AT_TOP, False)
    }
    for name, part in zip(names, body, strict=False):
        yield from ((name, element, HOW) for element in part.iter("figure") if id(element) in moved)


def _holds_figures(box: Any) -> bool:
    """Whether a box is a chapter, or a section of one: what stands in a quotation stays there."""
    return box.element_tag in ("section", "article") and type(box) is boxes.BlockBox


def _wish(child: Any) -> str:
    """``page``, or ``auto`` for a figure with a caption; empty for what does not move."""
    if child.element_tag != "figure" or type(child) is not boxes.BlockBox:
        return ""
    wish = asked(child.style, FLOAT)
    inside = list(child.descendants())
    if wish not in ("auto", "page") or any(each.footnote for each in inside):
        return ""
    if wish == "auto" and not any(each.element_tag == "figcaption" for each in inside):
        return ""
    return wish


def _is_whole(figure: Any) -> bool:
    """Whether a figure is not parted between two pages."""
    inside = (figure, *(each for each in figure.descendants() if isinstance(each, boxes.TableBox)))
    return any(each.style["break_inside"] in ("avoid", "avoid-page") for each in inside)


def _is_done(child: Any, skip_stack: Any) -> bool:
    """Whether a block stands whole on the pages before; only what waits after it comes still."""
    return bool(skip_stack) and next(iter(skip_stack)) >= len(child.children)


def _last(box: Any) -> int:
    """The index of the last block in a box's flow."""
    return max((at for at, child in enumerate(box.children) if child.is_in_normal_flow()), default=-1)


def _path(resume_at: Any) -> Path:
    path: list[int] = []
    while resume_at:
        ((index, resume_at),) = list(resume_at.items())[:1]
        path.append(index)
    return tuple(path)


def _settle(made: Any, bottom: float) -> None:
    """Put figures to the foot of a page; in the order of reading, those at its top stand behind what goes on below."""
    feet = []
    for parent in list(made.descendants()):
        children = getattr(parent, "children", ())
        feet += [child for child in children if getattr(child, _AT_FOOT, False)]
        tops = [child for child in children if getattr(child, _AT_TOP, False)]
        if tops and len(children) > len(tops):
            others = [child for child in children if child not in tops]
            parent.children = [others[0], *tops, *others[1:]]
    for figure in feet:
        figure.translate(dy=bottom - figure.position_y)
        bottom += figure.margin_height()
