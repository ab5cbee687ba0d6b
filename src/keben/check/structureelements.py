"""Which piece of marked content belongs to which element, and in which order they are read (ISO 32000-1, 14.7).

The tree is read once. What of it is on a page is found from the page, as a reader does: by the number tree that names
the element of each piece of the page's marked content, and by the elements that hold it. What one of the two does not
name is not there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Any, NamedTuple

import pikepdf

from keben.core.values import dataclass

_DEEPEST = 400
"""Structure deeper than this is no book's; a file that holds it was made to do harm."""

_NOTE = re.compile(r"note (\d{1,9})")
_DRAWN_TAGS = frozenset(("Figure", "Formula"))
_OUT_OF_LINE = frozenset(("marker", "formula", *_DRAWN_TAGS))
"""Roles of what is not drawn with the text of its line."""
_IN_LINES = frozenset(("Span", "Link", *_DRAWN_TAGS))
"""What stands in a line; other elements are blocks."""
_MEANT_TAGS = _DRAWN_TAGS | {"Lbl"}
_NO_ROLES = frozenset(("notes", "continued"))
_LONGEST_TITLE = 39
"""Characters of a title that can be a label; longer ones are none."""

_FEW = 200

Reference = tuple[int, int]
"""The number and the generation of an object."""


class TaggedCell(NamedTuple):
    """Where in its table a text stands."""

    row: int
    """Tells one row of a page from another."""
    column: int
    is_continued: bool
    """Whether the row goes on from the page before."""


class TaggedPiece(NamedTuple):
    """A piece of marked content, as the structure names it."""

    key: float
    mcid: int
    role: str
    in_notes: bool
    cells: tuple[TaggedCell, ...]
    """Where it stands in its table, and that in another one; the outermost first."""
    note: int
    is_float: bool


class _Within(NamedTuple):
    """What the elements say that hold another one."""

    role: str
    in_notes: bool
    cells: tuple[TaggedCell, ...]
    note: int
    is_float: bool


@dataclass(frozen=True, slots=True)
class _Element:
    """An element of the tree."""

    tag: str
    title: str
    parent: Reference
    places: Mapping[Reference, int]
    """Where among its kids each element is."""
    contents: tuple[tuple[int, "_MarkedContent"], ...]
    """The pieces of marked content among its kids, and where each is."""


class _MarkedContent(NamedTuple):
    """A piece of marked content: its number, and the page that it is on."""

    mcid: int
    page: Reference


@dataclass(slots=True)
class _PageTree:
    """What of the tree is on a page."""

    page: Reference
    named: tuple[Reference, ...]
    """The element of each piece of marked content, by its number."""
    tops: set[Reference] = field(default_factory=set)
    below: dict[Reference, list[Reference]] = field(default_factory=dict)
    """The elements that an element holds."""


