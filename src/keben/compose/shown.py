"""The files that an edition shows: its own pictures, and all that its documents and styles name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote

from keben.core.book import Asset, Manuscript, Theme
from keben.core.composition import Document
from keben.core.css import CSSError, references
from keben.core.edition import Edition
from keben.core.markup import Element, transform, walk
from keben.core.ownpictures import own_pictures


def with_own_pictures(
    documents: Sequence[Document], assets: Collection[str], edition: Edition
) -> tuple[Document, ...]:
    """Documents that show the pictures of the edition's own where it has some."""
    own = own_pictures(assets, edition)
    if not own:
        return tuple(documents)

    def named(node: Element) -> Element:
        found = own.get(node.get("src")) if node.tag == "img" else None
        return node.with_attributes(src=found) if found else node

    return tuple(
        each if each.is_drawn else replace(each, root=transform(each.root, named)) for each in documents
    )


def used_assets(
    documents: Iterable[Document], theme: Theme, manuscript: Manuscript, edition: Edition
) -> Mapping[str, Asset]:
    """What documents and styles show: a theme's styles name files by their paths below ``book/``, as URLs."""
    used = {edition.cover}
    for document in documents:
        for node in walk(document.root):
            if node.tag in ("img", "image"):
                used.add(node.get("src") or unquote(node.get("href") or node.get("xlink:href")))
    for text in theme.styles.values():
        with suppress(CSSError):
            used.update(unquote(each.target) for each in references(text))
    return {path: asset for path, asset in manuscript.assets.items() if path in used}
