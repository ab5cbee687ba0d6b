"""Verse: a block of class ``verse`` → stanzas whose lines are elements of their own.

``<p class="stanza"><span class="line">…</span><br/>…</p>``: what is too long for the measure turns over below its own
line (CLREQ 4.2 has no word of verse; so does every edition of it). The ``<br/>`` stay for formats without styles.
A quotation in which each paragraph has hard breaks is verse too: nothing else is quoted line by line.
"""

from collections.abc import Iterable, Iterator

from keben.core.markup import BLOCKS, Element, Node, text_of, walk
from keben.core.variants import prints

VERSE = "verse"
STANZA = "stanza"
LINE = "line"
IDEOGRAPHIC_SPACE = "\u3000"

_INSIDE = frozenset(("blockquote", "div", "section"))
"""Elements in which stanzas stand."""


def with_class(node: Element, name: str) -> Element:
    """An element with one more class."""
    return node.with_attributes(**{"class": f"{node.get('class')} {name}".strip()})


def boxed(paragraph: Element) -> Element:
    """A block around a paragraph, with what that has of classes and the like."""
    inner = Element("p", {}, paragraph.children, paragraph.line)
    return Element("div", paragraph.attributes, (inner,), paragraph.line)


def is_verse(node: Element) -> bool:
    """Whether a block says that it is verse, or is a quotation line by line."""
    if VERSE in node.classes:
        return True
    if node.tag != "blockquote" or node.classes:
        return False
    blocks = [child for child in node.children if isinstance(child, Element) and child.tag != "footer"]
    return bool(blocks) and all(child.tag == "p" and _is_broken(child) for child in blocks)


def set_verse(node: Element) -> Element:
    """A block of verse with stanzas and lines."""
    if node.tag == "p":
        node = boxed(node)
    made = _inside(node)
    return made if VERSE in made.classes else with_class(made, VERSE)


def lines_of(nodes: Iterable[Node]) -> list[tuple[Node, ...]]:
    """Inline nodes, divided where a ``<br/>`` stands in them at any depth."""
    lines: list[list[Node]] = [[]]
    for node in nodes:
        if isinstance(node, str):
            lines[-1].append(node)
        elif node.tag == "br":
            lines.append([])
        elif any(part.tag == "br" for part in walk(node)):
            first, *rest = lines_of(node.children)
            lines[-1].append(node.with_children(first))
            lines += [[node.with_attributes(id=None).with_children(line)] for line in rest]
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines]


def without_indent(line: tuple[Node, ...]) -> tuple[Node, ...]:
    """A line without the full-width spaces that it begins with."""
    if not line or not isinstance(line[0], str):
        return line
    first = line[0].lstrip(IDEOGRAPHIC_SPACE)
    return (first, *line[1:]) if first else line[1:]


def _inside(node: Element) -> Element:
    children: list[Node] = []
    for child in node.children:
        last = children[-1] if children else None
        if not isinstance(child, Element):
            children.append(child)
        elif child.tag == "p":
            if isinstance(last, Element) and last.tag == "p" and _goes_on(last, child):
                children[-1] = last.with_children((*last.children, Element("br", {}), *child.children))
            else:
                children.append(child)
        else:
            children.append(_inside(child) if child.tag in _INSIDE else child)
    return node.with_children(
        _stanza(child) if isinstance(child, Element) and child.tag == "p" else child for child in children
    )


def _goes_on(first: Element, second: Element) -> bool:
    """Whether no empty line is between two paragraphs: an indent alone divided them."""
    length = sum(part.tag == "br" for part in walk(first)) + 1
    return bool(first.line and second.line) and first.line + length == second.line


def _stanza(paragraph: Element) -> Element:
    return with_class(paragraph, STANZA).with_children(_lines(paragraph.children))


def _lines(children: tuple[Node, ...]) -> Iterator[Node]:
    lines = [line for line in lines_of(children) if _says_something(line)]
    for number, line in enumerate(lines):
        if number:
            yield Element("br", {})
        yield Element("span", {"class": LINE}, line)


def _says_something(line: tuple[Node, ...]) -> bool:
    return prints(text_of(line)) or any(isinstance(node, Element) for node in line)


def _is_broken(node: Element) -> bool:
    return any(part.tag == "br" for part in walk(node)) and not any(
        part.tag in BLOCKS for part in walk(node) if part is not node
    )
