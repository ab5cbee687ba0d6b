"""The pages of chapters, drawn by themselves as soon as they are laid out, and kept from one build to the next.

A chapter is a part of the document's body that begins a page and ends one. What its pages hang on is its texts, the
styles, the fonts, and how far the book has come: the side of its first page, counters, what the page before asks
for. Where none of that has changed its pages are put in as they were drawn. A chapter whose pages hang on more is laid
out and drawn with the book, as WeasyPrint does: one that names a page's number on some of its pages (`lookups`), has a
figure that moves, or a running element, shares a note with another, or does not end with a page break. So is a whole
book that has boxes at a fixed place of each page, or margins that are drawn below the text.

What crosses chapters is made for all pages alike (`binding`): running heads, folios, outline, links, fonts, structure.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import field
from functools import wraps
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint import layout  # type: ignore[import-untyped]
from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.core.fingerprint import fingerprint
from keben.core.saying import wording
from keben.core.store import Store
from keben.core.values import dataclass
from keben.typeset.resources import Resources
from keben.typeset.shown import addresses_in
from keben.typeset.weasy import ahead, lookups
from keben.typeset.weasy.allchapters import AllChapters
from keben.typeset.weasy.binding import Binder
from keben.typeset.weasy.blanks import Blanks, following
from keben.typeset.weasy.breaks import (
    NotedAnchors,
    copied,
    edge_of,
    expected,
    is_alone,
    is_blank,
    is_calm,
    note_page,
    number_pages,
    page_of,
    part_at,
    path_of,
    without_numbers,
)
from keben.typeset.weasy.drawing import ChapterDrawer
from keben.typeset.weasy.drawn import DrawnChapter, Item, packed, unpacked
from keben.typeset.weasy.growing import Galley
from keben.typeset.weasy.helping import Help
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.margins import PageMargins, drawn_once
from keben.typeset.weasy.placeholders import KeptParts, UnfitError, links_of, part_of
from keben.typeset.weasy.standins import StandsFor, emptied, stand_in
from keben.typeset.weasy.usedfonts import UsedFonts

PATCH = Patch(
    "chapters-not-kept",
    wording("Each chapter is laid out again in each build"),
    (
        (layout, "layout_document", "html root_box context max_loops"),
        (page, "remake_page", "index context root_box html"),
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (page, "make_all_pages", "context root_box html pages"),
        (page, "set_page_type_computed_styles", "page_type html style_for"),
        (layout, "make_margin_boxes", "context page state"),
        *lookups.FUNCTIONS,
        (page, "_includes_resume_at", "resume_at page_group_resume_at"),
        (block, "block_level_page_break", "sibling_before sibling_after"),
        (block, "block_level_page_name", "sibling_before sibling_after"),
        (block, "force_page_break", "page_break context"),
    ),
    "notice",
)

_WORTH_ASKING = 20_000
"""Characters. To start another process takes as long as laying out about so many."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where chapters are drawn, kept and bound."""

    store: Store
    mark: tuple[object, ...]
    """All that every chapter's pages hang on."""
    drawer: ChapterDrawer
    binder: Binder
    resources: Resources
    begins: str = ""
    """The id of the part that the count of pages begins again at; empty: of none."""
    help: Help | None = None
    """Other processes that draw chapters."""
    known: dict[str, DrawnChapter] = field(default_factory=dict)
    """Chapters that are drawn, by their keys."""
    parts: KeptParts = field(default_factory=KeptParts)
    """Parts of the body that stand empty, and what is noted of others."""
    quiet: set[str] = field(default_factory=set)
    """Keys of those that WeasyPrint logged nothing of. What is said of others must be said in each build."""


