"""Chinese lines in WeasyPrint's layout: its private functions that break and justify a line, in one place.

WeasyPrint asks `split_inline_box` for each line of a paragraph, that asks `split_text_box` for each text in it, and
`justify_line` spreads the words. For paragraphs with Chinese in them these are replaced while a document is laid out:
where its lines end is worked out for the paragraph as a whole (`breaking`), each text is cut there, and the line's
boxes and glyphs are set to the measure (`spacing`). What Keben does not know (floats, leaders, pictures in a line,
right-to-left text) is left to WeasyPrint.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import inline, preferred  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]

from keben.core.paper import Kinsoku
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.lines.breaking import Line
from keben.typeset.lines.entries import entry_line
from keben.typeset.lines.marks import WIDE, RegionMarks, classes, marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph
from keben.typeset.lines.spacing import space
from keben.typeset.lines.words import HAN
from keben.typeset.properties import LINES, asked
from keben.typeset.weasy.entries import AroundTitle, entry_of
from keben.typeset.weasy.glyphs import HyphenatedLayout, SpacedLayout
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.placing import is_set, set_line, strip_end
from keben.typeset.weasy.plans import (
    LinePlan,
    UnknownError,
    Widths,
    is_alone,
    is_drawing,
    is_odd,
    is_reading,
    leaves_of,
    margins_of,
    plan_of,
)
from keben.typeset.weasy.preformatted import code_end, code_text, indent_of, is_preformatted
from keben.typeset.weasy.textlines import BUILT_UPON, TextLines

REPLACED = (
    (
        inline,
        "split_inline_box",
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes fixed_boxes "
        "line_placeholders waiting_floats line_children first_letter_style first_line_style",
    ),
    (inline, "split_text_box", "context box available_width skip is_line_start"),
    (inline, "justify_line", "context line extra_width"),
    (
        preferred,
        "split_first_line",
        "text style context max_width justification_spacing is_line_start minimum",
    ),
)
"""WeasyPrint's functions that are replaced while a document is laid out: who calls them, and their parameters."""

_NOTHING = -1
"""Where a text ends in a line that it does not begin in."""

PATCH = Patch(
    "lines-not-set",
    wording("Chinese lines are not set"),
    (
        *REPLACED,
        *BUILT_UPON,
        # What `glyphs.SpacedLayout` overrides or calls.
        (line_break.Layout, "__init__", "self style justification_spacing max_width"),
        (line_break.Layout, "setup", "self style"),
        (line_break.Layout, "set_text", "self text justify"),
        (line_break.Layout, "get_first_line", "self"),
        (line_break.Layout, "deactivate", "self"),
        (line_break.Layout, "reactivate", "self style"),
    ),
)


@contextmanager
def chinese_lines(kinsoku: Kinsoku = "gb", *, vertical: bool = False) -> Iterator[None]:
    """Set Chinese lines in what is laid out in the block, if `PATCH` is known. Not for several threads at once.

    ``vertical``: they are columns of pages that lie on their side.
    """
    if not PATCH.is_known():
        yield
        return
    setting = _Setting(kinsoku, vertical)
    setting.inner = {name: getattr(module, name) for module, name, _ in REPLACED}
    with replaced(*((module, name, getattr(setting, name)) for module, name, _ in REPLACED)):
        yield


