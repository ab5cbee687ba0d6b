"""A tree put into what a template makes around it, as if it had been written there and read again."""

import re
from collections.abc import Iterable
from functools import lru_cache
from operator import is_

from keben.core.markup import LINE_ATTRIBUTE, Element, Node

_UNSAID = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, 2.2), and the carriage return, of which a parser makes a new line (2.11)."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.:-]*")


def placed(around: Element, mark: str, nodes: Iterable[Node]) -> Element | None:
    """``around`` with nodes in the place of a mark that stands once in its texts.

    The result equals what `parse` makes of all of it as text with lines (`serialize`). None where that may be
    something else: the mark stands in no text, or XML cannot hold what the nodes say.
    """
    try:
        return _with(around, mark, _as_parsed(nodes))
    except _UnsayableError:
        return None


class _UnsayableError(ValueError):
    """A tree that is not the same when it was written and read."""


def _with(node: Element, mark: str, nodes: tuple[Node, ...]) -> Element | None:
    for at, child in enumerate(node.children):
        if isinstance(child, str):
            before, found, after = child.partition(mark)
            inner = _as_parsed((before, *nodes, after)) if found else None
        else:
            changed = _with(child, mark, nodes)
            inner = (changed,) if changed else None
        if inner is not None:
            return node.with_children((*node.children[:at], *inner, *node.children[at + 1 :]))
    return None


def _as_parsed(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Nodes as a parser gives them: with no empty texts, and one text where several follow one another."""
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Element):
            made.append(_element(node))
        elif _UNSAID.search(node):
            raise _UnsayableError
        elif node and made and isinstance(made[-1], str):
            made[-1] += node
        elif node:
            made.append(node)
    return tuple(made)


def _element(node: Element) -> Element:
    if not _is_name(node.tag):
        raise _UnsayableError
    for name, value in node.attributes.items():
        if name == LINE_ATTRIBUTE or not _is_name(name) or _UNSAID.search(value):
            raise _UnsayableError
    children = _as_parsed(node.children)
    # Most trees are so already.
    is_same = len(children) == len(node.children) and all(map(is_, children, node.children))
    return node if is_same else node.with_children(children)


@lru_cache(maxsize=1024)
def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None
