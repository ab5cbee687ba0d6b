"""A row of blocks and items of lists → blocks with nested lists."""

from collections.abc import Iterable
from dataclasses import replace

from keben.core.values import dataclass
from keben.project.importers.office.rich import Block, Blocks, RichCode, RichList, RichQuote

GOES_ON = "+"
"""The list of what has no sign of its own: it belongs to the item before it."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph of a list, before the list is put together."""

    level: int
    """From 0."""
    letters: str
    """HTML's ``type``; empty: a bullet."""
    value: int
    number: str
    """Which list it belongs to."""
    blocks: Blocks


def gathered(items: Iterable[Block | ListItem]) -> Blocks:
    """Blocks with lists made of items that follow one another; adjacent quotations and lines of code are one."""
    out: list[Block] = []
    run: list[ListItem] = []
    for item in items:
        if isinstance(item, ListItem) and item.number == GOES_ON:
            if run:
                run[-1] = replace(run[-1], blocks=run[-1].blocks + item.blocks)
            else:
                out += item.blocks
            continue
        if isinstance(item, ListItem):
            run.append(item)
            continue
        out += _lists(run, 0)
        run = []
        last = out[-1] if out else None
        if isinstance(item, RichQuote) and isinstance(last, RichQuote):
            out[-1] = RichQuote(last.blocks + item.blocks)
        elif isinstance(item, RichCode) and isinstance(last, RichCode):
            out[-1] = RichCode(f"{last.text}\n{item.text}")
        else:
            out.append(item)
    return (*out, *_lists(run, 0))


def _lists(items: list[ListItem], level: int) -> list[Block]:
    """Lists of items at a level; deeper items stand in the item before them."""
    lists: list[RichList] = []
    at = 0
    while at < len(items):
        item = items[at]
        end = at + 1
        while end < len(items) and items[end].level > max(item.level, level):
            end += 1
        blocks = item.blocks + tuple(_lists(items[at + 1 : end], level + 1))
        last = lists[-1] if lists else None
        if last and _goes_on(last, item):
            lists[-1] = RichList((*last.items, blocks), last.ordered, last.start, last.letters)
        else:
            lists.append(
                RichList(
                    (blocks,), bool(item.letters), item.value if item.letters else 1, item.letters or "1"
                )
            )
        at = end
    return list(lists)


def _goes_on(last: RichList, item: ListItem) -> bool:
    if last.ordered != bool(item.letters):
        return False
    return not last.ordered or (last.letters == item.letters and item.value == last.start + len(last.items))
