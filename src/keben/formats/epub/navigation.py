"""The navigation document: the book's contents, and landmarks (EPUB 3.3, section 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from keben.core.composition import Document
from keben.core.markup import Element, Node, element, serialize, text_of, walk
from keben.formats.epub.pages import COVER, NAV, Look, XhtmlPage, frame, page_path, with_links

_MATTER = ("preface", "part", "chapter", "appendix", "afterword")


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A line of the contents, for readers that know EPUB 2's NCX only."""

    title: str
    href: str
    entries: tuple["NavigationEntry", ...] = ()


def navigation(
    contents: Document,
    documents: Iterable[Document],
    places: Mapping[str, str],
    words: Mapping[str, str],
    look: Look,
    *,
    has_cover: bool,
) -> XhtmlPage:
    """The contents' document with hidden landmarks after it."""
    root = with_links(contents.root, NAV, places)
    landmarks = _landmarks(documents, root.get("id"), words, has_cover=has_cover)
    return XhtmlPage(NAV, frame(contents.title, serialize((root, "\n", landmarks)), NAV, look), ("nav",))


def _landmarks(
    documents: Iterable[Document], contents_id: str, words: Mapping[str, str], *, has_cover: bool
) -> Element:
    """Only what leads to a place that readers jump to: cover, title page, contents, the first chapter, colophon."""
    found: list[tuple[str, str, str]] = [("cover", COVER, words["cover"])] if has_cover else []
    begun = False
    for document in documents:
        if document.kind in ("titlepage", "colophon"):
            found.append((document.kind, page_path(document), words[document.kind]))
        elif document.kind == "contents":
            found.append(("toc", f"#{contents_id}", words["contents"]))
        elif document.kind in _MATTER and not begun:
            begun = True
            found.append(("bodymatter", page_path(document), words["bodymatter"]))
    items = (
        element("li", {}, element("a", {"epub:type": kind, "href": href}, title))
        for kind, href, title in found
    )
    attributes = {"epub:type": "landmarks", "aria-label": words["landmarks"], "hidden": "hidden"}
    return element("nav", attributes, element("h2", {}, words["landmarks"]), Element("ol", {}, tuple(items)))


def entries(contents: Document, places: Mapping[str, str]) -> tuple[NavigationEntry, ...]:
    """The contents as a tree of titles and places."""
    lists = [node for node in contents.root.children if isinstance(node, Element) and node.tag == "ol"]
    return tuple(_entries(lists[0].children, places)) if lists else ()


def _entries(items: Iterable[Node], places: Mapping[str, str]) -> Iterable[NavigationEntry]:
    for item in items:
        if not isinstance(item, Element) or item.tag != "li":
            continue
        link = next((node for node in walk(item) if node.tag == "a"), None)
        below = [node for node in item.children if isinstance(node, Element) and node.tag == "ol"]
        if link is not None:
            href = link.get("href")
            title = " ".join(text_of(link).split())
            inner = tuple(_entries(below[0].children, places)) if below else ()
            yield NavigationEntry(title, f"{places.get(href[1:], NAV)}{href}", inner)