@dataclass(slots=True)
class _Setting:
    """The replaced functions."""

    kinsoku: Kinsoku
    vertical: bool = False
    inner: Mapping[str, Any] = field(default_factory=dict)
    """WeasyPrint's own, by name."""
    fences: dict[int, int] | None = None
    """While a line is cut: where texts end in it, in bytes, by the box's identity."""
    has_hyphen: bool = False
    """While a line is cut: whether it ends with a hyphen."""
    plans: dict[int, tuple[Any, LinePlan]] = field(default_factory=dict)
    """Of the paragraphs that are being laid out, by their box's identity. A box's own attributes go into its copies."""
    widths: Widths = field(default_factory=Widths)
    texts: TextLines = field(init=False)
    sizes: dict[tuple[object, ...], tuple[Any, Any]] = field(default_factory=dict)
    """What `split_first_line` found, with the style, by the identity of that and by all that is asked."""
    is_torn: bool = False
    """While a line is cut that was too long."""
    code_cut: tuple[Any, int] | None = None
    """While a line of code is cut: the text that it ends in, and after how many bytes; a text of None: after all."""

    def __post_init__(self) -> None:
        self.texts = TextLines(self.widths)

    def split_inline_box(
        self,
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,
        *rest: Any,
    ) -> Any:
        """A line, or WeasyPrint's own of what is inside one."""
        split = self.inner["split_inline_box"]
        arguments = (bottom_space, skip_stack, *rest)
        if self.fences is not None or not isinstance(box, boxes.LineBox) or max_x == inf:
            return split(context, box, position_x, max_x, *arguments)
        if is_preformatted(box):
            indent = min(indent_of(box, skip_stack, self.widths), (max_x - position_x) / 2)
            return self.code_line(context, box, position_x + indent, max_x, *arguments)
        is_plain = not context.excluded_shapes and not any(rest[-2:])
        entry = entry_of(box, self.widths) if is_plain else None
        plan = self.plan(box, max_x - box.position_x) if is_plain else None
        start = _begin(plan, box, skip_stack) if plan else None
        if entry is not None and skip_stack is not None:
            position_x += entry.indent(max_x - position_x)
        if plan is None or start is None:
            return self.own_line(context, box, position_x, max_x, *arguments)
        width = max_x - position_x
        line = _line_of(box, plan, entry, start, (width, max_x - box.position_x))
        leaf, offset = next((leaf, at) for leaf, at in reversed(plan.leaves) if at < line.end)
        ends_box = line.end < len(plan.text.text)
        end = leaf.text[: line.end - offset]
        if end == leaf.text and id(leaf) in plan.readings:
            # The line goes on to the reading of its last character.
            leaf = plan.readings[id(leaf)]
            end = leaf.text
        self.fences = {id(leaf): len(end.encode())} if ends_box else {}
        after = plan.leaf_at(line.end) if ends_box and is_drawing(leaf) else None
        if after is not None:
            # WeasyPrint ends a line in a text only: in the one behind the formula, before its first character.
            self.fences = {id(after): _NOTHING}
        self.has_hyphen = line.hyphen > 0
        try:
            only = self.texts.only(box, plan)
            result = (
                self.text_line(context, box, only, position_x, skip_stack, rest[0])
                if only is not None
                else None
            ) or split(context, box, position_x, inf, *arguments)
        finally:
            self.fences = None
        if after is not None:
            result = (result[0], _rewound(result[1]), *result[2:])
        made, resume_at, preserved = result[:3]
        strip_end(made)
        align = _alignment(box.style, last=resume_at is None or preserved)
        if line.end == len(plan.text.text):
            # Numbers for every character of a book would be a lot to keep.
            del self.plans[id(box)]
        if line.last > line.first:
            is_flush = align == "justify" and not plan.is_ragged
            set_line(made, plan.text, line, space(plan.text, line, width, justify=is_flush), position_x)
        return result

    def text_line(
        self, context: Any, box: Any, child: Any, position_x: float, skip_stack: Any, containing_block: Any
    ) -> Any:
        """What `split_inline_box` gives of a line that is one text; None where nothing of it is in the line."""
        skip = next(iter((skip_stack[0] or {0: None}).keys())) if skip_stack else 0
        self.texts.ready(box, child, position_x, containing_block)
        made, resume_at, preserved = self.split_text_box(context, child, inf, skip or 0)
        if made is None:
            return None
        line = self.texts.line(box, made, skip_stack, resume_at)
        floats = {"left": 0, "right": 0}
        return line, None if resume_at is None else {0: {resume_at: None}}, preserved, None, None, floats

    def code_line(
        self,
        context: Any,
        box: Any,
        position_x: float,
        max_x: float,
        bottom_space: float,
        skip_stack: Any,
        *rest: Any,
    ) -> Any:
        """A line of code, which is parted where its text as a whole may be."""
        self.code_cut = code_end(box, skip_stack, context, max_x - position_x)
        arguments = (bottom_space, skip_stack, *rest)
        if self.code_cut is None:
            return self.own_line(context, box, position_x, max_x, *arguments)
        try:
            return self.inner["split_inline_box"](context, box, position_x, inf, *arguments)
        finally:
            self.code_cut = None

    def own_line(self, context: Any, box: Any, position_x: float, max_x: float, *rest: Any) -> Any:
        """WeasyPrint's own line; where that is too long, its text is parted anywhere, not at a line's start only."""
        split = self.inner["split_inline_box"]
        # What is found out of the line's flow is put into these lists, and must not be twice.
        found = [len(each) for each in rest[3:7]]
        result = split(context, box, position_x, max_x, *rest)
        is_long = result[0].width > max_x - position_x + 1
        is_again = found == [len(each) for each in rest[3:7]]
        if not is_long or not is_again or box.style["overflow_wrap"] == "normal":
            return result
        rest[7].clear()
        self.is_torn = True
        try:
            return split(context, box, position_x, max_x, *rest)
        finally:
            self.is_torn = False

    def split_text_box(
        self, context: Any, box: Any, available_width: Any, skip: int, is_line_start: bool = True
    ) -> Any:
        """A text up to where the line ends, without asking Pango."""
        if self.fences is None:
            split = self.inner["split_text_box"]
            if self.code_cut is not None:
                return code_text(split, self.code_cut, context, box, skip)
            return split(context, box, available_width, skip, is_line_start or self.is_torn)
        if is_alone(box):
            return self.inner["split_text_box"](context, box, inf, skip, is_line_start)
        data = box.text.encode()
        if not box.style["font_size"] or not data[skip:]:
            return None, None, False
        end = self.fences.get(id(box))
        if end == _NOTHING:
            return None, len(box.text[0].encode()), False
        piece = data[skip:end].decode()
        preserved = piece.endswith("\n")
        resume_at = end
        if preserved:
            piece = piece[:-1]
        if not piece:
            return None, resume_at, preserved
        made = box.copy_with_text(piece)
        is_hyphenated = self.has_hyphen and end is not None
        made.pango_layout = (HyphenatedLayout if is_hyphenated else SpacedLayout)(piece, box.style)
        made.width = self.widths.of(box.style, piece)[0] if is_reading(box) else 0.0
        _, made.height, baseline = self.widths.of(box.style, HAN if WIDE in classes(piece) else "x")
        half_leading = (self.widths.strut(box.style)[0] - made.height) / 2
        made.margin_top = made.margin_bottom = half_leading
        made.baseline = baseline + half_leading
        return made, resume_at, preserved

    def justify_line(self, context: Any, line: Any, extra_width: float) -> None:
        """Nothing for a line that is set already."""
        if not is_set(line):
            self.inner["justify_line"](context, line, extra_width)

    def split_first_line(
        self, text: str, style: Any, context: Any, max_width: Any, *rest: Any, **more: Any
    ) -> Any:
        """The width of a text, for a column or a box that is made as wide as what is in it."""
        key = (id(style), text, max_width, rest, tuple(more.items()))
        kept = self.sizes.get(key)
        if kept is None or kept[0] is not style:
            found = self.size(text, style, context, max_width, *rest, **more)
            # Running heads and folios are measured again on each page; nobody asks for the layout itself.
            kept = self.sizes[key] = style, (None, *found[1:])
        return kept[1]

    def size(self, text: str, style: Any, context: Any, max_width: Any, *rest: Any, **more: Any) -> Any:
        """What `split_first_line` finds, not kept."""
        found = self.inner["split_first_line"](text, style, context, max_width, *rest, **more)
        if max_width is not None or found[2] is not None or is_odd(style) or WIDE not in classes(text):
            return found
        piece = LinePiece(text, style["font_size"], self.widths.measure(style))
        width = paragraph([piece], self.marks(style)).at[-1]
        return (*found[:3], width, *found[4:])

    def marks(self, style: Any) -> RegionMarks:
        """The marks of a style's language."""
        return marks_of(style["lang"] or "", self.kinsoku, vertical=self.vertical)

    def plan(self, box: Any, width: float) -> LinePlan | None:
        """The plan of a paragraph, kept while it is laid out; None for one that is left to WeasyPrint."""
        try:
            leaves = tuple(leaves_of(box)) if box.style["direction"] == "ltr" else ()
        except UnknownError:
            return None
        _, known = self.plans.get(id(box), (None, None))
        # The number of a page in a reference is known only when all pages were laid out once.
        if known is not None and known.is_of(leaves):
            return known
        plan = plan_of(leaves, self.marks(box.style), width, self.widths, dict(margins_of(box)))
        if plan is None or (box.style["white_space"] == "nowrap" and plan.text.at[-1] > width):
            # A head that is too long for its one line is cut off by WeasyPrint, with an ellipsis.
            return None
        self.plans[id(box)] = box, plan
        return plan


