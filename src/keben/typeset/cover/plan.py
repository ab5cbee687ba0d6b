"""What a cover's drawing shows, where that is so plain that it can be painted without loading an engine.

Plain are rectangles, and lines of text in characters of which each has one glyph and its own place. The drawing of the
default theme is plain. Anything that is not known for certain to look the same makes a drawing one for the engine.
"""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from keben.core.markup import Element, Node
from keben.core.ranges import consists_of
from keben.core.values import dataclass
from keben.typeset.fonts.tables import GENERIC, Role
from keben.typeset.lines.drawn import PROSE

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """Filled, in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line of text; the place is that of its anchor on its baseline, in pixels from the upper left corner."""

    x: float
    y: float
    text: str
    size: float
    """Of the em, in pixels."""
    is_bold: bool
    role: Role
    colour: Colour
    anchor: Literal["start", "middle", "end"]
    is_prose: bool


Part: TypeAlias = Rectangle | DrawnLine


class _NotPlainError(ValueError):
    """The drawing has something that only an engine draws."""


_ROOT = frozenset(("xmlns", "viewBox", "width", "height", "class", "lang", "xml:lang"))
_RECTANGLE = frozenset(("x", "y", "width", "height", "fill", "stroke", "stroke-width"))
_TEXT = frozenset(
    ("x", "y", "font-size", "font-weight", "font-family", "fill", "text-anchor", "translate", "class")
)
_UNSEEN = frozenset(("title", "desc"))

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3}")
_PLAIN = (
    "\x21\x7e", "·", "–—", "‘’", "“”", "…", "\u3000\u3029", "\u3041\u3096", "\u30a0\u30ff", "\u3400\u4dbf",
    "\u4e00\u9fff", "\uf900\ufaff", "\uff01\uff60", "\U00020000\U000323af",
)  # fmt: skip
"""Characters that neither join, combine nor turn."""


def planned(drawing: Element, width: int, height: int) -> tuple[Part, ...] | None:
    """What a drawing of that size shows, from the back to the front; None where it is not plain."""
    try:
        _require(drawing.tag == "svg" and drawing.attributes.keys() <= _ROOT)
        _require(drawing.get("viewBox").split() == ["0", "0", str(width), str(height)])
        _require(drawing.get("width") == str(width) and drawing.get("height") == str(height))
        _require(drawing.classes <= {PROSE})
        return tuple(_parts(drawing.children, is_prose=PROSE in drawing.classes))
    except _NotPlainError:
        return None


def _parts(nodes: tuple[Node, ...], *, is_prose: bool) -> Iterator[Part]:
    for node in nodes:
        if isinstance(node, str):
            _require(not node.strip())
        elif node.tag == "rect":
            yield from _rectangles(node)
        elif node.tag == "text":
            yield from _lines(node, is_prose=is_prose)
        else:
            _require(node.tag in _UNSEEN)


def _rectangles(node: Element) -> Iterator[Rectangle]:
    """The ground of a rectangle, and its four sides."""
    _require(node.attributes.keys() <= _RECTANGLE and not node.children)
    left, top = _number(node, "x", "0"), _number(node, "y", "0")
    right, bottom = left + _number(node, "width"), top + _number(node, "height")
    _require(left < right and top < bottom)
    if node.get("fill") != "none":
        yield Rectangle(left, top, right, bottom, _colour(node.get("fill", "#000")))
    if node.get("stroke", "none") != "none":
        colour, half = _colour(node.get("stroke")), _number(node, "stroke-width", "1") / 2
        _require(0 < 2 * half < min(right - left, bottom - top))
        yield Rectangle(left - half, top - half, right + half, top + half, colour)
        yield Rectangle(left - half, bottom - half, right + half, bottom + half, colour)
        yield Rectangle(left - half, top + half, left + half, bottom - half, colour)
        yield Rectangle(right - half, top + half, right + half, bottom - half, colour)


def _lines(node: Element, *, is_prose: bool) -> Iterator[DrawnLine]:
    """The lines of a text: its own, or those of the ``tspan`` elements in it."""
    _require(node.attributes.keys() <= _TEXT)
    spans = [child for child in node.children if isinstance(child, Element)]
    if not spans:
        yield _line(node, is_prose=is_prose)
        return
    for child in node.children:
        if isinstance(child, str):
            _require(not child.strip())
        else:
            _require(child.tag == "tspan" and child.attributes.keys() <= _TEXT)
            _require({"x", "y"} <= child.attributes.keys())
            yield _line(child.with_mapping({**node.attributes, **child.attributes}), is_prose=is_prose)


def _line(node: Element, *, is_prose: bool) -> DrawnLine:
    text = "".join(child for child in node.children if isinstance(child, str))
    _require(all(isinstance(child, str) for child in node.children))
    words = text.removesuffix(" ").split(" ")
    _require(all(words) and all(consists_of(word, _PLAIN) for word in words))
    weight, role = node.get("font-weight", "normal"), GENERIC.get(node.get("font-family", "serif"))
    anchor = node.get("text-anchor", "start")
    size = _number(node, "font-size")
    _require(weight in ("normal", "bold", "400", "700") and size > 0)
    if role is None or anchor not in ("start", "middle", "end"):
        raise _NotPlainError
    return DrawnLine(
        x=_number(node, "x"),
        y=_number(node, "y"),
        text=text,
        size=size,
        is_bold=weight in ("bold", "700"),
        role=role,
        colour=_colour(node.get("fill", "#000")),
        anchor="start" if anchor == "start" else "middle" if anchor == "middle" else "end",
        is_prose=is_prose,
    )


def _number(node: Element, name: str, otherwise: str = "") -> float:
    text = node.get(name, otherwise)
    _require(bool(_NUMBER.fullmatch(text)))
    return float(text)


def _colour(text: str) -> Colour:
    _require(bool(_COLOUR.fullmatch(text)))
    digits = text[1:] if len(text) == 7 else "".join(2 * digit for digit in text[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _require(holds: bool) -> None:
    if not holds:
        raise _NotPlainError
