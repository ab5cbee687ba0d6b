"""What a PDF must say: the text of a composition, in the order that a PDF has it.

Notes stand at the feet of pages, so they are apart. Drawings and readings' parentheses are no text.
"""

import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from typing import NamedTuple

from keben.check.numbers import item_numbers
from keben.core.composition import Composition, Document
from keben.core.errors import Place
from keben.core.formulas import ALT, TAG
from keben.core.markup import BLOCKS, Element, Node, text_of, walk
from keben.core.values import dataclass

_SKIPPED = frozenset(("rp", "svg", "math", "style", "script", "template"))
_MARKS = frozenset(("noteref", "backlink"))

Moved = Mapping[tuple[str, str, int], int]
"""Elements that a style moves, known as hidden ones are; and the number of the style's kind."""

Hidden = Collection[tuple[str, str, int]]
"""Elements that a style hides: each one's document, its tag, and the `digest` of its text; as often as it hides one."""


@dataclass(frozen=True, slots=True)
class ExpectedBlock:
    """An element that text stands in by itself, such as a paragraph or a cell."""

    place: Place
    tag: str
    in_table: bool = False


class ExpectedPiece(NamedTuple):
    """A text node."""

    text: str
    block: int
    optional: bool
    """Whether it may be missing."""


class Label(NamedTuple):
    """The number of an item of an ordered list."""

    at: int
    """How many pieces are before it."""
    number: int
    place: Place
    of: int
    """Tells one list from another."""
    moved: int = -1
    """The kind of the style that moves or renumbers it; -1: none does."""


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """Text in order, and the lists in it."""

    blocks: list[ExpectedBlock] = field(default_factory=list)
    pieces: list[ExpectedPiece] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    feet: list[tuple[str, Place]] = field(default_factory=list)
    """What the feet of tables say: each page that the table is on has it again."""
    formulas: list[tuple[str, Place]] = field(default_factory=list)
    """The LaTeX of each formula, which its drawing has for an alternative text."""
    moved: dict[int, int] = field(default_factory=dict)
    """The pieces that a style moves, each with the kind of the style."""


def digest(text: str) -> int:
    """What a text is known by where it is too long to be kept."""
    return zlib.crc32("".join(text.split()).encode("utf-8", "surrogatepass"))


def expected_text(
    composition: Composition,
    hidden: Hidden = (),
    moved: Moved | None = None,
    floats: Hidden = (),
    *,
    marks: bool = True,
) -> tuple[ExpectedText, ExpectedText]:
    """The running text of a composition as a PDF has it, and its notes in the order of their calls.

    What is ``hidden`` is left out; where a style hides only some of several equal texts, each of them is optional.
    Without ``marks`` the marks of notes are optional. What is ``moved`` is in its place, and known as such. The text of
    ``floats``, which are figures that were moved, stands at the end, in its order.
    """
    main, notes, aside = ExpectedText(), ExpectedText(), ExpectedText()
    moved = moved or {}
    for document in composition.texts:
        own = Counter((tag, text) for name, tag, text in hidden if name == document.name)
        others = {(tag, text): kind for (name, tag, text), kind in moved.items() if name == document.name}
        silent = frozenset(
            note.get("id")
            for note in notes_of(document.root)
            if own or others
            if (key := (note.tag, digest(text_of(note)))) in own or key in others
        )
        some = frozenset(each for each, number in _count(document.root, own).items() if number > own[each])
        gone = frozenset(own) - some
        apart = frozenset((tag, text) for name, tag, text in floats if name == document.name)
        _Reader(document, main, gone, some, silent, marks, others, apart, aside).read(document.root)
        reader = _Reader(document, notes, gone, some, silent, marks, others)
        for note in _called_notes(document.root, gone):
            reader.read(note)
    _append(main, aside)
    return main, notes


def _append(text: ExpectedText, more: ExpectedText) -> None:
    """Put a text behind another."""
    blocks, pieces = len(text.blocks), len(text.pieces)
    text.blocks.extend(more.blocks)
    text.pieces.extend(piece._replace(block=piece.block + blocks) for piece in more.pieces)
    text.labels.extend(label._replace(at=label.at + pieces) for label in more.labels)
    text.feet.extend(more.feet)
    text.moved.update({at + pieces: kind for at, kind in more.moved.items()})


def _count(root: Element, wanted: Collection[tuple[str, int]]) -> "Counter[tuple[str, int]]":
    """How often elements of some tags and texts are in a tree."""
    tags = frozenset(tag for tag, _ in wanted)
    found = ((node.tag, digest(text_of(node))) for node in walk(root) if node.tag in tags)
    return Counter(each for each in found if each in wanted)