class Structure:
    """The structure of a PDF that pikepdf has open."""

    def __init__(self, pdf: "pikepdf.Pdf") -> None:
        self._pdf = pdf
        self._known: dict[Reference, _Element | None] = {}
        self._written = {each.objgen: text for each in pdf.objects if _ELEMENT in (text := _written(each))}
        root = pdf.Root.get("/StructTreeRoot")
        self._root: Reference = root.objgen if isinstance(root, pikepdf.Dictionary) else _NONE
        tree: Any = root if isinstance(root, pikepdf.Dictionary) else {}
        self._parents = dict(_numbered(tree.get("/ParentTree"), 0))
        self._tops = {each.objgen: at for at, each in enumerate(_listed(tree.get("/K"))) if _is_object(each)}
        roles: Any = tree.get("/RoleMap")
        self._roles = {key: str(name) for key, name in roles.items()} if _is_object(roles) else {}

    def pieces_of(self, page: Any) -> list[TaggedPiece]:
        """What the structure names on a page, in the order of reading."""
        number = page.get("/StructParents")
        held = self._parents.get(number) if isinstance(number, int) else None
        if not isinstance(held, pikepdf.Array):
            return []
        tree = _PageTree(page.objgen, _references(held))
        for reference in dict.fromkeys(tree.named):
            self._climb(reference, tree, 0)
        pieces = [
            piece
            for reference in sorted(tree.tops, key=self._tops.__getitem__)
            for piece in self._below(reference, tree, _Within("", False, (), 0, False), 0)
        ]
        # What holds a few others is of one page, as a rule.
        self._known = {key: each for key, each in self._known.items() if each and len(each.places) > _FEW}
        return pieces

    def _climb(self, reference: Reference, tree: _PageTree, depth: int) -> bool:
        """Add an element to what is on a page, and those that hold it; whether there is such an element."""
        element = self._element(reference)
        if element is None or depth > _DEEPEST:
            return False
        if reference in tree.below:
            return True
        tree.below[reference] = []
        if element.parent == self._root:
            if reference in self._tops:
                tree.tops.add(reference)
        elif self._climb(element.parent, tree, depth + 1):
            parent = self._element(element.parent)
            if parent is not None and reference in parent.places:
                tree.below[element.parent].append(reference)
        return True

    def _element(self, reference: Reference) -> _Element | None:
        if reference not in self._known:
            known = self._plain(reference)
            if known is None and reference != _NONE:
                given = self._pdf.get_object(reference)
                known = self._read(given) if isinstance(given, pikepdf.Dictionary) else None
            self._known[reference] = known
        return self._known[reference]

    def _plain(self, reference: Reference) -> _Element | None:
        """An element from what is written in the file, where that is what most are; else None."""
        plain = _PLAIN.fullmatch(self._written.get(reference, b""))
        if plain is None:
            return None
        listed, parent, page, tag, title = plain.groups()
        own = (int(page), 0) if page else _NONE
        places: dict[Reference, int] = {}
        contents: list[tuple[int, _MarkedContent]] = []
        for at, (number, refers) in enumerate(_KID.findall(listed)):
            if not refers:
                contents.append((at, _MarkedContent(int(number), own)))
            elif (kid := (int(number), 0)) in self._written:
                places[kid] = at
            else:
                return None
        name = self._roles.get(name := tag.decode(), name)[1:]
        return _Element(name, (title or b"").decode(), (int(parent), 0), places, tuple(contents))

    def _read(self, given: Any) -> _Element:
        tag, title, parent, page = (given.get(key) for key in ("/S", "/T", "/P", "/Pg"))
        own = page.objgen if _is_object(page) else _NONE
        places: dict[Reference, int] = {}
        contents: list[tuple[int, _MarkedContent]] = []
        for at, kid in enumerate(_listed(given.get("/K"))):
            if isinstance(kid, int) and kid >= 0:
                contents.append((at, _MarkedContent(kid, own)))
            elif _is_object(kid):
                if kid.get("/MCID") is None:
                    places[kid.objgen] = at
                elif isinstance(kid.MCID, int) and kid.MCID >= 0:
                    there = kid.get("/Pg")
                    contents.append(
                        (at, _MarkedContent(kid.MCID, there.objgen if _is_object(there) else own))
                    )
        name = str(tag) if isinstance(tag, pikepdf.Name) else ""
        text = str(title) if isinstance(title, pikepdf.String) else ""
        return _Element(
            self._roles.get(name, name)[1:],
            text if len(text) <= _LONGEST_TITLE else "",
            parent.objgen if _is_object(parent) else _NONE,
            places,
            tuple(contents),
        )

    def _below(self, reference: Reference, tree: _PageTree, within: _Within, depth: int) -> list[TaggedPiece]:
        element = self._element(reference)
        if element is None or depth > _DEEPEST:
            return []
        title = element.title if not within.role else ""
        within = around = _inside(within, element.tag, title)
        if not tree.below[reference] and within.role not in _OUT_OF_LINE:
            return _lines_of(element, reference, tree, within)
        found: list[TaggedPiece] = []
        has_lines = False
        for at, kid in self._kids(element, tree.below[reference], tree):
            if isinstance(kid, _MarkedContent):
                if tree.named[kid.mcid : kid.mcid + 1] == (reference,):
                    has_lines = True
                    found.append(TaggedPiece(kid.mcid, kid.mcid, *within))
                continue
            has_lines = has_lines or self._begins_with_content(kid, tree)
            if element.tag == "TR" and within.role == "":
                cell = TaggedCell(reference[0], at, title == "continued")
                within = around._replace(cells=(*around.cells, cell))
            found += self._below(kid, tree, within, depth + 1)
        if has_lines:
            found = _together(found)
        if element.tag == "LI":
            return _with_label(found)
        return _as_drawn(found) if element.tag == "L" else found

    def _kids(
        self, element: _Element, elements: Iterable[Reference], tree: _PageTree
    ) -> list[tuple[int, Reference | _MarkedContent]]:
        """What an element holds on a page, with the places among its kids."""
        kids: list[tuple[int, Reference | _MarkedContent]] = [
            (element.places[each], each) for each in elements
        ]
        kids += ((at, each) for at, each in element.contents if each.page == tree.page)
        kids.sort(key=_place)
        return kids

    def _begins_with_content(self, reference: Reference, tree: _PageTree) -> bool:
        element = self._element(reference)
        return bool(
            element
            and element.tag in _IN_LINES
            and element.contents
            and element.contents[0][0] == 0
            and element.contents[0][1].page == tree.page
        )


_NONE: Reference = (0, 0)

