"""The pages of a chapter, kept from one build to the next and put in where nothing that they hang on has changed.

A chapter is a part of the document's body that begins a page and ends one. What its pages hang on is its texts, the
styles, the fonts, and how far the book has come: the side of its first page, counters, what the page before asks
for. A chapter whose pages hang on more is laid out each time: one that names a page's number, has a picture or a
running element, shares a note with another, or does not end with a page break.

Pages are kept as WeasyPrint has them before anything that crosses chapters comes in: running heads, folios, outline,
links, fonts and structure are made for all pages alike.
"""

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any
from xml.etree import ElementTree as ET

from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.core.store import Store
from keben.typeset.weasy.inside import Patch, replaced
from keben.typeset.weasy.pickling import read, written

PATCH = Patch(
    "chapters-not-kept",
    "Each chapter is laid out again in each build",
    (
        (page, "remake_page", "index context root_box html"),
        (page, "make_page", "context root_box page_type resume_at page_number page_state"),
        (page, "make_all_pages", "context root_box html pages"),
        (page, "set_page_type_computed_styles", "page_type html style_for"),
        (block, "block_level_page_break", "sibling_before sibling_after"),
        (block, "block_level_page_name", "sibling_before sibling_after"),
        (block, "force_page_break", "page_break context"),
    ),
    "notice",
)

Item = tuple[Any, Any, Any, Any, Any]
"""What WeasyPrint notes of where a page begins: `resume_at`, what the page is, its side, counters; and its anchors."""


@contextmanager
def chapters_kept(store: Store, mark: tuple[object, ...]) -> Iterator[None]:
    """Keep the pages of chapters of what is laid out in the block. Not for several threads at once.

    ``mark``: all that every chapter's pages hang on. `PATCH` must be known; who else replaces these functions does so
    before.
    """
    inner = page.remake_page
    desk = _Desk(store, mark)

    @wraps(inner)
    def remake_page(index: int, context: Any, root_box: Any, html: Any) -> Any:
        return desk.kept_page(index, context, root_box, html) or desk.laid_out(
            inner(index, context, root_box, html), index, context
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
    """Of the chapter, in the order of the document; then those that hold it."""
    pages: list[Any] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    """For each page, where the next one begins."""

    @property
    def end(self) -> int:
        """The index of the page after the last one that there is."""
        return self.first + len(self.pages)


@dataclass(slots=True)
class _Desk:
    store: Store
    mark: tuple[object, ...]
    growing: _Galley | None = None
    """The chapter that is being laid out."""
    put_in: _Galley | None = None
    skeleton: tuple[object, ...] = ()

    def kept_page(self, index: int, context: Any, root_box: Any, html: Any) -> tuple[Any, Any] | None:
        """A page that is kept, and where the next one begins; None: it must be laid out."""
        galley = self.put_in
        if galley is None or not galley.first < index < galley.end:
            self.put_in = galley = self._begun(index, context, root_box, html)
        if galley is None:
            return None
        at = index - galley.first
        made, item = galley.pages[at], galley.items[at]
        page.set_page_type_computed_styles(made.page_type, html, context.style_for)
        _note(context, index, item)
        return made, item[0]

    def _begun(self, index: int, context: Any, root_box: Any, html: Any) -> _Galley | None:
        """The chapter that begins on a page, if it is kept; else it is from now on the one that grows."""
        path = _part_at(context, index, root_box)
        growing = self.growing
        is_on = growing is not None and growing.end == index and growing.path == path
        if not path or is_on:
            # In the middle of one, or behind the empty page that one begins with.
            return None
        self.growing = None
        if not _is_calm(context):
            return None
        box, *after = root_box.children[path[0]].children[path[1] : path[1] + 2]
        edge = _edge(box, after[0], context) if after else ()
        if box.element is None or edge is None:
            return None
        if not self.skeleton:
            self.skeleton = tuple((each.tag, dict(each.attrib)) for each in html.etree_element.find("body"))
        key = self._key((*_place(index, context), *edge), context.page_maker[index], path, box)
        elements = [*box.element.iter(), html.etree_element, *html.etree_element]
        galley = _Galley(key, index, path, elements)
        entry = self.store.get(key)
        found = read(entry, elements, context.font_config) if entry is not None else None
        if found is not None:
            galley.pages, galley.items = found
            _number(galley, _page_of(context.page_maker[index][3]))
            return galley
        self.growing = galley
        return None

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
        begins = repr((resume_at, sorted(next_page.items(), key=str), is_right, _without_numbers(state)))
        source = ET.tostring(box.element, "unicode")
        return self.store.key("pages", self.mark, self.skeleton, path, place, begins, source, texts)

    def laid_out(self, result: tuple[Any, Any], index: int, context: Any) -> tuple[Any, Any]:
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
                entry = written((galley.pages, galley.items), galley.elements)
                if entry is not None:
                    self.store.put(galley.key, entry)
        return result


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


def _place(index: int, context: Any) -> tuple[object, ...]:
    """What of a page's number its layout hangs on: whether it is odd, and where a style counts pages, the number."""
    counted = any(
        selector.index is not None
        for sheet, _, _ in context.style_for._sheets
        for _, selectors, _ in sheet.page_rules
        for _, _, selector in selectors
    )
    return (index,) if counted or index == 0 else (index % 2 == 0,)


def _page_of(state: Any) -> int:
    """The page's number as counted so far."""
    return int(state[1].get("page", [0])[-1])


def _number(galley: _Galley, before: int) -> None:
    """Number the pages of a chapter that was laid out elsewhere in the book; ``before``: that of the page before."""
    for at, (made, item) in enumerate(zip(galley.pages, galley.items, strict=True)):
        made.page_type = made.page_type._replace(index=galley.first + at)
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


def _without_numbers(state: Any) -> object:
    depth, counters, scopes, groups = state
    rest = {name: value for name, value in counters.items() if name not in ("page", "pages")}
    rest["page"] = len(counters.get("page", ()))
    return depth, sorted(rest.items()), [sorted(each) for each in scopes], groups


def _copy(state: Any) -> Any:
    """A page's counters, not shared with anybody."""
    return pickle.loads(pickle.dumps(state))  # noqa: S301 - what was made in this line
