"""Inline elements → the pieces of a paragraph."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from keben.core.formulas import NUMBER, TAG
from keben.core.markup import Element, Node, text_of
from keben.formats.docx.values import Anchor, Call, Picture, Piece, Ruby, RunLook, Text, WordFormula

_MARKS = {
    "b": "bold",
    "strong": "bold",
    "th": "bold",
    "i": "italic",
    "cite": "italic",
    "var": "italic",
    "dfn": "italic",
    "u": "line",
    "ins": "line",
    "s": "struck",
    "del": "struck",
    "strike": "struck",
    "sub": "sub",
    "sup": "sup",
    "small": "small",
    "mark": "marked",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
_CLASSES = {"upright": "upright"}
_MADE = frozenset(("xref", "backlink"))
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WHITE = re.compile(r"[ \t\r\n\f]+")


def pieces_of(
    nodes: Iterable[Node], look: RunLook | None = None, *, keeps_space: bool = False
) -> list[Piece]:
    """The pieces of inline nodes; white space is one space, as browsers have it, but where it is kept."""
    found = list(_pieces(nodes, look or RunLook(), keeps_space))
    return found if keeps_space else list(_trimmed(found))


def _pieces(nodes: Iterable[Node], look: RunLook, keeps_space: bool) -> Iterator[Piece]:
    for node in nodes:
        if isinstance(node, str):
            text = node if keeps_space else _WHITE.sub(" ", node)
            if text:
                yield Text(text, look)
        else:
            yield from _element(node, look, keeps_space)


def _element(node: Element, look: RunLook, keeps_space: bool) -> Iterator[Piece]:
    if node.tag in ("rp", "script", "style", "svg"):
        return
    if node.get("id") and "noteref" not in node.classes:
        yield Anchor(node.get("id"))
    if "noteref" in node.classes:
        yield Anchor(node.get("id"))
        yield Call(node.get("href").removeprefix("#"), text_of(node))
    elif "backlink" in node.classes:
        return
    elif node.tag == "br":
        yield Text("\n", look)
    elif node.tag == "img":
        yield Picture(node.get("src"), node.get("alt"), node.get("style"))
    elif node.tag == TAG:
        yield WordFormula(node)
    elif NUMBER in node.classes:
        yield Text(f"\u2003{text_of(node)}", looking(node, look))
    elif node.tag == "ruby":
        yield from _ruby(node, look)
    elif node.tag == "q":
        yield from _pieces(("“", *node.children, "”"), look, keeps_space)
    else:
        yield from _pieces(node.children, looking(node, look), keeps_space)


def looking(node: Element, look: RunLook) -> RunLook:
    """The look of what stands in an element."""
    mark = _MARKS.get(node.tag, "")
    if node.tag == "em":
        mark = "dots" if _HAN.search(text_of(node)) else "italic"
    if "lined" in node.classes:
        mark = "wave" if "work" in node.classes else "line"
    marks = look.marks | {mark} if mark else look.marks
    marks |= {_CLASSES[name] for name in node.classes & _CLASSES.keys()}
    changed = replace(look, marks=marks, language=node.get("lang") or look.language)
    if node.tag == "a" and node.get("href"):
        changed = replace(changed, link=node.get("href"))
    if node.classes & _MADE or (node.tag == "span" and node.classes & {"number", NUMBER}):
        changed = replace(changed, is_made=True)
    return changed


def _ruby(node: Element, look: RunLook) -> Iterator[Piece]:
    """Pairs of bases and readings. A base without a reading is text."""
    base = ""
    beside = "zhuyin" in node.classes
    for child in node.children:
        if isinstance(child, Element) and child.tag == "rt":
            reading = text_of(child.children)
            if base and reading:
                yield Ruby(base, reading, look, beside)
            elif base or reading:
                yield Text(base + reading, look)
            base = ""
        elif not (isinstance(child, Element) and child.tag == "rp"):
            base += text_of(child)
    if base.strip():
        yield Text(base, look)


def _trimmed(pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces without spaces at the edges of lines, and with one where several meet."""
    kept: list[Piece] = []
    is_edge = True
    for piece in pieces:
        if isinstance(piece, Text):
            text = piece.text
            if is_edge and text.startswith(" "):
                text = text[1:]
            if not text:
                continue
            is_edge = text[-1] in " \n"
            piece = replace(piece, text=text)
        elif not isinstance(piece, Anchor):
            is_edge = False
        kept.append(piece)
    last = next((at for at in range(len(kept) - 1, -1, -1) if not isinstance(kept[at], Anchor)), -1)
    end = kept[last] if last >= 0 else None
    if isinstance(end, Text) and end.text.endswith(" "):
        kept[last] = replace(end, text=end.text[:-1])
    yield from (piece for piece in kept if not (isinstance(piece, Text) and not piece.text))


def prints(pieces: Iterable[Piece]) -> bool:
    """Whether there is anything to see in pieces."""
    return any(
        bool(piece.text.strip()) if isinstance(piece, Text) else not isinstance(piece, Anchor)
        for piece in pieces
    )
