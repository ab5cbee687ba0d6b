"""What readers of an EPUB need beside what the book says: names of links to notes, sizes of drawings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from keben.core.composition import Composition, Document
from keben.core.markup import Element, text_of, walk

_POINTS, _PIXELS = 10.0, 16.0
"""Of a drawing, in an em of the text: the type of charts, 8.5 points, is then as large as a caption's."""
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Furnishing:
    """What is known of the whole edition, for one page's elements."""

    words: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    notes: frozenset[str] = frozenset()
    """The ids of notes."""
    widths: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    """Of each drawing, by the path that the book knows it by: in em, so that its type grows with the text."""

    def furnished(self, node: Element) -> Element:
        """An element as readers need it, links and paths still as the book has them; most are as they were."""
        if node.tag == "a":
            return self._link(node)
        if node.tag == "img" and node.get("src") in self.widths and "style" not in node.attributes:
            return node.with_attributes(style=f"width: {self.widths[node.get('src')]}")
        return node

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


def furnishing_of(composition: Composition, documents: Iterable[Document]) -> Furnishing:
    """What the pages of an edition are furnished with."""
    notes = frozenset(
        node.get("id")
        for document in documents
        for node in walk(document.root)
        if node.get("id") and node.classes & {"footnote", "endnote"}
    )
    widths = {
        path: width
        for path, drawing in composition.drawings.items()
        if (width := _width_in_ems(composition.screens.get(path, drawing).root.get("width")))
    }
    return Furnishing(composition.words, notes, widths)


def _width_in_ems(said: str) -> str:
    """A drawing's width in ems of the text; empty where it is not known."""
    unit = _POINTS if said.endswith("pt") else _PIXELS
    try:
        width = float(said.removesuffix("pt").removesuffix("px"))
    except ValueError:
        return ""
    return f"{width / unit:.4g}em" if width > 0 else ""
