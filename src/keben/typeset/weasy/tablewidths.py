"""The widths of columns in WeasyPrint's tables: its function that shares the room out, replaced for a while.

A cell's text is measured as it is set (`keben.typeset.lines`): where no line can end, the column must be as wide.
Numbers of a column stand with their points below one another: cells get what they lack on either side as padding.
Tables whose styles give columns a width of their own are left to WeasyPrint.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import field
from functools import partial
from typing import Any

from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import preferred, table  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.lines.marks import BREAK, RegionMarks
from keben.typeset.lines.paragraph import Paragraph
from keben.typeset.tables.trees import CONTINUED, POINT
from keben.typeset.tables.widths import CellWidths, ColumnWidths, column_widths
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.plans import UnknownError, Widths, leaves_of, plan_of
from keben.typeset.weasy.tableboxes import cells_of, classes_of, pad, set_closer, set_smaller
from keben.typeset.weasy.unfittables import NARROW, PARTED, SMALLER

PATCH = Patch(
    "table-columns-not-set",
    wording("Columns of tables may be too narrow for what is in them"),
    ((table, "auto_table_layout", "context box containing_block"),),
)

_ALIGNED = "_keben_aligned"
"""A table whose numbers have their padding."""

_LEAST_SCALE = 0.75
"""Of its size: how small a table's type may become by itself."""

_LEAST_SIZE = 8.0
"""Pixels: the same for the type itself; 6 points."""

_MUCH_SMALLER = 0.9
"""Of its size: a table of numbers stands closer before its type becomes as small as that."""

_HEAD = 4.2
"""Em: a heading that is no longer stays on a line."""

_LABEL = 8.2
"""Em: a row's name that is no longer stays on a line."""

_SLACK = 0.02
"""Of an em: what a line's setting may round."""

_NUMBER = re.compile(r"[^\w]*(?=\S*\d)[\d.,:/×·^⁰¹²³⁴-⁹⁻+\-−–±%‰‱°℃ \u00a0\u2009\u202f]*[^\W\d_]{0,3}[^\w]*")
"""A piece of text that is a number, with a sign or a unit to it."""

_EVERYWHERE = float("inf")

_OFF_THE_PAGE = 1e5
"""Pixels: as much as any table takes."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a cell, without its padding."""

    number: float = 0.0
    least: float = 0.0
    most: float = 0.0

    def widened(self, other: "_Content", beside: float = 0.0) -> "_Content":
        """With what stands below it; that has so much beside it."""
        return _Content(
            max(self.number, other.number + beside if other.number else 0.0),
            max(self.least, other.least + beside),
            max(self.most, other.most + beside),
        )


@contextmanager
def measured_columns(marks: Callable[[Any], RegionMarks], *, vertical: bool) -> Iterator[None]:
    """Give columns such widths in what is laid out in the block, if `PATCH` is known.

    ``marks``: gives the marks of a style's language. Not for several threads at once.
    """
    if not PATCH.is_known():
        yield
        return
    columns = _Columns(table.auto_table_layout, marks, may_fill=not vertical)
    with replaced((table, "auto_table_layout", columns.lay_out)):
        yield


