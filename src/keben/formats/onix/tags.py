"""Elements of an ONIX message."""

from keben.core.markup import Element, Node


def tag(name: str, *children: Node | None, **attributes: str) -> Element:
    """An element with those children that are there."""
    return Element(name, attributes, tuple(child for child in children if child is not None))
