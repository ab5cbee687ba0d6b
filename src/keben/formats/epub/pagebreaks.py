"""Marks in the text where the pages of the printed edition begin (EPUB Accessibility 1.1, 3.3; DPUB-ARIA 1.1).

A page is known by the letters that it begins with, looked for in the text from where the last one began. Marks and
spaces do not count: lines and columns set them otherwise.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.composition import Document
from keben.core.markup import Element, Node, element, walk
from keben.core.pages import PageStart
from keben.core.values import dataclass

_WINDOW = 20_000
"""How far ahead of the last page the next one is looked for, in letters: more than any page has."""

_LENGTHS = (32, 20, 12, 8)
"""Letters that tell a place in the window from others; fewer where a page has no more."""

_SKIPS = (0, 8, 24, 60)
"""Where the first letters are not found, for a picture of a letter or a reading in the line, later ones are tried."""

_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)}
_SILENT = frozenset(("rt", "rp", "math", "svg"))


@dataclass(frozen=True, slots=True)
class _BookText:
    """A text of the book: which one it is in its document, and where its letters begin in those of the book."""

    document: int
    number: int
    start: int
    text: str


def with_breaks(
    documents: Sequence[Document], starts: Sequence[PageStart]
) -> tuple[tuple[Document, ...], tuple[tuple[str, str], ...]]:
    """Documents with a mark where each page begins, and each page's label with the id of its mark.

    A page of pictures alone begins at its caption, or with the next one. A page that begins with what the documents do
    not say has none.
    """
    leaves = tuple(_leaves(documents))
    letters = "".join(_letters(leaf.text) for leaf in leaves)
    taken = {node.get("id") for document in documents for node in walk(document.root)}
    marks: dict[int, dict[int, list[tuple[int, Element]]]] = {}
    found: list[tuple[str, str]] = []
    begins = [leaf.start for leaf in leaves]
    for start, at in _places(letters, starts):
        leaf = leaves[bisect_right(begins, at) - 1]
        name = f"page-{start.number}"
        while name in taken:
            name = f"{name}-"
        mark = element(
            "span", {"epub:type": "pagebreak", "role": "doc-pagebreak", "id": name, "aria-label": start.label}
        )
        place = (_offset(leaf.text, at - leaf.start), mark)
        marks.setdefault(leaf.document, {}).setdefault(leaf.number, []).append(place)
        found.append((start.label, name))
    marked = tuple(
        replace(document, root=_marked(document.root, marks[number])) if number in marks else document
        for number, document in enumerate(documents)
    )
    return marked, tuple(found)


def _leaves(documents: Sequence[Document]) -> Iterator[_BookText]:
    start = 0
    for number, document in enumerate(documents):
        for at, text in enumerate(_texts(document.root)):
            letters = len(_letters(text))
            if letters:
                yield _BookText(number, at, start, text)
                start += letters


def _texts(node: Element) -> Iterator[str]:
    """The texts of a tree that a page can begin in."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif not _is_silent(child):
            yield from _texts(child)


def _is_silent(node: Element) -> bool:
    return node.tag in _SILENT or "notes" in node.classes or "noteref" in node.classes


def _letters(text: str) -> str:
    return "".join(sign for sign in text.translate(_WIDE) if sign.isalnum())


def _offset(text: str, count: int) -> int:
    """The place of a letter in a text, by how many are before it; what opens it goes with it."""
    for at, sign in enumerate(text.translate(_WIDE)):
        if sign.isalnum():
            if not count:
                while at and text[at - 1] in "“‘「『（《〈〔【":
                    at -= 1
                return at
            count -= 1
    return len(text)


def _places(letters: str, starts: Sequence[PageStart]) -> list[tuple[PageStart, int]]:
    """The pages whose beginning is found, each with its place among the letters."""
    before = 0
    places: dict[int, int] = {}
    for number, start in enumerate(starts):
        at = -1 if start.is_aside else _place(letters, _letters(start.text), before)
        if at >= 0:
            places[number] = at
            before = at + 1
    for number, start in enumerate(starts):
        if start.is_aside:
            at = _aside(letters, _letters(start.text), number, places)
            if at >= 0:
                places[number] = at
    return [(starts[number], at) for number, at in sorted(places.items())]


def _aside(letters: str, said: str, number: int, places: Mapping[int, int]) -> int:
    """The place of a page without text of its own: at its caption, else with the next page."""
    before = max((at for other, at in places.items() if other < number), default=-1)
    after = min((at for other, at in places.items() if other > number), default=-1)
    at = _place(letters, said, before + 1) if said else -1
    return at if before < at and (after < 0 or at <= after) else after


def _place(letters: str, said: str, before: int) -> int:
    for skip in _SKIPS:
        for length in _LENGTHS:
            wanted = said[skip : skip + length]
            if not wanted or (skip and len(wanted) < length):
                continue
            at = letters.find(wanted, before, before + _WINDOW)
            if at >= 0:
                return max(at - skip, before)
    return -1


def _marked(root: Element, marks: Mapping[int, Sequence[tuple[int, Element]]]) -> Element:
    numbers = iter(range(1_000_000_000))

    def visit(node: Element) -> Element:
        children: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                children += _parted(child, marks.get(next(numbers), ()))
            else:
                children.append(child if _is_silent(child) else visit(child))
        return node.with_children(children)

    return visit(root)


def _parted(text: str, marks: Sequence[tuple[int, Element]]) -> Iterator[Node]:
    last = 0
    for at, mark in marks:
        if text[last:at]:
            yield text[last:at]
        yield mark
        last = at
    if text[last:]:
        yield text[last:]