@contextmanager
def chapters_apart(desk: Desk, end_notes: Callable[[int], None]) -> Iterator[None]:
    """Draw the chapters of what is laid out in the block by themselves. Not for several threads at once.

    `PATCH` must be known; who else replaces these functions does so before. ``end_notes`` is called with the number of
    each page that is put in.

    Raises:
        UnfitError: a part of the body stands empty, and its chapter is not put in.
    """
    inner = page.remake_page
    work = _Chapters(desk, end_notes)

    @wraps(inner)
    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        return work.drawn_page(index, context, root_box, html) or work.laid_out(
            inner(index, context, root_box, html), index, context, root_box
        )

    with replaced(
        (page, "remake_page", remake_page),
        (layout, "make_margin_boxes", drawn_once(layout.make_margin_boxes, lambda: work.margins)),
    ):
        try:
            yield
        finally:
            if desk.help:
                desk.help.end()
    if desk.parts.empty.keys() - desk.parts.noted.keys():
        raise UnfitError
    if work.margins:
        work.margins.close()


@dataclass(slots=True)
class _Chapters:
    desk: Desk
    end_notes: Callable[[int], None]
    growing: Galley | None = None
    """The chapter that is being laid out."""
    put_in: Galley | None = None
    ended: int = -1
    """The index of the page after the last one that is drawn."""
    blanks: Blanks | None = None
    first: int = -1
    """The index of the page from which pages are counted from 1, where those before are counted apart."""
    book: AllChapters | None = None
    margins: PageMargins | None = None
    noted: NotedAnchors = field(default_factory=NotedAnchors)
    sources: dict[tuple[int, ...], str] = field(default_factory=dict)
    """Fingerprints of what parts of the body say, by their places."""

    def drawn_page(self, index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any] | None:
        """A page that is drawn, and where the next one begins; None: it must be laid out."""
        galley = self.put_in
        goes_on = galley is not None and galley.first < index < galley.end
        if galley is None or not goes_on or (galley.numbers and index != galley.next):
            self.put_in = galley = self._begun(index, context, root_box, html)
        if galley is None or galley.chapter is None:
            return self._blank_page(index, context, root_box, html)
        galley.next = index + 1
        self.ended = galley.end
        at = index - galley.first
        item = galley.items[at]
        page_type = page.PageType(*galley.chapter.pages[at].kind)._replace(index=index)
        page.set_page_type_computed_styles(page_type, html, context.style_for)
        note_page(context, index, item, self.noted)
        galley.numbers.note(galley.chapter.pages[at], index, context.page_maker)
        self.end_notes(index + 1)
        return stand_in(context, root_box, page_type, StandsFor(galley.chapter, at)), item[0]

    def _blank_page(self, index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any] | None:
        """An empty page after a chapter that is drawn, if one like it is; None: it must be laid out."""
        kind = self._blank_kind(index, context, root_box)
        blank = self.blanks.get(kind) if self.blanks and kind else None
        if blank is None:
            return None
        page_type = blank.page_type._replace(index=index)
        page.set_page_type_computed_styles(page_type, html, context.style_for)
        item = following(context.page_maker[index])
        note_page(context, index, item, self.noted)
        self.end_notes(index + 1)
        self.ended = index + 1
        return stand_in(context, root_box, page_type, StandsFor(blank.chapter, 0)), item[0]

    def _blank_kind(self, index: int, context: Any, root_box: Any) -> str | None:
        """The kind of an empty page that hangs on nothing before it; None for any other page."""
        is_apart = self.ended == index and self.growing is None and index != self.first
        if self.blanks is None or not is_apart or not is_blank(context.page_maker[index], root_box):
            return None
        return self.blanks.kind(index, context, root_box) if is_calm(context) else None

    def _begun(self, index: int, context: Any, root_box: Any, html: Any) -> Galley | None:
        """The chapter that begins on a page, if it is drawn; else it is from now on the one that grows."""
        self._prepare(context, root_box, html)
        path = part_at(context, index, root_box)
        growing = self.growing
        is_on = growing is not None and growing.end == index and growing.path == path
        if not path or is_on or is_blank(context.page_maker[index], root_box):
            # In the middle of one, or an empty page before one.
            return None
        box = root_box.children[path[0]].children[path[1]]
        galley = self._put_in(index, path, box, context, root_box)
        if galley is None and part_of(box):
            raise UnfitError
        return galley

    def _prepare(self, context: Any, root_box: Any, html: Any) -> None:
        """Look at what all chapters have in common, once."""
        if self.book is not None:
            return
        parts = self.desk.parts
        self.book = AllChapters.of(root_box, context, html, self.desk.mark, parts.empty.values())
        fonts = self.desk.binder.fonts = self.desk.drawer.found = UsedFonts(context.font_config.font_map)
        self.desk.binder.load = context.get_image_from_uri
        if self.book.has_chapters:
            self.blanks = Blanks(self.desk.drawer, self.book.place)
        self.margins = PageMargins.of(
            self.desk.store,
            self.book.mark,
            self.desk.drawer,
            fonts,
            self.book.place,
            counts_pages=self.book.counts_pages,
        )
        for body in root_box.children if parts.empty else ():
            for before, box in pairwise(body.children):
                if part_of(box) and not edge_of(before, box, context):
                    # The part before it may end in the middle of its first page.
                    raise UnfitError

    def _put_in(
        self, index: int, path: tuple[int, ...], box: Any, context: Any, root_box: Any
    ) -> Galley | None:
        """A part of the body that begins on a page, if it is drawn; else it grows from now on, if it can be drawn."""
        self.growing = None
        if self.book is None or not self.book.has_chapters or not is_calm(context):
            return None
        if box.element is not None and self.desk.begins and box.element.get("id") == self.desk.begins:
            self.first = index
        elif index == self.first:
            self.first = -1
        key = self._key(index, context.page_maker[index], path, context, root_box)
        if key is None:
            return None
        numbers = lookups.PrintedNumbers(box, context)
        galley = Galley(key, index, path, list(box.element.iter()), numbers, self.desk.drawer.heard())
        chapter = self.desk.known.get(key) or self._kept(key) or self._helped(key, path, context, root_box)
        if chapter is None:
            self.growing = galley
            return None
        self.desk.known[key] = galley.chapter = chapter
        # Each time it is put in its pages may have other numbers.
        galley.items = copied(list(chapter.items))
        number_pages(galley.items, self._number_before(context, index))
        self._note(path, box, context)
        is_whole = not numbers or lookups.are_made_again(index, galley.items, context.page_maker)
        return galley if is_whole else None

    def _note(self, path: tuple[int, ...], box: Any, context: Any) -> None:
        """Note what the rest of the book depends on of a part whose pages are kept."""
        targets = context.target_collector.target_lookup_items
        self.desk.parts.note(path[-1], box, self._source(box, path), targets)

    def _number_before(self, context: Any, index: int) -> int:
        """The number that a page goes on from; what is noted of it is the page before's too, whose folio is its own."""
        return 0 if index == self.first else page_of(context.page_maker[index][3])

    def _kept(self, key: str) -> DrawnChapter | None:
        """A chapter from the store."""
        return self._with_fonts(ahead.kept_chapter(self.desk.store, key))

    def _with_fonts(self, chapter: DrawnChapter | None) -> DrawnChapter | None:
        """A chapter, if all its fonts are there."""
        fonts = self.desk.binder.fonts
        if chapter is None or fonts is None or not all(fonts.find(use) for use in chapter.fonts):
            return None
        return chapter

    def _helped(self, key: str, path: tuple[int, ...], context: Any, root_box: Any) -> DrawnChapter | None:
        """A chapter that another process drew. Where the first one is missing, they are asked for the others."""
        help_ = self.desk.help
        if help_ is None:
            return None
        if not help_.is_asked:
            help_.begin(self._missing(path, context, root_box))
        entry = help_.chapters_of(path[1]).get(key)
        if entry is None:
            return None
        self.desk.store.put(key, entry)
        return self._with_fonts(unpacked(entry))

    def _missing(self, path: tuple[int, ...], context: Any, root_box: Any) -> list[int]:
        """The parts after one that are not kept, if they are enough to ask for help."""
        missing = []
        length = 0
        for part in range(path[1] + 1, len(root_box.children[path[0]].children)):
            place = (path[0], part)
            item = expected(context, root_box, place) if path[0] == 0 else None
            if item is None:
                continue
            index = 2 + (item[2] != context.page_maker[0][2])
            key = self._key(index, item, place, context, root_box)
            if key is not None and not ahead.is_kept(self.desk.store, key):
                missing.append(part)
                length += sum(map(len, root_box.children[path[0]].children[part].element.itertext()))
        return missing if length >= _WORTH_ASKING else []

    def _key(self, index: int, item: Item, path: tuple[int, ...], context: Any, root_box: Any) -> str | None:
        """The key of a chapter that begins on a page; None for a part of the body that is none."""
        if self.book is None:
            return None
        box, *after = root_box.children[path[0]].children[path[1] : path[1] + 2]
        edge = edge_of(box, after[0], context) if after else ()
        if box.element is None or edge is None or not links_of(box) <= self.book.anchors:
            return None
        resume_at, next_page, is_right, state, _ = item
        begins = repr(
            (resume_at, sorted(next_page.items(), key=str), is_right, without_numbers(state, resume_at))
        )
        place = (*self.book.place(index), *edge)
        source = self._source(box, path)
        return self.desk.store.key("chapter", self.book.mark, path, place, begins, source)

    def _source(self, box: Any, path: tuple[int, ...]) -> str:
        if part := part_of(box):
            return part.source
        if path not in self.sources or any(each.missing_link for each in box.descendants()):
            # What is counted, or taken from another chapter, is in the boxes and not in the source.
            said = "\0".join(
                f"{each.element_tag}\1{getattr(each, 'text', '')}\1{each.bookmark_label}\1{each.string_set}"
                for each in box.descendants()
            )
            shown = addresses_in((each.tag, each.attrib) for each in box.element.iter())
            pictures = self.desk.resources.shown(shown)
            self.sources[path] = fingerprint(ET.tostring(box.element, "unicode"), said, pictures)
        return self.sources[path]

    def laid_out(self, result: tuple[Any, Any], index: int, context: Any, root_box: Any) -> tuple[Any, Any]:
        """A page as it was laid out, noted if it is of the chapter that grows."""
        galley = self.growing
        if galley is None:
            kind = self._blank_kind(index, context, root_box)
            if self.blanks and kind:
                self.blanks.take(kind, result[0], index, context, root_box)
            return result
        item = context.page_maker[index + 1]
        resume_at = item[0]
        path = path_of(resume_at)
        goes_on = path[:2] == galley.path and len(path) > len(galley.path)
        # Within a chapter a note may go on overleaf.
        is_whole = is_calm(context, with_notes=goes_on)
        if galley.end != index or not (is_whole and is_alone(result[0], context, index, galley.numbers)):
            self.growing = None
            return result
        if page_of(item[3]) != self._number_before(context, index) + 1:
            # A style counts pages otherwise.
            self.growing = None
            return result
        galley.pages.append(result[0])
        galley.items.append((*item[:3], copied(item[3]), list(context.page_maker[index][-1]["anchors"])))
        if path[:2] != galley.path:
            self.growing = None
            # Where the next one begins in the middle, the last page has the beginning of that.
            if resume_at is None or len(path) == len(galley.path):
                self._draw(galley, context, root_box)
        return result

    def _draw(self, galley: Galley, context: Any, root_box: Any) -> None:
        """Draw a chapter that is laid out; what its pages hold is let go."""
        drawer = self.desk.drawer
        chapter = drawer.draw(galley.pages, galley.items, galley.elements, context)
        if chapter is not None and galley.numbers:
            chapter = lookups.with_lookups(chapter, galley.numbers, galley.first, context.page_maker)
        if chapter is None:
            return
        self.desk.known[galley.key] = chapter
        self.ended = galley.end
        if drawer.heard() == galley.messages:
            self.desk.quiet.add(galley.key)
            self.desk.store.put(galley.key, packed(chapter))
            self._note(galley.path, root_box.children[galley.path[0]].children[galley.path[1]], context)
        for at, made in enumerate(galley.pages):
            emptied(made, root_box, StandsFor(chapter, at))
