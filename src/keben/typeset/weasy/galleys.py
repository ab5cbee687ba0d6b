"""The pages of chapters, drawn by themselves as soon as they are laid out, and kept from one build to the next.

A chapter is a part of the document's body that begins a page and ends one. What its pages hang on is its texts, the
styles, the fonts, and how far the book has come: the side of its first page, counters, what the page before asks
for. Where none of that has changed its pages are put in as they were drawn. A chapter whose pages hang on more is laid
out and drawn with the book, as WeasyPrint does: one that names a page's number, has a picture or a running element,
shares a note with another, or does not end with a page break. So is a whole book that has boxes at a fixed place of
each page, or margins that are drawn below the text.

What crosses chapters is not in their pages: running heads, folios, outline, links, fonts and structure are made for all
pages alike (`binding`), whether a chapter was drawn a moment ago or by another build.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint import layout  # type: ignore[import-untyped]
from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.core.store import Store
from keben.typeset.weasy.binding import Binder
from keben.typeset.weasy.drawing import ChapterDrawer
from keben.typeset.weasy.drawn import DrawnChapter, Item, packed, unpacked
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.standins import StandsFor, emptied, stand_in
from keben.typeset.weasy.usedfonts import UsedFonts

PATCH = Patch(
    "chapters-not-kept",
    "Each chapter is laid out again in each build",
    (
        (layout, "layout_document", "html root_box context max_loops"),
        (page, "remake_page", "index context root_box html"),
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (page, "make_all_pages", "context root_box html pages"),
        (page, "set_page_type_computed_styles", "page_type html style_for"),
        (page, "_includes_resume_at", "resume_at page_group_resume_at"),
        (block, "block_level_page_break", "sibling_before sibling_after"),
        (block, "block_level_page_name", "sibling_before sibling_after"),
        (block, "force_page_break", "page_break context"),
    ),
    "notice",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where chapters are drawn, kept and bound."""

    store: Store
    mark: tuple[object, ...]
    """All that every chapter's pages hang on."""
    drawer: ChapterDrawer
    binder: Binder


@contextmanager
def chapters_apart(desk: Desk) -> Iterator[None]:
    """Draw the chapters of what is laid out in the block by themselves. Not for several threads at once.

    `PATCH` must be known; who else replaces these functions does so before.
    """
    inner = page.remake_page
    work = _Chapters(desk)

    @wraps(inner)
    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        return work.drawn_page(index, context, root_box, html) or work.laid_out(
            inner(index, context, root_box, html), index, context, root_box
        )

    with replaced((page, "remake_page", remake_page)):
        yield


@dataclass(slots=True)
class _Galley:
    """A chapter that is being laid out, or put in."""

    key: str
    first: int
    """The index of its first page."""
    path: tuple[int, ...]
    """Where it stands in the document: the index of the body's box, and its own."""
    elements: list[Any]
    """Of the chapter, in the order of the document."""
    messages: int = 0
    """How many WeasyPrint had logged when it was begun."""
    pages: list[Any] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    """For each page, where the next one begins."""
    chapter: DrawnChapter | None = None
    """Once it is drawn."""

    @property
    def end(self) -> int:
        """The index of the page after the last one that there is."""
        return self.first + len(self.items)


