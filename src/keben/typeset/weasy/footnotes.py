"""Notes at the foot of the page that calls them: WeasyPrint's functions that place them, replaced for a while.

How much of a note stands on which page is decided in `noteplaces`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from functools import partial, wraps
from typing import Any

from weasyprint import layout  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes, build  # type: ignore[import-untyped]
from weasyprint.layout import LayoutContext, block, column, page  # type: ignore[import-untyped]

from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.weasy.inside import Patch, replaced, rewritten
from keben.typeset.weasy.noteparts import beginning_of, lay_out_part, part_of
from keben.typeset.weasy.noteplaces import NotePlaces, notes_of
from keben.typeset.weasy.standins import placed

# Where a paragraph below the last line of a page cannot be broken, WeasyPrint 70 makes room by moving notes of lines
# above it to the next page, whatever their `footnote-policy` says.
_MOVES = "report = not context.in_column and can_break_now and not could_break_before", "report = False"

# Rounded numbers are compared: notes that just fill their area are said not to fit, and half a page stays empty. What
# is given is by how much they do not.
_FULL = (
    "overflow = last_child_bottom > footnote_area_bottom",
    "overflow = max(0, last_child_bottom - footnote_area_bottom - .01)",
)

# Where a note does not fit, the one who places it knows where its line ends.
_PLACED = (
    """\
                overflow = context.layout_footnote(footnote)
                new_footnotes.append(footnote)
                overflow = (
                    overflow or
                    context.reported_footnotes or
                    context.overflows_page(bottom_space, new_position_y + offset_y))
""",
    """\
                new_footnotes.append(footnote)
                overflow = context.layout_footnote(
                    footnote, line, new_position_y + offset_y, bottom_space,
                    bool(new_children or not page_is_empty), resume_at is not None)
