"""Apostrophes and quotation marks of Latin text: Chinese fonts draw them an em wide, and have narrow forms beside.

‘ ’ “ ” are the same characters in Chinese and in Latin text; what stands around them tells which they are. Those of
Latin text get a ``span``, which the page's styles set in the narrow forms (OpenType: ``pwid``).
"""

from collections.abc import Iterator
from itertools import accumulate, count

from keben.core.markup import BLOCKS, Element, Node, element
from keben.typeset.lines.marks import NARROW, classes

LATIN_MARK = "latin-mark"
"""The class of a ``span`` that holds such marks."""

_PAIRS = {"“": "”", "‘": "’"}
_MARKS = frozenset("“”‘’")
_APART = frozenset(("br", "svg", "rt", "rp", "code", "kbd", "samp", "pre"))
_CODE = frozenset(("code", "kbd", "samp", "pre", "svg", "math"))
_BORDER = "\n"
_CODE_TEXT = "x"
"""What stands for a text of code: it is Latin text to what surrounds it."""


def with_latin_marks(root: Element) -> Element:
    """A tree in which each run of apostrophes and quotation marks of Latin text stands in a ``span``."""
    pieces = tuple(_pieces(root, count()))
    text = "".join(piece for _, piece in pieces)
    if not _MARKS.intersection(text):
        return root
    latin = frozenset(_latin(text))
    if not latin:
        return root
    cuts: dict[int, list[int]] = {}
    at = 0
    for number, piece in pieces:
        if number >= 0:
            cuts[number] = [place for place in range(len(piece)) if at + place in latin]
        at += len(piece)
    return _parted(root, count(), cuts)


def _pieces(node: Element, numbers: "count[int]") -> Iterator[tuple[int, str]]:
    """The texts of a tree by their number; -1 for the border of a block, and for what stands for code."""
    for child in node.children:
        if isinstance(child, str):
            yield next(numbers), child
        elif child.tag in _CODE:
            yield -1, _CODE_TEXT
        elif child.tag in BLOCKS or child.tag in _APART or "footnote" in child.classes:
            yield -1, _BORDER
            yield from _pieces(child, numbers)
            yield -1, _BORDER
        else:
            yield from _pieces(child, numbers)


def _parted(node: Element, numbers: "count[int]", cuts: dict[int, list[int]]) -> Element:
    children: list[Node] = []
    for child in node.children:
        if isinstance(child, str):
            children += _cut(child, cuts.get(next(numbers), []))
        elif child.tag in _CODE:
            children.append(child)
        else:
            children.append(_parted(child, numbers, cuts))
    return node.with_children(children)


def _cut(text: str, places: list[int]) -> Iterator[Node]:
    at = 0
    for place in places:
        if place < at:
            continue
        end = place
        while end in places:
            end += 1
        if text[at:place]:
            yield text[at:place]
        yield element("span", {"class": LATIN_MARK}, text[place:end])
        at = end
    if text[at:]:
        yield text[at:]


def _latin(text: str) -> Iterator[int]:
    """The places of the marks that are those of Latin text."""
    begin = 0
    for block in text.split(_BORDER):
        if _MARKS.intersection(block):
            yield from (begin + at for at in _latin_of(block))
        begin += len(block) + 1


def _latin_of(block: str) -> Iterator[int]:
    """Those of one block: apostrophes, and pairs whose inside and surroundings are Latin."""
    letters = _Letters(block)
    opened: list[int] = []
    for at, character in enumerate(block):
        if character in _PAIRS:
            opened.append(at)
        elif character == "’" and letters.is_latin(at - 1, at + 1):
            yield at
        elif character in _MARKS:
            before = next((place for place in reversed(opened) if _PAIRS[block[place]] == character), None)
            if before is None:
                # As in “the authors’ book”: what belongs to several.
                if character == "’" and letters.before(at) is True and letters.after(at) is True:
                    yield at
                continue
            del opened[opened.index(before) :]
            around = (letters.before(before), letters.after(at))
            if letters.has_latin_only(before, at) and False not in around:
                yield from (before, at)


class _Letters:
    """Which characters of a block are letters of Latin or a like script, and which are Chinese."""

    def __init__(self, block: str) -> None:
        self.found = [_script(character, kind) for character, kind in zip(block, classes(block), strict=True)]
        self._before = [None, *accumulate(self.found, _latest)]
        self._after = [None, *accumulate(reversed(self.found), _latest)][::-1]
        self._latin = [0, *accumulate(each is True for each in self.found)]
        self._chinese = [0, *accumulate(each is False for each in self.found)]

    def is_latin(self, *places: int) -> bool:
        """Whether Latin letters stand at all of these places."""
        return all(0 <= at < len(self.found) and self.found[at] is True for at in places)

    def before(self, at: int) -> bool | None:
        """Whether the nearest letter before a place is Latin; None where the block begins."""
        return self._before[at]

    def after(self, at: int) -> bool | None:
        """Whether the nearest letter after a place is Latin; None where the block ends."""
        return self._after[at + 1]

    def has_latin_only(self, first: int, last: int) -> bool:
        """Whether between two places stand Latin letters and no Chinese ones."""
        return self._latin[last] > self._latin[first] and self._chinese[last] == self._chinese[first]


def _latest(before: bool | None, here: bool | None) -> bool | None:
    return before if here is None else here


def _script(character: str, kind: str) -> bool | None:
    """True for a Latin letter or one of a like script, False for Chinese, None for what is of both."""
    if character in _MARKS or character.isspace() or (kind == NARROW and not character.isalpha()):
        return None
    return kind == NARROW
