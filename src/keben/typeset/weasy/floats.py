"""Figures and tables that move: to the top of the next page, or to the foot of this one.

A style asks for it by ``--float``. ``auto``: a figure that has no room moves to the top of the next page where much of
this one would stay empty otherwise; the text goes on in its place. ``page``: it moves to the foot of its page where it
has room there, and else to the top of the next one. ``turned``: it has a page for itself, which lies on its side, and
more where it is long.

A figure that moves is a block of a chapter, not one of a quotation or a list, and calls no note. It stays in its
chapter and behind the figures before it. Where its chapter has no more text to fill the page, it goes to the top of
that page. Where a picture lacks a little of the room below another one at the top of a page, it is set smaller; so is a
picture without a caption, which stays where it is written, below the text.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import field
from typing import Any

from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.floatboxes import (
    AT_FOOT,
    AT_TOP,
    Path,
    holds_figures,
    is_done,
    is_over,
    is_whole,
    last_in_flow,
    may_be_smaller,
    nested,
    path_of,
    settle,
    wish_of,
    within,
)
from keben.typeset.weasy.floatlayout import HAIR, HOLE, FigureLayout
from keben.typeset.weasy.flowcalls import IN_FLOW, FlowCall
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "no-floats",
    wording("Figures and tables stay in their places, and pages before them may stay empty in part"),
    (
        IN_FLOW,
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (page, "set_page_type_computed_styles", "page_type html style_for"),
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

_LEAST_TEXT = 0.25
"""The share of a page that is left for text where figures stand at its foot."""

TURNED_PAGE = "turned"
"""The name, in styles, of a page that lies on its side."""


def figures_that_move() -> AbstractContextManager[None]:
    """Let figures move in what is laid out in the block, if `PATCH` is known. Not for several threads at once.

    It is asked for before others replace these functions.
    """
    return _moving() if PATCH.is_known() else nullcontext()


@contextmanager
def _moving() -> Iterator[None]:
    inner = {name: getattr(owner, name) for owner, name, _ in PATCH.functions}
    floats = _Floats(inner, FigureLayout(inner))
    with replaced(
        (block, "_in_flow_layout", floats.in_flow_layout),
        (page, "make_page", floats.make_page),
        (page, "set_page_type_computed_styles", floats.styles_of),
    ):
        yield


@dataclass(slots=True)
class _Floats:
    """The replaced functions, and which figures wait for the next page."""

    inner: dict[str, Any]
    """WeasyPrint's own, by name."""
    layout: FigureLayout
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
    stands: bool = False
    """Whether a figure stands in its text: none that comes later goes above it."""
    turned: Path = ()
    """The figure that a page is for alone."""
    ends: bool = False
    """Whether nothing else of the chapter is to come."""
    rests: dict[tuple[int, Path], Any] = field(default_factory=dict)
    """Where such a figure goes on, by the page and its place."""
    html: Any = None
    """The document."""

    def make_page(
        self, context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any
    ) -> Any:
        """A page, and the figures that wait for the next one."""
        turned = self.next_turned(number)
        if turned is not None:
            return self.make_turned_page(turned, context, root_box, page_type, resume_at, number, state)
        arguments = context, root_box, page_type, resume_at, number, state
        self.begin(number)
        made, resume_at, next_page = self.inner["make_page"](*arguments)
        if self.to_lift:
            self.lifted |= dict.fromkeys(self.to_lift, number)
            self.begin(number)
            made, resume_at, next_page = self.inner["make_page"](*arguments)
        settle(made, context.page_bottom)
        # A break that came earlier has taken those with it that stand behind it.
        passed = path_of(resume_at)
        left = {
            path: figure
            for path, figure in {**self.waiting.get(number, {}), **self.deferred}.items()
            if path not in self.placed and (resume_at is not None and path < passed)
        }
        self.leave(context, number, left)
        return made, resume_at, next_page

    def leave(self, context: Any, number: int, left: dict[Path, Any]) -> None:
        """Leave figures to the page after one; it is made again where it had others."""
        before = self.waiting.get(number + 1)
        self.waiting[number + 1] = left
        if before is not None and before.keys() != left.keys() and number < len(context.page_maker):
            context.page_maker[number][-1]["content_changed"] = True

    def next_turned(self, number: int) -> Path | None:
        """The place of a figure that has a page for itself; None where a page has text."""
        path, figure = next(iter(self.waiting.get(number, {}).items()), (None, None))
        return path if figure is not None and wish_of(figure) == "turned" else None

    def make_turned_page(
        self, path: Path, context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any
    ) -> Any:
        """A page that lies on its side, with what it takes of one figure; the text goes on after it."""
        self.begin(number)
        self.turned, self.ends = path, is_over(root_box, resume_at, path)
        kind = page_type._replace(name=TURNED_PAGE)
        page.set_page_type_computed_styles(kind, self.html, context.style_for)
        begin = nested(path, self.rests.get((number, path)))
        made, after, following = self.inner["make_page"](context, root_box, kind, begin, number, state)
        self.turned = ()
        left = dict(self.waiting[number])
        rest = within(after, path)
        if rest is not None:
            self.rests[number + 1, path] = rest
        else:
            del left[path]
        self.leave(context, number, left)
        if self.ends and not left:
            # Nothing else of the chapter is to come: the next one begins, or the book ends.
            return made, after, following
        return made, resume_at, {"break": "any", "page": page_type.name}

    def styles_of(self, page_type: Any, html: Any, style_for: Any) -> None:
        """Work out the styles of a page; the document is kept for those that come between."""
        self.html = html
        self.inner["set_page_type_computed_styles"](page_type, html, style_for)

    def begin(self, number: int) -> None:
        """Begin a page."""
        self.number, self.height, self.opens, self.stands, self.turned = number, 0.0, False, False, ()
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
        if not holds_figures(box) or context.in_column:
            return self.inner["_in_flow_layout"](*call.arguments)
        if not self.height:
            self.height = context.page_bottom - box.content_box_y()
        if self.turned:
            return self.alone(call)
        if not new_children:
            self.opens = index == 0 and call.skip_stack is None
            self.put_on_top(call)
        if (
            is_done(child, call.skip_stack)
            or self.lifted.get(tuple(self.path), self.number + 1) <= self.number
        ):
            return self.kept_on(call, call.without_child())
        moved = self.moved(call)
        self.stands |= moved is None and child.element_tag == "figure"
        result = moved or self.inner["_in_flow_layout"](*call.arguments)
        return self.kept_on(call, result)

    def alone(self, call: FlowCall) -> Any:
        """What is given for a block of the chapter on a page that one figure is alone on."""
        path = tuple(self.path)
        if path != self.turned:
            return (
                call.without_child()
                if path[:-1] == self.turned[:-1]
                else self.inner["_in_flow_layout"](*call.arguments)
            )
        result = self.inner["_in_flow_layout"](*call.arguments)
        abort, stop, _, *others = result
        for made in call.new_children:
            setattr(made, AT_TOP, True)
        if abort or stop or self.ends:
            return result
        return abort, True, {call.index + 1: None}, *others

    def put_on_top(self, call: FlowCall) -> None:
        """Put what waits at the top of a page, as far as there is room."""
        here = tuple(self.path[:-1])
        lifted = {
            path: call.box.children[path[-1]]
            for path, number in self.lifted.items()
            if number == self.number and path[:-1] == here
        }
        for path, figure in {**self.waiting.get(self.number, {}), **lifted}.items():
            if path[:-1] != here or wish_of(figure) == "turned":
                continue
            room = call.context.page_bottom - call.bottom_space - call.position_y
            made = self.layout.laid_out(call, figure, call.position_y, is_top=not call.new_children)
            if call.new_children and made.margin_height() > room:
                made = self.layout.made_smaller(call, figure, made, room, self.height)
            if made is None:
                break
            call.append(made)
            self.placed.add(path)

    def moved(self, call: FlowCall) -> Any:
        """What is given for a figure that moves away from here; None for one that stays, and for any other block."""
        path = tuple(self.path)
        self.deferred.pop(path, None)
        wish = wish_of(call.child) if call.skip_stack is None else ""
        if wish == "turned":
            self.deferred[path] = call.child
            return call.without_child()
        is_top = not call.new_children and call.page_is_empty
        if not wish:
            return None if is_top or call.skip_stack is not None else self.fitted(call)
        if is_top and not self.deferred:
            return None
        made = self.layout.laid_out(call, call.child, call.position_y, is_top=False)
        self.inner["remove_placeholders"](call.context, [made], call.absolute_boxes, call.fixed_boxes)
        height = made.margin_height()
        room = call.context.page_bottom - call.bottom_space - call.position_y
        if path in self.feet:
            room += self.feet[path]
        if made.border_height() > self.height:
            return None
        waits = any(
            other[:-1] == path[:-1] and other < path and wish_of(figure) != "turned"
            for other, figure in self.deferred.items()
        )
        fits = height - made.margin_bottom <= room + HAIR
        if fits and not waits:
            return self.at_foot(call, made, height, room) if wish == "page" else None
        is_hole = room > HOLE * self.height
        if not waits and (wish != "page" and (not is_hole or not is_whole(call.child))):
            return None
        small = None
        if not waits and call.index == last_in_flow(call.box):
            small = self.layout.made_smaller(call, call.child, made, room, self.height)
        if small is None:
            self.deferred[path] = call.child
        else:
            setattr(small, AT_TOP, False)
            call.append(small)
        return call.without_child()

    def fitted(self, call: FlowCall) -> Any:
        """What is given for a picture that stays, and has room enough where it is set a little smaller; else None."""
        if self.deferred or not may_be_smaller(call.child):
            return None
        small = self.layout.fitted(call, self.height)
        if small is None:
            return None
        call.append(small)
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
        setattr(made, AT_TOP, False)
        setattr(made, AT_FOOT, True)
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
        if abort or stop or not waiting or call.index != last_in_flow(call.box):
            return result
        wishes = {wish_of(self.deferred.get(path)) for path in waiting}
        if not self.opens and not self.stands and wishes.isdisjoint(("", "turned")):
            room = call.context.page_bottom - call.bottom_space - result[3]
            self.to_lift = waiting if room > HOLE * self.height else set()
        return abort, True, {call.index: {len(call.child.children): None}}, *others
