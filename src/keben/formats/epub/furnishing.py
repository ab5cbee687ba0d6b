"""What readers of an EPUB need beside what the book says: names of links to notes, sizes of drawings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from keben.core.book import Encoded
from keben.core.composition import Composition, Document
from keben.core.formulas import TAG
from keben.core.markup import Element, text_of, walk
from keben.core.screensizes import chart_size, natural_size, said_size
from keben.core.values import dataclass
from keben.formats.epub.extents import extent_of
from keben.formats.epub.longformulas import with_frame

_POINTS, _PIXELS, _SCREEN_POINTS = 10.0, 16.0, 9.0
"""Of a drawing, in an em of the text; of a chart drawn for screens, whose type is then as large as the text."""
_SHARE = re.compile(r"width: ([\d.]+)%")
_PAGE = 0.9
"""Of the page's width that a picture in columns takes at most (epub-vertical.css)."""
_NOTHING: Mapping[str, str] = MappingProxyType({})
_NO_EXTENTS: Mapping[str, tuple[float, float]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What is known of the whole edition, for one page's elements."""

    words: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    notes: frozenset[str] = frozenset()
    """The ids of notes."""
    extents: Mapping[str, tuple[float, float]] = field(default_factory=lambda: _NO_EXTENTS)
    """Of each picture, by the path that the book knows it by: its width and height in CSS pixels."""
    widths: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Of each drawing, by the path that the book knows it by: in em, so that its type grows with the text."""

    def furnished(self, node: Element) -> Element:
        """An element as readers need it, links and paths still as the book has them; most are as they were."""
        if node.tag == "a":
            return self._link(node)
        return with_frame(node) if node.tag == TAG else node

    def size_of(self, node: Element, *, vertical: bool) -> str:
        """The style of a picture, an ``img``: its size, held to the page; empty for none."""
        path, style = node.get("src"), node.get("style")
        extent = self.extents.get(path)
        if not style and path in self.widths:
            return chart_size(self.widths[path], extent, vertical=vertical)
        if not style:
            return natural_size(*extent, vertical=vertical) if extent else ""
        if vertical and (share := _SHARE.fullmatch(style)):
            # In columns a percentage of the width is of a strip of pages.
            style = f"width: {float(share[1]) * _PAGE:g}vw"
        return said_size(style, extent[0] / extent[1] if extent else None, vertical=vertical)

    def _link(self, node: Element) -> Element:
        """A link to a note or back from one. ① alone says nothing to those who hear it (WCAG 2.1, 2.4.4)."""
        mark = text_of(node).strip()
        if "noteref" in node.classes and mark:
            return node.with_attributes(aria_label=self._said("note", mark))
        if "backlink" in node.classes and mark:
            return node.with_attributes(aria_label=self._said("note_return", mark))
        if node.get("href").removeprefix("#") in self.notes:
            # Readers hide the note itself: it shows only where it pops up.
            return node.with_mapping({"epub:type": "noteref", "role": "doc-noteref"})
        return node

    def _said(self, name: str, mark: str) -> str | None:
        word = self.words.get(name)
        return word.format(number=mark) if word else None


BARE = Furnishing()
"""Nothing known."""


def furnishing_of(
    composition: Composition,
    documents: Iterable[Document],
    files: Mapping[str, Encoded],
) -> Furnishing:
    """What the pages of an edition are furnished with; ``files`` has the pictures that it brings, by their paths."""
    notes = frozenset(
        node.get("id")
        for document in documents
        for node in walk(document.root)
        if node.get("id") and node.classes & {"footnote", "endnote"}
    )
    widths = {
        path: width
        for path, drawing in composition.drawings.items()
        if (width := _width_on_screen(composition.screens.get(path), drawing))
    }
    extents = {path: extent for path, file in files.items() if (extent := extent_of(file))}
    return Furnishing(composition.words, notes, extents, widths)


def _width_on_screen(screen: Document | None, drawing: Document) -> str:
    if screen is not None:
        return _width_in_ems(screen.root.get("width"), _SCREEN_POINTS)
    return _width_in_ems(drawing.root.get("width"))


def _width_in_ems(said: str, points: float = _POINTS) -> str:
    """A drawing's width in ems of the text, with so many points in each; empty where it is not known."""
    unit = points if said.endswith("pt") else _PIXELS
    try:
        width = float(said.removesuffix("pt").removesuffix("px"))
    except ValueError:
        return ""
    return f"{width / unit:.4g}em" if width > 0 else ""
