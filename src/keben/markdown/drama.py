"""A play: a block of class ``drama`` → speeches with the name of the speaker before them, and stage directions.

``<p class="speech"><span class="speaker">周朴园</span>　…</p>``; what stands in parentheses is a ``direction``, a
paragraph of nothing else a ``stage`` direction. Songs and letters in it are set as verse and letters anywhere;
speeches of a block of class ``simultaneous`` are spoken at once.
"""

import re
from collections.abc import Iterable, Iterator

from keben.core.markup import Element, Node, text_of
from keben.core.patterns import later
from keben.core.variants import OPEN, own
from keben.markdown.letters import LETTER, set_letter
from keben.markdown.verse import (
    IDEOGRAPHIC_SPACE,
    VERSE,
    boxed,
    is_verse,
    lines_of,
    set_verse,
    with_class,
    without_indent,
)

DRAMA = "drama"
SPEECH = "speech"
SPEAKER = "speaker"
COLON = "colon"
"""The class of a name that a colon ends, and no space."""
MORE = "more"
STAGE = "stage"
DIRECTION = "direction"
SIMULTANEOUS = "simultaneous"
"""The class of speeches that are spoken at once."""

_NAME = r"[^\s：:，。！？；、…—（）()〔〕［］\[\]“”‘’「」『』]{1,10}"
_NAMED = later(rf"(?P<name>{_NAME})(?:(?P<mark>[：:])[ \t\u3000]*|[ \t\u3000]+|(?=[（(〔［\[]))")
_BEHIND = later(r"(?P<mark>[：:])?[ \t\u3000]*")
_STAGE = later(r"[（(〔［\[].*[）)〕］\]][。.]?", re.DOTALL)
_CURTAIN = later(r"——[^。！？，：“”「」…]{1,8}")
"""What ends an act: ——幕落."""
_IN_BRACKETS = later(r"（[^（）]*）|〔[^〔〕]*〕|［[^［］]*］")
_NAMES = frozenset(("strong", "b"))
_INSIDE = frozenset(("blockquote", "div", "section"))


def set_drama(node: Element) -> Element:
    """A block of a play with its speeches and directions."""
    if node.tag == "p":
        node = boxed(node)
    return node.with_children(_blocks(node.children))


