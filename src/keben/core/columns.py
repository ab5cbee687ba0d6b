"""Text for columns: numbers of one or two digits and single capitals stand upright in one em (縱中橫).

Longer numbers and words lie on their side. Sources: CLREQ 2.1.3; CSS Writing Modes 4, 9.1,
text-combine-upright.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from keben.core.composition import Composition, Document
from keben.core.markup import BLOCKS, Element, Node
from keben.core.patterns import later
from keben.core.values import dataclass

UPRIGHT = "upright"
"""The class of a ``span`` whose text stands upright in one em."""

_LYING = frozenset(("code", "kbd", "samp", "pre", "rt", "rp", "svg", "math"))
"""Elements whose text is left as it is."""

_WORD = later(
    r"[!-~\u00a1-\u024f\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u2010-\u2013\u2019\u2030\u2032\u2033\u20d0-\u20ff"
    r"\u2212\ufe00-\ufe0f\ufe20-\ufe2f]+"
)
"""What hangs together beside Chinese: printable ASCII, other Latin letters, hyphens and minus, ’ ‰ ′ ″, and what
belongs to the character before it (accents, a keycap, a variation selector)."""

_UPRIGHT = re.compile(r"[0-9]{1,2}|[A-Z]")
_LATIN = later(r"[A-Za-z\u00c0-\u024f]")
_ABBREVIATED = later(r"[A-Za-z\u00c0-\u024f][.,:;)]? ")
"""The end of a run of Latin words, as it may stand before a number: No. 1, Fig. 2."""

_BREAK, _OTHER = "\n", "\ufffc"
"""What stands for the border of a block, and for what is not looked into."""


def for_columns(composition: Composition) -> Composition:
    """A vertical edition with its upright numbers and capitals in a ``span.upright`` each."""
    documents = tuple(
        document if document.is_drawn else _document(document) for document in composition.documents
    )
    return replace(composition, documents=documents)


def _document(document: Document) -> Document:
    pieces = tuple(_pieces(document.root))
    spans = _upright("".join(piece.text for piece in pieces))
    cuts: dict[int, list[tuple[int, int]]] = {}
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        inside = [(start - at, stop - at) for start, stop in spans if at <= start and stop <= end]
        if inside and piece.number >= 0:
            cuts[piece.number] = inside
        at = end
    if not cuts:
        return document
    numbers = count()

    def parted(node: Element) -> Element:
        children: list[Node] = []
        for child in node.children:
            if isinstance(child, str):
                children += _cut(child, cuts.get(next(numbers), ()))
            elif _is_lying(child):
                children.append(child)
            else:
                children.append(parted(child))
        return node.with_children(children)

    return replace(document, root=parted(document.root))


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text node by its number, or (-1) what stands between text nodes."""

    number: int
    text: str


def _pieces(root: Element) -> Iterator[_Piece]:
    numbers = count()

    def visit(node: Element) -> Iterator[_Piece]:
        border = _Piece(-1, _BREAK)
        for child in node.children:
            if isinstance(child, str):
                yield _Piece(next(numbers), child)
            elif _is_lying(child):
                yield _Piece(-1, _OTHER)
            else:
                is_block = child.tag in BLOCKS or child.tag == "br"
                if is_block:
                    yield border
                yield from visit(child)
                if is_block:
                    yield border

    yield from visit(root)


def _is_lying(node: Element) -> bool:
    language = node.get("lang")
    return node.tag in _LYING or bool(language and not language.startswith("zh"))


def _upright(text: str) -> list[tuple[int, int]]:
    """From where to where characters stand upright."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if not _UPRIGHT.fullmatch(match[0]):
            continue
        # A number in a run of Latin words is one of them: “iPhone 12 Pro”, “No. 1”.
        after = text[end : end + 2]
        if any(_ABBREVIATED.fullmatch(text, start - size, start) for size in (2, 3) if size <= start):
            continue
        if after[:1] == " " and _LATIN.match(after[1:]):
            continue
        found.append((start, end))
    return found


def _cut(text: str, cuts: Sequence[tuple[int, int]]) -> Iterator[Node]:
    at = 0
    for start, end in cuts:
        if start > at:
            yield text[at:start]
        yield Element("span", {"class": UPRIGHT}, (text[start:end],))
        at = end
    if text[at:]:
        yield text[at:]