@dataclass(slots=True)
class _Columns:
    """The replaced function, and what it has measured."""

    inner: Callable[..., None]
    marks: Callable[[Any], RegionMarks]
    may_fill: bool
    """Whether a table that needs most of its room takes all of it."""
    widths: Widths = field(default_factory=Widths)
    known: dict[int, tuple[Any, list[list[CellWidths]]]] = field(default_factory=dict)
    """The cells of the tables that were measured, by the identity of the table's box."""

    def lay_out(self, context: Any, box: Any, containing_block: Any) -> None:
        """Set the widths of a table and of its columns."""
        made = box.get_wrapped_table()
        columns = max((cell.grid_x + cell.colspan for cell in cells_of(made)), default=0)
        if not columns or made.style["border_collapse"] == "separate" or _has_widths(made):
            self.inner(context, box, containing_block)
            return
        around = sum(each for each in (box.margin_left, box.margin_right) if each != "auto")
        around += made.padding_left + made.padding_right + made.border_left_width + made.border_right_width
        filled = made.width != "auto"
        room = made.width if filled else containing_block[0] - around
        em = made.style["font_size"] or 1.0
        if room < em or room == _EVERYWHERE:
            self.inner(context, box, containing_block)
            return
        found = self.share(context, made, columns, room, filled=filled)
        if found.scale < _MUCH_SMALLER and _is_of_numbers(made) and not getattr(made, SMALLER, False):
            # Less white between numbers is no harm; smaller type is.
            found = self.share_again(context, made, columns, room, set_closer, filled=filled)
        if found.scale < 1 and not getattr(made, SMALLER, False):
            scale = min(1.0, max(0.98 * found.scale, _LEAST_SCALE, _LEAST_SIZE / em))
            found = self.share_smaller(context, made, columns, room, scale, filled=filled)
        if not _is_well(found):
            found = self.share_closer(context, made, columns, room, filled=filled)
        made.width = found.total
        made.column_widths = list(found.widths)

    def share(self, context: Any, made: Any, columns: int, room: float, *, filled: bool) -> ColumnWidths:
        """The widths of a table's columns as it is."""
        rows, em = self.rows(context, made), made.style["font_size"]
        return column_widths(rows, columns, room, em, filled=filled, may_fill=self.may_fill)

    def share_again(
        self,
        context: Any,
        made: Any,
        columns: int,
        room: float,
        change: Callable[[Any], None],
        *,
        filled: bool,
    ) -> ColumnWidths:
        """The widths once a table is changed."""
        change(made)
        del self.known[id(made)]
        return self.share(context, made, columns, room, filled=filled)

    def share_smaller(
        self, context: Any, made: Any, columns: int, room: float, scale: float, *, filled: bool
    ) -> ColumnWidths:
        """The widths in smaller type."""
        setattr(made, SMALLER, True)
        smaller = partial(set_smaller, scale=scale)
        return self.share_again(context, made, columns, room, smaller, filled=filled)

    def share_closer(
        self, context: Any, made: Any, columns: int, room: float, *, filled: bool
    ) -> ColumnWidths:
        """The widths where numbers or names of rows have room only with less white beside them, or in smaller type."""
        found = self.share_again(context, made, columns, room, set_closer, filled=filled)
        em = made.style["font_size"]
        if not _is_well(found) and em > _LEAST_SIZE:
            scale = max(0.98 * found.scale, _LEAST_SIZE / em)
            found = self.share_smaller(context, made, columns, room, scale, filled=filled)
        if found.fits and not found.has_labels:
            setattr(made, PARTED, True)
        return found if found.fits else self.share_anyhow(context, made, columns, room, filled=filled)

    def share_anyhow(
        self, context: Any, made: Any, columns: int, room: float, *, filled: bool
    ) -> ColumnWidths:
        """The widths where numbers have no room: they are divided, and do not stand one on another.

        What the author keeps on a line runs off the page, and is reported there.
        """
        if any(_is_kept(line) for cell in cells_of(made) for line in _lines(cell) if not _is_number(cell)):
            return self.share(context, made, columns, _OFF_THE_PAGE, filled=False)
        setattr(made, NARROW, True)
        _let_wrap(made)
        return self.share(context, made, columns, room, filled=filled)

    def rows(self, context: Any, made: Any) -> list[list[CellWidths]]:
        """What the cells of a table need, row by row."""
        known, rows = self.known.get(id(made), (None, []))
        if known is made:
            return rows
        if not getattr(made, _ALIGNED, False):
            self.align(made)
            setattr(made, _ALIGNED, True)
        rows = [
            [self.cell(context, cell, in_head=group.is_header) for cell in row.children]
            for group in made.children
            for row in group.children
            if CONTINUED not in classes_of(row)
        ]
        self.known[id(made)] = made, rows
        return rows

    def align(self, made: Any) -> None:
        """Pad the numbers of each column so that their points stand below one another."""
        numbers: dict[int, list[tuple[Any, float, float]]] = {}
        for cell in cells_of(made):
            point = cell.element.get(POINT) if cell.element is not None else None
            if point is None or cell.colspan > 1:
                continue
            texts = [
                each for each in cell.descendants() if isinstance(each, boxes.TextBox) and each.text.strip()
            ]
            if not texts:
                continue
            text, style, at = "".join(each.text for each in texts).strip(), texts[0].style, int(point)
            before, after = (
                self.widths.of(style, part)[0] if part else 0.0 for part in (text[:at], text[at:])
            )
            numbers.setdefault(cell.grid_x, []).append((cell, before, after))
        for found in numbers.values():
            left, right = (max(each[side] for each in found) for side in (1, 2))
            for cell, before, after in found:
                pad(cell, left - before, right - after)

    def cell(self, context: Any, cell: Any, *, in_head: bool) -> CellWidths:
        """What a cell needs."""
        padding = preferred.margin_width(cell, 0.0)
        content = self.content(context, cell)
        if cell.element_tag == "th" and content.most <= _HEAD * cell.style["font_size"]:
            content = _Content(content.number, content.most, content.most)
        return CellWidths(
            cell.grid_x,
            cell.colspan,
            content.number + padding if content.number else 0.0,
            content.least + padding,
            content.most + padding,
            padding,
            cell.style["text_align_all"] in ("right", "end"),
            not in_head
            and _is_first(cell)
            and content.number < content.most <= _LABEL * cell.style["font_size"],
        )

    def content(self, context: Any, box: Any) -> _Content:
        """What stands in a cell, or in a block of it."""
        found = _Content()
        for child in box.children:
            if child.is_absolutely_positioned() or child.is_note():
                continue
            if isinstance(child, boxes.LineBox):
                line = self.line(child)
                found = found.widened(line or self.own(context, child))
            elif (
                type(child) is boxes.BlockBox
                and not child.is_table_wrapper
                and child.style["width"] == "auto"
            ):
                found = found.widened(self.content(context, child), preferred.margin_width(child, 0.0))
            else:
                found = found.widened(self.own(context, child))
        return found

    def own(self, context: Any, box: Any) -> _Content:
        """What WeasyPrint says of a box; a text of another script has numbers among its words."""
        least, most = (of(context, box) for of in (preferred.min_content_width, preferred.max_content_width))
        texts = [each for each in box.descendants() if isinstance(each, boxes.TextBox)]
        words = [(word, each.style) for each in texts for word in each.text.split()]
        numbers = (self.widths.of(style, word)[0] for word, style in words if _NUMBER.fullmatch(word))
        number = max(numbers, default=0.0)
        return _Content(number, max(least, number), max(most, least, number))

    def line(self, box: Any) -> _Content | None:
        """What a line of Chinese needs; None for one that is left to WeasyPrint."""
        try:
            leaves = tuple(leaves_of(box)) if box.style["direction"] == "ltr" else ()
        except UnknownError:
            return None
        plan = plan_of(leaves, self.marks(box.style), _EVERYWHERE, self.widths) if leaves else None
        if plan is None:
            return None
        text, slack = plan.text, _SLACK * box.style["font_size"]
        indent = box.style["text_indent"]
        first = max(0.0, float(getattr(indent, "value", 0.0))) if getattr(indent, "unit", "") == "px" else 0.0
        number = least = 0.0
        for begin, end in _pieces(text):
            width = text.at[end] - text.at[begin] + slack + (first if begin == 0 else 0.0)
            least = max(least, width)
            if _is_kept(box) or _NUMBER.fullmatch(text.text[begin:end]):
                number = max(number, width)
        most = max((text.at[end] - text.at[begin] for begin, end in _paragraphs(text)), default=0.0)
        return _Content(number, least, most + slack + first)


