"""What the contents of an EPUB list for readers' programs alone: the sections that their page hides."""

from collections.abc import Iterator, Sequence

from keben.core.composition import Document
from keben.core.formulas import TAG
from keben.core.markup import Element, Node, text_of, walk
from keben.core.saying import wording

_SILENT = frozenset(("rt", "rp"))


def without_hidden_lists(node: Element) -> Element:
    """A tree of contents as their page shows it."""
    return node.with_children(
        without_hidden_lists(child) if isinstance(child, Element) else child
        for child in node.children
        if not _is_hidden_list(child)
    )


def wrong_sections(contents: Element, documents: Sequence[Document]) -> Iterator[str]:
    """What is wrong with the hidden lists: each link says the title of a section of the book."""
    titles = {
        node.get("id"): _said(node)
        for document in documents
        for node in walk(document.root)
        if node.tag == "h3" and node.get("id")
    }
    for listed in (node for node in walk(contents) if _is_hidden_list(node)):
        for link in (node for node in walk(listed) if node.tag == "a"):
            name = link.get("href").rpartition("#")[2]
            if titles.get(name) != _said(link):
                yield wording(
                    "lists “{said}” where the section “{get}” should be.",
                    said=_said(link),
                    get=titles.get(name, "nothing"),
                )


def _is_hidden_list(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "ol" and node.get("hidden") == "hidden"


def _said(node: Node) -> str:
    """A title without calls of notes and readings, and without white space."""
    if isinstance(node, str):
        return "".join(node.split())
    if node.tag in _SILENT or "noteref" in node.classes:
        return ""
    return "".join(text_of(node).split()) if node.tag == TAG else "".join(map(_said, node.children))
