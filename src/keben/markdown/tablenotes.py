"""Notes below tables and figures: 资料来源：…, 注：…, which belong to what is above them (CY/T 170—2019, 7.7).

With its table such a paragraph moves to another page; alone it would stay among the text. In a figure only a caption
may stand last (HTML, 4.4.12), so one of a picture stands in another figure, with the notes after it.
"""

from collections.abc import Iterable

from keben.core.markup import Element, Node, text_of
from keben.core.patterns import later

TABLE_NOTE = "table-note"
"""The class of a note below a table."""
FIGURE_NOTE = "figure-note"
"""The class of a note below a figure."""
_NOTES = frozenset((TABLE_NOTE, FIGURE_NOTE))
_NOTED = "noted"
"""The class of a figure that holds another one and its notes."""
_PLACES = frozenset(("float", "here", "wide"))
"""Classes that say where a figure stands, and so where its notes do."""

_LABEL = later(
    r"\s*(?:(?:[资資]料|[数數][据據])?[来來]源|出[处處]|[表附]?[注註][释釋]?|[说說]明|[备備][注註]|Sources?|Notes?)\s*[:：]",
)
_LONGEST = 300
"""Characters of a note that no class names."""


def with_table_notes(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Blocks in which notes that stand right below a table or a figure with a caption are its own."""
    out: list[Node] = []
    for node in nodes:
        at = _last(out)
        above = out[at] if at >= 0 else None
        if not (isinstance(node, Element) and isinstance(above, Element) and _is_note(node)):
            out.append(node)
        elif _takes(above):
            out[at:] = [above.with_children((*above.children, _classed(node, TABLE_NOTE)))]
        elif _NOTED in above.classes:
            out[at:] = [above.with_children((*above.children, _classed(node, FIGURE_NOTE)))]
        elif _is_figure(above):
            out[at:] = [_noted(above, _classed(node, FIGURE_NOTE))]
        else:
            out.append(node)
    return tuple(out)


def _noted(figure: Element, note: Element) -> Element:
    names = figure.attributes["class"].split()
    inner = _classed(figure, *(name for name in names if name not in _PLACES))
    around = {"class": " ".join((_NOTED, *(name for name in names if name in _PLACES)))}
    return Element("figure", around, (inner, note), figure.line)


def _classed(node: Element, *names: str) -> Element:
    return Element(node.tag, {**node.attributes, "class": " ".join(names)}, node.children, node.line)


def _is_figure(node: Element) -> bool:
    """Whether a block is a figure with its caption below it."""
    inner = [child for child in node.children if isinstance(child, Element)]
    return "figure" in node.classes and bool(inner) and inner[-1].tag == "figcaption"


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
    if node.tag != "p" or not node.attributes.keys() <= {"class"} or not node.classes <= _NOTES:
        return False
    text = text_of(node)
    return bool(node.classes) or (len(text) <= _LONGEST and _LABEL.match(text) is not None)
