"""Whether the copyright page has more to say than a page has room for: then it is ``crowded``, and may go on overleaf.

What stands on it is pushed apart to the head and the foot of one page by a style that cannot part it. So its height is
reckoned before, by the sizes that `styles/designs/print.css` gives its parts.
"""

from collections.abc import Iterator
from math import ceil

from keben.core.markup import Element, text_of, walk
from keben.core.paper import TypeArea
from keben.typeset.literary import width_of

CROWDED = "crowded"

_LABEL = 5
"""字 of a row: the width of its label."""


def with_room(root: Element, area: TypeArea) -> Element:
    """A copyright page, with the class ``crowded`` where its parts are higher than the type area."""
    high = sum(_heights(root, area))
    if high <= area.lines * area.body_pt * area.leading:
        return root
    return root.with_attributes(**{"class": f"{root.get('class')} {CROWDED}"})


def _heights(root: Element, area: TypeArea) -> Iterator[float]:
    """The heights of its parts in points."""
    body, line = area.body_pt, area.body_pt * area.leading
    measure = area.measure * body
    for node in walk(root):
        if node.tag == "dl":
            yield 8 + 0.5 * line
        elif node.tag == "div" and (row := _row(node)):
            label, said = row
            size = 0.76 * body
            lines = max(ceil(label / _LABEL), _lines(said, size, measure - _LABEL * size))
            yield lines * 0.73 * line
        elif node.tag == "h1":
            yield _lines(width_of(node), 1.15 * body, measure) * line
        elif node.tag == "p":
            # The largest of their sizes and leadings, with the first line's indent and the white below.
            yield _lines(width_of(node) + 2, 0.86 * body, measure) * 0.8 * line + (0 if _is_cip(node) else 8)
        elif "cip" in node.classes:
            yield line


def _row(node: Element) -> tuple[float, float] | None:
    """The widths of a row's label and of its text, in 字."""
    parts = [child for child in node.children if isinstance(child, Element)]
    if [part.tag for part in parts] != ["dt", "dd"]:
        return None
    return width_of(parts[0]), width_of(parts[1])


def _is_cip(node: Element) -> bool:
    return not node.classes or "blank" in node.classes or not text_of(node).strip()


def _lines(width: float, size: float, measure: float) -> int:
    return max(1, ceil(width * size / max(measure, size)))
