"""What a chapter ends with, so that its last page has some lines and not one or two.

A page with a line alone on it looks like a mistake (CLREQ 7.1.2 on 孤行 says so of a paragraph's line). The last
paragraph, item, code or note has ``data-last``: a style parts it so that three lines go over. What is shorter, or is
not parted, has ``data-last="short"``: a style does not part it from what stands before, some of which goes over too.
"""

from collections.abc import Sequence
from itertools import count
from math import ceil

from keben.core.markup import BLOCKS, HEADINGS, Element, Node, text_of, walk
from keben.core.paper import TypeArea
from keben.typeset.formulas import CLASS
from keben.typeset.literary import WHOLE_LINES, width_of
from keben.typeset.tables.trees import CONTINUED

LEAST = 3
"""Lines on a chapter's last page."""
ENTRIES = 5
"""Entries on the last page of the contents, at most: they take a quarter of a page."""
_SHARE = 4

_INDENT = 2
_FORMULA = 2
_SMALLER = 1.25
"""So many more characters are in a line of a note."""
_LINED = frozenset(("p", "li", "dt", "dd", "pre"))
_CONTAINERS = frozenset(("ol", "ul", "dl", "blockquote", "div", "section", "li", "dd"))
_STANZA = "stanza"
_SOLID = frozenset(("box", "formula", _STANZA))
_KINDS = frozenset(("foreword", "preface", "chapter", "appendix", "afterword"))


def with_last_page(root: Element, kind: str, area: TypeArea) -> Element:
    """A document with its last blocks marked; ``area`` is that of the page.

    Of contents the last entries stand together. Other documents are as they are, and so is a chapter that ends with
    what fills a page by itself: a figure, a table.
    """
    if kind == "contents":
        entries = sum(node.tag == "li" for node in walk(root))
        least = max(2, min(ENTRIES, area.lines // _SHARE))
        return _with_entries(root, count(), entries - least) if entries > least else root
    return _marked(root, area.measure, 0)[0] if kind in _KINDS else root


def _with_entries(node: Element, numbers: "count[int]", first: int) -> Element:
    """Contents whose entries behind the first of their last ones are not parted from those before."""
    is_kept = node.tag == "li" and next(numbers) > first
    inner = node.with_children(
        _with_entries(child, numbers, first) if isinstance(child, Element) else child
        for child in node.children
    )
    return inner.with_attributes(data_last="short") if is_kept else inner


def _marked(parent: Element, measure: int, lines: int) -> tuple[Element, int]:
    """An element whose last blocks are marked, as many as take fewer lines than a last page has; and their lines.

    ``lines``: those that stand below it.
    """
    children = list(parent.children)
    at = _last(children)
    while at is not None and lines < LEAST:
        node, before = children[at], _last(children[:at])
        if not isinstance(node, Element) or node.tag not in BLOCKS:
            break
        inner, through = node, lines + max(1, _lines(node, measure))
        if _is_container(node):
            inner, within = _marked(node, _inside(node, measure), lines)
            through = max(through, within)
        if through < LEAST and before is not None and _can_go(children[before], measure):
            children[at] = inner.with_attributes(data_last="short")
        elif not lines and (_may_part(node) or _STANZA in node.classes) and not _is_container(node):
            # A stanza that is to be whole is parted where a page would be left empty.
            children[at] = inner.with_attributes(data_last="")
        else:
            children[at] = inner
        lines, at = through, before
    return parent.with_children(children), lines


def _lines(node: Element, measure: int) -> int:
    """How many lines a block takes, near enough; what fills a page by itself takes as many as one has at least."""
    if node.tag == "pre":
        return len(text_of([node]).strip("\n").splitlines())
    if node.tag == "table":
        return sum(each.tag == "tr" and CONTINUED not in each.classes for each in walk(node))
    if "formula" in node.classes:
        return _FORMULA
    if node.tag in ("figure", "hr") or any(
        each.tag == "img" and CLASS not in each.classes for each in walk(node)
    ):
        return LEAST
    if _STANZA in node.classes:
        return sum("line" in each.classes for each in walk(node))
    parts = [child for child in node.children if isinstance(child, Element) and child.tag in BLOCKS]
    if parts:
        return sum(_lines(part, _inside(node, measure)) for part in parts) + ("box" in node.classes)
    return ceil((width_of(node) + _INDENT) / max(measure, 1))


def _inside(node: Element, measure: int) -> int:
    return round(measure * _SMALLER) if "endnote" in node.classes else measure


def _last(children: Sequence[Node]) -> int | None:
    """Where the last element stands."""
    return next((at for at in reversed(range(len(children))) if isinstance(children[at], Element)), None)


def _is_container(node: Element) -> bool:
    """Whether blocks stand in a block that may be parted between them."""
    if node.tag not in _CONTAINERS or "whole" in node.classes or _SOLID & node.classes:
        return False
    return any(isinstance(child, Element) and child.tag in BLOCKS for child in node.children)


def _may_part(node: Node) -> bool:
    """Whether some of a block may go over to the next page."""
    if not isinstance(node, Element) or "whole" in node.classes or "formula" in node.classes:
        return False
    return node.tag in _LINED or _is_container(node)


def _can_go(node: Node, measure: int) -> bool:
    """Whether a block may go over to the next page, in part, or whole as it is no more than a few lines."""
    if not isinstance(node, Element):
        return False
    is_light = node.tag == "hr" or (
        node.tag not in ("figure", "table") and _lines(node, measure) <= WHOLE_LINES
    )
    return _may_part(node) or (node.tag in BLOCKS and node.tag not in HEADINGS and is_light)
