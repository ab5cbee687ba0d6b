"""Names and titles of works, as an edition prints them: with lines under them, or the titles in brackets.

A source writes ``[屈原]{.name}`` and ``[离骚]{.work}``. Sources: GB/T 15834—2011, 4.15 and 4.16; Taiwan's handbook of
2008, 專名號 and 書名號.
"""

from dataclasses import replace

from keben.core.book import Book, Chapter, Note
from keben.core.edition import Edition
from keben.core.markup import Element, Node

NAME, WORK = "name", "work"
LINED, APART = "lined", "apart"
"""Classes that the edition adds: with a line; right behind another one that has one."""


def settle_names(book: Book, edition: Edition) -> Book:
    """The book with its names and works as the edition has them."""
    return Book(tuple(_chapter(chapter, edition) for chapter in book.chapters))


def _chapter(chapter: Chapter, edition: Edition) -> Chapter:
    def settled(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return _settle(Element("div", {}, nodes), edition, 0).children

    notes = tuple(_note(note, settled(note.body)) for note in chapter.notes)
    return replace(chapter, title=settled(chapter.title), body=settled(chapter.body), notes=notes)


def _note(note: Note, body: tuple[Node, ...]) -> Note:
    return replace(note, body=body)


def _settle(node: Element, edition: Edition, depth: int) -> Element:
    """``depth``: how many works a node stands in."""
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children.append(child)
            continue
        is_work = child.tag == "span" and WORK in child.classes
        made = _settle(child, edition, depth + is_work)
        if is_work and edition.works == "brackets":
            left, right = "《》" if depth % 2 == 0 else "〈〉"
            made = made.with_children((left, *made.children, right))
        elif is_work or (child.tag == "span" and NAME in child.classes and edition.names == "lined"):
            made = _lined(made, children[-1] if children else "")
        children.append(made)
    return node.with_children(children)


def _lined(node: Element, before: Node) -> Element:
    apart = isinstance(before, Element) and LINED in before.classes
    classes = [node.get("class"), LINED, *([APART] if apart else [])]
    return node.with_attributes(**{"class": " ".join(classes)})
