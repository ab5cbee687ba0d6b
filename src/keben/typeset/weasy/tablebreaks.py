"""Tables over several pages: what stands over them where they go on, and which rows may stand alone.

WeasyPrint repeats a table's head as it is. Here its first row (`keben.typeset.tables.trees`), which says which table
goes on, is empty on the page that the table begins on. No single row stands alone below the head at a page's foot, or
at the top of the next page. A row is kept whole, but not where the page has no room for the table's head then, or
where much of the page would stay empty: a text beside its translation may be rows of a page each.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field
from typing import Any

from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import block, table  # type: ignore[import-untyped]

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.formulas import CLASS
from keben.typeset.tables.trees import CONTINUED
from keben.typeset.weasy.chains import AVOID, HOLE
from keben.typeset.weasy.inside import Patch, replaced

PATCH = Patch(
    "tables-parted-anywhere",
    wording(
        "A row of a table may stand alone on a page, and each table has the line of one that goes on over it"
    ),
    (
        (
            block,
            "table_layout",
            "context table bottom_space skip_stack containing_block page_is_empty absolute_boxes fixed_boxes",
        ),
        (
            table,
            "_find_earlier_page_break",
            "context element index previous_list page_is_empty absolute_boxes fixed_boxes",
        ),
        (block, "remove_placeholders", "context box_list absolute_boxes fixed_boxes"),
    ),
)

_WHOLE = 0.8
"""The share of a page that a table has on it which is divided there, though it was to be kept whole."""

_ATTEMPTS = 4
"""How often a table gives notes room."""
_HAIR = 0.01
"""In px; less is none."""
_ALONE = 2
"""Rows that stand together at least."""


@contextmanager
def tables_parted_well() -> Iterator[None]:
    """Part tables so in what is laid out in the block, if `PATCH` is known. Not for several threads at once."""
    if not PATCH.is_known():
        yield
        return
    breaks = _Breaks({name: getattr(owner, name) for owner, name, _ in PATCH.functions})
    with replaced(
        (block, "table_layout", breaks.table_layout),
        (table, "_find_earlier_page_break", breaks.find_earlier_page_break),
    ):
        yield


@dataclass(slots=True)
class _Breaks:
    """The replaced functions."""

    inner: dict[str, Any]
    """WeasyPrint's own, by name."""
    tables: list[tuple[Any, bool]] = field(default_factory=list)
    """The tables that are being laid out, one in the other, and whether each begins where it is: it has its page for
    itself, or would leave too much of it empty."""

    def table_layout(
        self,
        context: Any,
        box: Any,
        bottom_space: float,
        skip_stack: Any,
        block_of: Any,
        page_is_empty: bool,
        *rest: Any,
    ) -> Any:
        """Lay out what a page takes of a table."""
        if skip_stack is None and box.children and _names(box.children[0]):
            head, *others = box.children
            box = box.copy_with_children([_without_name(head), *others])
        free = context.page_bottom - bottom_space - box.position_y
        height = context.current_footnote_area.page.height
        is_large = free > HOLE * height
        if not page_is_empty and free > _WHOLE * height and box.style["break_inside"] in AVOID:
            # The next page has hardly more room, and what stands above it, its caption, would be alone.
            box = box.copy()
            box.style = box.style.copy()
            box.style["break_inside"] = "auto"
        self.tables.append((box, page_is_empty or is_large))
        try:
            result = self._beside_notes(
                context, box, bottom_space, skip_stack, block_of, page_is_empty, *rest
            )
            is_lost = result[0] is not None and page_is_empty and _has_lost_head(box, result[0])
            at = _first_row(box, skip_stack)
            if result[0] is not None and not is_lost:
                is_large = context.page_bottom - bottom_space - _bottom_of(result[0]) > HOLE * height
                at = _row_after(box, result[1])
            if at is None or not (
                is_lost or (is_large and _can_be_parted(box.children[at[0]].children[at[1]]))
            ):
                return result
            self.inner["remove_placeholders"](context, [result[0]] if result[0] else [], *rest[:2])
            box = _with_group_below_head(box, at[0]) if is_lost else _with_parted_rows(box, *at)
            return self._beside_notes(context, box, bottom_space, skip_stack, block_of, page_is_empty, *rest)
        finally:
            self.tables.pop()

    def _beside_notes(self, context: Any, box: Any, bottom_space: float, *rest: Any) -> Any:
        """What a page takes of a table, shorter where notes of a row's later cells would stand over its first ones."""
        reserved = 0.0
        for is_last in (*(False,) * _ATTEMPTS, True):
            before = context.page_bottom, context.excluded_shapes[:]
            result = self.inner["table_layout"](context, box, bottom_space + reserved, *rest)
            made, resume_at = result[:2]
            if is_last or made is None or resume_at is None or context.page_bottom == before[0]:
                return result
            lacking = _bottom_of(made) - (context.page_bottom - bottom_space)
            if lacking <= _HAIR:
                return result
            self.inner["remove_placeholders"](context, [made], *rest[3:5])
            context.page_bottom, context.excluded_shapes[:] = before
            reserved += lacking
        raise AssertionError

    def find_earlier_page_break(
        self, context: Any, element: Any, index: int, before: list[Any], page_is_empty: bool, *rest: Any
    ) -> Any:
        """Where a table is divided whose row, or group of rows, has no room any more."""
        found = self.inner["_find_earlier_page_break"](context, element, index, before, page_is_empty, *rest)
        rows, resume_at = found
        box, is_alone = self.tables[-1] if self.tables else (None, True)
        if box is None or not rows or element.element_tag != "tr" or resume_at != {index: None}:
            return found
        is_last = _rows_from(box, element) < _ALONE
        if is_last and len(rows) > _ALONE:
            self.inner["remove_placeholders"](context, rows[-1:], *rest)
            return rows[:-1], {rows[-1].index: None}
        if not is_alone and (is_last or len(rows) < _ALONE):
            # The table has more room on the next page.
            self.inner["remove_placeholders"](context, rows, *rest)
            return None, None
        return found