""",
)

_HAIR = 0.5

_ATTEMPTS = 5
"""How often columns are laid out until the notes that they call stand below them."""

_REPLACED = (
    (block, "block_level_layout", "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes "
     "fixed_boxes adjoining_margins first_letter_style first_line_style discard max_lines"),
    (block, "columns_layout", "context box bottom_space skip_stack containing_block page_is_empty absolute_boxes "
     "fixed_boxes adjoining_margins first_letter_style first_line_style"),
    (block, "remove_placeholders", "context box_list absolute_boxes fixed_boxes"),
    (column, "_report_footnotes", "context footnotes_height"),
    (page, "make_page", "context root_box page_type resume_at page_number page_state"),
    (page, "remake_page", "index context root_box html"),
    (layout, "make_all_pages", "context root_box html pages"),
    (LayoutContext, "layout_footnote", "self footnote"),
)  # fmt: skip
"""Functions that are replaced, or called by those that replace them."""

_REWRITTEN = (
    (block, "_linebox_layout", "context box index child new_children page_is_empty absolute_boxes fixed_boxes "
     "adjoining_margins bottom_space position_y skip_stack first_letter_style first_line_style draw_bottom_decoration "
     "max_lines"),
    (LayoutContext, "_update_footnote_area", "self"),
)  # fmt: skip

PATCH = Patch(
    "notes-not-kept", wording("Notes may be moved to the page after their call"), (*_REPLACED, *_REWRITTEN)
)


@contextmanager
def notes_that_stay() -> Iterator[Callable[[int], None]]:
    """Place notes so in what is laid out in the block, if `PATCH` is known. Not for several threads at once.

    Gives what says of a page, by its number, that no note goes on behind it: for one that is laid out by other means.
    """
    if not PATCH.is_known():
        yield lambda _number: None
        return
    notes = _Notes({name: getattr(owner, name) for owner, name, _ in _REPLACED})
    with replaced(
        (block, "_linebox_layout", _lines()),
        (LayoutContext, "_update_footnote_area", _area()),
        (LayoutContext, "layout_footnote", notes.layout_footnote()),
        (block, "block_level_layout", notes.block()),
        (page, "block_level_layout", notes.block_of_page),
        (block, "columns_layout", notes.columns()),
        (column, "_report_footnotes", notes.below_columns),
        (page, "make_page", notes.make_page),
        (page, "remake_page", notes.remake_page),
        (layout, "make_all_pages", notes.make_all_pages),
    ):
        yield notes.end_at


class _NotesAlone(page.PageType):  # type: ignore[misc]
    """A page that only notes go on on: it looks like any other, and takes nothing of the text, as a blank page does."""

    blank = True


@dataclass(slots=True)
class _Notes:
    """The functions that replace others."""

    inner: dict[str, Any]
    """WeasyPrint's own, by name."""
    places: NotePlaces = field(default_factory=NotePlaces)
    left: dict[int, list[Any]] = field(default_factory=dict)
    """What goes on on the next page, by the number of a page. Not all pages are laid out again when one is."""
    coming: list[Any] = field(default_factory=list)
    """What goes on on the page that is laid out."""
    after: Any = None
    """On a page of notes alone: the break that comes after it."""
    name: Any = None
    """The name of the last page's type."""
    body: Any = None
    """The text of the page."""
    reserved: float = 0.0
    """What columns leave free for notes, more than they would by themselves."""
    lacking: float = 0.0
    """What more they must leave free."""
    may_lack: bool = False
    """Whether they can be laid out once more."""

    def end_at(self, number: int) -> None:
        """Let no note go on behind a page."""
        self.left.pop(number, None)

    def layout_footnote(self) -> Callable[..., Any]:
        """A method for a context: adds a note to a page, and says whether there is no room for it."""

        def layout_footnote(
            context: Any,
            footnote: Any,
            line: Any = None,
            bottom: float = 0.0,
            space: float = 0.0,
            may_move: bool = False,
            goes_on: bool = False,
        ) -> bool:
            context.footnotes.remove(footnote)
            context.current_page_footnotes.append(footnote)
            if line is None:
                self.places.go_on(context, footnote)
                return False
            may_move = may_move and footnote.style["footnote_policy"] != "auto"
            return self.places.begin(
                context, footnote, line, bottom, space, may_move=may_move, goes_on=goes_on
            )

        return layout_footnote

    def block(self) -> Callable[..., Any]:
        """A function that lays out a block; a part of a note where it is one."""
        inner = self.inner["block_level_layout"]

        @wraps(inner)
        def block_level_layout(context: Any, box: Any, *rest: Any, **more: Any) -> Any:
            part = part_of(box)
            if part is not None:
                return lay_out_part(partial(inner, context, box), part, context, box, *rest, **more)
            is_kept = isinstance(box, boxes.TableBox) or any(
                box.style[name] in ("avoid", "avoid-page") for name in ("break_inside", "break_after")
            )
            self.places.kept += is_kept
            try:
                return inner(context, box, *rest, **more)
            finally:
                self.places.kept -= is_kept

        return block_level_layout

    def columns(self) -> Callable[..., Any]:
        """A function that lays out columns: shorter ones, where notes of theirs would have no room below them."""
        inner = self.inner["columns_layout"]

        @wraps(inner)
        def columns_layout(context: Any, box: Any, bottom_space: float, *rest: Any) -> Any:
            self.reserved = 0.0
            for attempt in reversed(range(_ATTEMPTS)):
                self.lacking, self.may_lack = 0.0, bool(attempt)
                before = context.page_bottom, context.excluded_shapes[:]
                result = inner(context, box, bottom_space + self.reserved, *rest)
                if not self.lacking or result[0] is None:
                    break
                self.inner["remove_placeholders"](context, [result[0]], rest[3], rest[4])
                context.page_bottom, context.excluded_shapes[:] = before
                self.reserved += self.lacking
            return result

        return columns_layout

    def below_columns(self, context: Any, footnotes_height: float) -> None:
        """Take from a page what its columns leave no room for: the ends of notes, and whole notes only then."""
        height = footnotes_height + self.reserved
        lacking = self.places.fit_below_columns(context, height)
        if lacking > _HAIR and self.may_lack:
            self.lacking = lacking
        else:
            self.inner["_report_footnotes"](context, height + _HAIR)

    def block_of_page(self, context: Any, box: Any, *rest: Any, **more: Any) -> Any:
        """The text of a page, or its notes."""
        inner = self.inner["block_level_layout"]
        if isinstance(box, boxes.FootnoteAreaBox):
            self.left[context.current_page] = self.places.end_page(context, self.body)
            context.reported_footnotes = list(self.left[context.current_page])
            box = build.create_anonymous_boxes(context.current_footnote_area.deepcopy())
        result = inner(context, box, *rest, **more)
        if box.is_for_root_element and result[0] is not None:
            self.body = result[0]
        return result

    def make_page(
        self, context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any
    ) -> Any:
        """A page, with what goes on on it."""
        context.reported_footnotes = list(self.coming)
        self.places.begin_page()
        self.name = page_type.name
        if self.after is None:
            return self.inner["make_page"](context, root_box, page_type, resume_at, number, state)
        alone = _NotesAlone(*page_type)
        made, resume_at, _ = self.inner["make_page"](context, root_box, alone, resume_at, number, state)
        return made, resume_at, self.after

    def remake_page(self, index: int, context: Any, root_box: Any, html: Any) -> Any:
        """A page and the beginning of the next one, which is of notes alone where text must not follow these."""
        item = resume_at, next_page, *others = context.page_maker[index]
        self.coming = self.left.get(index, [])
        self.after = None
        context.reported_footnotes = []
        if self.coming and (resume_at is None or next_page["break"] != "any"):
            self.after = next_page
            name = self.name if resume_at is not None else None
            context.page_maker[index] = resume_at, {"break": "any", "page": name}, *others
        before = self.left.get(index + 1, [])
        try:
            result = self.inner["remake_page"](index, context, root_box, html)
        finally:
            context.page_maker[index] = item
        left = self.left[index + 1]
        if list(notes_of(left)) != list(notes_of(before)) or (left and result[1] is None):
            context.page_maker[index + 1][-1]["content_changed"] = True
        return result

    def make_all_pages(self, context: Any, root_box: Any, html: Any, pages: Any) -> Any:
        """All pages; the last one of the text is made again where notes go on after it."""
        for number, left in self.left.items():
            if left and number < len(context.page_maker) and context.page_maker[number][0] is None:
                context.page_maker[number - 1][-1]["content_changed"] = True
        return self.inner["make_all_pages"](context, root_box, html, pages)


