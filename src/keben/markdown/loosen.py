"""A generous reader's order among elements: raw HTML that stands where it cannot is put where it can.

What browsers repair in their own ways (HTML, 13.2.6) is repaired so that no text goes. `nesting` looks at the result.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeVar

from keben.core.markup import BLOCKS, Element, Node
from keben.markdown import tolerances
from keben.markdown.context import Context

Key = TypeVar("Key", str, bool)

_TRANSPARENT = frozenset(("a", "del", "ins"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ROWS = frozenset(("caption", "colgroup", "thead", "tbody", "tfoot", "tr"))
_HOME = {
    "li": ("ul", frozenset(("ul", "ol"))),
    "dt": ("dl", frozenset(("dl",))),
    "dd": ("dl", frozenset(("dl",))),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("table", frozenset(("table",)))),
    "tr": ("table", frozenset(("table", "thead", "tbody", "tfoot"))),
}
"""Elements that stand in others only: what is put around a run of them, and what may be around them."""

_OTHERWISE = {
    "figcaption": ("p", frozenset(("figure",))),
    "caption": ("p", frozenset(("table",))),
    "footer": ("div", frozenset(("blockquote",))),
    "td": ("div", frozenset(("tr",))),
    "th": ("div", frozenset(("tr",))),
    "rt": ("span", frozenset(("ruby",))),
    "rp": ("span", frozenset(("ruby",))),
    "colgroup": ("", frozenset(("table",))),
    "col": ("", frozenset(("colgroup",))),
}
"""Elements that become another where they cannot stand (nothing: they go), and what may be around them."""

_FILLED = {
    "ul": ("li", frozenset(("li",))),
    "ol": ("li", frozenset(("li",))),
    "dl": ("dd", frozenset(("dt", "dd"))),
    "tr": ("td", frozenset(("td", "th"))),
}
"""Elements that hold these only, and what is put around other things in them."""

_SIEVES = {
    "table": _ROWS,
    "thead": frozenset(("tr",)),
    "tbody": frozenset(("tr",)),
    "tfoot": frozenset(("tr",)),
}
"""Parts of tables that hold these only; what else stands in them comes before the table."""


def loosened(nodes: Iterable[Node], context: Context) -> tuple[Node, ...]:
    """The blocks with every element where it may stand; the very same where that is so already."""
    return tuple(_Loosening(context).children("section", nodes))


class _Loosening:
    def __init__(self, context: Context) -> None:
        self.context = context

    def children(self, parent: str, nodes: Iterable[Node]) -> list[Node]:
        """What stands in an element, each with its own children in order."""
        loose = [part for node in nodes for part in self.fitted(node)]
        homeless = self.homes(parent, loose)
        return self.filled(parent, homeless) if parent in _FILLED else homeless

    def fitted(self, node: Node) -> list[Node]:
        """An element with its children in order, and what had to leave it."""
        if isinstance(node, str):
            return [node]
        children = self.children(node.tag, node.children)
        before: list[Node] = []
        if node.tag in _SIEVES:
            before = [child for child in children if _is_stray(child, _SIEVES[node.tag])]
            children = [child for child in children if child not in before]
            self.report(before, f"<{node.tag}", node.line)
        if node.tag == "a":
            return [*before, *self.link(node, children)]
        if node.tag == "p" and not node.get("id") and all(_is_blank(child) for child in children):
            # What stood in it was left out, or it was to be a distance.
            return []
        if not any(_has_blocks(child) for child in children):
            return [*before, _with(node, children)]
        if node.tag == "p":
            return [Element("div", node.attributes, tuple(children), node.line)]
        if node.tag in _HEADINGS:
            self.report([child for child in children if _has_blocks(child)])
            return [_with(node, _flat(children))]
        if node.tag in BLOCKS or node.tag in _TRANSPARENT or node.tag == "pre":
            return [*before, _with(node, children)]
        self.report([node])
        return children

    def link(self, node: Element, children: list[Node]) -> list[Node]:
        """A link without links in it, and the calls of notes that it held behind it."""
        calls: list[Node] = []

        def visit(nodes: Iterable[Node]) -> Iterator[Node]:
            for child in nodes:
                if isinstance(child, str):
                    yield child
                elif child.tag != "a":
                    yield _with(child, list(visit(child.children)))
                elif "noteref" in child.classes:
                    calls.append(child)
                else:
                    self.report([child])
                    yield from child.children

        kept = list(visit(children))
        self.report(calls)
        return [_with(node, kept), *calls]

    def homes(self, parent: str, nodes: list[Node]) -> list[Node]:
        """Items, rows and the like that stand alone, each run of them in what holds them."""
        found: list[Node] = []

        def home(node: Node) -> str:
            around, allowed = (
                _HOME.get(node.tag, ("", frozenset())) if isinstance(node, Element) else ("", ())
            )
            return around if around and parent not in allowed else ""

        for around, run in _runs(nodes, home):
            if around:
                self.report(run[:1])
                line = next((one.line for one in run if isinstance(one, Element)), 0)
                found.append(Element(around, {}, tuple(run), line))
            else:
                found += [part for node in run for part in self.otherwise(parent, node)]
        return found

    def otherwise(self, parent: str, node: Node) -> list[Node]:
        if isinstance(node, str) or node.tag not in _OTHERWISE:
            return [node]
        tag, allowed = _OTHERWISE[node.tag]
        if parent in allowed:
            return [node]
        self.report([node])
        attributes = {
            name: value for name, value in node.attributes.items() if name in ("id", "class", "lang")
        }
        return [Element(tag, attributes, node.children, node.line)] if tag else []

    def filled(self, parent: str, nodes: list[Node]) -> list[Node]:
        """The children of a list or a row, what is none of its items put into one."""
        item, allowed = _FILLED[parent]
        found: list[Node] = []
        for is_stray, run in _runs(nodes, lambda node: _is_stray(node, allowed)):
            if is_stray:
                self.report(run[:1], f"<{parent}")
                line = next((one.line for one in run if isinstance(one, Element)), 0)
                found.append(Element(item, {}, tuple(run), line))
            else:
                found += run
        return found

    def report(self, nodes: Iterable[Node], needle: str = "", line: int = 1) -> None:
        for node in nodes:
            if isinstance(node, Element):
                self.context.takes(tolerances.NESTING, node.line or 1, f"<{node.tag}")
            elif needle:
                self.context.takes(tolerances.NESTING, line or 1, needle)


def _runs(nodes: list[Node], key: Callable[[Node], Key]) -> Iterator[tuple[Key, list[Node]]]:
    for value, run in groupby(nodes, key):
        yield value, list(run)


def _with(node: Element, children: list[Node]) -> Element:
    same = len(children) == len(node.children) and all(
        new is old for new, old in zip(children, node.children, strict=True)
    )
    return node if same else node.with_children(children)


def _is_stray(node: Node, allowed: frozenset[str]) -> bool:
    return bool(node.strip()) if isinstance(node, str) else node.tag not in allowed


def _is_blank(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node.tag == "br"


def _has_blocks(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return node.tag in BLOCKS or (node.tag in _TRANSPARENT and any(map(_has_blocks, node.children)))


def _flat(nodes: Iterable[Node]) -> list[Node]:
    """Inline nodes: blocks give way to their children."""
    return [
        part
        for node in nodes
        for part in (_flat(node.children) if isinstance(node, Element) and _has_blocks(node) else [node])
    ]
