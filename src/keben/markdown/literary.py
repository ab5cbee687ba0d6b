"""Verse, plays and letters in a chapter: blocks that are not prose, by their classes."""

from collections.abc import Iterable

from keben.core.markup import Element, Node, walk
from keben.markdown.drama import DRAMA, set_drama
from keben.markdown.letters import LETTER, set_letter
from keben.markdown.poems import set_poems
from keben.markdown.verse import VERSE, is_verse, set_verse

LINED = frozenset((VERSE, DRAMA, LETTER))
"""Classes of blocks in which the source's lines count."""

SCENE = "scene"
"""The class of a break between scenes: ``***``, which a theme draws as an ornament."""


def set_literary(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks with their verse, plays and letters set."""
    made = tuple(_set(node) if isinstance(node, Element) and _has_any(node) else node for node in nodes)
    return set_poems(made)


def _has_any(node: Element) -> bool:
    return any(part.tag == "blockquote" or part.classes & LINED for part in walk(node))


def _set(node: Element) -> Node:
    if DRAMA in node.classes:
        return set_drama(node)
    if LETTER in node.classes:
        return set_letter(node)
    if is_verse(node):
        return set_verse(node)
    return node.with_children(
        _set(child) if isinstance(child, Element) and _has_any(child) else child for child in node.children
    )
