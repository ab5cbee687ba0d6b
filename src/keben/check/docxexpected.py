"""What a Word document must say: a composition's text as such a document has it, and what goes with it.

Notes are apart. A note's mark is one sign where it is called first: Word prints its number. Readings follow
their bases.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from keben.check.numbers import item_numbers
from keben.core.composition import Composition, Document
from keben.core.errors import Place
from keben.core.formulas import TAG, signs_of
from keben.core.markup import Element, Node, serialize, text_of, walk
from keben.core.values import dataclass

CALLED = "\ufffc"
"""What stands for the mark of a note, which Word prints."""

_SKIPPED = frozenset(("rp", "script", "style", "svg"))


class Expected(NamedTuple):
    """A thing that is expected: of which kind, what it is, and where it comes from."""

    kind: str
    """``text``, ``optional`` (text that may be missing), ``alt``, ``picture``, ``formula``, ``link``, ``number`` or
    ``id``."""
    value: str
    place: Place
    in_note: bool = False


def expected_of(composition: Composition) -> list[Expected]:
    """What is expected of each document in order: its text's things, then its notes'."""
    called: dict[str, int] = {}
    found: list[Expected] = []
    for document in composition.texts:
        walker = _Walker(composition, document, called)
        body = list(walker.things(document.root, 0))
        found += body
        for note in (each for each in walk(document.root) if _is_note(each)):
            found += (each._replace(in_note=True) for each in _in_note(walker, note, called))
    return [each for each in _leading(found) if each.kind != "call"]


def _in_note(walker: "_Walker", note: Element, called: dict[str, int]) -> Iterator[Expected]:
    """A note's things. One that only another note calls is a part of that one, behind its mark."""
    if note.get("id") not in called:
        mark = next((text_of(each) for each in walk(note) if "backlink" in each.classes), "")
        yield Expected("optional", mark, Place(walker.path, note.line))
    for child in note.children:
        yield from walker.node(child, note.line, in_note=True)


@dataclass(frozen=True, slots=True)
class _Walker:
    composition: Composition
    document: Document
    called: dict[str, int]

    @property
    def path(self) -> str:
        return self.document.path or self.document.name

    def node(self, node: Node, line: int, *, in_note: bool = False) -> Iterator[Expected]:
        if isinstance(node, Element):
            yield from self.things(node, line, in_note=in_note)
        elif text := squeezed(node):
            yield Expected("text", text, Place(self.path, line))

    def things(self, node: Element, line: int, *, in_note: bool = False) -> Iterator[Expected]:
        """What an element is expected to say, in order."""
        line = node.line or line
        if node.tag in _SKIPPED or "backlink" in node.classes or (_is_note(node) and not in_note):
            return
        place = Place(self.path, line)
        if node.get("id"):
            yield Expected("id", node.get("id"), place)
        if "noteref" in node.classes:
            yield from self.call(node, place, in_note=in_note)
            return
        if node.tag == "img":
            yield Expected("alt", node.get("alt"), place)
            yield Expected("picture", _picture(node.get("src"), self.composition), place)
            return
        if node.tag == TAG:
            yield Expected("formula", signs_of(node), place)
            return
        if node.tag == "a" and node.get("href") and _prints(node):
            yield Expected("link", node.get("href"), place)
        numbers: Mapping[int, int] = {}
        if node.tag == "ol" and self.document.kind != "contents":
            numbers = {id(item): number for item, number in item_numbers(node)}
        if node.tag == "q":
            yield Expected("text", "“", place)
        for child in node.children:
            if id(child) in numbers:
                yield Expected("number", str(max(numbers[id(child)], 0)), place)
            yield from self.node(child, line, in_note=in_note)
        if node.tag == "q":
            yield Expected("text", "”", place)

    def call(self, node: Element, place: Place, *, in_note: bool) -> Iterator[Expected]:
        """The mark of a note: Word's own, or one that is printed again."""
        note = node.get("href").removeprefix("#")
        if in_note:
            yield Expected("link", f"#{note}", place)
            yield Expected("text", squeezed(text_of(node)), place)
        elif note in self.called:
            yield Expected("text", str(self.called[note]), place)
        else:
            self.called[note] = len(self.called) + 1
            yield Expected("call", note, place)
            yield Expected("text", CALLED, place)


def _leading(found: list[Expected]) -> Iterator[Expected]:
    """The things, with each link inside the book as the number of characters before the place that it leads to."""
    targets: dict[str, str] = {}
    at = 0
    for each in found:
        if each.kind == "text" and not each.in_note:
            at += len(each.value)
        elif each.kind == "call":
            targets[each.value] = f"#{at}"
        elif each.kind == "id":
            targets.setdefault(each.value, "#note" if each.in_note else f"#{at}")
    for each in found:
        if each.kind == "link" and each.value.startswith("#"):
            yield each._replace(value=targets.get(each.value[1:], "#note"))
        elif each.kind != "id":
            yield each


def _picture(path: str, composition: Composition) -> str:
    """A hash of a picture's bytes; of a drawing's, as it is written."""
    drawing = composition.drawings.get(path)
    if drawing is not None:
        text = f'<?xml version="1.0" encoding="utf-8"?>\n{serialize(drawing.root)}'
        return hashlib.sha256(text.encode()).hexdigest()
    asset = composition.assets.get(path)
    return hashlib.sha256(asset.electronic.data).hexdigest() if asset else ""


def _is_note(node: Element) -> bool:
    return node.tag == "aside" and "footnote" in node.classes


def _prints(node: Element) -> bool:
    return any(each.tag in ("ruby", TAG) for each in walk(node)) or bool(
        squeezed("".join(text_of(child) for child in node.children))
    )


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())
