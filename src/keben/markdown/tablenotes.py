"""Notes below tables: 资料来源：…, 注：…, which belong to the table above them (CY/T 170—2019, 7.7).

With its table such a paragraph moves to another page; alone it would stay among the text.
"""

from collections.abc import Iterable

from keben.core.markup import Element, Node, text_of
from keben.core.patterns import later

TABLE_NOTE = "table-note"
"""The class of a note below a table."""

_LABEL = later(
    r"\s*(?:(?:[资資]料|[数數][据據])?[来來]源|出[处處]|[表附]?[注註][释釋]?|[说說]明|[备備][注註]|Sources?|Notes?)\s*[:：]",
)
_LONGEST = 300
"""Characters of a note that no class names."""


def with_table_notes(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks in which notes that stand right below a table with a caption are its own."""
    out: list[Node] = []
    for node in nodes:
        at = _last(out)
        table = out[at] if at >= 0 else None
        if isinstance(node, Element) and isinstance(table, Element) and _takes(table) and _is_note(node):
            note = Element("p", {**node.attributes, "class": TABLE_NOTE}, node.children, node.line)
            out[at:] = [table.with_children((*table.children, note))]
        else:
            out.append(node)
    return tuple(out)


def _last(nodes: list[Node]) -> int:
    """The place of the last node that is no space; -1: there is none."""
    return next(
        (
            at
            for at in range(len(nodes) - 1, -1, -1)
            if not isinstance(nodes[at], str) or str(nodes[at]).strip()
        ),
        -1,
    )


def _takes(node: Element) -> bool:
    """Whether a block is a table in a figure, with its caption above it."""
    if node.tag != "figure" or "table" not in node.classes:
        return False
    inner = [child for child in node.children if isinstance(child, Element)]
    is_above = bool(inner) and inner[0].tag == "figcaption"
    return is_above and all(each.tag == "table" or TABLE_NOTE in each.classes for each in inner[1:])


def _is_note(node: Element) -> bool:
    if node.tag != "p" or not node.attributes.keys() <= {"class"} or not node.classes <= {TABLE_NOTE}:
        return False
    text = text_of(node)
    return TABLE_NOTE in node.classes or (len(text) <= _LONGEST and _LABEL.match(text) is not None)
