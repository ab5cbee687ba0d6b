"""Documents too long for one file of an EPUB, in several: each with the notes that are called in it.

Readers lay out a file as a whole, and some stores refuse large ones: Taiwan's EPUB 3 guide (TDPF) names 256 KB.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from math import ceil

from keben.core.composition import Document
from keben.core.markup import Element, Node, serialize, walk
from keben.core.values import dataclass

LARGEST = 250_000
"""Bytes of a file's text."""

_ELEMENT = 60
"""Bytes of an element's tags and attributes, on the safe side."""

_HOLDERS = frozenset(("section", "div", "article"))
"""What may be opened again in the next file."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "header"))
_WELL_FILLED = 0.75
"""Of its fair share: from here on a file ends before the next heading."""


@dataclass(frozen=True, slots=True)
class Portion:
    """What stands in one file, with what holds it below the root."""

    node: Node
    holders: tuple[Element, ...]
    begins: tuple[bool, ...]
    """Of each of these, whether it is the first thing in it."""
    size: int

    @property
    def is_heading(self) -> bool:
        """Whether it may not be the last of a file."""
        return isinstance(self.node, Element) and self.node.tag in _HEADINGS


def split(document: Document) -> tuple[Element, ...]:
    """The roots of a document's files: its own, where that is not too large.

    Those that follow have the id ``{id}..2``, ``{id}..3``, … A note stands in the file that calls it first.
    """
    root = document.root
    if _roughly(root) * 2 < LARGEST or _bytes(root) <= LARGEST:
        return (root,)
    body, holder = _parted(root)
    notes = [each for each in holder.children if isinstance(each, Element)] if holder else []
    blocks = [*_blocks(body)]
    called = _called([block.node for block in blocks], notes)
    sizes = [sum(_bytes(notes[index]) for index in group) for group in called]
    cuts = [0, *_cuts(blocks, sizes), len(blocks)]
    found: list[Element] = []
    for number, (first, end) in enumerate(pairwise(cuts), 1):
        own = [notes[index] for group in called[first:end] for index in group]
        found.append(_piece(document, number, blocks[first:end], own, holder))
    return tuple(found)


def _roughly(root: Element) -> int:
    """About how many bytes a tree's text has, without writing it."""
    size, waiting = 0, [root]
    while waiting:
        size += _ELEMENT
        for child in waiting.pop().children:
            if isinstance(child, str):
                size += 3 * len(child)
            else:
                waiting.append(child)
    return size


def _bytes(node: Node) -> int:
    return len(serialize(node).encode())


def _parted(root: Element) -> tuple[Sequence[Node], Element | None]:
    """A root's children without what holds its notes, and that, where it is the last of it."""
    children = list(root.children)
    while children and isinstance(children[-1], str) and not children[-1].strip():
        children.pop()
    last = children[-1] if children else ""
    if isinstance(last, Element) and last.tag == "section" and "notes" in last.classes:
        return children[:-1], last
    return root.children, None


def _blocks(
    nodes: Iterable[Node], holders: tuple[Element, ...] = (), begins: tuple[bool, ...] = ()
) -> Iterator[Portion]:
    """What may stand in different files: children of the root, and those of a holder that is too large itself."""
    for number, node in enumerate(nodes):
        size = _bytes(node)
        first = tuple(each and not number for each in begins)
        if isinstance(node, Element) and node.tag in _HOLDERS and size > LARGEST:
            yield from _blocks(node.children, (*holders, node), (*first, True))
        else:
            yield Portion(node, holders, first, size)


def _called(blocks: Sequence[Node], notes: Sequence[Element]) -> list[list[int]]:
    """For each block the notes that it is the first to call; they keep their order."""
    callers: dict[str, int] = {}
    for number, block in enumerate(blocks):
        for node in walk(block):
            if node.tag == "a":
                callers.setdefault(node.get("href"), number)
    found: list[list[int]] = [[] for _ in blocks]
    least = 0
    for index, note in enumerate(notes):
        least = max(least, callers.get(f"#{note.get('id')}", least))
        found[least].append(index)
    return found


def _cuts(blocks: Sequence[Portion], sizes: Sequence[int]) -> Iterator[int]:
    """Before which blocks a new file begins: shares that are as even as headings let them be.

    ``sizes`` are those of the notes that go with each block.
    """
    whole = [block.size + size for block, size in zip(blocks, sizes, strict=True)]
    share = sum(whole) / ceil(sum(whole) / LARGEST)
    filled, begun = 0, 0
    for number, block in enumerate(blocks):
        is_full = filled + whole[number] > share * 1.02
        if number > begun and (is_full or (filled >= share * _WELL_FILLED and block.is_heading)):
            at = _before_headings(blocks, number, begun)
            if at > begun:
                yield at
                begun, filled = at, sum(whole[at:number])
        filled += whole[number]


def _before_headings(blocks: Sequence[Portion], at: int, least: int) -> int:
    """The place of a cut, moved before headings that it would leave alone."""
    while at > least and (blocks[at - 1].is_heading or not str(blocks[at - 1].node).strip()):
        at -= 1
    return at


def _piece(
    document: Document,
    number: int,
    blocks: Sequence[Portion],
    notes: Sequence[Element],
    holder: Element | None,
) -> Element:
    """One file's root; ``holder`` is the element that holds the document's notes."""
    children = [*_held(blocks, 0)]
    if notes and holder is not None:
        children.append(holder.with_children(notes))
    root = document.root
    if number == 1:
        return root.with_children(children)
    attributes = {
        "class": root.get("class"),
        "id": f"{root.get('id')}..{number}",
        "aria-label": document.title,
    }
    return Element("section", {name: value for name, value in attributes.items() if value}, tuple(children))


def _held(blocks: Iterable[Portion], depth: int) -> Iterator[Node]:
    """Blocks in what holds them, which has its id in the first of the files only."""

    def holder_of(block: Portion) -> int:
        return id(block.holders[depth]) if depth < len(block.holders) else 0

    for key, group in groupby(blocks, holder_of):
        several = list(group)
        if not key:
            yield from (block.node for block in several)
            continue
        holder = several[0].holders[depth]
        again = holder if several[0].begins[depth] else holder.with_attributes(id=None)
        yield again.with_children(_held(several, depth + 1))
