"""A chapter as it is drawn: plain values that a book is bound from, whoever drew them.

Nothing in them hangs on another chapter: no page number, no running head, no number of an object in the file, and
codes of glyphs that are the chapter's own. All lengths are as WeasyPrint has them, in pixels.
"""

import io
import pickle
import zlib
from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

from keben.core.values import dataclass

Item = tuple[Any, Any, Any, Any, Any]
"""What WeasyPrint notes of where a page begins: `resume_at`, what the page is, its side, counters; and its anchors."""

PageLink = tuple[str, str, tuple[float, float, float, float], str]
"""A link of a page: its kind, where it leads, its rectangle, and its text."""

NotePlace = tuple[str, int, str]
"""``footnote-call`` or ``footnote-marker``, the place of the note's element in its chapter, and how the note begins."""

GlyphUse = tuple[int, str, int, int, int]
"""A glyph, the text that it is drawn for, which of several in one place it is, its width, and its code."""


ShownPicture = tuple[str, bool, float]
"""A picture of pixels: its address, whether it is smoothed, and to what it is made smaller."""


@dataclass(frozen=True, slots=True)
class DrawnStructure:
    """The structure elements of a page (ISO 32000-1, 14.7.2), with places in a table for numbers of objects.

    The table has the number of the document's element, that of the page, those of its links, those of the elements
    themselves, and then numbers of notes.
    """

    template: bytes
    """The elements one after another, each ending with a zero byte; ``%d`` stands for a number."""
    numbers: tuple[int, ...]
    """Places in the table, in the order of the template."""
    count: int
    """How many elements there are."""
    notes: tuple[int, ...]
    """What follows the elements in the table: the chapter's own numbers of notes that stand on several pages."""
    kids: tuple[int, ...]
    """Places of the elements that the document itself holds."""
    content: tuple[tuple[int, int], ...]
    """Numbers of marked content, each with the place of its element."""
    links: tuple[tuple[int, int], ...]
    """Places of elements, each with the index of the link that it holds."""


TAIL = 1000
"""Bytes of a page's content that what stands in its margins is compressed by."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page without what stands in its margins."""

    content: bytes
    """Operators as raw deflated data that ends on a full flush; more may follow."""
    check: int
    """Their Adler-32 before compression."""
    tail: bytes
    """The last of them: what follows is compressed by these."""
    marks: int
    """How many pieces of marked content it has; the next has this number."""
    opacities: tuple[tuple[str, float], ...]
    """States that it sets, by their names; those that begin with ``A`` are for lines."""
    structure: DrawnStructure
    anchors: tuple[tuple[str, tuple[float, float, float, float]], ...]
    links: tuple[PageLink, ...]
    bookmarks: tuple[tuple[Any, ...], ...]
    strings: tuple[tuple[str, str], ...]
    """What is set for running heads: names with texts."""
    first_strings: tuple[str, ...]
    """Names of those that are set by what begins the page."""
    notes: tuple[NotePlace, ...]
    kind: tuple[Any, ...]
    """The page's type as WeasyPrint has it, without its index."""
    pictures: tuple[ShownPicture, ...] = ()
    lookups: tuple[int, ...] = ()
    """Which of its chapter's boxes that print numbers of pages are on it (`lookups`)."""


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font that a chapter is drawn in, and its glyphs in the order of their first use."""

    name: str
    """As content names it."""
    family: str
    style: int
    weight: int
    stretch: str
    """As CSS says it."""
    variations: tuple[tuple[str, float], ...]
    size: float
    """In which it is used first, in pixels."""
    glyphs: int
    """How many the font has."""
    uses: tuple[GlyphUse, ...]


@dataclass(frozen=True, slots=True)
class DrawnMargin:
    """What stands in the margins at one side of a page."""

    content: bytes
    """Operators that follow those of the page."""
    opacities: tuple[tuple[str, float], ...]
    fonts: tuple[FontUse, ...]


@dataclass(frozen=True, slots=True)
class DrawnChapter:
    """The pages of a chapter, and for each of them where the next one begins."""

    pages: tuple[DrawnPage, ...]
    items: tuple[Item, ...]
    fonts: tuple[FontUse, ...]


# What they hold is plain already: `dataclasses.astuple` copies all of it, which took a twentieth of setting a book.
_of_page, _of_structure, _of_font = (
    attrgetter(*(field.name for field in fields(each))) for each in (DrawnPage, DrawnStructure, FontUse)
)


def _plain_page(page: DrawnPage) -> tuple[Any, ...]:
    values = _of_page(page)
    return tuple(_of_structure(each) if each is page.structure else each for each in values)


def packed(chapter: DrawnChapter) -> bytes:
    """A chapter as bytes."""
    plain = tuple(map(_plain_page, chapter.pages)), chapter.items, tuple(map(_of_font, chapter.fonts))
    return zlib.compress(pickle.dumps(plain, pickle.HIGHEST_PROTOCOL), 1)


class PlainUnpickler(pickle.Unpickler):
    """Makes values of Python's own only."""

    def find_class(self, module: str, name: str) -> Any:
        """Nothing.

        Raises:
            pickle.UnpicklingError: always.
        """
        raise pickle.UnpicklingError(f"{module}.{name}")


def unpacked(data: bytes) -> DrawnChapter | None:
    """The chapter that `packed` packed; None for what it did not pack."""
    try:
        pages, items, fonts = PlainUnpickler(io.BytesIO(zlib.decompress(data))).load()
        return DrawnChapter(
            tuple(_page(*page) for page in pages), items, tuple(FontUse(*font) for font in fonts)
        )
    except _BROKEN:
        return None


_BROKEN = (
    zlib.error,
    pickle.UnpicklingError,
    EOFError,
    TypeError,
    ValueError,
    LookupError,
    AttributeError,
)
"""What unpacking raises for what is not packed so."""


def packed_margins(margins: Mapping[tuple[object, ...], DrawnMargin]) -> bytes:
    """Margins, by what they are found by, as bytes."""
    plain = {
        key: (margin.content, margin.opacities, tuple(map(_of_font, margin.fonts)))
        for key, margin in margins.items()
    }
    return zlib.compress(pickle.dumps(plain, pickle.HIGHEST_PROTOCOL), 1)


def unpacked_margins(data: bytes) -> Mapping[tuple[object, ...], DrawnMargin]:
    """The margins that `packed_margins` packed; none of what it did not pack."""
    try:
        plain = PlainUnpickler(io.BytesIO(zlib.decompress(data))).load()
        return {
            key: DrawnMargin(content, opacities, tuple(FontUse(*font) for font in fonts))
            for key, (content, opacities, fonts) in plain.items()
        }
    except _BROKEN:
        return {}


def _page(
    content: bytes, check: int, tail: bytes, marks: int, opacities: Any, structure: Any, *rest: Any
) -> DrawnPage:
    return DrawnPage(content, check, tail, marks, opacities, DrawnStructure(*structure), *rest)
