"""The whole book as one HTML document: the place where what crosses chapters comes in.

`prepare` gets a document ready by itself, knowing no other; `assemble` puts them together, and the styles do what
needs all of them (page numbers, running heads, outline, references to pages).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from keben.core.composition import Composition, Document
from keben.core.errors import BuildError, Finding, Place
from keben.core.markup import BLOCKS, HEADINGS, Element, Node, element, text_of, transform, walk
from keben.core.paper import TypeArea
from keben.core.saying import wording
from keben.typeset.booktree import BookTree
from keben.typeset.colophons import with_room
from keben.typeset.fonts import FontProfile
from keben.typeset.lastpages import with_last_page
from keben.typeset.latinmarks import with_latin_marks
from keben.typeset.leadins import with_leads
from keben.typeset.lists import with_numbers
from keben.typeset.literary import with_measures, with_poems
from keben.typeset.notes import place_notes
from keben.typeset.phrases import with_parted_phrases
from keben.typeset.resources import address_of, with_fonts
from keben.typeset.tables.trees import continuing, table_for_pages, with_figures, with_its_classes

_PARENTHESES = re.compile("[（(）)]")
# Kinds whose title goes into running heads.
_RUNNING = frozenset(("contents", "foreword", "preface", "chapter", "appendix", "afterword"))


def assemble(composition: Composition, profile: FontProfile) -> BookTree:
    """The book as an ``html`` element.

    Attributes for the styles: on each part ``data-part`` (its kind); on headings ``data-outline`` (their text for the
    outline); on the title of a part that has running heads ``data-book`` and ``data-head``; on ``a.xref``
    ``data-before`` and ``data-after``, to go round a page number; without them there is none.
    """
    edition = composition.edition
    words, title = composition.words, composition.metadata.title
    area: TypeArea = edition.area
    return BookTree(
        edition.language,
        title,
        tuple(composition.texts),
        lambda document: prepare(document, words, area, title, profile),
        (words, area, title, profile),
    )


def prepare(
    document: Document, words: Mapping[str, str], area: TypeArea, title: str, profile: FontProfile
) -> Element:
    """One document as it stands in the book of a title; ``words`` are the theme's.

    Raises:
        BuildError: a note is never called, or a heading skips a level.
    """
    skipped = tuple(_skipped_levels(document))
    if skipped:
        raise BuildError(*skipped)

    def complete(node: Element) -> Node:
        if node.tag in HEADINGS:
            return node.with_attributes(data_outline=plain(node.children))
        if node.tag == "img":
            # Every figure of a tagged PDF has an alternative text (ISO 14289-1, 7.3); that there is none was reported.
            return node.with_attributes(src=address_of(node.get("src")), alt=node.get("alt").strip() or " ")
        if node.tag == "ol" and document.kind != "contents":
            return with_numbers(node)
        if node.tag == "li":
            return _with_body(node)
        if node.tag == "table":
            return table_for_pages(node)
        if node.tag == "figcaption":
            return _with_apart_number(node)
        if node.tag == "figure":
            return continuing(node, words["continued"])
        if node.tag == "svg":
            return with_fonts(node, profile)
        return with_poems(with_measures(node, area.measure), area.measure)

    placed = with_latin_marks(with_parted_phrases(place_notes(document.root, document.path)))
    marked = with_figures(transform(placed, lambda node: with_its_classes(with_figures(node))))
    root = with_poems(transform(marked, complete), area.measure)
    root = with_last_page(with_leads(root), document.kind, area)
    if document.kind == "colophon":
        root = with_room(root, area)
    root = _name_title(root, document, title)
    root, _ = _with_pages(root, 0, (words["page_before"], words["page_after"]))
    return root.with_attributes(data_part=document.kind)


def _with_pages(node: Element, depth: int, words: tuple[str, str]) -> tuple[Element, int]:
    """References with what goes round the number of their page: parentheses, or in such a comma.

    A number alone that stands in parentheses is short and says where to look: it gets no page.

    ``depth`` is how many parentheses are open before the node, and what is given with it, how many are behind it.
    """
    children: list[Node] = []
    outer = depth
    depth = 0 if node.tag in BLOCKS else depth
    for child in node.children:
        if isinstance(child, str):
            for mark in _PARENTHESES.findall(child):
                depth = depth + 1 if mark in "（(" else max(depth - 1, 0)
            children.append(child)
            continue
        inside = depth > 0
        made, depth = _with_pages(child, depth, words)
        if made.tag == "a" and "xref" in made.classes and made.get("href").startswith("#"):
            if inside and all(
                isinstance(part, Element) and "ref-number" in part.classes for part in made.children
            ):
                children.append(made)
                continue
            before, after = ("，", "") if inside else ("（", "）")
            made = made.with_attributes(data_before=f"{before}{words[0]}", data_after=f"{words[1]}{after}")
        children.append(made)
    return node.with_children(children), outer if node.tag in BLOCKS else depth


def _skipped_levels(document: Document) -> Iterator[Finding]:
    """Headings go down one level at a time (ISO 14289-1, 7.4.2)."""
    before = 0
    for node in walk(document.root):
        if node.tag in HEADINGS:
            level = int(node.tag[1])
            if level > before + 1:
                message = wording(
                    "The heading “{plain}” is of level {level}, under one of level {before}.",
                    plain=plain(node.children),
                    level=level,
                    before=before,
                )
                place = Place(document.path or document.name, node.line)
                yield Finding(
                    place, "skipped-heading", message, wording("Make it level {before}.", before=before + 1)
                )
            before = level


def _with_body(item: Element) -> Element:
    """A list item whose blocks stand in an ``li.item``.

    In the file's structure a list item holds a label and bodies only (ISO 32000-1, 14.8.4.3.3), and WeasyPrint makes
    a body of nothing else.
    """
    if not any(_is_item_block(child) for child in item.children):
        return item
    children: list[Node] = []
    body: list[Node] = []
    for child in (*item.children, None):
        if child is not None and not (isinstance(child, Element) and child.tag in ("ol", "ul")):
            body.append(child)
            continue
        if any(isinstance(part, Element) or part.strip() for part in body):
            children.append(element("li", {"class": "item"}, *body))
        body = []
        if child is not None:
            children.append(child)
    return item.with_children(children)


def _is_item_block(node: Node) -> bool:
    return isinstance(node, Element) and node.tag in BLOCKS and node.tag not in ("ol", "ul")


def _with_apart_number(caption: Element) -> Element:
    """A caption whose title stands an em behind its number (CY/T 170—2019)."""
    children = list(caption.children)
    for at, child in enumerate(children[:-1]):
        if isinstance(child, Element) and "number" in child.classes and children[at + 1] == " ":
            children[at + 1] = "\u3000"
    return caption.with_children(children)


def _name_title(root: Element, document: Document, book: str) -> Element:
    """The document's first heading carries its whole title, label and all, to the outline and the running heads."""
    seen = False

    def name(node: Element) -> Element:
        nonlocal seen
        if node.tag != "h1" or seen:
            return node
        seen = True
        running = (
            {"data_book": book, "data_head": document.running or document.title}
            if document.kind in _RUNNING
            else {}
        )
        return node.with_attributes(data_outline=document.title, **running)

    return transform(root, name)


def plain(nodes: Iterable[Node]) -> str:
    """The text of a heading, without its note calls."""
    return text_of(_without_calls(node) for node in nodes).strip()


def _without_calls(node: Node) -> Node:
    if isinstance(node, str):
        return node
    if node.classes & {"footnote", "noteref"}:
        return ""
    return node.with_children(_without_calls(child) for child in node.children)