def _pieces(text: Paragraph) -> Iterator[tuple[int, int]]:
    """What no line ends in: where each piece begins and ends, without the spaces at its end."""
    begin = 0
    for at in range(len(text.text)):
        if at in text.stuck and at + 1 < len(text.text):
            continue
        end = at + 1
        while end > begin and text.text[end - 1].isspace():
            end -= 1
        if end > begin:
            yield begin, end
        begin = at + 1


def _paragraphs(text: Paragraph) -> Iterator[tuple[int, int]]:
    """What stands between two line ends of the author's own."""
    begin = 0
    for at, kind in enumerate(text.kinds):
        if kind == BREAK:
            yield begin, at
            begin = at + 1
    yield begin, len(text.text)


def _lines(cell: Any) -> Iterator[Any]:
    return (each for each in cell.descendants() if isinstance(each, boxes.LineBox))


def _is_kept(line: Any) -> bool:
    """Whether a style keeps all of a text on a line."""
    return line.style["white_space"] in ("nowrap", "pre")


def _is_well(found: ColumnWidths) -> bool:
    """Whether numbers and the names of rows are whole."""
    return found.fits and found.has_labels


def _is_of_numbers(made: Any) -> bool:
    """Whether most cells of a table, but for the first ones of rows, are numbers."""
    cells = [cell for cell in cells_of(made) if cell.grid_x and cell.element_tag == "td"]
    return 2 * sum(map(_is_number, cells)) > len(cells)


def _is_first(cell: Any) -> bool:
    """Whether a cell is the first of its row: there stands what the row is about."""
    return bool(cell.grid_x == 0 and cell.colspan == 1)


def _is_number(cell: Any) -> bool:
    return cell.element is not None and cell.element.get(POINT) is not None


def _let_wrap(made: Any) -> None:
    """Let a line end in numbers."""
    for cell in cells_of(made):
        for box in cell.descendants():
            if box.style["white_space"] == "nowrap" and (_is_number(cell) or "keep" in classes_of(box)):
                box.style = box.style.copy()
                box.style["white_space"] = "normal"


def _has_widths(made: Any) -> bool:
    """Whether a style gives a column or a cell its width."""
    grouped: Iterable[Any] = (column for group in made.column_groups for column in (group, *group.children))
    return any(each.style["width"] != "auto" for each in (*grouped, *cells_of(made)))
