"""Headings: their ids, and their levels in order (WCAG 2.1, 1.3.1; PDF/UA-1, 7.4.2)."""

from keben.markdown.builder import Context
from keben.markup import Element, Node

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def finish(body: tuple[Node, ...], context: Context) -> tuple[Node, ...]:
    """The chapter's blocks with an id on each heading; levels that are skipped are found."""
    numbers = iter(range(1, 10**6))
    level = 1
    finished: list[Node] = []
    for node in body:
        if not isinstance(node, Element) or node.tag not in _LEVELS:
            if isinstance(node, Element):
                finished.append(node)
            elif node.strip():
                finished.append(Element("p", {}, (node,)))
            continue
        here = _LEVELS[node.tag]
        if here == 1:
            message = "A chapter has one title; this is a second one."
            context.report(node.line, "second-title", message, "Use “##” for a section.")
        elif here > level + 1:
            message = f"This heading skips a level: level {here} follows level {level}."
            context.report(node.line, "skipped-level", message, f"Use “{'#' * (level + 1)}”.")
        level = here
        number = next(numbers)
        finished.append(
            node if node.get("id") else node.with_attributes(id=f"{context.chapter_id}-s{number}")
        )
    return tuple(finished)