_Place = tuple[int, int]
"""A group of a table, and a row of it."""


def _first_row(box: Any, skip_stack: Any) -> _Place | None:
    """The row that a page begins with."""
    if skip_stack is None:
        groups = [at for at, group in enumerate(box.children) if not (group.is_header or group.is_footer)]
        return (groups[0], 0) if groups and box.children[groups[0]].children else None
    return _row_after(box, skip_stack)


def _row_after(box: Any, resume_at: Any) -> _Place | None:
    """The row that a table goes on with; None where none is left."""
    if not resume_at:
        return None
    ((group, rows),) = resume_at.items()
    row = next(iter(rows)) if rows else 0
    return (group, row) if group < len(box.children) and row < len(box.children[group].children) else None


def _has_lost_head(box: Any, made: Any) -> bool:
    return box.children[0].is_header and not (made.children and made.children[0].is_header)


def _bottom_of(made: Any) -> float:
    return float(made.position_y + made.border_height())


def _can_be_parted(row: Any) -> bool:
    """Whether a row is kept whole that has neither pictures nor cells of several rows, which are worse to read then."""
    is_kept = any(each.style["break_inside"] in AVOID for each in (row, *row.children))
    if not is_kept or any(cell.rowspan > 1 for cell in row.children):
        return False
    pictures = (box for box in row.descendants() if isinstance(box, boxes.ReplacedBox))
    return all(
        CLASS in (box.element.get("class") or "").split() for box in pictures if box.element is not None
    )


def _with_group_below_head(box: Any, at: int) -> Any:
    """A table whose head stays on a page that is too short for it and the whole of a group's first row.

    WeasyPrint sets a group that is to be kept whole below a head as if nothing stood above it.
    """
    groups = list(box.children)
    groups[at] = _broken_inside(groups[at], groups[at].children, "avoid")
    return box.copy_with_children(groups)


def _with_parted_rows(box: Any, at: int, first: int) -> Any:
    """A table whose row may be divided, and the next one, without which it would not stand on its page."""
    groups = list(box.children)
    rows = list(groups[at].children)
    for number in range(first, min(first + _ALONE, len(rows))):
        cells = [_broken_inside(cell, cell.children, "auto") for cell in rows[number].children]
        rows[number] = _broken_inside(rows[number], cells, "auto")
    groups[at] = groups[at].copy_with_children(rows)
    return box.copy_with_children(groups)


def _broken_inside(box: Any, children: Any, how: str) -> Any:
    made = box.copy_with_children(children)
    made.style = made.style.copy()
    made.style["break_inside"] = how
    return made


def _rows_from(box: Any, row: Any) -> int:
    """How many rows of its group a row and those after it are; in a group that another follows, many."""
    groups = [group for group in box.children if not (group.is_header or group.is_footer)]
    for group in groups:
        elements = [each.element for each in group.children]
        if row.element in elements:
            return len(elements) - elements.index(row.element) if group is groups[-1] else _ALONE
    return _ALONE


def _names(group: Any) -> bool:
    row = group.children[0] if group.is_header and group.children else None
    return (
        row is not None and row.element is not None and CONTINUED in (row.element.get("class") or "").split()
    )


def _without_name(head: Any) -> Any:
    row, *others = head.children
    cells = [cell.copy_with_children([]) for cell in row.children]
    for cell in cells:
        cell.style = cell.style.copy()
        cell.style["padding_top"] = cell.style["padding_bottom"] = Dimension(0, "px")
        cell.style["height"] = "auto"
    return head.copy_with_children([row.copy_with_children(cells), *others])
