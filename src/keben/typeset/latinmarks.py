"""Apostrophes and quotation marks of Latin text: Chinese fonts draw them an em wide, and have narrow forms beside.

Those of Latin text (`keben.core.latinmarks`) get a ``span``, which the page's styles set in the narrow forms (OpenType:
``pwid``).
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import count

from keben.core.latinmarks import MARKS, latin_marks
from keben.core.markup import BLOCKS, Element, Node, element

LATIN_MARK = "latin-mark"
"""The class of a ``span`` that holds such marks."""

_APART = frozenset(("br", "svg", "rt", "rp", "code", "kbd", "samp", "pre"))
_CODE = frozenset(("code", "kbd", "samp", "pre", "svg", "math"))
_BORDER = "\n"
_CODE_TEXT = "x"
"""What stands for a text of code: it is Latin text to what surrounds it."""


def with_latin_marks(root: Element) -> Element:
    """A tree in which each run of apostrophes and quotation marks of Latin text stands in a ``span``."""
    pieces = tuple(_pieces(root, count()))
    text = "".join(piece for _, piece in pieces)
    if not MARKS.intersection(text):
        return root
    latin = sorted(_latin(text))
    if not latin:
        return root
    cuts: dict[int, list[int]] = {}
    at = 0
    for number, piece in pieces:
        if number >= 0:
            inside = latin[bisect_left(latin, at) : bisect_left(latin, at + len(piece))]
            cuts[number] = [place - at for place in inside]
        at += len(piece)
    return _parted(root, count(), cuts)


def _pieces(node: Element, numbers: "count[int]") -> Iterator[tuple[int, str]]:
    """The texts of a tree by their number; -1 for the border of a block, and for what stands for code."""
    for child in node.children:
        if isinstance(child, str):
            yield next(numbers), child
        elif child.tag in _CODE:
            yield -1, _CODE_TEXT
        elif child.tag in BLOCKS or child.tag in _APART or "footnote" in child.classes:
            yield -1, _BORDER
            yield from _pieces(child, numbers)
            yield -1, _BORDER
        else:
            yield from _pieces(child, numbers)


def _parted(node: Element, numbers: "count[int]", cuts: dict[int, list[int]]) -> Element:
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children += _cut(child, cuts.get(next(numbers), []))
        elif child.tag in _CODE:
            children.append(child)
        else:
            children.append(_parted(child, numbers, cuts))
    return node.with_children(children)


def _cut(text: str, places: list[int]) -> Iterator[Node]:
    at = 0
    for place in places:
        if place < at:
            continue
        end = place
        while end in places:
            end += 1
        if text[at:place]:
            yield text[at:place]
        yield element("span", {"class": LATIN_MARK}, text[place:end])
        at = end
    if text[at:]:
        yield text[at:]


def _latin(text: str) -> Iterator[int]:
    """The places of the marks that are those of Latin text."""
    begin = 0
    for block in text.split(_BORDER):
        yield from (begin + at for at in latin_marks(block))
        begin += len(block) + 1
