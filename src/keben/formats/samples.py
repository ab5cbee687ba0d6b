"""A sample of a book: what stands before its text, and the first chapters (EPUB Previews 1.0).

It is a book of its own: it has another identifier, names the one that it is from, and links to nothing that it lacks.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from keben.core.composition import Composition, Document
from keben.core.errors import Finding, Place
from keben.core.isbn import NO_ISBNS
from keben.core.markup import Element, Node, element, transform, walk
from keben.core.metadata import Metadata
from keben.core.saying import wording

END = "sample-end"
"""The name of the page that says where the sample ends, and its id."""


def sampled(composition: Composition) -> Composition:
    """The beginning of a book, with a page at its end that says so.

    Of the text it has as many chapters as the edition's settings say, and the parts that these stand in.
    """
    kept = _kept(composition)
    ids = {node.get("id") for document in kept for node in walk(document.root)} - {""}
    documents = [_within(document, ids) for document in kept]
    last = max((at for at, each in enumerate(documents) if not each.is_drawn), default=-1)
    documents.insert(last + 1, _end(composition, sum(each.kind == "chapter" for each in kept)))
    drawn = {node.get("src") for document in documents for node in walk(document.root) if node.tag == "img"}
    shown = tuple(each for each in documents if each.kind != "drawing" or each.name in drawn)
    metadata = _named(composition.metadata, composition.words)
    edition = composition.edition
    epub = replace(edition.epub, page_list=False)
    return replace(
        composition,
        documents=shown,
        metadata=metadata,
        edition=replace(edition, metadata=metadata, epub=epub, stores=()),
    )


def whole_book(composition: Composition) -> tuple[Finding, ...]:
    """A warning where a sample would be all of the book's text."""
    count = sum(document.kind == "chapter" for document in composition.documents)
    if count > composition.edition.epub.sample:
        return ()
    message = wording(
        "The sample of {name} is the whole text: the book has {count} chapters.",
        name=composition.edition.name,
        count=count,
    )
    return (
        Finding(
            Place("book/book.toml"),
            "whole-sample",
            message,
            wording("Say fewer: sample in [epub]."),
            "warning",
        ),
    )


def _kept(composition: Composition) -> tuple[Document, ...]:
    """What stands before the text or is about the book, the first chapters with their parts, and drawings."""
    found: list[Document] = []
    parts: list[Document] = []
    left = composition.edition.epub.sample
    for document in composition.documents:
        if document.kind == "part":
            parts = [document]
        elif document.kind == "chapter":
            if left > 0:
                found += [*parts, document]
            parts, left = [], left - 1
        elif document.is_front or document.is_drawn or document.kind == "dedication":
            found.append(document)
    return tuple(found)


def _within(document: Document, ids: set[str]) -> Document:
    """A document whose links to what is not there are plain text; in the contents such lines are left out."""

    def is_lost(node: Element) -> bool:
        href = node.get("href")
        return node.tag == "a" and href.startswith("#") and href[1:] not in ids

    def settle(node: Element) -> Node | None:
        if document.kind == "contents":
            if node.tag == "li" and any(
                is_lost(child) for child in node.children if isinstance(child, Element)
            ):
                return None
            if node.tag == "ol" and not any(isinstance(child, Element) for child in node.children):
                return None
            # The line that holds a lost link goes as a whole.
            return node
        if is_lost(node):
            kept = {name: value for name, value in node.attributes.items() if name in ("class", "id", "lang")}
            return Element("span", kept, node.children, node.line)
        return node

    return document if document.is_drawn else replace(document, root=transform(document.root, settle))


def _end(composition: Composition, count: int) -> Document:
    words = composition.words
    total = sum(document.kind == "chapter" for document in composition.documents)
    said = words["sample_end"].format(title=composition.metadata.title, count=count, total=total)
    title = words["sample"]
    head = element("header", {"class": "chapter-head"}, element("h1", {"id": f"{END}-title"}, title))
    attributes = {"class": "chapter afterword", "id": END, "aria-labelledby": f"{END}-title"}
    root = element("section", attributes, head, element("p", {}, said))
    return Document(END, "afterword", title, root, "templates/words.toml")


def _named(data: Metadata, words: Mapping[str, str]) -> Metadata:
    """What a catalogue says of the sample: its own name and number, and the book's as its source."""
    whole = data.identifier_of("epub")
    return replace(
        data,
        title=words["sample_title"].format(title=data.title),
        identifier=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{whole} sample')}",
        isbns=NO_ISBNS,
        identifiers=(),
        source=(whole, *data.source),
        is_sample=True,
    )