@dataclass(slots=True)
class _Reader:
    """Reads elements of a document into a text."""

    document: Document
    text: ExpectedText
    hidden: frozenset[tuple[str, int]]
    optional: frozenset[tuple[str, int]]
    silent: frozenset[str]
    """Notes that are hidden: no mark calls them."""
    marks: bool
    moved: Mapping[tuple[str, int], int]
    apart: frozenset[tuple[str, int]] = frozenset()
    """Figures that were moved."""
    aside: ExpectedText = field(default_factory=ExpectedText)
    """Their text."""
    kind: int = -1
    """The kind of the style that moves what is read; -1: none does."""
    owner: Element | None = None
    """The block that the last piece stands in."""

    def read(self, root: Element) -> None:
        """Add the text of an element."""
        self._element(root, root, 0, in_table=False, optional=False)

    def _element(self, node: Element, owner: Element, line: int, *, in_table: bool, optional: bool) -> None:
        if node.tag == TAG and not optional:
            self.text.formulas.append((node.get(ALT), self._place(node.line or line)))
        if node.tag in _SKIPPED or _holds_notes(node) or self._is(node, self.hidden):
            return
        if self._is(node, self.apart) and self.text is not self.aside:
            before, self.text, self.owner = self.text, self.aside, None
            self._element(node, owner, line, in_table=in_table, optional=optional)
            self.text, self.owner = before, None
            return
        line = node.line or line
        around = self.kind
        if self.moved:
            self.kind = self.moved.get((node.tag, digest(text_of(node))), around)
        if node.tag == "tfoot" and self.kind < 0:
            self.text.feet.append((text_of(node), self._place(line)))
            return
        owner = node if node.tag in BLOCKS else owner
        in_table = in_table or node.tag == "table"
        optional = optional or self._may_be_missing(node)
        numbers = {id(item): number for item, number in item_numbers(node)} if node.tag == "ol" else {}
        for child in _as_printed(node):
            if isinstance(child, str):
                if child.strip():
                    self._add(child, owner, line, in_table, optional)
                continue
            if id(child) in numbers:
                place = self._place(child.line or line)
                self._label(child, node, numbers[id(child)], place)
            self._element(child, owner, line, in_table=in_table, optional=optional)
        self.kind = around

    def _label(self, item: Element, ordered: Element, number: int, place: Place) -> None:
        own = self.moved.get((item.tag, digest(text_of(item))), self.kind) if self.moved else -1
        self.text.labels.append(Label(len(self.text.pieces), number, place, id(ordered), own))

    def _may_be_missing(self, node: Element) -> bool:
        if node.classes & _MARKS and (
            not self.marks or self.kind >= 0 or node.get("href")[1:] in self.silent
        ):
            return True
        return self._is(node, self.optional)

    def _is(self, node: Element, ones: frozenset[tuple[str, int]]) -> bool:
        return bool(ones) and (node.tag, digest(text_of(node))) in ones

    def _add(self, text: str, owner: Element, line: int, in_table: bool, optional: bool) -> None:
        if owner is not self.owner:
            self.owner = owner
            self.text.blocks.append(ExpectedBlock(self._place(line), owner.tag, in_table))
        if self.kind >= 0:
            self.text.moved[len(self.text.pieces)] = self.kind
        self.text.pieces.append(ExpectedPiece(text, len(self.text.blocks) - 1, optional))

    def _place(self, line: int) -> Place:
        return Place(self.document.path or self.document.name, line)


def _holds_notes(node: Element) -> bool:
    return node.tag == "section" and "notes" in node.classes


def _as_printed(node: Element) -> Iterable[Node]:
    """Children in the order of a page: a table's head comes first, wherever it is written."""
    if node.tag != "table":
        return node.children
    places = {"thead": 1}
    return sorted(
        node.children,
        key=lambda child: (
            places.get(child.tag, 2 if child.tag in ("tbody", "tr") else 0)
            if isinstance(child, Element)
            else 0
        ),
    )


def notes_of(root: Element) -> Iterator[Element]:
    """A chapter's notes in their order."""
    for section in walk(root):
        if _holds_notes(section):
            yield from (note for note in section.children if isinstance(note, Element))


def _called_notes(root: Element, hidden: frozenset[tuple[str, int]]) -> Iterator[Element]:
    """A chapter's notes in the order of their first calls, each before those that only it calls; then the others.

    What is called from a hidden element is hidden with it.
    """
    notes = {note.get("id"): note for note in notes_of(root)}
    done: set[str] = set()

    def called(within: Element) -> Iterator[Element]:
        is_hidden = bool(hidden) and (within.tag, digest(text_of(within))) in hidden
        name = within.get("href")[1:] if "noteref" in within.classes else ""
        if name in notes and name not in done:
            done.add(name)
            yield notes[name]
            yield from called(notes[name])
        for child in within.children:
            if isinstance(child, Element) and not _holds_notes(child):
                found = called(child)
                if is_hidden:
                    _exhaust(found)
                else:
                    yield from found

    yield from called(root)
    yield from (note for name, note in notes.items() if name not in done)


def _exhaust(found: Iterator[Element]) -> None:
    for _ in found:
        pass
