"""A generous reader's outline: a title for every chapter, and headings without gaps, whatever levels they were given.

Levels in order: WCAG 2.2, 1.3.1; ISO 14289-1, 7.4.2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import takewhile
from pathlib import PurePosixPath

from keben.core.markup import Element, Node, text_of, walk
from keben.core.values import dataclass
from keben.core.variants import OPEN, own, prints
from keben.markdown import tolerances
from keben.markdown.context import Context

LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_DEEPEST = 6
_BOXES = frozenset(("div", "section"))
"""Elements in which a title may stand: pages of the web centre it in one."""
_INDEX = frozenset(("readme", "index", "_index"))
"""Names of files that say nothing of what they hold; their folder does."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A chapter's title, and its blocks without it."""

    title: tuple[Node, ...]
    body: tuple[Node, ...]
    level: int = 1
    """The level that the title was given."""
    id: str = ""
    """The id that the title was given."""


def take_any_title(
    body: tuple[Node, ...],
    context: Context,
    *,
    title_line: int,
    is_known: bool,
    is_untitled: bool = False,
    listed: tuple[Node, ...] = (),
) -> Titled:
    """A chapter's title: its front matter's, else its first heading, of the first level if it can be, else its file's.

    ``title_line`` is where the front matter gives one (0: it does not). ``is_known``: why there is none was reported.
    ``is_untitled``: it needs none. ``listed`` is what a list of contents calls the chapter: the title of a file that
    has none of its own, or one that says what it says with more, as a number.
    """
    body = tuple(_without_empty(body, context))
    heading = _first(body, "h1") or _first(body, "")
    if listed and (heading is None or (heading.tag != "h1" and not _leads(body, heading, listed))):
        return Titled(listed, body)
    if listed and heading is not None and not title_line and _says_more(listed, heading):
        # The heading stays what links name; only what it says is said in full.
        body = tuple(_replaced(body, heading, full := heading.with_children(listed)))
        heading = full
    if heading is None and is_untitled:
        return Titled((), body)
    if heading is None:
        title = _file_name(context.path)
        if not is_known:
            context.takes(tolerances.FILE_TITLE, 1, title)
        return Titled((title,), body)
    level = LEVELS[heading.tag]
    if level > 1 and not listed:
        context.takes(tolerances.RAISED_TITLE, heading.line, own(text_of(heading)).strip())
    body = _without(body, heading)
    if title_line and heading.line == title_line:
        again = _first(body, "")
        if again is not None and _squeezed(again) == _squeezed(heading):
            body = _without(body, again)
            heading = heading.with_attributes(id=again.get("id") or None)
    # Rules that stand before the title hold in it.
    rules = tuple(takewhile(lambda node: isinstance(node, str) and OPEN in node, body))
    body = body[len(rules) :]
    children, calls = _without_calls(heading.children)
    if calls:
        context.takes(tolerances.TITLE_NOTE, heading.line, "[^")
        body = _with_calls(body, calls)
    return Titled((*rules, *children), body, level, heading.get("id"))


def order_any(titled: Titled, context: Context, *, is_parted: bool = False) -> tuple[Node, ...]:
    """The blocks with an id on each heading and without gaps between their levels.

    Where the text ``is_parted``, further headings of the first level stay: each begins a chapter.
    """
    outline = _Outline(context, previous=titled.level, above=[(0, 1)], is_parted=is_parted)
    return tuple(outline.visit(node) for node in titled.body)


@dataclass(slots=True)
class _Outline:
    """Goes through a chapter's headings in order."""

    context: Context
    previous: int
    """The level that the last heading was given."""
    above: list[tuple[int, int]] = field(default_factory=list)
    """The headings around the next one, from the title: the level that each was given, and the one that it has."""
    count: int = 0
    is_quoted: bool = False
    is_parted: bool = False
    depth: int = 0
    """Of the elements around the next one."""

    def visit(self, node: Node) -> Node:
        if isinstance(node, str):
            return node
        level = LEVELS.get(node.tag)
        if level is None:
            return self.inside(node)
        if self.is_parted and level == 1 and not self.depth:
            self.above, self.previous = [(0, 1)], 1
            self.count += 1
            name = node.get("id") or f"{self.context.chapter_id}-s{self.count}"
            return node.with_attributes(id=name)
        if not self.is_quoted:
            self.report(node, level)
        while self.above[-1][0] >= level:
            self.above.pop()
        here = min(self.above[-1][1] + 1, _DEEPEST)
        self.above.append((level, here))
        self.count += 1
        name = node.get("id") or f"{self.context.chapter_id}-s{self.count}"
        return Element(f"h{here}", {**node.attributes, "id": name}, node.children, node.line)

    def inside(self, node: Element) -> Element:
        if not any(isinstance(child, Element) for child in node.children):
            return node
        self.depth += 1
        inside = self.in_quotation(node) if node.tag == "blockquote" else self.children(node)
        self.depth -= 1
        return inside

    def children(self, node: Element) -> Element:
        return node.with_children(map(self.visit, node.children))

    def in_quotation(self, node: Element) -> Element:
        # A heading that is quoted parts nothing of the chapter.
        outer, quoted = (self.above[:], self.previous), self.is_quoted
        self.is_quoted = True
        children = tuple(map(self.visit, node.children))
        self.is_quoted = quoted
        self.above, self.previous = outer
        return node.with_children(children)

    def report(self, node: Element, level: int) -> None:
        if level == 1:
            self.context.takes(tolerances.SECOND_TITLE, node.line, "#")
        elif level > self.previous + 1:
            self.context.takes(tolerances.SKIPPED_LEVEL, node.line, "#" * level)
        self.previous = level