@dataclass(slots=True)
class _Chapters:
    desk: Desk
    growing: _Galley | None = None
    """The chapter that is being laid out."""
    put_in: _Galley | None = None
    known: dict[str, DrawnChapter] = field(default_factory=dict)
    """Chapters of this book that are drawn, by their keys."""
    book: "_Book | None" = None

    def drawn_page(self, index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any] | None:
        """A page that is drawn, and where the next one begins; None: it must be laid out."""
        galley = self.put_in
        if galley is None or not galley.first < index < galley.end:
            self.put_in = galley = self._begun(index, context, root_box, html)
        if galley is None or galley.chapter is None:
            return None
        at = index - galley.first
        item = galley.items[at]
        page_type = page.PageType(*galley.chapter.pages[at].kind)._replace(index=index)
        page.set_page_type_computed_styles(page_type, html, context.style_for)
        _note(context, index, item)
        return stand_in(context, root_box, page_type, StandsFor(galley.chapter, at)), item[0]

    def _begun(self, index: int, context: Any, root_box: Any, html: Any) -> _Galley | None:
        """The chapter that begins on a page, if it is drawn; else it is from now on the one that grows."""
        if self.book is None:
            self.book = _Book.of(root_box, context, html)
            self.desk.binder.fonts = UsedFonts(context.font_config.font_map)
        path = _part_at(context, index, root_box)
        growing = self.growing
        is_on = growing is not None and growing.end == index and growing.path == path
        if not path or is_on or _is_blank(context.page_maker[index], root_box):
            # In the middle of one, or an empty page before one.
            return None
        self.growing = None
        if not self.book.has_chapters or not _is_calm(context):
            return None
        box, *after = root_box.children[path[0]].children[path[1] : path[1] + 2]
        edge = _edge(box, after[0], context) if after else ()
        if box.element is None or edge is None or not self.book.leads_on(box):
            return None
        key = self._key((*self.book.place(index), *edge), context.page_maker[index], path, box)
        messages = self.desk.drawer.heard()
        galley = _Galley(key, index, path, list(box.element.iter()), messages)
        chapter = self.known.get(key) or self._kept(key)
        if chapter is not None:
            self.known[key] = galley.chapter = chapter
            # Each time it is put in its pages may have other numbers.
            galley.items = _copy(list(chapter.items))
            _number(galley.items, _page_of(context.page_maker[index][3]))
            return galley
        self.growing = galley
        return None

    def _kept(self, key: str) -> DrawnChapter | None:
        """A chapter from the store, if all its fonts are there."""
        entry = self.desk.store.get(key)
        chapter = unpacked(entry) if entry is not None else None
        fonts = self.desk.binder.fonts
        if chapter is None or fonts is None or not all(fonts.find(use) for use in chapter.fonts):
            return None
        return chapter

    def _key(self, place: tuple[object, ...], item: Item, path: tuple[int, ...], box: Any) -> str:
        resume_at, next_page, is_right, state, _ = item
        # What is counted, or taken from another chapter, is in the boxes and not in the source.
        texts = [
            (
                each.element_tag or "",
                getattr(each, "text", ""),
                each.bookmark_label or "",
                str(each.string_set),
            )
            for each in box.descendants()
        ]
        begins = repr(
            (resume_at, sorted(next_page.items(), key=str), is_right, _without_numbers(state, resume_at))
        )
        source = ET.tostring(box.element, "unicode")
        skeleton = self.book.skeleton if self.book else ()
        return self.desk.store.key("chapter", self.desk.mark, skeleton, path, place, begins, source, texts)

    def laid_out(self, result: tuple[Any, Any], index: int, context: Any, root_box: Any) -> tuple[Any, Any]:
        """A page as it was laid out, noted if it is of the chapter that grows."""
        galley = self.growing
        if galley is None:
            return result
        item = context.page_maker[index + 1]
        resume_at = item[0]
        if galley.end != index or not _is_calm(context) or not _is_alone(result[0], context, index):
            self.growing = None
            return result
        if _page_of(item[3]) != _page_of(context.page_maker[index][3]) + 1:
            # A style counts pages otherwise.
            self.growing = None
            return result
        galley.pages.append(result[0])
        galley.items.append((*item[:3], _copy(item[3]), list(context.page_maker[index][-1]["anchors"])))
        path = _path(resume_at)
        if path[:2] != galley.path or resume_at is None:
            self.growing = None
            # Where the next one begins in the middle, the last page has the beginning of that.
            if resume_at is None or len(path) == len(galley.path):
                self._draw(galley, context, root_box)
        return result

    def _draw(self, galley: _Galley, context: Any, root_box: Any) -> None:
        """Draw a chapter that is laid out; what its pages hold is let go."""
        drawer = self.desk.drawer
        chapter = drawer.draw(galley.pages, galley.items, galley.elements, context)
        if chapter is None:
            return
        self.known[galley.key] = chapter
        if drawer.heard() == galley.messages:
            # What is said of a chapter must be said in each build.
            self.desk.store.put(galley.key, packed(chapter))
        for at, made in enumerate(galley.pages):
            emptied(made, root_box, StandsFor(chapter, at))


@dataclass(frozen=True, slots=True)
class _Book:
    """What all chapters of a document have in common."""

    has_chapters: bool
    """Whether they can be drawn by themselves."""
    counts_pages: bool
    """Whether a style counts pages."""
    skeleton: tuple[object, ...]
    """The parts of the body, each with what selectors can ask of it."""
    anchors: frozenset[str]
    """What links lead to."""

    @classmethod
    def of(cls, root_box: Any, context: Any, html: Any) -> "_Book":
        """That of a document that is about to be laid out."""
        rules = [rule for sheet, _, _ in context.style_for._sheets for rule in sheet.page_rules]
        is_below = any(name == "z_index" for _, _, declared in rules for name, _, _ in declared)
        is_fixed = any(box.style["position"] == "fixed" for box in root_box.descendants())
        counted = any(selector.index is not None for _, selectors, _ in rules for _, _, selector in selectors)
        skeleton = tuple((each.tag, dict(each.attrib)) for each in html.etree_element.find("body"))
        anchors = frozenset(
            anchor for box in root_box.descendants() if (anchor := box.style["anchor"]) is not None
        )
        return cls(not (is_fixed or is_below), counted, skeleton, anchors)

    def leads_on(self, box: Any) -> bool:
        """Whether all links of a chapter lead to something."""
        links = (child.link for child in box.descendants() if child.link)
        return all(kind != "internal" or target in self.anchors for _, (kind, target) in links)

    def place(self, index: int) -> tuple[object, ...]:
        """What of a page's number its layout hangs on: whether it is odd; where a style counts pages, the number."""
        return (index,) if self.counts_pages or index == 0 else (index % 2 == 0,)


