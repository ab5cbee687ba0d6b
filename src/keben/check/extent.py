"""How long a book is."""

from keben.core.composition import Composition
from keben.core.markup import Node

_APART = frozenset(("rt", "rp", "svg"))


def count_characters(composition: Composition) -> int:
    """The characters of an edition's text, notes and contents included.

    Spaces do not count, nor do readings (ruby), calls of notes, the cover and drawings.
    """
    return sum(_count(document.root) for document in composition.texts)


def _count(node: Node) -> int:
    if isinstance(node, str):
        return sum(map(len, node.split()))
    if node.tag in _APART or node.classes & {"noteref", "backlink"}:
        return 0
    return sum(map(_count, node.children))
