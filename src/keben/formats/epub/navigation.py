"""The navigation document: contents, landmarks, and lists of figures, tables and pages (EPUB 3.3, section 7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from keben.core.composition import Document
from keben.core.markup import Element, Node, element, serialize, text_of, walk
from keben.core.values import dataclass
from keben.formats.epub.pages import COVER, NAV, Look, XhtmlPage, frame, page_path, with_links

_FIGURES = (("loi", "figure", "figures"), ("lot", "table", "tables"))
"""The list of each kind of figures (EPUB Structural Semantics Vocabulary 1.1), their class, and the list's title."""

_FRONT = frozenset(("titlepage", "colophon"))


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A line of the contents, for readers that know EPUB 2's NCX only."""

    title: str
    href: str
    entries: tuple["NavigationEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a page of the printed edition begins."""

    label: str
    """As the page prints it: ``12``, ``iv``."""
    href: str


def navigation(
    contents: Document,
    documents: Sequence[Document],
    places: Mapping[str, str],
    words: Mapping[str, str],
    look: Look,
    pages: Sequence[PageBreak] = (),
    *,
    has_cover: bool,
    shows_lists: bool = False,
) -> XhtmlPage:
    """The contents' document, parts over their chapters, with lists after it.

    These are for programs, and hidden; ``shows_lists``: those of figures and tables are for everybody.
    """
    root = with_links(_in_levels(contents.root, documents), NAV, places)
    figures = tuple(_listed_figures(documents, places, words, is_hidden=not shows_lists))
    landmarks = _landmarks(documents, root.get("id"), words, has_cover=has_cover)
    if shows_lists:
        landmarks += [
            (each.get("epub:type"), f"#{each.get('id')}", each.get("aria-label")) for each in figures
        ]
    lists = [_hidden_landmarks(landmarks, words), *figures]
    if pages:
        lists.append(_hidden("page-list", words["pages"], ((page.href, page.label) for page in pages)))
    body = "\n".join(serialize(each) for each in (root, *lists))
    return XhtmlPage(NAV, frame(contents.title, body, NAV, look), ("nav",))


def _in_levels(root: Element, documents: Sequence[Document]) -> Element:
    """The contents in three levels: parts, chapters and sections; or chapters and sections of two levels.

    The third of these is for readers' own lists: the page of contents hides it (EPUB 3.3, 7.4.2.2: ``hidden``).
    """
    if any(document.kind == "part" for document in documents):
        return with_parts(root, documents)
    below = _sections_below(documents)
    return _with_sections(root, below) if below else root


def _sections_below(documents: Iterable[Document]) -> Mapping[str, Sequence[Element]]:
    """The sections (``h3``) of each ``h2`` of a chapter, or of the chapter where none is before them."""
    found: dict[str, list[Element]] = {}
    for document in documents:
        over = document.root.get("id")
        for node in document.root.children:
            if isinstance(node, Element) and node.tag in ("h2", "h3") and node.get("id"):
                if node.tag == "h2":
                    over = node.get("id")
                else:
                    found.setdefault(over, []).append(node)
    return found


def _with_sections(node: Element, below: Mapping[str, Sequence[Element]]) -> Element:
    children = [
        _with_sections(child, below) if isinstance(child, Element) else child for child in node.children
    ]
    if node.tag == "li" and not any(isinstance(child, Element) and child.tag == "ol" for child in children):
        link = next((each for each in walk(node) if each.tag == "a"), None)
        sections = below.get(link.get("href")[1:], ()) if link is not None else ()
        if sections:
            items = [
                element("li", {}, element("a", {"href": f"#{each.get('id')}"}, " ".join(_said(each).split())))
                for each in sections
            ]
            children.append(element("ol", {"hidden": "hidden"}, *items))
    return node.with_children(children)


def with_parts(root: Element, documents: Iterable[Document]) -> Element:
    """The contents with each part's chapters in a list of the part's own: templates list them side by side."""
    kinds = {document.root.get("id"): document.kind for document in documents}
    if "part" not in kinds.values():
        return root
    children = [
        _in_parts(node, kinds) if isinstance(node, Element) and node.tag == "ol" else node
        for node in root.children
    ]
    return root.with_children(children)


def _in_parts(listed: Element, kinds: Mapping[str, str]) -> Element:
    found: list[Element] = []
    part: Element | None = None
    held: list[Node] = []

    def close() -> None:
        nonlocal part
        if part is not None:
            found.append(
                part.with_children((*part.children, Element("ol", {}, tuple(held)))) if held else part
            )
            held.clear()
            part = None

    for item in listed.children:
        if isinstance(item, str):
            continue
        kind = _kind_of(item, kinds)
        if kind == "chapter" and part is not None:
            held += ["\n", item]
            continue
        close()
        # A theme that lists a part's chapters itself is left as it is.
        if kind == "part" and not any(node.tag == "ol" for node in walk(item)):
            part = item
        else:
            found.append(item)
    close()
    return listed.with_children(node for item in found for node in ("\n", item))


def _kind_of(item: Element, kinds: Mapping[str, str]) -> str:
    link = next((node for node in walk(item) if node.tag == "a"), None)
    return kinds.get(link.get("href")[1:], "") if link is not None else ""


def _landmarks(
    documents: Iterable[Document], contents_id: str, words: Mapping[str, str], *, has_cover: bool
) -> list[tuple[str, str, str]]:
    """Kind, place and title of what readers jump to. The text begins with its first part or chapter.

    Readers open a book where its text begins; a preface is before it.
    """
    found = [("cover", COVER, words["cover"])] if has_cover else []
    begun = False
    for document in documents:
        if document.kind in _FRONT:
            found.append((document.kind, page_path(document), words[document.kind]))
        elif document.kind == "contents":
            found.append(("toc", f"#{contents_id}", words["contents"]))
        elif not document.is_front and document.kind != "dedication" and not begun:
            begun = True
            found.append(("bodymatter", page_path(document), words["bodymatter"]))
    return found


def _hidden_landmarks(found: Iterable[tuple[str, str, str]], words: Mapping[str, str]) -> Element:
    items = (
        element("li", {}, element("a", {"epub:type": kind, "href": href}, title))
        for kind, href, title in found
    )
    return _nav("landmarks", words["landmarks"], items)


def _listed_figures(
    documents: Iterable[Document], places: Mapping[str, str], words: Mapping[str, str], *, is_hidden: bool
) -> Iterator[Element]:
    """Lists of the figures and of the tables that have a caption, where the book has any."""
    figures = [node for document in documents for node in walk(document.root) if node.tag == "figure"]
    for kind, name, title in _FIGURES:
        entries = [
            (f"{places.get(node.get('id'), NAV)}#{node.get('id')}", caption)
            for node in figures
            if name in node.classes and node.get("id") and (caption := _caption(node))
        ]
        if entries:
            listed = _hidden(kind, words[title], entries)
            yield listed if is_hidden else _shown(listed, f"list-of-{title}")


def _caption(figure: Element) -> str:
    captions = [node for node in figure.children if isinstance(node, Element) and node.tag == "figcaption"]
    return " ".join("".join(_said(node) for node in captions).split())


def _said(node: Node) -> str:
    """A text without calls of notes."""
    if isinstance(node, str):
        return node
    if "noteref" in node.classes or node.tag in ("rt", "rp"):
        return ""
    return text_of(node) if node.tag == "math" else "".join(map(_said, node.children))


def _hidden(kind: str, title: str, entries: Iterable[tuple[str, str]]) -> Element:
    items = (element("li", {}, element("a", {"href": href}, said)) for href, said in entries)
    return _nav(kind, title, items)


def _shown(listed: Element, name: str) -> Element:
    return listed.with_mapping({"hidden": None, "class": "contents", "id": name})


def _nav(kind: str, title: str, items: Iterable[Element]) -> Element:
    attributes = {"epub:type": kind, "aria-label": title, "hidden": "hidden"}
    return element("nav", attributes, element("h2", {}, title), Element("ol", {}, tuple(items)))


def entries(
    contents: Document, documents: Sequence[Document], places: Mapping[str, str]
) -> tuple[NavigationEntry, ...]:
    """The contents as a tree of titles and places."""
    root = _in_levels(contents.root, documents)
    lists = [node for node in root.children if isinstance(node, Element) and node.tag == "ol"]
    return tuple(_entries(lists[0].children, places)) if lists else ()


def _entries(items: Iterable[Node], places: Mapping[str, str]) -> Iterator[NavigationEntry]:
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
