"""A document's tree → the XHTML page that stands in an EPUB, with links between files."""

import posixpath
from collections.abc import Iterable, Mapping

from keben.core.code import NUMBER
from keben.core.composition import Document
from keben.core.edition import Edition
from keben.core.formulas import TAG
from keben.core.markup import Element, Node, element, serialize, text_of, transform, walk
from keben.core.screensizes import beside_caption
from keben.core.values import dataclass
from keben.formats.epub.furnishing import BARE, Furnishing
from keben.formats.epub.splitting import split
from keben.formats.epub.widetables import framed

STYLE_SHEETS = ("base.css", "epub.css")
"""The theme's style sheets that every page has, in this order."""

VERTICAL = "epub-vertical.css"
"""The one that comes after them in a vertical edition."""

DUOKAN = "epub-duokan.css"
"""The one that comes after them where notes have the classes of the mainland's readers."""

NAV = "nav.xhtml"
COVER = "text/cover.xhtml"

_BODIES = {
    **dict.fromkeys(("half-title", "frontispiece", "titlepage", "colophon", "dedication"), "frontmatter"),
    **dict.fromkeys(("foreword", "preface"), "frontmatter"),
    **dict.fromkeys(("part", "chapter"), "bodymatter"),
    **dict.fromkeys(("appendix", "afterword"), "backmatter"),
}


@dataclass(frozen=True, slots=True)
class XhtmlPage:
    """An XHTML file: its path below the package's folder, its text, and its manifest properties."""

    path: str
    text: str
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages of an edition have: its language, and its style sheets in order."""

    language: str
    sheets: tuple[str, ...] = STYLE_SHEETS


def look_of(edition: Edition) -> Look:
    """The look of an edition."""
    more = {VERTICAL: edition.is_vertical, DUOKAN: edition.epub.notes == "duokan"}
    return Look(edition.language, (*STYLE_SHEETS, *(name for name, is_used in more.items() if is_used)))


def page_path(document: Document) -> str:
    """Where a document's page stands below the package's folder."""
    return NAV if document.kind == "contents" else f"text/{document.name}.xhtml"


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A document, or what one of its files holds of it."""

    document: Document
    path: str
    root: Element


def pieces_of(documents: Iterable[Document]) -> tuple[PagePiece, ...]:
    """The files that documents become, in reading order: one each, but where one would be too large."""
    documents = tuple(documents)
    taken = {page_path(document) for document in documents}
    found: list[PagePiece] = []
    for document in documents:
        path, number = page_path(document), 1
        for root in split(document):
            found.append(PagePiece(document, path, root))
            taken.add(path)
            while path in taken:
                number += 1
                path = f"{page_path(document).removesuffix('.xhtml')}-{number}.xhtml"
    return tuple(found)


def places_of(pieces: Iterable[PagePiece]) -> dict[str, str]:
    """The page of every id in the book, in reading order."""
    return {node.get("id"): piece.path for piece in pieces for node in walk(piece.root) if node.get("id")}


def make_page(
    piece: PagePiece,
    places: Mapping[str, str],
    look: Look,
    names: Mapping[str, str],
    furnishing: Furnishing = BARE,
) -> XhtmlPage:
    """A page. Of ``data-…``, which our own stages read, what styles print goes along.

    ``furnishing`` gives each element as readers need it.
    """
    document, path = piece.document, piece.path
    root = with_links(piece.root, path, places, names, furnishing, vertical=VERTICAL in look.sheets)
    if DUOKAN in look.sheets:
        root = with_duokan_notes(root)
    body_type = _BODIES.get(document.kind, "")
    tags = {node.tag for node in walk(root)}
    properties = tuple(name for name, tag in (("mathml", TAG), ("svg", "svg")) if tag in tags)
    return XhtmlPage(path, frame(document.title, serialize(root), path, look, body_type), properties)


def with_links(
    root: Element,
    path: str,
    places: Mapping[str, str],
    names: Mapping[str, str] | None = None,
    furnishing: Furnishing = BARE,
    *,
    vertical: bool = False,
) -> Element:
    """A tree whose links and pictures are named as they are reached from ``path``.

    ``places`` has the page of each id, ``names`` the path in the package of each picture.
    """
    known = names or {}

    def settle(node: Element) -> Element:
        node = furnishing.furnished(node)
        if node.tag == "footer":
            # Outside of sections a footer is a landmark of the page to screen readers; a quotation's source is none.
            node = Element(
                "div", {**node.attributes, "class": f"source {node.get('class')}".strip()}, node.children
            )
        changes: dict[str, str | None] = {
            name: None for name in node.attributes if name.startswith("data-") and name != NUMBER
        }
        href = node.get("href")
        if node.tag == "a" and href.startswith("#") and href[1:] in places:
            page = places[href[1:]]
            changes["href"] = href if page == path else f"{relative(page, path)}{href}"
        if node.tag == "img":
            changes["src"] = relative(known.get(node.get("src"), node.get("src")), path)
            changes["style"] = furnishing.size_of(node, vertical=vertical) or None
        if node.tag == "figure" and (caption := node.children[-1:]) and (more := _beside(caption[0])):
            changes["style"] = more
        return framed(node.with_mapping(changes) if changes else node, furnishing.words, vertical=vertical)

    return settle(transform(root, settle))


def _beside(caption: Node) -> str:
    """What the picture of a figure with this caption leaves it."""
    is_one = isinstance(caption, Element) and caption.tag == "figcaption"
    return beside_caption(len(text_of(caption))) if is_one else ""


def with_duokan_notes(root: Element) -> Element:
    """A tree whose notes say by their classes, too, that they are some.

    多看's readers, and others of the mainland after them, know a call by ``a.duokan-footnote``, and what it leads to by
    ``ol.duokan-footnote-content > li.duokan-footnote-item``.
    """

    def mark(node: Element) -> Element:
        if node.tag == "a" and "noteref" in node.classes:
            return node.with_mapping({"class": f"{node.get('class')} duokan-footnote"})
        if node.tag == "aside" and node.get("epub:type") == "footnote":
            item = Element("li", {"class": "duokan-footnote-item", "id": node.get("id")}, node.children)
            listed = element("ol", {"class": "duokan-footnote-content"}, item)
            return node.with_mapping({"id": None}).with_children([listed])
        return node

    return transform(root, mark)


def relative(target: str, path: str) -> str:
    """How a file of the package is named from another."""
    return posixpath.relpath(target, posixpath.dirname(path) or ".")


def frame(title: str, body: str, path: str, look: Look, body_type: str = "") -> str:
    """A whole XHTML file around a piece of markup."""
    links = "".join(
        f'<link rel="stylesheet" type="text/css" href="{relative(f"styles/{name}", path)}"/>\n'
        for name in look.sheets
    )
    attribute = f' epub:type="{body_type}"' if body_type else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{look.language}" xml:lang="{look.language}">\n<head>\n<meta charset="utf-8"/>\n'
        f"<title>{serialize(title)}</title>\n{links}</head>\n<body{attribute}>\n{body}\n</body>\n</html>\n"
    )
