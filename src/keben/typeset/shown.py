"""The pictures that a part of a book shows: what is kept of its pages depends on them, too."""

import re
from collections.abc import Iterable, Iterator, Mapping

from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.markup import serialize

ANY = "*"
"""The address of what may be anything in the book."""

_ADDRESSES = frozenset(("src", "poster", "data", "href", "xlink:href"))
_LEADS_ON = re.compile(r"""href\s*=\s*["'](?!#|data:)|url\(\s*["']?(?!#|data:)|@import""", re.IGNORECASE)
"""A drawing that loads another file, or whose style does."""
_FONT = re.compile(r"""url\(["']?keben:/fonts/""")
"""A font that Keben gives a style sheet."""
_LOADS = re.compile(r"url\(|@import|\\0*(?:[57]5|[57]2|[46]c)\b", re.IGNORECASE)
"""What loads a file in a style sheet: ``url`` may be written with escapes of its letters."""


def addresses_in(elements: Iterable[tuple[str, Mapping[str, str]]]) -> frozenset[str]:
    """The addresses of all that elements show, which are given as tags with attributes."""
    return frozenset(_addresses(elements))


def _addresses(elements: Iterable[tuple[str, Mapping[str, str]]]) -> Iterator[str]:
    for tag, attributes in elements:
        if tag.endswith("style"):
            yield ANY
        if tag == "a":
            continue
        for name, value in attributes.items():
            if name in _ADDRESSES:
                yield value
            elif "url(" in value:
                yield ANY


def load_files(styles: Iterable[str]) -> bool:
    """Whether style sheets load anything but Keben's own fonts."""
    return any(_LOADS.search(_FONT.sub("", text)) for text in styles)


def leads_on(shown: Asset | Document) -> bool:
    """Whether a picture loads another file."""
    if isinstance(shown, Document):
        return _LEADS_ON.search(serialize(shown.root)) is not None
    is_drawing = shown.media_type == "image/svg+xml"
    return is_drawing and _LEADS_ON.search(shown.data.decode("utf-8", "replace")) is not None
