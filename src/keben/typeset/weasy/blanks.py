"""Empty pages between chapters, each kind of them laid out and drawn once.

Where chapters begin on one side of the leaf, a book has an empty page before every other one. What is on it hangs on
the styles, its side, and what is counted, but not on its number: that stands in its margins (`margins`).
"""

from collections.abc import Callable
from dataclasses import field
from typing import Any

from keben.core.values import dataclass
from keben.typeset.weasy.breaks import copied, page_of, part_at, without_numbers
from keben.typeset.weasy.drawing import ChapterDrawer
from keben.typeset.weasy.drawn import DrawnChapter, Item
from keben.typeset.weasy.standins import StandsFor, emptied


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty page as it is drawn."""

    chapter: DrawnChapter
    """Of this page alone."""
    page_type: Any
    """As WeasyPrint has it, with the index of the first page of the kind."""


@dataclass(slots=True)
class Blanks:
    """The empty pages of a document."""

    drawer: ChapterDrawer
    place: Callable[[int], tuple[object, ...]]
    """What of a page's number its layout hangs on."""
    known: dict[str, Blank | None] = field(default_factory=dict)
    """None: it cannot be drawn by itself."""

    def kind(self, index: int, context: Any, root_box: Any) -> str | None:
        """What an empty page hangs on; None for one that does not stand before a part of the body."""
        path = part_at(context, index, root_box)
        if not path:
            return None
        resume_at, next_page, is_right, state, _ = context.page_maker[index]
        counted = without_numbers(state, resume_at)
        return repr((path[0], sorted(next_page.items(), key=str), is_right, counted, self.place(index)))

    def get(self, kind: str) -> Blank | None:
        """The page of a kind, once it is drawn."""
        return self.known.get(kind)

    def take(self, kind: str, made: Any, index: int, context: Any, root_box: Any) -> None:
        """Draw a page that was laid out, for all of its kind; its box stands for it from now on."""
        if kind in self.known:
            return
        item = following(context.page_maker[index])
        remake = context.page_maker[index][-1]
        asks = remake["anchors"] or remake["content_lookups"] or remake["pages_wanted"]
        is_plain = item[:4] == context.page_maker[index + 1][:4] and not asks
        chapter = self.drawer.draw([made], [item], (), context) if is_plain else None
        self.known[kind] = Blank(chapter, made.page_type) if chapter else None
        if chapter:
            emptied(made, root_box, StandsFor(chapter, 0))


def following(item: Any) -> Item:
    """What is noted of the page after an empty one: that the same text comes, on the other side."""
    resume_at, next_page, is_right, state, _ = item
    state = copied(state)
    state[1]["page"] = [*state[1]["page"][:-1], page_of(state) + 1]
    return resume_at, next_page, not is_right, state, []
