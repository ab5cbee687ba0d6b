"""Chapters drawn by themselves, as soon as their pages are laid out.

WeasyPrint draws and tags the pages of a document when all are there. Here it does so for those of a chapter, into a
file that is thrown away, and `drawn` has what came of it. Pictures of pixels are named, and loaded again when the book
is bound. What cannot be drawn so is left to WeasyPrint: content with gradients or transparent groups, which are objects
of the file beside the page, and glyphs that are pictures.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from hashlib import md5
from typing import Any

from weasyprint import document, draw  # type: ignore[import-untyped]
from weasyprint.formatting_structure import boxes  # type: ignore[import-untyped]
from weasyprint.layout import background  # type: ignore[import-untyped]
from weasyprint.pdf import pydyf  # type: ignore[import-untyped]
from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped]
from weasyprint.stacking import StackingContext  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.drawn import (
    TAIL,
    DrawnChapter,
    DrawnMargin,
    DrawnPage,
    FontUse,
    Item,
    NotePlace,
    PageLink,
    ShownPicture,
)
from keben.typeset.weasy.finish import text_of_box
from keben.typeset.weasy.labels import Labelling
from keben.typeset.weasy.noteparts import beginning_of
from keben.typeset.weasy.shared import CodeTables
from keben.typeset.weasy.structures import structure_of
from keben.typeset.weasy.usedfonts import UsedFonts, font_use, is_plain

SCALE = 0.75
"""Points in a pixel."""

_LEVEL = 9
"""Of compression, as WeasyPrint's."""


@dataclass(slots=True)
class ChapterDrawer:
    """Draws chapters of one document."""

    codes: CodeTables
    labelling: Labelling
    heard: Callable[[], int]
    """How many messages WeasyPrint has logged."""
    fonts: dict[int, Any] = field(default_factory=dict)
    """WeasyPrint's, by its keys: they are made once for all chapters."""
    found: UsedFonts | None = None
    """How fonts are found again, once there is a document."""
    same: dict[str, bool] = field(default_factory=dict)
    """By names of fonts: whether they are found again."""

    def draw(
        self, pages: Sequence[Any], items: Sequence[Item], elements: Sequence[Any], context: Any
    ) -> DrawnChapter | None:
        """The chapter that some pages are, without their margins; None where it cannot be drawn by itself.

        ``elements`` are those of the chapter, in the order of the document.
        """
        before = self.heard()
        self._begin()
        places = {id(element): place for place, element in enumerate(elements)}
        named = tuple(_named(pages))
        sizes: dict[str, tuple[Any, float]] = {}
        drawn: list[DrawnPage] = []
        with self.codes.by_themselves() as codes, self.labelling.by_itself():
            for page_box, said in zip(pages, named, strict=True):
                made = self._page(page_box, said, places, sizes, context)
                if made is None:
                    return None
                drawn.append(made)
        fonts = tuple(_uses(sizes, codes))
        if self.heard() != before or not self._are_found(fonts, sizes):
            return None
        return DrawnChapter(tuple(drawn), tuple(items), fonts)

    def _begin(self) -> None:
        """Let fonts have no codes."""
        for font in self.fonts.values():
            font.to_unicode, font.widths, font.missing = {}, {}, {}

    def margin(self, page_box: Any, boxes_: Sequence[Any]) -> DrawnMargin | None:
        """Boxes that stand in a page's margins; None where they cannot be drawn by themselves."""
        self._begin()
        sizes: dict[str, tuple[Any, float]] = {}
        only = page_box.copy_with_children(boxes_)
        stream = _ApartStream(self.fonts, sizes, document.Page(page_box.copy_with_children([])))
        # The page before it has begun so.
        stream.stream.clear()
        with self.codes.by_themselves() as codes, stream.stacked():
            stream.transform(a=SCALE, d=SCALE)
            draw.draw_stacking_context(stream, StackingContext.from_page(only))
        fonts = tuple(_uses(sizes, codes))
        if stream._tags or not stream.is_apart() or not self._are_found(fonts, sizes):
            return None
        content = b"".join(b"\n" + pydyf._to_bytes(item) for item in stream.stream)
        return DrawnMargin(content, tuple(stream.opacities), fonts)

    def _page(
        self,
        page_box: Any,
        said: Sequence[tuple[str, str]],
        places: Mapping[int, int],
        sizes: dict[str, tuple[Any, float]],
        context: Any,
    ) -> DrawnPage | None:
        root, *areas = page_box.children
        strings, first = tuple(said), tuple(_first_strings(page_box))
        notes = tuple(_notes(page_box, places))
        drawn = page_box.copy_with_children([root, *(area for area in areas if area.children)])
        background.layout_backgrounds(drawn, context.get_image_from_uri)
        page = document.Page(drawn)
        stream = _ApartStream(self.fonts, sizes, page, dict(_pictures(drawn)))
        page.paint(stream, SCALE)
        links = [link for link in page.links if link[3].element_tag == "a"]
        content = b"\n".join(item if type(item) is bytes else pydyf._to_bytes(item) for item in stream.stream)
        marks = len(stream._tags)
        is_apart = (
            stream.is_apart()
            and page.forms == {None: []}
            and all(kind in ("internal", "external") for kind, *_ in links)
        )
        structure = structure_of(drawn, [link[3] for link in links], stream._tags) if is_apart else None
        if structure is None:
            return None
        return DrawnPage(
            deflated(content),
            zlib.adler32(content),
            content[-TAIL:],
            marks,
            tuple(stream.opacities),
            structure,
            tuple(page.anchors.items()),
            tuple(_link(*link) for link in links),
            tuple(page.bookmarks),
            strings,
            first,
            notes,
            tuple(page_box.page_type._replace(index=0)),
            tuple(stream.pictures.values()),
        )

    def _are_found(self, fonts: Sequence[FontUse], sizes: Mapping[str, tuple[Any, float]]) -> bool:
        """Whether all fonts are found again by what is said of them, and are those that were drawn in."""
        for use in fonts:
            if use.name not in self.same:
                font = sizes[use.name][0]
                found = self.found is not None and self.found.is_same(use, font)
                self.same[use.name] = found and is_plain(font)
        drawn_in = {font.hash for font, _ in sizes.values()}
        return len(fonts) == len(drawn_in) and all(self.same[use.name] for use in fonts)


