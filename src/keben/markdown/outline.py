"""A chapter's blocks put in order: its title, its headings with ids and levels, loose text in paragraphs."""

from collections.abc import Iterator
from itertools import takewhile

from keben.core.markup import BLOCKS, Element, Node, text_of, walk
from keben.core.saying import wording
from keben.core.variants import OPEN, prints
from keben.markdown.context import Context
from keben.markdown.paths import shown

TRANSPARENT = frozenset(("a", "del", "ins"))
"""Inline elements that may hold what their parent may."""

_LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


def prints_something(nodes: tuple[Node, ...]) -> bool:
    """Whether blocks hold text, a picture, or a reference that will be text."""
    return prints(text_of(nodes)) or any(
        part.tag == "img" or "xref" in part.classes
        for node in nodes
        if isinstance(node, Element)
        for part in walk(node)
    )


def take_title(
    body: tuple[Node, ...], context: Context, *, is_known_wrong: bool, is_untitled: bool = False
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """The chapter's title, and its blocks without it: a heading of the first level that begins them.

    That there is none is not reported again where the front matter ``is_known_wrong``, or where the chapter needs none
    (``is_untitled``).
    """
    first = next((node for node in body if isinstance(node, Element)), None)
    if is_untitled and (first is None or first.tag != "h1"):
        return (), body
    if first is None or first.tag != "h1" or not prints(text_of(first)):
        advice = wording("Write `title: …` in its front matter, or begin it with “# …”.")
        if not is_known_wrong:
            context.report(1, "missing-title", wording("This chapter has no title."), advice)
        return (context.name,), tuple(node for node in body if node is not first or first.tag != "h1")
    if first.get("id"):
        message = wording("The chapter's id is given in its front matter.")
        context.report(
            first.line,
            "chapter-id",
            message,
            wording("Write `id: {get}` there.", get=shown(first.get("id"))),
            "{#",
        )
    for node in walk(first):
        if "noteref" in node.classes:
            message = wording("A title cannot call a note.")
            context.report(first.line, "title-note", message, wording("Call it in the first paragraph."), "^")
        elif "xref" in node.classes:
            message = wording("A title cannot hold a cross-reference.")
            context.report(first.line, "title-reference", message, wording("Write its text."), "](")
    # Rules that stand before the title hold in it.
    rules = tuple(takewhile(lambda node: isinstance(node, str) and OPEN in node, body))
    return (*rules, *first.children), tuple(node for node in body[len(rules) :] if node is not first)


def order(body: tuple[Node, ...], context: Context) -> tuple[Node, ...]:
    """The blocks with an id on each heading, and loose text in paragraphs; skipped levels are found.

    Levels in order: WCAG 2.2, 1.3.1; ISO 14289-1, 7.4.2.
    """
    numbering = _Numbering(context)
    return tuple(numbering.visit(node) for node in wrapped(body))


class _Numbering:
    """Goes through a chapter's headings in order."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.count = 0
        self.level = 1

    def visit(self, node: Node) -> Node:
        if isinstance(node, str):
            return node
        level = _LEVELS.get(node.tag)
        if level is None:
            if not any(child.tag in BLOCKS for child in node.children if isinstance(child, Element)):
                return node
            return node.with_children(map(self.visit, node.children))
        self.count += 1
        self.check(node, level)
        self.level = level
        return node if node.get("id") else node.with_attributes(id=f"{self.context.chapter_id}-s{self.count}")

    def check(self, node: Element, level: int) -> None:
        if level == 1:
            problem = (
                "second-title",
                wording("A chapter has one title; this is a second one."),
                wording("Use “##” for a section."),
            )
        elif level > self.level + 1:
            message = wording(
                "This heading skips a level: level {level} follows level {level2}.",
                level=level,
                level2=self.level,
            )
            problem = ("skipped-level", message, wording("Use “{level}”.", level="#" * (self.level + 1)))
        elif not prints(text_of(node)):
            problem = (
                "empty-heading",
                wording("This heading has no text."),
                wording("Write it, or take it out."),
            )
        else:
            return
        self.context.report(node.line, *problem, "#")


def _is_block(node: Node) -> bool:
    """Whether a node is a block: <del> and the like are where they hold any (HTML, 3.2.5.3)."""
    if isinstance(node, str):
        return False
    return node.tag in BLOCKS or (node.tag in TRANSPARENT and any(map(_is_block, node.children)))


def wrapped(body: tuple[Node, ...]) -> Iterator[Node]:
    """The blocks as they are, and each run of loose text and inline elements between them as a paragraph."""
    run: list[Node] = []
    for node in (*body, None):
        if node is not None and not _is_block(node):
            run.append(node)
            continue
        if any(not isinstance(part, str) or prints(part) for part in run):
            line = next((part.line for part in run if isinstance(part, Element) and part.line), 0)
            yield Element("p", {}, tuple(run), line)
        elif rules := "".join(part for part in run if isinstance(part, str) and OPEN in part):
            yield rules
        run = []
        if node is not None:
            yield node
