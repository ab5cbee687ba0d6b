"""What ziamath draws beside its own nodes: Chinese as text, and the lines of tables."""

import warnings
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

_ASCENT, _DESCENT = 0.88, 0.12
"""Of a Chinese character's em, above and below the line."""

_RULE = 0.05
"""How thick a table's lines are, in em."""


@cache
def formula_class() -> Any:
    """Ziamath's class of formulas, once it knows these nodes."""
    with warnings.catch_warnings():
        # Reading its font, ziamath calls what Python 3.11 and 3.12 advise against, and 3.13 no longer does.
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziafont.fonttypes import BBox
        from ziamath.config import config
        from ziamath.nodes.mnode import Mnode
        from ziamath.nodes.mtable import Mtable
        from ziamath.zmath import Math

    config.svg2 = False
    config.precision = 1

    class ChineseText(Mnode, tag="chinese"):
        """Text of a drawing, one em to each character."""

        def __init__(self, element: Any, parent: Any, **kwargs: Any) -> None:
            super().__init__(element, parent, **kwargs)
            self.string = element.text or ""
            size = self.glyphsize
            self.bbox = BBox(0, size * len(self.string), -_DESCENT * size, _ASCENT * size)

        def draw(self, x: float, y: float, svg: Any) -> tuple[float, float]:
            said = {"x": f"{x:.2f}", "y": f"{y:.2f}", "font-size": f"{self.glyphsize:.2f}"}
            color = str(self.style.mathcolor or "black")
            ET.SubElement(svg, "text", {**said, "fill": color}).text = self.string
            return x + self.bbox.xmax, y

    class RuledTable(Mtable, tag="mtable"):
        """A table with lines between its rows and columns."""

        def draw(self, x: float, y: float, svg: Any) -> tuple[float, float]:
            for line in _rules(self):
                said = {"x": x + line[0], "y": y + line[1], "width": line[2], "height": line[3]}
                ET.SubElement(svg, "rect", {name: f"{value:.2f}" for name, value in said.items()})
            found: tuple[float, float] = super().draw(x, y, svg)
            return found

    return Math


def _rules(table: Any) -> Iterator[tuple[float, float, float, float]]:
    """The lines of a table: left, top, width and height of each, from the table's own place."""
    rows = _placed(table)
    thick = _RULE * table.glyphsize
    top, bottom = -table.bbox.ymax - thick, -table.bbox.ymin + thick
    for at, kind in enumerate(table.element.get("columnlines", "").split()):
        left = [row[at][1] for row in rows if len(row) > at]
        right = [row[at + 1][0] for row in rows if len(row) > at + 1]
        if kind == "solid" and left and right:
            yield (max(left) + min(right) - thick) / 2, top, thick, bottom - top
    for at, kind in enumerate(table.element.get("rowlines", "").split()):
        if kind == "solid" and at + 1 < len(rows):
            above = max((cell[3] for cell in rows[at]), default=0.0)
            below = min((cell[2] for cell in rows[at + 1]), default=0.0)
            yield 0.0, (above + below - thick) / 2, table.bbox.xmax, thick


def _placed(table: Any) -> Sequence[Sequence[tuple[float, float, float, float]]]:
    """The cells of each row: left, right, top and bottom, from above to below."""
    places = iter(zip(table.nodes, table.nodexy, strict=True))
    rows = []
    for row in table.element:
        cells = [next(places) for _ in row]
        rows.append(
            [
                (x, x + cell.bbox.xmax - cell.bbox.xmin, y - cell.bbox.ymax, y - cell.bbox.ymin)
                for cell, (x, y) in cells
            ]
        )
    return rows