def _line_of(
    box: Any, plan: LinePlan, entry: AroundTitle | None, start: int, widths: tuple[float, float]
) -> Line:
    """The line from a character on; ``widths``: its own, and that of the ones after it."""
    if entry is not None:
        return entry_line(plan.text, start, widths[0] - (0 if start else entry.head), entry.tail)
    align, even = box.style["text_align_all"], asked(box.style, LINES) == "even"
    return plan.line(start, *widths, align, even=even)


def _begin(plan: LinePlan, box: Any, skip_stack: Any) -> int | None:
    """The character that a skip stack leads to; None for the end of the paragraph."""
    if skip_stack is None:
        return 0
    here, stack = box, skip_stack
    while not isinstance(here, boxes.TextBox) and not is_drawing(here):
        if stack is None:
            here = next(iter(leaves_of(here)), None)
            if here is None:
                return None
            break
        ((index, stack),) = stack.items()
        if index >= len(here.children):
            return None
        here = here.children[index]
    offset = 0
    if stack is not None:
        ((skip, _),) = stack.items()
        offset = len(here.text.encode()[: skip or 0].decode())
    start = next((at for leaf, at in plan.leaves if leaf is here), None)
    return None if start is None or start + offset >= len(plan.text.text) else start + offset


def _rewound(resume_at: Any) -> Any:
    """A skip stack that leads to the first character of the text that it leads into."""
    if resume_at is None:
        return None
    ((index, below),) = resume_at.items()
    return {index: _rewound(below)} if below is not None else {0: None}


def _alignment(style: Any, *, last: bool) -> str:
    align: str = style["text_align_all"]
    if last and style["text_align_last"] != "auto":
        align = style["text_align_last"]
    return "start" if last and align == "justify" and style["text_align_last"] == "auto" else align
