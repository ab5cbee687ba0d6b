"""The proof, before typesetting, that every character of a book has a glyph in the fonts that set it."""

import unicodedata
from collections.abc import Iterator

from keben.errors import Finding, Place
from keben.markup import Node
from keben.model import Composition, Document
from keben.typeset.fonts import LATIN, FontProfile, coverage
from keben.typeset.latin import is_latin

MOST_PLACES = 3
"""How many places are reported of one character; the last says how many more there are."""

CHAPTERS = frozenset(("preface", "chapter", "appendix", "afterword"))
"""Kinds of documents that ``chapter.html`` makes."""

# Elements of an SVG that are read out and never drawn; elements of HTML that another format prints.
_NOT_DRAWN = frozenset(("title", "desc", "metadata", "style"))


def missing_in(composition: Composition, profile: FontProfile) -> tuple[Finding, ...]:
    """A ``missing-glyph`` error for each character and place that no family has a glyph for, where it may set it."""
    known = frozenset[int]().union(*(codes for _, codes in setters(profile)))
    places: dict[str, dict[Place, None]] = {}
    for character, place in _characters(composition):
        if ord(character) not in known and not _is_invisible(character):
            places.setdefault(character, {})[place] = None
    asked = ", ".join(dict.fromkeys(family for family, _ in setters(profile)))
    return tuple(
        finding
        for character in sorted(places)
        for finding in _findings(character, tuple(places[character]), asked)
    )


def setters(profile: FontProfile) -> tuple[tuple[str, frozenset[int]], ...]:
    """The families that running text is looked up in, in order, each with the code points that it may set."""
    return tuple(
        (name.removesuffix(LATIN), _latin(profile.latin))
        if name == profile.latin + LATIN
        else (name, coverage(name))
        for name in profile.stack("serif")
    )


def _latin(family: str) -> frozenset[int]:
    return frozenset(code for code in coverage(family) if is_latin(chr(code)))


def _findings(character: str, places: tuple[Place, ...], asked: str) -> Iterator[Finding]:
    name = unicodedata.name(character, "")
    shown = f"“{character}” (U+{ord(character):04X}{' ' + name if name else ''})"
    advice = f"Write it with another character, or install a font that has it; these do not: {asked}."
    rest = len(places) - MOST_PLACES
    for number, place in enumerate(places[:MOST_PLACES], 1):
        more = f", here and in {rest} more places" if rest > 0 and number == MOST_PLACES else ""
        yield Finding(place, "missing-glyph", f"No chosen font has {shown}{more}.", advice)


def _characters(composition: Composition) -> Iterator[tuple[str, Place]]:
    for document in composition.documents:
        for text, line in _texts(document.root, 0):
            for character in dict.fromkeys(text):
                yield character, _place(document, line, character)
    own = Place("book/book.toml")
    for text in (composition.metadata.title, *composition.words.values()):
        for character in dict.fromkeys(text):
            yield character, own


def _place(document: Document, line: int, character: str) -> Place:
    if not line and document.kind in CHAPTERS and character not in document.title:
        # Whatever a chapter's source says has a line, but for its title.
        return Place("templates/chapter.html")
    return Place(document.path or document.name, line)


def _texts(node: Node, line: int) -> Iterator[tuple[str, int]]:
    """Texts that are drawn, each with the line of the nearest element that has one."""
    if isinstance(node, str):
        yield node, line
    elif node.tag not in _NOT_DRAWN and node.get("data-only", "pdf") == "pdf":
        for child in node.children:
            yield from _texts(child, node.line or line)


def _is_invisible(character: str) -> bool:
    # Cf: joiners and other marks of formatting; variation selectors are Mn and choose a glyph, they have none.
    return (
        character.isspace()
        or unicodedata.category(character) in ("Cf", "Zs", "Cc")
        or _is_selector(character)
    )


def _is_selector(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