_ELEMENT = b"/Type /StructElem"
_KID = re.compile(rb"(\d+)( 0 R)?")
_ONLY_REFERENCES = re.compile(rb"\[ (?:\d{1,9} 0 R )*+\]")
_KID_NUMBER = re.compile(rb"(\d+) 0 R")
_PLAIN = re.compile(
    rb"<< /K \[ ((?:\d++ (?:0 R )?+)*+)\] /P (\d+) 0 R (?:/Pg (\d+) 0 R )?/S (/[A-Za-z0-9]+) "
    rb"(?:/T \(([A-Za-z0-9 -]{1,39})\) )?/Type /StructElem >>"
)
"""An element without attributes, as qpdf writes it: names in their order, one space between all things."""


def _written(thing: Any) -> bytes:
    return thing.unparse(resolved=True) if _is_object(thing) else b""


def _references(held: Any) -> tuple[Reference, ...]:
    """What an array refers to, in its order; nothing in the place of what is no element."""
    text = held.unparse(resolved=True)
    if _ONLY_REFERENCES.fullmatch(text):
        # To ask pikepdf for each takes longer than all else that is read of a page's structure.
        return tuple([(int(number), 0) for number in _KID_NUMBER.findall(text)])
    return tuple(each.objgen if _is_object(each) else _NONE for each in held)


def _place(kid: tuple[int, object]) -> int:
    return kid[0]


def _is_object(given: Any) -> bool:
    return isinstance(given, pikepdf.Dictionary)


def _listed(given: Any) -> Iterable[Any]:
    """What is one thing, or a list of them."""
    return given if isinstance(given, pikepdf.Array) else () if given is None else (given,)


def _numbered(tree: Any, depth: int) -> Iterator[tuple[int, Any]]:
    """The numbers of a number tree, each with its value (ISO 32000-1, 7.9.7)."""
    if not _is_object(tree) or depth > _DEEPEST:
        return
    pairs = list(_listed(tree.get("/Nums")))
    yield from (
        (key, value) for key, value in zip(pairs[::2], pairs[1::2], strict=False) if isinstance(key, int)
    )
    for kid in _listed(tree.get("/Kids")):
        yield from _numbered(kid, depth + 1)


def _inside(within: _Within, tag: str, title: str) -> _Within:
    """What is said of what stands in an element, by its tag and its title (see `keben.typeset.weasy.labels`)."""
    if within.role or not (title or tag in _MEANT_TAGS):
        return within
    part = _NOTE.fullmatch(title)
    if part:
        return within._replace(note=int(part[1]))
    if title == "float":
        return within._replace(is_float=True)
    role = "marker" if tag == "Lbl" else tag if tag in _DRAWN_TAGS else title
    return within._replace(
        role="" if role in _NO_ROLES else role, in_notes=within.in_notes or title == "notes"
    )


def _lines_of(element: _Element, reference: Reference, tree: _PageTree, within: _Within) -> list[TaggedPiece]:
    """The pieces of a block of lines that holds nothing else, as most do: all where its last one is drawn."""
    named, page = tree.named, tree.page
    lines = [
        each.mcid
        for _, each in element.contents
        if each.page == page and named[each.mcid : each.mcid + 1] == (reference,)
    ]
    last = max(lines, default=0)
    return [TaggedPiece(last, number, *within) for number in lines]


def _together(lines: list[TaggedPiece]) -> list[TaggedPiece]:
    """The pieces of a block of lines where its last one is drawn: a floating first letter is drawn before all text.

    Formulas and pictures in the lines are drawn after the text of the whole page.
    """
    last = max((piece.key for piece in lines if piece.role not in _OUT_OF_LINE), default=0.0)
    return [piece if piece.role in _OUT_OF_LINE else TaggedPiece(last, *piece[1:]) for piece in lines]


def _with_label(item: list[TaggedPiece]) -> list[TaggedPiece]:
    """An item's pieces, the label right before the first other one, once that is known."""
    first = min((piece.key for piece in item if piece.role != "marker"), default=None)
    return item if first is None else [_before(piece, first) for piece in item]


def _as_drawn(pieces: list[TaggedPiece]) -> list[TaggedPiece]:
    """A list's pieces in the order that they are drawn in, labels with what they belong to.

    WeasyPrint puts an inner list behind the whole of the item that it stands in, and draws labels last.
    """
    placed: list[TaggedPiece] = []
    following = None
    for piece in reversed(pieces):
        placed.append(piece if following is None else _before(piece, following))
        if piece.role != "marker":
            following = piece.key
    placed.reverse()
    return sorted(placed, key=lambda piece: piece.key)


def _before(piece: TaggedPiece, key: float) -> TaggedPiece:
    """A label that has no place yet, right before the piece of a key; anything else as it is."""
    return piece._replace(key=key - 0.5) if piece.role == "marker" and piece.key == piece.mcid else piece
