"""Right-to-left text for the lines: phrases that markup cuts up, and blocks that run leftward.

Pango turns round what is in one text. Where emphasis or a link goes through an Arabic phrase, the lines turn its parts
round (`lines.bidi`), and so each of them must be a text by itself.
"""

from collections.abc import Iterator, Sequence
from itertools import count

from keben.core.characters import has_rtl
from keben.core.markup import BLOCKS, Element, Node, element, text_of, transform
from keben.typeset.lines.bidi import PHRASE

TURNED = "turned-round"
"""The class of a ``span`` that holds a part of such a phrase."""

LEFTWARD = "leftward"
"""The class of a block that has only right-to-left letters: its lines begin at the right."""

_BORDER = "\n"


def with_parted_phrases(root: Element) -> Element:
    """A tree in which each part of a phrase that runs over several texts stands in a ``span``."""
    pieces = tuple(_pieces(root, count()))
    text = "".join(piece for _, piece in pieces)
    if not has_rtl(text):
        return root
    spans = [match.span() for match in PHRASE.finditer(text)]
    cuts: dict[int, list[tuple[int, int]]] = {}
    at = 0
    for number, piece in pieces:
        end = at + len(piece)
        cuts[number] = [
            (max(begin, at) - at, min(stop, end) - at)
            for begin, stop in spans
            if begin < end and stop > at and not (at <= begin and stop <= end)
        ]
        at = end
    return transform(_parted(root, count(), cuts), _directed)


def _pieces(node: Element, numbers: "count[int]") -> Iterator[tuple[int, str]]:
    """The texts of a tree by their number; -1 for the border of a block."""
    for child in node.children:
        if isinstance(child, str):
            yield next(numbers), child
        elif _is_apart(child):
            yield -1, _BORDER
            yield from _pieces(child, numbers)
            yield -1, _BORDER
        else:
            yield from _pieces(child, numbers)


def _is_apart(node: Element) -> bool:
    return node.tag in BLOCKS or node.tag in ("br", "svg", "rt", "rp") or "footnote" in node.classes


def _directed(node: Element) -> Element:
    text = text_of(node) if node.tag in BLOCKS else ""
    if not has_rtl(text) or any(each.isalpha() and not has_rtl(each) for each in text):
        return node
    return node.with_attributes(**{"class": " ".join([*node.get("class").split(), LEFTWARD])})


def _parted(node: Element, numbers: "count[int]", cuts: dict[int, list[tuple[int, int]]]) -> Element:
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children += _cut(child, cuts.get(next(numbers), ()))
        else:
            children.append(_parted(child, numbers, cuts))
    return node.with_children(children)


def _cut(text: str, cuts: Sequence[tuple[int, int]]) -> Iterator[Node]:
    at = 0
    for begin, end in cuts:
        if text[at:begin]:
            yield text[at:begin]
        yield element("span", {"class": TURNED}, text[begin:end])
        at = end
    if text[at:]:
        yield text[at:]
