"""Entries of a contents page: what stands around their titles, and how far in their other lines begin.

A title is set as a paragraph is (`keben.typeset.lines.entries`). The label before it, and the number of the page with
what leads to it, are laid out by WeasyPrint. The lines that an entry goes on with begin below its title, behind the
label, or one character further in than an entry without a label (悬挂缩进): the next entry is seen at a glance.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import inline  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.properties import ENTRY, asked
from keben.typeset.weasy.inside import Patch, replaced, rewritten
from keben.typeset.weasy.plans import Widths, leave_alone

PATCH = Patch(
    "entries-not-turned",
    wording("Long entries of the contents go on at the edge"),
    ((inline, "handle_leader", "context line containing_block"),),
    "notice",
)

_LEADER = 2.0
"""em: the least that leads from a title to its number."""

_DEEPEST = 1 / 3
"""Of the measure: a label that is wider is no indent for the lines below it."""

_LED = (
    """        extra_width = containing_block.width - sum(
""",
    """        extra_width = containing_block.width - next(
            (child.position_x - line.position_x for child in line.children
             if child.is_in_normal_flow()), 0) - sum(
""",
)
"""A line may begin further in than its block."""


@contextmanager
def leaders_of_turned_lines() -> Iterator[None]:
    """Draw leaders to the edge in lines that begin further in, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    with replaced((inline, "handle_leader", rewritten(inline.handle_leader, _LED))):
        yield


@dataclass(frozen=True, slots=True)
class AroundTitle:
    """What stands around a title, in pixels."""

    head: float
    """What the label takes, with the space behind it."""
    tail: float
    """What the number takes, with the least that leads to it."""
    em: float

    def indent(self, width: float) -> float:
        """How far in the lines below the first one begin, which has a width."""
        return self.head if 0 < self.head <= _DEEPEST * width else self.em


def entry_of(box: Any, widths: Widths) -> AroundTitle | None:
    """What stands around the title that a line box holds; None where it is no entry that begins at its edge.

    Its label and its number are left alone from then on.
    """
    style = box.style
    is_asked = asked(style, ENTRY) == "turned" and style["text_align_all"] not in ("center", "right", "end")
    if not is_asked or not PATCH.is_known():
        return None
    parts = list(_parts(box))
    numbers = [part for part, kind in parts if kind == "tail"]
    if not numbers or not any(kind == "title" for _, kind in parts):
        return None
    first = next(at for at, (_, kind) in enumerate(parts) if kind == "title")
    labels = [part for part, _ in parts[:first]] if any(kind == "label" for _, kind in parts[:first]) else []
    for part in (*labels, *numbers):
        leave_alone(part)
    is_led = any(part.is_leader for number in numbers for part in number.descendants())
    return AroundTitle(
        head=sum(_width(part, widths) for part in labels),
        tail=sum(_width(part, widths) for part in numbers)
        + (_LEADER * style["font_size"] if is_led else 0.0),
        em=style["font_size"],
    )


def _parts(box: Any) -> Iterator[tuple[Any, str]]:
    """The boxes of an entry in order, and what each is: ``label``, ``blank``, ``title`` or ``tail``."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if child.text:
                yield child, "title" if child.text.strip() else "blank"
        elif not isinstance(child, boxes.InlineBox):
            yield child, "title"
        elif (child.element_tag or "").endswith("::after"):
            yield child, "tail"
        elif child.element is not None and "label" in (child.element.get("class") or "").split():
            yield child, "label"
        else:
            yield from _parts(child)


def _width(box: Any, widths: Widths) -> float:
    """How wide a box and what is in it are, in pixels."""
    if isinstance(box, boxes.TextBox):
        return _text_width(box.style, box.text, widths)
    beside = (
        box.style[name]
        for side in ("left", "right")
        for name in (f"margin_{side}", f"padding_{side}", f"border_{side}_width")
    )
    around = sum(0.0 if value == "auto" else float(getattr(value, "value", value)) for value in beside)
    return around + sum(_width(child, widths) for child in getattr(box, "children", ()))


def _text_width(style: Any, text: str, widths: Widths) -> float:
    if style["letter_spacing"] in ("normal", 0):
        return widths.of(style, text)[0]
    # Widths are kept by the font alone.
    layout = line_break.Layout(style)
    layout.set_text(text)
    return float(line_break.line_size(layout.get_first_line()[0], style)[0])
