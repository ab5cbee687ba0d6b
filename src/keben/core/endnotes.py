"""Notes at a chapter's end, or at the book's, in place of the feet of pages.

A chapter's notes stand in a ``section.notes`` at its end, from where a page's foot takes them. Here they become text
that stays where it is: with the chapter, or in a document of their own (`ENDNOTES`), which the theme made empty.

EPUB Structural Semantics Vocabulary 1.1: endnotes; DPUB-ARIA 1.1: doc-endnotes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keben.core.composition import Composition, Document
from keben.core.markup import Element, Node, element, transform, walk

ENDNOTES = "endnotes"
"""The name of the document of a book's notes, its id, and the class of what holds notes that are text."""


def with_endnotes(composition: Composition) -> Composition:
    """A composition whose notes stand where its edition wants them."""
    at = composition.edition.notes_at
    if at == "page":
        return composition
    if at == "chapter":
        title = composition.words["notes"]
        return _changed(composition, lambda document: _noted(document, title))
    groups = tuple(_group(document) for document in composition.texts if _notes(document))
    return _changed(composition, lambda document: _bound(document, groups))


def without_endnotes(composition: Composition) -> Composition:
    """A composition for a format that has notes of its own kind: without the document of the book's notes."""
    if composition.edition.notes_at != "book":
        return composition

    def visit(node: Element) -> Element | None:
        is_entry = node.tag == "li" and any(
            each.tag == "a" and each.get("href") == f"#{ENDNOTES}" for each in walk(node)
        )
        return None if is_entry else node

    kept = (
        replace(each, root=transform(each.root, visit)) if each.kind == "contents" else each
        for each in composition.documents
        if each.name != ENDNOTES
    )
    return replace(composition, documents=tuple(kept))


def _changed(composition: Composition, change: Callable[[Document], Document]) -> Composition:
    documents = (change(document) if document.is_chapter else document for document in composition.documents)
    return replace(composition, documents=tuple(documents))


def _noted(document: Document, title: str) -> Document:
    """A chapter whose notes are the last of its text, under a heading."""

    def visit(node: Element) -> Element:
        if not _holds_notes(node):
            return node
        name = f"{document.root.get('id')}-notes"
        head = element("h2", {"id": name, "class": "endnotes-title"}, title)
        attributes = {
            "epub:type": "endnotes",
            "role": "doc-endnotes",
            "class": ENDNOTES,
            "aria-labelledby": name,
        }
        return Element("section", attributes, (head, *map(_endnote, node.children)), node.line)

    return replace(document, root=transform(document.root, visit))


def _bound(document: Document, groups: tuple[Element, ...]) -> Document:
    """A chapter without its notes; the document of the notes with those of all chapters."""
    if document.name == ENDNOTES:
        return replace(document, root=document.root.with_children((*document.root.children, *groups)))
    root = transform(document.root, lambda node: None if _holds_notes(node) else node)
    return replace(document, root=root)


def _group(document: Document) -> Element:
    """The notes of a chapter under its title."""
    name = f"{document.root.get('id')}-notes"
    head = element("h2", {"id": name}, document.title)
    attributes = {"class": ENDNOTES, "aria-labelledby": name}
    return element("section", attributes, head, *map(_endnote, _notes(document)))


def _notes(document: Document) -> tuple[Node, ...]:
    return tuple(_of_sections(document)) if document.is_chapter else ()


def _of_sections(document: Document) -> Iterator[Node]:
    for section in walk(document.root):
        if _holds_notes(section):
            yield from section.children


def _holds_notes(node: Element) -> bool:
    return node.tag == "section" and "notes" in node.classes


def _endnote(node: Node) -> Node:
    if isinstance(node, str) or node.tag != "aside":
        return node
    return Element("div", {"class": "endnote", "id": node.get("id")}, node.children, node.line)
