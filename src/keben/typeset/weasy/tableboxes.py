"""The cells of WeasyPrint's tables, and what is changed in them: padding, white between columns, the size of type."""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.css.properties import Dimension  # type: ignore[import-untyped]

from keben.typeset.tables.trees import CONTINUED

_CLOSE = 0.2
"""Em: the white at the sides of a cell where numbers have no room else."""


def cells_of(made: Any) -> Iterator[Any]:
    """The cells of a table, but for the row that says which table goes on."""
    for group in made.children:
        for row in group.children:
            if CONTINUED not in classes_of(row):
                yield from row.children


def classes_of(box: Any) -> Sequence[str]:
    """The classes of a box's element."""
    return box.element.get("class", "").split() if box.element is not None else ()


def pad(cell: Any, left: float, right: float) -> None:
    """Put more white at the sides of a cell, in pixels."""
    changes = {"padding_left": left, "padding_right": right}
    if not any(each > 0.001 for each in changes.values()):
        return
    cell.style = cell.style.copy()
    for name, more in changes.items():
        before = cell.style[name]
        if getattr(before, "unit", "") == "px":
            cell.style[name] = Dimension(before.value + more, "px")


def set_closer(made: Any) -> None:
    """Leave as little white between columns as numbers need to be distinguished; points stay below one another."""
    for name in ("padding_left", "padding_right"):
        cells = [cell for cell in cells_of(made) if getattr(cell.style[name], "unit", "") == "px"]
        least = min((value for cell in cells if (value := cell.style[name].value) > 0), default=0.0)
        less = max(0.0, least - _CLOSE * made.style["font_size"])
        for cell in cells:
            cell.style = cell.style.copy()
            cell.style[name] = Dimension(max(0.0, cell.style[name].value - less), "px")


def set_smaller(made: Any, scale: float) -> None:
    """Set a table's text smaller. Its lines stay as far apart: rows keep to the page's grid."""
    styles: dict[int, tuple[Any, Any]] = {}
    for box in made.descendants():
        known, style = styles.get(id(box.style), (None, None))
        if known is not box.style:
            known, style = box.style, box.style.copy()
            style["font_size"] *= scale
            for side in ("left", "right"):
                padding = style[f"padding_{side}"]
                if getattr(padding, "unit", "") == "px":
                    style[f"padding_{side}"] = Dimension(padding.value * scale, "px")
            styles[id(known)] = known, style
        box.style = style
