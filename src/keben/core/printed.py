"""The characters that a composition prints, and where each of them stands in the book's sources."""

from collections.abc import Collection, Iterator

from keben.core.composition import Composition, Document
from keben.core.errors import Place
from keben.core.formulas import TAG
from keben.core.markup import Node, walk
from keben.core.media import PAGES
from keben.core.sheets import origin
from keben.core.stylewords import printed_strings

_SHEETS = ("base.css", "print.css", "press.css", "cover-sheet.css")
_VERTICAL = "print-vertical.css"

# Elements of an SVG that are read out and never drawn; elements of HTML that another format prints.
NOT_DRAWN = frozenset(("title", "desc", "metadata", "style"))


def texts(document: Document, reads: Collection[str] = PAGES) -> Iterator[tuple[str, int]]:
    """A document's texts that are drawn, each with the line of the nearest element that has one, or 0.

    ``reads`` is what ``data-only`` can name there.
    """
    return _texts(document.root, 0, reads)


def characters(composition: Composition) -> Iterator[tuple[str, Place]]:
    """Each character that a PDF prints with each place of it; the title and the theme's words are ``book.toml``'s.

    What styles print of their own accord is among them.
    """
    for document in composition.documents:
        for text, line in texts(document):
            for character in dict.fromkeys(text):
                yield character, place_in(document, line, character)
    own = Place("book/book.toml")
    for text in (composition.metadata.title, *composition.words.values()):
        for character in dict.fromkeys(text):
            yield character, own
    for text, place in _of_styles(composition):
        for character in dict.fromkeys(text):
            yield character, place


def character_set(composition: Composition) -> frozenset[str]:
    """The characters that `characters` gives, without their places."""
    found = set(composition.metadata.title)
    for document in composition.documents:
        for text, _ in texts(document):
            found.update(text)
    return frozenset(found.union(style_characters(composition), *composition.words.values()))


def style_characters(composition: Composition) -> frozenset[str]:
    """The characters that styles print of their own accord."""
    return frozenset("".join(text for text, _ in _of_styles(composition)))


def _of_styles(composition: Composition) -> Iterator[tuple[str, Place]]:
    for name in (*_SHEETS, *([_VERTICAL] if composition.edition.is_vertical else [])):
        sheet = composition.styles.get(name, "")
        for text, line, column in printed_strings(sheet):
            yield text, Place(*origin(sheet, f"styles/{name}", line, column))


def place_in(document: Document, line: int, character: str) -> Place:
    """Where a character of a document's text stands in the source."""
    if not line and document.is_chapter and character not in document.title:
        # Whatever a chapter's source says has a line, but for its title.
        return Place("templates/chapter.html")
    return Place(document.path or document.name, line)


def _texts(node: Node, line: int, reads: Collection[str]) -> Iterator[tuple[str, int]]:
    if isinstance(node, str):
        yield node, line
    elif node.tag == TAG:
        # Its signs are drawn by a font of their own.
        for part in walk(node):
            yield from (
                (child, line) for child in part.children if isinstance(child, str) and part.tag == "mtext"
            )
    elif node.tag not in NOT_DRAWN and ("data-only" not in node.attributes or node.get("data-only") in reads):
        for child in node.children:
            yield from _texts(child, node.line or line, reads)
