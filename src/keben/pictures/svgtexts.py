"""The words of an author's drawings: read for the conversion as documents, and put back into the drawings.

A drawing whose words an edition converts is a `Document` of the kind ``picture`` until its bytes are made
(`keben.pictures.studio`). Its shapes stay as they are; only texts, titles and descriptions change.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from keben.core.book import Asset
from keben.core.composition import Composition, Document
from keben.core.drawing import AS_IS
from keben.core.markup import Element, text_of, walk
from keben.core.ownpictures import is_own_picture
from keben.core.patterns import later
from keben.pictures.svgreading import SVGError, read_svg

_SVG = "image/svg+xml"
_WORDS = frozenset(("desc", "text", "title"))
_HAN = later("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LETTERS = re.compile(r"\s+")


def with_words(composition: Composition) -> Composition:
    """A composition with the words of its drawings as documents, if its edition is converted."""
    edition = composition.edition
    if edition.language == edition.source_language:
        return composition
    kept = _kept(composition)
    drawings = (
        _words_of(asset)
        for path, asset in sorted(composition.assets.items())
        if asset.media_type == _SVG and path not in kept and not is_own_picture(path, edition)
    )
    found = tuple(each for each in drawings if each is not None)
    return replace(composition, documents=(*composition.documents, *found)) if found else composition


def _kept(composition: Composition) -> frozenset[str]:
    """The pictures that a chapter asks to be left as they are."""
    return frozenset(
        node.get("src")
        for document in composition.texts
        for around in walk(document.root)
        if AS_IS in around.classes
        for node in walk(around)
        if node.tag == "img"
    )


def _words_of(asset: Asset) -> Document | None:
    """A drawing as a document; None where it has no Chinese words, or cannot be read (`prepare` says so)."""
    try:
        root = read_svg(asset.data).root
    except SVGError:
        return None
    if not any(node.tag in _WORDS and _HAN.search(_said(node)) for node in walk(root)):
        return None
    return Document(asset.path, "picture", "", root, f"book/{asset.path}")


def in_its_room(before: Element, after: Element) -> Element:
    """A converted drawing whose texts take the room that they had.

    A text with a ``textLength`` is drawn in that length. Where it has more characters than it had, these are made
    narrower: with less space between them, which is the rule (SVG 1.1, 10.4), they would lie on one another.
    """
    made = [
        in_its_room(old, new) if isinstance(old, Element) and isinstance(new, Element) else new
        for old, new in zip(before.children, after.children, strict=True)
    ]
    after = after.with_children(made)
    if before.get("textLength") and len(_said(after)) > len(_said(before)):
        return after.with_attributes(lengthAdjust="spacingAndGlyphs")
    return after


def longer(before: Element, after: Element) -> Iterator[tuple[str, str]]:
    """The texts that became longer, as they were and as they are now."""
    for old, new in zip(walk(before), walk(after), strict=True):
        if old.tag == "text" and len(_said(new)) > len(_said(old)):
            yield _said(old), _said(new)


def _said(node: Element) -> str:
    return _LETTERS.sub(" ", text_of(node)).strip()
