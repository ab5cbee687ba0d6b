"""Boxes that print the number of another page, as the contents do, on pages that are drawn by themselves.

WeasyPrint lays such a page out with no numbers, once more when it knows them, and until they stay. It finds by a box
which page that is: this is noted of a page that is put in, too. So a contents is drawn for each text that it comes to
have, and the next build finds both the one without numbers and the one with the same numbers.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from weasyprint.css.targets import TargetCollector  # type: ignore[import-untyped]

from keben.typeset.weasy.drawn import DrawnChapter, DrawnPage, Item

FUNCTIONS = (
    (
        TargetCollector,
        "cache_target_page_counters",
        "self anchor_name page_counter_values page_maker_index page_maker",
    ),
)
"""What of WeasyPrint's this goes by, as a `Patch` names it."""


class PrintedNumbers:
    """Those of a chapter, in the order of its boxes, which is the same in each build."""

    def __init__(self, box: Any, context: Any) -> None:
        items = context.target_collector.counter_lookup_items
        links = dict.fromkeys(
            child.missing_link for child in box.descendants() if child.missing_link is not None
        )
        self.items = [items[link, "content"] for link in links if (link, "content") in items]
        self._places = {id(item): place for place, item in enumerate(self.items)}
        tokens = [token for link, token in items if link in links]
        self.are_plain = len(self.items) == len(links) == len(tokens) and all(map(_is_plain, self.items))
        """Whether they print numbers of single pages, and nothing depends on them but their text."""

    def __len__(self) -> int:
        return len(self.items)

    def places(self, noted: Collection[int]) -> tuple[int, ...]:
        """Which of them those are that WeasyPrint noted."""
        return tuple(self._places[each] for each in noted)

    def allow(self, made: Any, noted: Collection[int]) -> bool:
        """Whether a page of the chapter, with what WeasyPrint noted of it, can be drawn by itself.

        Where the chapter has any of them, each page must: one that has none would not be made again with the others.
        And it must have no notes: one that goes on overleaf would be labelled twice where a page is made again alone.
        """
        if not self.items:
            return not noted
        tags = (box.element_tag or "" for box in made.descendants())
        return (
            self.are_plain
            and bool(noted)
            and all(each in self._places for each in noted)
            and not any("::footnote-" in tag for tag in tags)
        )

    def note(self, page: DrawnPage, index: int, maker: Any) -> None:
        """Note which of them are on a page that is put in, as WeasyPrint does when it has laid it out."""
        remake = maker[index][-1]
        values = maker[index + 1][3][1]
        for place in page.lookups:
            item = self.items[place]
            remake["content_lookups"].append(id(item))
            item.page_maker_index = index
            is_other = values != item.cached_page_counter_values
            if is_other and (item.pending or item.missing_counters):
                item.cached_page_counter_values = {name: list(value) for name, value in values.items()}
            wanted = any(values.get(name) is not None for name in item.missing_counters)
            if item.pending or (is_other and wanted):
                item.pending = False
                remake["content_changed"] = True
                item.parse_again(values)


def _is_plain(item: Any) -> bool:
    wanted = item.missing_counters, *item.missing_target_counters.values()
    return not any("pages" in names for names in wanted)


def with_lookups(chapter: DrawnChapter, lookups: PrintedNumbers, first: int, maker: Any) -> DrawnChapter:
    """A chapter that was laid out a moment ago, with what is noted of its pages from the one at ``first`` on."""
    pages = tuple(
        replace(page, lookups=lookups.places(maker[index][-1]["content_lookups"]))
        for index, page in enumerate(chapter.pages, first)
    )
    return replace(chapter, pages=pages)


def are_made_again(first: int, items: Sequence[Item], maker: Any) -> bool:
    """Whether WeasyPrint would make all pages of a chapter, of which it is about to make the first.

    It makes some of them only where the numbers on these changed. Then the others stay, and none is put in.
    """
    pages = maker[first][3][1]["pages"]
    for at, item in enumerate(items[:-1], first + 1):
        if at >= len(maker):
            return True
        *there, remake = maker[at]
        depth, counters, *others = item[3]
        state = (depth, {**counters, "pages": pages}, *others)
        is_same = there == [*item[:3], state]
        if is_same and not (remake["content_changed"] or remake["pages_wanted"]):
            return False
    return True
