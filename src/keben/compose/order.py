"""The order of a book's parts: pages that templates make, and chapters by their kind.

GB/T 12450—2001 (title leaves of books): the title page has the record of the book on its back. In Taiwan that page is
the last one of the book.
"""

from collections.abc import Iterable, Mapping, Sequence

from keben.core.composition import Document
from keben.core.edition import Edition, OrderName
from keben.core.language import region


def order_of(edition: Edition, chapters: Iterable[Document]) -> tuple[OrderName, ...]:
    """What ``order`` in book.toml says, else what is usual where the edition is read.

    A picture that faces the title page needs a half-title before it.
    """
    if edition.order:
        return edition.order
    has_frontispiece = any(each.kind == "frontispiece" for each in chapters)
    is_last = region(edition.language) == "TW" and edition.publication.is_given
    return (
        *(("half-title", "frontispiece") if has_frontispiece else ()),
        "titlepage",
        *(() if is_last else ("colophon",)),
        "dedication",
        "contents",
        "text",
        *(("colophon",) if is_last else ()),
    )


def arranged(
    order: Sequence[OrderName], pages: Mapping[str, Document], chapters: Sequence[Document]
) -> list[Document]:
    """The documents of a book in their order; ``pages`` are those that are no chapters, by their place's name.

    A chapter whose kind has no place of its own stands in the text, where the book lists it.
    """
    apart = {name for name in order if name not in pages}
    found: list[Document] = []
    for name in order:
        if name == "text":
            found += (each for each in chapters if each.kind not in apart)
        elif name in pages:
            found.append(pages[name])
        else:
            found += (each for each in chapters if each.kind == name)
    return found