def _part_at(context: Any, index: int, root_box: Any) -> tuple[int, ...]:
    """Where in the document the part of the body stands that begins on a page; empty: none does."""
    path = _path(context.page_maker[index][0])
    if len(path) != 2:
        return ()
    outer = root_box.children[path[0]]
    return path if outer.element_tag == "body" and path[1] < len(outer.children) else ()


def _edge(box: Any, after: Any, context: Any) -> tuple[object, ...] | None:
    """What parts a chapter from the next one; None: that may begin on the same page, and then hangs on its lines."""
    if not after.is_in_normal_flow():
        return None
    kind, name = block.block_level_page_break(box, after), block.block_level_page_name(box, after)
    return (kind, name) if name or block.force_page_break(kind, context) else None


def _is_blank(item: Any, root_box: Any) -> bool:
    """Whether a page stays empty, so that the next part begins on the side that it asks for."""
    _, next_page, is_right, *_ = item
    side = next_page["break"]
    if side in ("recto", "verso"):
        side = "right" if (root_box.style["direction"] == "ltr") != (side == "verso") else "left"
    return bool(side in ("left", "right") and (side == "right") != is_right)


def _page_of(state: Any) -> int:
    """The page's number as counted so far."""
    return int(state[1].get("page", [0])[-1])


def _number(items: list[Item], before: int) -> None:
    """Number the pages of a chapter that was laid out elsewhere in the book; ``before``: that of the page before."""
    for at, item in enumerate(items):
        item[3][1]["page"] = [*item[3][1]["page"][:-1], before + at + 1]


def _path(resume_at: Any) -> tuple[int, ...]:
    path: list[int] = []
    while resume_at:
        ((index, resume_at),) = resume_at.items()
        path.append(index)
    return tuple(path)


def _is_calm(context: Any) -> bool:
    """Whether nothing goes on from one page to the next but the text."""
    return not (context.broken_out_of_flow or context.reported_footnotes or context.rendered_notes)


def _is_alone(made: Any, context: Any, index: int) -> bool:
    """Whether a page's boxes hang on nothing that is known when all pages are there only."""
    remake = context.page_maker[index][-1]
    if remake["content_lookups"] or remake["pages_wanted"]:
        return False
    if any(index + 1 in pages for pages in context.running_elements.values()):
        return False
    return not any(child.missing_link for child in made.descendants(placeholders=True))


def _note(context: Any, index: int, item: Item) -> None:
    """Note what WeasyPrint notes when it has laid a page out: the page after it, and what stands on it."""
    maker = context.page_maker
    resume_at, next_page, is_right, state, anchors = item
    state = _copy(state)
    state[1]["pages"] = list(maker[index][3][1]["pages"])
    context.current_page = index + 1
    context.reported_footnotes = []
    fresh = [anchor for anchor in anchors if not any(anchor in each[-1]["anchors"] for each in maker[:index])]
    maker[index][-1]["anchors"].extend(fresh)
    for anchor in fresh:
        context.target_collector.cache_target_page_counters(anchor, state[1], index, maker)
    remake = {
        "content_changed": resume_at is not None,
        "pages_wanted": False,
        "anchors": [],
        "content_lookups": [],
    }
    following = resume_at, next_page, is_right, state, remake
    if index + 1 >= len(maker):
        maker.append(following)
    elif maker[index + 1][:4] != following[:4]:
        maker[index + 1] = following


def _without_numbers(state: Any, resume_at: Any) -> object:
    depth, counters, scopes, groups = state
    rest = {name: value for name, value in counters.items() if name not in ("page", "pages")}
    rest["page"] = len(counters.get("page", ()))
    # Groups of pages that end here do not count.
    groups = [group for group in groups if page._includes_resume_at(resume_at, group[2])]
    return depth, sorted(rest.items()), [sorted(each) for each in scopes], groups


def _copy(value: Any) -> Any:
    """What is noted of pages, not shared with anybody."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - what was made in this line
