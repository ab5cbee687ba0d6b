"""Drawings, trees of SVG, as screens show them."""

import math
import re

from keben.core.markup import Element, Node

AS_IS = "as-is"
"""The class of a drawing whose words no edition converts."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def with_ground(root: Element) -> Element:
    """An ``svg`` before a white ground: dark lines are lost on the page of a reader at night."""
    box = _NUMBER.findall(root.get("viewBox"))
    left, top = box[:2] if len(box) == 4 else ("0", "0")
    ground = Element("rect", {"x": left, "y": top, "width": "100%", "height": "100%", "fill": "#fff"})
    # What names the drawing comes first (SVG 2, 5.8).
    named = [node for node in root.children if _names(node)]
    return root.with_children((*named, ground, *(node for node in root.children if not _names(node))))


def size_of(root: Element) -> tuple[float, float] | None:
    """The width and height of an ``svg``'s view; None where it does not say them."""
    box = [float(each) for each in _NUMBER.findall(root.get("viewBox"))]
    return (box[2], box[3]) if len(box) == 4 and min(box[2:]) > 0 else None


def in_whole_numbers(root: Element) -> Element:
    """An ``svg`` whose view begins at 0, 0, of a width and height in whole pixels, as Kindle asks."""
    box = [float(each) for each in _NUMBER.findall(root.get("viewBox"))]
    if len(box) != 4 or box[:2] != [0, 0]:
        return root
    width, height = (str(math.ceil(each)) for each in box[2:])
    return root.with_attributes(viewBox=f"0 0 {width} {height}", width=width, height=height)


def _names(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in ("title", "desc")
