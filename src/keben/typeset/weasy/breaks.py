"""Where chapters begin and end among the pages of a document, as WeasyPrint notes it.

What is noted of a page is an item of `page_maker`: where in the text it begins, what page is asked for, its side,
counters, and what is to be done again.
"""

import pickle
from typing import Any

from weasyprint.layout import block, page  # type: ignore[import-untyped]

from keben.typeset.weasy.drawn import Item
from keben.typeset.weasy.floatboxes import AT_TOP, wish_of
from keben.typeset.weasy.lookups import PrintedNumbers
from keben.typeset.weasy.unfittables import MARKS


def part_at(context: Any, index: int, root_box: Any) -> tuple[int, ...]:
    """Where in the document the part of the body stands that begins on a page; empty: none does."""
    path = path_of(context.page_maker[index][0])
    if len(path) != 2:
        return ()
    outer = root_box.children[path[0]]
    return path if outer.element_tag == "body" and path[1] < len(outer.children) else ()


def edge_of(box: Any, after: Any, context: Any) -> tuple[object, ...] | None:
    """What parts a chapter from the next one; None: that may begin on the same page, and then depends on its lines."""
    if not after.is_in_normal_flow():
        return None
    kind, name = block.block_level_page_break(box, after), block.block_level_page_name(box, after)
    return (kind, name) if name or block.force_page_break(kind, context) else None


def is_blank(item: Any, root_box: Any) -> bool:
    """Whether a page stays empty, so that the next part begins on the side that it asks for."""
    _, next_page, is_right, *_ = item
    side = next_page["break"]
    if side in ("recto", "verso"):
        side = "right" if (root_box.style["direction"] == "ltr") != (side == "verso") else "left"
    return bool(side in ("left", "right") and (side == "right") != is_right)


def page_of(state: Any) -> int:
    """The page's number as counted so far."""
    return int(state[1].get("page", [0])[-1])


def number_pages(items: list[Item], before: int) -> None:
    """Number the pages of a chapter that was laid out elsewhere in the book; ``before``: that of the page before."""
    for at, item in enumerate(items):
        item[3][1]["page"] = [*item[3][1]["page"][:-1], before + at + 1]


def path_of(resume_at: Any) -> tuple[int, ...]:
    """The way from the root's box to where a page begins, by indices of children."""
    path: list[int] = []
    # Where a row of a table is divided each of its cells goes on at a place of its own.
    while resume_at and len(resume_at) == 1:
        ((index, resume_at),) = resume_at.items()
        path.append(index)
    return tuple(path)


def is_calm(context: Any, *, with_notes: bool = False) -> bool:
    """Whether nothing goes on from one page to the next but the text, or notes too."""
    notes = not with_notes and context.reported_footnotes
    return not (context.broken_out_of_flow or notes or context.rendered_notes)


def is_alone(made: Any, context: Any, index: int, lookups: PrintedNumbers) -> bool:
    """Whether a page's boxes depend on nothing that is known when all pages are there only, but on ``lookups``."""
    remake = context.page_maker[index][-1]
    if remake["pages_wanted"] or not lookups.allow(made, remake["content_lookups"]):
        return False
    missing = not lookups.are_plain
    if any(index + 1 in pages for pages in context.running_elements.values()):
        return False
    return not any(
        (missing and child.missing_link) or _is_asked_for(child)
        for child in made.descendants(placeholders=True)
    )


def _is_asked_for(box: Any) -> bool:
    """Whether pages are looked through for a box when all are there: a figure that may move, a table that is unfit."""
    return bool(wish_of(box)) or any(getattr(box, mark, False) for mark in (AT_TOP, *MARKS))


class NotedAnchors:
    """The places that links lead to on the pages before one, as pages are made one after another."""

    def __init__(self) -> None:
        self._end = 0
        self._names: set[str] = set()

    def before(self, maker: Any, index: int) -> set[str]:
        """Those of the pages before an index."""
        if index < self._end:
            # The pages are made once more.
            self._end, self._names = 0, set()
        for item in maker[self._end : index]:
            self._names.update(item[-1]["anchors"])
        self._end = index
        return self._names


def note_page(context: Any, index: int, item: Item, noted: NotedAnchors) -> None:
    """Note what WeasyPrint notes when it has laid a page out: the page after it, and what stands on it."""
    maker = context.page_maker
    resume_at, next_page, is_right, state, anchors = item
    state = copied(state)
    state[1]["pages"] = list(maker[index][3][1]["pages"])
    context.current_page = index + 1
    context.reported_footnotes = []
    before = noted.before(maker, index)
    fresh = [anchor for anchor in anchors if anchor not in before]
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


def without_numbers(state: Any, resume_at: Any) -> object:
    """What a page depends on of what is counted before it: all but the number of pages."""
    depth, counters, scopes, groups = state
    rest = {name: value for name, value in counters.items() if name not in ("page", "pages")}
    rest["page"] = len(counters.get("page", ()))
    # Groups of pages that end here do not count.
    groups = [group for group in groups if page._includes_resume_at(resume_at, group[2])]
    return depth, sorted(rest.items()), [sorted(each) for each in scopes], groups


def copied(value: Any) -> Any:
    """What is noted of pages, not shared with anybody."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - what was made in this line


def expected(context: Any, root_box: Any, path: tuple[int, ...]) -> Item | None:
    """What WeasyPrint is likely to note of the page that a part of the body begins on.

    It is that of a part that follows an ordinary one, on the right side. None: no part of the body begins a page there.
    """
    outer, index = path
    before, box = root_box.children[outer].children[index - 1 : index + 1]
    if not (before.is_in_normal_flow() and box.is_in_normal_flow()):
        return None
    kind, name = block.block_level_page_break(before, box), block.block_level_page_name(before, box)
    if not (name or block.force_page_break(kind, context)):
        return None
    depth, counters, scopes, _ = copied(context.page_maker[1][3])
    next_page = {"break": kind, "page": before.page_values()[1] if name is None else name}
    remake = {"content_changed": False, "pages_wanted": False, "anchors": [], "content_lookups": []}
    is_right = kind not in ("left", "verso")
    return {outer: {index: None}}, next_page, is_right, (depth, counters, scopes, []), remake
