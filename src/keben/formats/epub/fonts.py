"""Fonts that an EPUB brings: a style sheet for them, what they set, and their licences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.core.book import Asset
from keben.core.composition import Composition, Document
from keben.core.css import quoted
from keben.core.ebook import EbookFont
from keben.core.markup import Element, Node, element, walk

SHEET = "epub-fonts.css"
"""The style sheet that is made for them; no theme has it."""

LICENCES = "META-INF/font-licences.txt"
APPLE = {
    "META-INF/com.apple.ibooks.display-options.xml": b'<?xml version="1.0" encoding="utf-8"?>\n<display_options>\n'
    b'  <platform name="*">\n    <option name="specified-fonts">true</option>\n  </platform>\n</display_options>\n'
}
"""That a book's fonts are used in Apple Books, by a file of its own: some of its releases pass over what the package
says of that (wikimedia/ws-export, pull request 296)."""
RARE = "rare-character"
"""The class of characters that readers' own fonts may lack."""

_KEPT = frozenset(("math", "svg"))


def with_fonts(composition: Composition, fonts: Sequence[EbookFont]) -> Composition:
    """A composition with parts of fonts among its files.

    Where the edition wants them for rare characters, only these are set in them, each in a ``span``; else all text is.
    """
    if not fonts:
        return composition
    taken = set(composition.assets)
    assets = dict(composition.assets)
    rules: list[str] = []
    families: list[str] = []
    for font in fonts:
        path = _path(font, taken)
        taken.add(path)
        assets[path] = Asset(path, font.media_type, font.data)
        families.append(_string(f"{font.family} Part"))
        rules.append(f"@font-face {{ font-family: {families[-1]}; src: {quoted(path)} }}")
    is_rare = composition.edition.epub.embed_fonts == "rare"
    rules.append(f"{f'.{RARE}' if is_rare else 'body'} {{ font-family: {', '.join(families)}, serif }}")
    styles = {**composition.styles, SHEET: "\n".join(rules) + "\n"}
    documents = composition.documents
    if is_rare:
        signs = frozenset(sign for font in fonts for sign in font.characters)
        documents = tuple(each if each.is_drawn else _marked(each, signs) for each in documents)
    return replace(composition, assets=assets, styles=styles, documents=documents)


def licences(fonts: Sequence[EbookFont]) -> bytes:
    """The text of the licences' file."""
    head = "This book brings parts of these fonts. They may be given on as their licences say.\n\n"
    return (head + "\n\n".join(font.licence for font in fonts) + "\n").encode()


def _string(text: str) -> str:
    """A text as CSS writes it."""
    return '"' + re.sub(r'(["\\])', r"\\\1", " ".join(text.split())) + '"'


def _path(font: EbookFont, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", font.family.lower()).strip("-") or "font"
    suffix = font.media_type.removeprefix("font/")
    path, number = f"fonts/{stem}-part.{suffix}", 1
    while path in taken:
        number += 1
        path = f"fonts/{stem}-part-{number}.{suffix}"
    return path


def _marked(document: Document, signs: frozenset[str]) -> Document:
    """A document whose rare characters stand in elements of their own."""
    texts = (child for node in walk(document.root) for child in node.children if isinstance(child, str))
    if not any(signs.intersection(text) for text in texts):
        return document
    pattern = re.compile(f"([{re.escape(''.join(sorted(signs)))}]+)")

    def visit(node: Element) -> Element:
        children: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                children += _parted(child, pattern)
            else:
                children.append(child if child.tag in _KEPT else visit(child))
        return node.with_children(children)

    return replace(document, root=visit(document.root))


def _parted(text: str, pattern: "re.Pattern[str]") -> Iterator[Node]:
    for index, piece in enumerate(pattern.split(text)):
        if piece:
            yield element("span", {"class": RARE}, piece) if index % 2 else piece