def notes_apart(rendering: Any, name: str) -> tuple[Finding, ...]:
    """A warning for each note that does not begin at the foot of the page that calls it: there is no room for it."""
    pages: dict[str, dict[Any, int]] = {"footnote-call": {}, "footnote-marker": {}}
    beginnings: dict[Any, str] = {}
    for number, made in enumerate(rendering.pages, 1):
        for part, note, begin in _notes_on(made._page_box):
            pages[part].setdefault(note, number)
            beginnings[note] = begin
    findings = []
    for note, called in pages["footnote-call"].items():
        printed = pages["footnote-marker"].get(note, called)
        if printed != called:
            message = wording(
                "The note “{begin}…” is on page {printed}, its call on page {called}.",
                begin=beginnings[note],
                printed=printed,
                called=called,
            )
            advice = wording("Shorten the notes of that page, or put them into the text.")
            findings.append(Finding(Place(name), "note-apart", message, advice, "warning"))
    return tuple(findings)


def _notes_on(page_box: Any) -> Iterator[tuple[str, Any, str]]:
    """What a page has of notes: their calls or their marks, what tells each from others, and how it begins."""
    stands_for = placed(page_box)
    if stands_for is not None:
        for part, place, begin in stands_for.page.notes:
            yield part, (id(stands_for.chapter), place), begin
        return
    for box in page_box.descendants():
        _, _, part = (box.element_tag or "").partition("::")
        if part in ("footnote-call", "footnote-marker"):
            yield part, box.element, beginning_of(box.element)


def _lines() -> Any:
    return rewritten(block._linebox_layout, _MOVES, _PLACED)


def _area() -> Any:
    return rewritten(LayoutContext._update_footnote_area, _FULL)
