"""The whole book as one HTML document, whose parts are made when somebody asks for them.

Most parts of a book that was built before stand empty in the document (`keben.typeset.weasy.placeholders`), and what
would be in them need not be made.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from types import MappingProxyType

from keben.core.composition import Document
from keben.core.markup import Element, element
from keben.core.values import dataclass

Skeleton = tuple[str, tuple[tuple[str, str], ...]]
"""The tag and the attributes of a part."""


@dataclass(frozen=True, slots=True)
class BookTree:
    """An ``html`` element with a part for each document; cover and drawings stand outside it."""

    language: str
    title: str
    documents: tuple[Document, ...]
    prepare: Callable[[Document], Element]
    """Makes a part of a document; it depends on nothing but that and ``mark``."""
    mark: tuple[object, ...]
    _made: dict[int, Element] = field(default_factory=dict, compare=False)

    def part(self, place: int) -> Element:
        """A part by its place in the body.

        Raises:
            BuildError: a note is never called, or a heading skips a level.
        """
        if place not in self._made:
            self._made[place] = self.prepare(self.documents[place])
        return self._made[place]

    def root(self, empty: Mapping[int, Skeleton] = MappingProxyType({})) -> Element:
        """The document, in which some parts stand empty.

        Raises:
            BuildError: as `part` does.
        """
        parts = (
            element(empty[place][0], None).with_mapping(dict(empty[place][1]))
            if place in empty
            else self.part(place)
            for place in range(len(self.documents))
        )
        return element(
            "html",
            {"lang": self.language},
            element("head", None, element("title", None, self.title)),
            element("body", None, *parts),
        )


def skeleton_of(part: Element) -> Skeleton:
    """What of a part is in the document where it stands empty."""
    return part.tag, tuple(sorted(part.attributes.items()))