def _blocks(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if not isinstance(node, Element):
            yield node
        elif LETTER in node.classes:
            yield set_letter(node)
        elif _is_song(node):
            yield set_verse(node)
        elif node.tag == "p" and SIMULTANEOUS in node.classes:
            yield from _blocks((boxed(node),))
        elif node.tag == "p":
            yield from _paragraph(node)
        elif node.tag == "dl":
            yield from _listed(node)
        else:
            yield node.with_children(_blocks(node.children)) if node.tag in _INSIDE else node


def _is_song(node: Element) -> bool:
    """Whether a block is verse: what is quoted line by line may be a play too."""
    if VERSE in node.classes:
        return True
    return is_verse(node) and not any(
        _speaker(line)
        for part in node.children
        if isinstance(part, Element) and part.tag == "p"
        for line in map(without_indent, lines_of(part.children))
    )


def _paragraph(node: Element) -> Iterator[Element]:
    """A paragraph of the source: each of its lines that begins with a name is a speech."""
    parts: list[tuple[Node, ...]] = []
    for line in map(without_indent, lines_of(node.children)):
        begins = not parts or _speaker(line) is not None or _is_stage(line) or _is_stage(parts[-1])
        if begins:
            parts.append(line)
        else:
            parts[-1] = (*parts[-1], *line)
    for number, line in enumerate(parts):
        attributes = node.attributes if not number else {}
        yield _set(Element("p", attributes, line, node.line + number if node.line else 0))


def _set(node: Element) -> Element:
    if _is_stage(node.children):
        return with_class(node.with_children(_plain(node.children)), STAGE)
    found = _speaker(node.children)
    if found is None:
        return with_class(node.with_children(_directed(node.children)), f"{SPEECH} {MORE}")
    name, rest = found
    return _speech(node, name, rest)


def _speech(node: Element, name: tuple[Node, ...], rest: tuple[Node, ...]) -> Element:
    # The space is text: a reader without styles tells the name from what is said.
    is_marked = text_of(name).endswith(("：", ":"))
    gap = () if is_marked else (IDEOGRAPHIC_SPACE,)
    speaker = Element("span", {"class": f"{SPEAKER} {COLON}" if is_marked else SPEAKER}, name)
    return with_class(node.with_children((speaker, *gap, *_directed(rest))), SPEECH)


def _speaker(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]] | None:
    """The name that a line begins with, its mark with it, and the rest; None where there is none."""
    nodes = nodes[next((at for at, node in enumerate(nodes) if not _is_blank(node)), len(nodes)) :]
    if not nodes:
        return None
    first, *rest = nodes
    if isinstance(first, Element):
        if first.tag not in _NAMES or not rest:
            return None
        behind = rest[0] if isinstance(rest[0], str) else ""
        match = _BEHIND.match(behind)
        mark = match["mark"] if match and match["mark"] else ""
        said = (behind[match.end() :] if match else behind, *rest[bool(behind) :])
        return (*first.children, *([mark] if mark else [])), tuple(part for part in said if part != "")
    text = first.lstrip()
    match = _NAMED.match(text)
    if match is None or OPEN in match[0]:
        return None
    said = (text[match.end() :], *rest)
    return (f"{match['name']}{match['mark'] or ''}",), tuple(part for part in said if part != "")


def _is_blank(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()


def _is_stage(nodes: Iterable[Node]) -> bool:
    text = own(text_of(nodes)).strip()
    if _CURTAIN.fullmatch(text):
        return True
    return _STAGE.fullmatch(text) is not None and _is_one(text)


def _is_one(text: str) -> bool:
    """Whether the mark that opens a text is closed at its end only."""
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "（(〔［[") - (sign in "）)〕］]")
        if depth == 0 and text[at + 1 :].strip("。. "):
            return False
    return True


def _plain(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """A stage direction without an emphasis around all of it, which only says that it is one."""
    shown = [node for node in nodes if not _is_blank(node)]
    if len(shown) == 1 and isinstance(shown[0], Element) and shown[0].tag == "em":
        return shown[0].children
    return nodes


def _directed(nodes: Iterable[Node]) -> Iterator[Node]:
    """Inline nodes with what stands in parentheses as directions."""
    for node in nodes:
        if isinstance(node, Element):
            is_one = node.tag == "em" and _is_stage(node.children)
            yield Element("span", {"class": DIRECTION}, node.children, node.line) if is_one else node
            continue
        if OPEN in node:
            yield node
            continue
        at = 0
        for match in _IN_BRACKETS.finditer(node):
            if match.start() > at:
                yield node[at : match.start()]
            yield Element("span", {"class": DIRECTION}, (match[0],))
            at = match.end()
        if at < len(node):
            yield node[at:]


def _listed(node: Element) -> Iterator[Element]:
    """A list of terms whose terms are the speakers."""
    name: tuple[Node, ...] = ()
    for child in node.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "dt":
            if name:
                yield _speech(Element("p", {}, (), child.line), name, ())
            name = child.children
            continue
        blocks = [part for part in child.children if not _is_blank(part)]
        if not any(isinstance(part, Element) and part.tag == "p" for part in blocks):
            blocks = [Element("p", {}, child.children, child.line)]
        for block in blocks:
            if isinstance(block, Element) and block.tag == "p" and name:
                yield _speech(block, name, block.children)
                name = ()
            elif isinstance(block, Element):
                yield _set(block) if block.tag == "p" else block
    if name:
        yield _speech(Element("p", {}, (), node.line), name, ())
