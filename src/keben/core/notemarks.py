"""Notes with other marks than those that they were composed with: what numbers by page is known when pages are."""

from collections.abc import Mapping
from dataclasses import replace
from unicodedata import numeric

from keben.core.composition import Composition
from keben.core.markup import Element, Node, text_of, walk

Marks = Mapping[str, str]
"""The marks of notes, by the notes' ids."""


_TEN = 10
_LOOKS = frozenset(("digit", "many"))


def look_of(mark: str) -> str:
    """A class for a mark: ``digit`` for one half as wide as ①, ``many`` for a number of two figures or more."""
    if len(mark) == 1 and mark.isascii():
        return "digit"
    return "many" if len(mark) > 1 or numeric(mark, 0) >= _TEN else ""


def marks_in(root: Element) -> dict[str, str]:
    """The marks that notes have in a tree, in the order of their calls: a chapter's, or what pages are made of.

    There ``span.footnote`` has its mark in ``data-mark``.
    """
    found: dict[str, str] = {}
    for node in walk(root):
        if node.tag == "a" and "noteref" in node.classes:
            found.setdefault(node.get("href")[1:], text_of(node))
        elif node.tag == "span" and "footnote" in node.classes and node.get("id"):
            found.setdefault(node.get("id"), node.get("data-mark"))
    return found


def remarked(root: Element, before: Marks, after: Marks) -> Element:
    """A tree in which calls of notes, links back and references to notes say other marks."""
    made = _remarked(root, before, after, "")
    return made if isinstance(made, Element) else root


def with_marks(composition: Composition, marks: Marks) -> Composition:
    """A composition whose notes have other marks."""
    before = {name: mark for document in composition.texts for name, mark in marks_in(document.root).items()}
    documents = (
        document if document.is_drawn else replace(document, root=remarked(document.root, before, marks))
        for document in composition.documents
    )
    return replace(composition, documents=tuple(documents))


def _remarked(node: Node, before: Marks, after: Marks, note: str) -> Node:
    if isinstance(node, str):
        return node
    if node.get("id") in after and "footnote" in node.classes:
        note = node.get("id")
        if node.get("data-mark"):
            kept = [each for each in node.get("class").split() if each not in _LOOKS]
            looks = " ".join(filter(None, (*kept, look_of(after[note]))))
            node = node.with_mapping({"data-mark": after[note], "class": looks})
    if node.tag == "a":
        target = note if "backlink" in node.classes else node.get("href")[1:]
        mark = after.get(target, "")
        if mark and node.classes & {"noteref", "backlink"}:
            return node.with_children((mark,))
        if mark and "xref" in node.classes and before.get(target):
            return _replaced(node, before[target], mark)
    return node.with_children(_remarked(child, before, after, note) for child in node.children)


def _replaced(node: Element, old: str, new: str) -> Element:
    """A reference such as 注③ with another mark."""
    return node.with_children(
        child.replace(old, new) if isinstance(child, str) else _replaced(child, old, new)
        for child in node.children
    )