def _first(nodes: Iterable[Node], tag: str) -> Element | None:
    """The first heading, or the first of a tag, at the chapter's own level or in a box."""
    for node in nodes:
        if not isinstance(node, Element):
            continue
        if node.tag in LEVELS and tag in ("", node.tag):
            return node
        if node.tag in _BOXES and (found := _first(node.children, tag)):
            return found
    return None


def _without(nodes: tuple[Node, ...], heading: Element) -> tuple[Node, ...]:
    """The blocks without a heading, and without a box that held nothing else."""
    kept: list[Node] = []
    for node in nodes:
        if node is heading:
            continue
        if isinstance(node, Element) and node.tag in _BOXES and any(part is heading for part in walk(node)):
            children = _without(node.children, heading)
            if any(isinstance(child, Element) or child.strip() for child in children):
                kept.append(node.with_children(children))
            continue
        kept.append(node)
    return tuple(kept)


def _leads(body: tuple[Node, ...], heading: Element, listed: tuple[Node, ...]) -> bool:
    """Whether a heading below the first level names all that follows: as the list does, or as the only one so high."""
    if _letters(listed) == _letters(heading.children):
        return True
    all_ = [part for node in body if isinstance(node, Element) for part in walk(node) if part.tag in LEVELS]
    is_alone = sum(LEVELS[part.tag] <= LEVELS[heading.tag] for part in all_) == 1
    first = next((node for node in body if isinstance(node, Element) or node.strip()), None)
    return is_alone and isinstance(first, Element) and any(part is heading for part in walk(first))


def _says_more(listed: tuple[Node, ...], heading: Element) -> bool:
    """Whether a list's title holds all that a heading says, and more."""
    own_letters, others = _letters(heading.children), _letters(listed)
    plain = all(isinstance(child, str) and OPEN not in child for child in heading.children)
    return plain and own_letters != others and others.endswith(own_letters)


def _letters(nodes: tuple[Node, ...]) -> str:
    return "".join(sign for sign in own(text_of(nodes)).casefold() if sign.isalnum())


def _replaced(nodes: Iterable[Node], old: Element, new: Element) -> Iterator[Node]:
    for node in nodes:
        if node is old:
            yield new
        elif isinstance(node, Element) and node.tag in _BOXES:
            yield node.with_children(_replaced(node.children, old, new))
        else:
            yield node


def _without_empty(nodes: Iterable[Node], context: Context) -> Iterator[Node]:
    """The blocks without headings that hold no text; one that shows a picture is a paragraph."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag not in LEVELS:
            has_blocks = any(isinstance(child, Element) for child in node.children)
            yield node.with_children(_without_empty(node.children, context)) if has_blocks else node
        elif prints(text_of(node)) or any("xref" in part.classes for part in walk(node)):
            yield node
        elif any(part.tag == "img" for part in walk(node)):
            context.takes(tolerances.PICTURE_HEADING, node.line, "#")
            yield Element("p", node.attributes, node.children, node.line)
        else:
            context.takes(tolerances.EMPTY_HEADING, node.line, "#")


def _without_calls(nodes: tuple[Node, ...]) -> tuple[tuple[Node, ...], list[Element]]:
    """Inline nodes without the calls of notes in them, and those."""
    kept: list[Node] = []
    calls: list[Element] = []
    for node in nodes:
        if isinstance(node, Element) and "noteref" in node.classes:
            calls.append(node)
        elif isinstance(node, Element):
            children, more = _without_calls(node.children)
            kept.append(node.with_children(children) if more else node)
            calls += more
        else:
            kept.append(node)
    return tuple(kept), calls


def _with_calls(body: tuple[Node, ...], calls: list[Element]) -> tuple[Node, ...]:
    """The blocks with calls of notes at the end of the first paragraph; in one of their own where there is none."""
    for index, node in enumerate(body):
        if isinstance(node, Element) and node.tag == "p":
            return (*body[:index], node.with_children((*node.children, *calls)), *body[index + 1 :])
    return (Element("p", {}, tuple(calls), calls[0].line), *body)


def _file_name(path: str) -> str:
    file = PurePosixPath(path)
    is_index = file.stem.lower() in _INDEX and len(file.parts) > 2
    return file.parent.name if is_index else file.stem


def _squeezed(node: Element) -> str:
    return "".join(text_of(node).split())
