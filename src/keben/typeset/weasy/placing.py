"""A line's boxes and glyphs, set where its spacing puts them: in place, as WeasyPrint keeps the boxes."""

from array import array
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.lines.breaking import Line
from keben.typeset.lines.glosses import rows_of
from keben.typeset.lines.glossplaces import places_of
from keben.typeset.lines.paragraph import Gloss, Paragraph
from keben.typeset.lines.spacing import UNIT, Spacing
from keben.typeset.lines.zhuyin import places
from keben.typeset.weasy.boxes import turn_round
from keben.typeset.weasy.glyphs import SpacedLayout, StackedLayout
from keben.typeset.weasy.plans import is_alone, is_drawing, is_reading, leaves_of, side_of

_SET = "_keben_set"


def set_line(line_box: Any, text: Paragraph, line: Line, spacing: Spacing, position_x: float) -> None:
    """Set a line's boxes and glyphs, from a place on, in pixels."""
    placer = _Placer(text, line, spacing, _origin(line_box, text, line), position_x, position_x)
    line_box.width = placer.place(line_box, position_x) - position_x
    turn_round(line_box)
    setattr(line_box, _SET, True)


def is_set(line_box: Any) -> bool:
    """Whether `set_line` has set a line."""
    return bool(getattr(line_box, _SET, False))


def strip_end(line_box: Any) -> None:
    """Take the spaces off a line's end."""
    box = line_box
    while not isinstance(box, boxes.TextBox):
        if not getattr(box, "children", ()):
            return
        box = box.children[-1]
    text = box.text.rstrip(" ")
    if text != box.text:
        box.text = text
        box.pango_layout = SpacedLayout(text, box.style)


@dataclass(slots=True)
class _Placer:
    """Goes through the boxes of a line, and keeps what the next one needs to know of those before."""

    text: Paragraph
    line: Line
    spacing: Spacing
    at: int
    """The character of the paragraph that the next text begins with."""
    middle: float
    """The middle of the last text, in pixels."""
    edge: float
    """Where its last character ends, without what stands beside that."""
    em: float = 0.0
    """Its size."""

    def place(self, box: Any, x: float) -> float:
        """Place what is in a box from left to right; gives where it ends."""
        for child in box.children:
            if is_alone(child):
                child.translate(dx=x - child.position_x)
                x += child.margin_width()
            elif isinstance(child, boxes.InlineBox):
                x = self.place_inline(child, x)
            elif isinstance(child, boxes.TextBox) and is_reading(child):
                self.place_reading(child)
            elif isinstance(child, boxes.TextBox):
                x = self.place_text(child, x)
            elif is_drawing(child):
                x = self.place_drawing(child, x)
        return x

    def place_inline(self, box: Any, x: float) -> float:
        """Place an inline box around what is in it; gives where it ends."""
        box.position_x = x
        end = self.place(box, x)
        box.width = end - x
        return end

    def place_reading(self, box: Any) -> None:
        """Place a reading over the last text, or beside its last character."""
        side = side_of(box)
        if not side:
            box.position_x = self.middle - box.width / 2
            return
        box.position_x = self.edge - self.em
        where = places(box.text, box.style["font_size"], self.em, vertical=side == "column")
        box.pango_layout = StackedLayout(box.text, box.style, where)

    def place_drawing(self, box: Any, x: float) -> float:
        """Place a formula; gives where it ends."""
        place = self.at - self.line.first
        after = self.spacing.after[place] if 0 <= place < len(self.spacing.after) else 0
        box.translate(dx=x - box.position_x)
        self.em = box.style["font_size"]
        self.edge = x + self.text.own[self.at]
        self.middle = (x + self.edge) / 2
        self.at += 1
        return self.edge + after * self.em / UNIT

    def place_text(self, box: Any, x: float) -> float:
        """Place a text and its glyphs; gives where it ends."""
        size = len(box.text)
        for gloss in self.text.glosses:
            if gloss.start <= self.at < gloss.end:
                return self.place_gloss(box, gloss, x)
        box.position_x = x
        if size:
            box.width, tail = _set_text(box, self.text, self.line, self.at, self.spacing)
            self.middle = x + (box.width - tail) / 2
            self.edge = x + box.width - tail - self.text.asides.get(self.at + size - 1, 0.0)
            self.em = box.style["font_size"]
        self.at += size
        end: float = x + box.width
        return end

    def place_gloss(self, box: Any, gloss: Gloss, x: float) -> float:
        """Place a text of a gloss, each glyph in its row; gives where what comes next begins."""
        rows = rows_of(gloss, self.line.first, self.line.last)
        where = places_of(
            gloss, rows, self.text.ems[gloss.start - 1] if gloss.start else 2 * gloss.text.ems[0]
        )
        begin = self.at - gloss.start
        self.at += len(box.text)
        box.position_x, box.width = x, rows.width
        box.pango_layout = StackedLayout(
            box.text, box.style, [where.get(begin + index, (0.0, 0.0)) for index in range(len(box.text))]
        )
        end = gloss.start + rows.last
        if self.at < end:
            return x
        self.edge, self.em = x + rows.width, box.style["font_size"]
        after = self.spacing.after[end - 1 - self.line.first]
        return self.edge + after * self.text.ems[end - 1] / UNIT


def _origin(line_box: Any, text: Paragraph, line: Line) -> int:
    """The character that a line's boxes begin with: a space that WeasyPrint did not take off may come first."""
    found = "".join(leaf.text for leaf in leaves_of(line_box) if not is_reading(leaf))
    return line.first if text.text.startswith(found, line.first) else line.start


def _set_text(box: Any, text: Paragraph, line: Line, at: int, spacing: Spacing) -> tuple[float, float]:
    """Set the text that begins at a character: gives its width, and how much of that is a gap after its last one."""
    size = len(box.text)
    # Spaces at a line's edges are none of it.
    skipped = max(0, min(line.first - at, size))
    place = at + skipped - line.first
    shares = spacing.after[place : place + size - skipped]
    after = array("i", [*[0] * skipped, *shares, *[0] * (size - skipped - len(shares))])
    before = {
        index: moved
        for index in range(size if spacing.before else 0)
        if (moved := spacing.before.get(at + index - line.first, 0))
    }
    box.pango_layout.before, box.pango_layout.after = before, after if any(after) else ()
    em = box.style["font_size"]
    width = sum(text.own[at : at + size])
    # A wide space that the line ends before is kept for those who copy its text, and takes no room.
    width -= sum(text.own[each] for each in range(max(at, line.last), at + size) if each < line.end)
    if line.hyphen and at + size == line.last:
        width += line.hyphen
    box.pango_layout.max_width = width + em / 2
    width += (sum(after) - sum(before.values())) * em / UNIT
    # Of what follows the last character, the half of a reading's room is none of the gap.
    last = at + size - 1
    padded = text.pads.get(last, (0.0, 0.0))[1] if last < line.last - 1 else 0.0
    return float(width), after[-1] * em / UNIT - padded
