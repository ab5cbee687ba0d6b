"""Pictures that stand alone: what is written ``<img>`` is set as what is written ``![…](…)``."""

from collections.abc import Iterable

from keben.core.markup import Element, Node

ALONE = "pictures"
"""The class of a paragraph that holds pictures and nothing else: it has no indent."""

_NO_FIGURE = frozenset(("td", "th", "figure", "caption", "figcaption"))


def settle_pictures(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The blocks with each paragraph of one picture made a figure, and those of several marked with `ALONE`."""
    return tuple(_settled(node, "section") for node in nodes)


def _settled(node: Node, parent: str) -> Node:
    if isinstance(node, str):
        return node
    if node.tag == "p":
        return _paragraph(node, parent)
    children = tuple(_settled(child, node.tag) for child in node.children)
    if node.tag == "figure":
        children = tuple(part for child in children for part in _without_frame(child))
    return node.with_children(children)


def _without_frame(node: Node) -> tuple[Node, ...]:
    """What stands in a figure by itself in another one, whose number and caption count."""
    if not isinstance(node, Element) or node.tag != "figure":
        return (node,)
    is_bare = not any(isinstance(child, Element) and child.tag == "figcaption" for child in node.children)
    return node.children if is_bare and not node.get("id") else (node,)


def _paragraph(node: Element, parent: str) -> Element:
    parts = [child for child in node.children if isinstance(child, Element) or child.strip()]
    if not parts or not all(isinstance(part, Element) and _is_picture(part) for part in parts):
        return node
    only = parts[0]
    if all(isinstance(part, Element) and part.tag == "br" for part in parts):
        return node
    if len(parts) == 1 and isinstance(only, Element) and only.tag == "img" and parent not in _NO_FIGURE:
        names = f"figure {node.get('class')}".strip()
        return Element("figure", {**node.attributes, "class": names}, (only,), node.line or only.line)
    return node.with_mapping({"class": f"{ALONE} {node.get('class')}".strip()})


def _is_picture(node: Element) -> bool:
    if node.tag in ("a", "span"):
        inner = [child for child in node.children if isinstance(child, Element) or child.strip()]
        return bool(inner) and all(isinstance(child, Element) and _is_picture(child) for child in inner)
    return node.tag in ("img", "br")
