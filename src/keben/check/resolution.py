"""How finely pictures are printed: their dots to the inch, at the size that they have on the page."""

from collections.abc import Iterator
from math import hypot

import pikepdf
from pikepdf import Dictionary, Name, Object

_Matrix = tuple[float, float, float, float, float, float]
_START: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_DEEPEST = 12
"""Forms in forms."""


def resolutions(page: pikepdf.Page) -> Iterator[float]:
    """The dots to the inch of each picture on a page, along the side where they are fewer."""
    yield from _of(page, page.obj.get("/Resources", Dictionary()), _START, 0)


def _of(content: Object | pikepdf.Page, resources: Object, matrix: _Matrix, depth: int) -> Iterator[float]:
    things = resources.get("/XObject", Dictionary())
    stack: list[_Matrix] = []
    for instruction in pikepdf.parse_content_stream(content, "q Q cm Do"):
        name, operands = str(instruction.operator), instruction.operands
        if name == "q":
            stack.append(matrix)
        elif name == "Q" and stack:
            matrix = stack.pop()
        elif name == "cm":
            matrix = _joined(_numbers(operands), matrix)
        elif name == "Do":
            thing = things.get(str(operands[0]))
            if thing is None:
                continue
            if thing.get("/Subtype") == Name.Image:
                yield _resolution(thing, matrix)
            elif depth < _DEEPEST:
                own = _joined(_numbers(thing.get("/Matrix", _START)), matrix)
                yield from _of(thing, thing.get("/Resources", Dictionary()), own, depth + 1)


def _resolution(picture: Object, matrix: _Matrix) -> float:
    a, b, c, d, _, _ = matrix
    wide, high = hypot(a, b) / 72, hypot(c, d) / 72
    sides = ((int(picture.Width), wide), (int(picture.Height), high))
    return min((dots / inches for dots, inches in sides if inches), default=0.0)


def _numbers(values: object) -> _Matrix:
    a, b, c, d, e, f = (float(str(value)) for value in values)  # type: ignore[attr-defined]
    return a, b, c, d, e, f


def _joined(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)