def deflated(content: bytes) -> bytes:
    """Content as raw deflated data that more may follow."""
    deflate = zlib.compressobj(_LEVEL, wbits=-zlib.MAX_WBITS)
    return deflate.compress(content) + deflate.flush(zlib.Z_FULL_FLUSH)


class _ApartStream(Stream):  # type: ignore[misc]
    """The content of a page, with resources of its own."""

    def __init__(
        self,
        fonts: dict[int, Any],
        sizes: dict[str, tuple[Any, float]],
        page: Any,
        addresses: Mapping[str, str] | None = None,
    ) -> None:
        """``addresses`` are those of the pictures that are loaded again when a page is bound, by their ids."""
        names = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = pydyf.Dictionary({name: pydyf.Dictionary() for name in names})
        resources["ColorSpace"] = None
        super().__init__(fonts, _rectangle(page), resources, {}, {}, {}, None, compress=True)
        self._sizes, self._addresses = sizes, addresses or {}
        self.pictures: dict[str, ShownPicture] = {}
        """Those of the content, by their names in it."""
        self.transform(d=-1, f=page.height * SCALE)

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        self._sizes.setdefault(font.hash, (font, size))
        return font, size

    @property
    def opacities(self) -> Iterator[tuple[str, float]]:
        """The names of states of opacity, with how opaque they are."""
        for name, state in self._resources["ExtGState"].items():
            yield name, state.get("ca", state.get("CA"))

    def add_image(self, image: Any, interpolate: bool, ratio: float) -> str:
        name: str = super().add_image(image, interpolate, ratio)
        if image.id in self._addresses:
            self.pictures[name] = self._addresses[image.id], interpolate, ratio
        return name

    def is_apart(self) -> bool:
        """Whether the content needs nothing of the file but fonts, opacities and pictures that are named alike."""
        resources = dict(self._resources)
        states, objects = resources.pop("ExtGState"), resources.pop("XObject")
        is_plain = not any(resources.values()) and objects.keys() == self.pictures.keys()
        return is_plain and all(name[0] in "aA" for name in states)


def _pictures(page_box: Any) -> Iterator[tuple[str, str]]:
    """The pictures of a page that elements name: their ids, which WeasyPrint makes of the addresses, with these."""
    for box in page_box.descendants():
        if isinstance(box, boxes.ReplacedBox) and box.element_tag == "img":
            address = box.element.get("src", "")
            name = md5(address.encode(), usedforsecurity=False).hexdigest()
            is_upright = box.style["image_orientation"] == "from-image"
            if is_upright and getattr(box.replacement, "id", "") == name:
                yield name, address


def _rectangle(page: Any) -> tuple[float, float, float, float]:
    """A page with its bleed, rounded as WeasyPrint has it."""
    bleed = page.bleed
    left, top = -SCALE * bleed["left"], -SCALE * bleed["top"]
    right = left + SCALE * (page.width + bleed["left"] + bleed["right"])
    bottom = top + SCALE * (page.height + bleed["top"] + bleed["bottom"])
    return left / SCALE, top / SCALE, (right - left) / SCALE, (bottom - top) / SCALE


def _uses(sizes: Mapping[str, tuple[Any, float]], codes: Mapping[str, Any]) -> Iterator[FontUse]:
    """The fonts that text is drawn in, in the order of their first use; without one whose glyphs have no codes."""
    for name, (font, size) in sizes.items():
        of_font = codes.get(name)
        if of_font is not None and set(font.to_unicode) == set(of_font.glyphs):
            uses = (
                (glyph, text, repeat, of_font.widths[code], code)
                for (glyph, text, repeat), code in of_font.by_use.items()
            )
            yield font_use(font, size, tuple(uses))


def _named(pages: Sequence[Any]) -> Iterator[list[tuple[str, str]]]:
    """What each page sets for running heads. An element has one entry in the outline, where it begins."""
    seen: dict[str, set[Any]] = {"before": set(), "after": set(), "": set()}
    for page_box in pages:
        strings: list[tuple[str, str]] = []
        for box in page_box.descendants():
            if box.bookmark_label:
                part = (box.element_tag or "").rpartition("::")[2]
                known = seen.get(part, seen[""])
                if box.element in known:
                    box.bookmark_label = ""
                known.add(box.element)
            if box.string_set and box.string_set != "none":
                strings += ((str(name), str(text)) for name, text in box.string_set)
        yield strings


def _first_strings(box: Any) -> Iterator[str]:
    """The names of strings that are set by what begins a page."""
    while box is not None:
        if box.style["string_set"] != "none":
            yield from (str(name) for name, _ in box.style["string_set"])
        box = box.children[0] if box.children else None


def _notes(page_box: Any, places: Mapping[int, int]) -> Iterator[NotePlace]:
    for box in page_box.descendants():
        part = (box.element_tag or "").partition("::")[2]
        if part in ("footnote-call", "footnote-marker"):
            yield part, places[id(box.element)], beginning_of(box.element)


def _link(kind: str, target: str, rectangle: Sequence[float], box: Any) -> PageLink:
    left, top, right, bottom = rectangle
    return kind, target, (left, top, right, bottom), text_of_box(box)
