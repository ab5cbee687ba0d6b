"""An e-book's table of contents → which of its elements are headings, and of which level."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from keben.core.values import dataclass
from keben.project.importers.office.archives import Node, attribute, child, local
from keben.project.importers.office.web.assembling import Outline
from keben.project.importers.office.web.markup import kinds_of

_DEEPEST = 6
_HEADING = re.compile(r"h[1-6]")
_TEXTS = frozenset("p div h1 h2 h3 h4 h5 h6 li blockquote td th dt dd pre figcaption center".split())
_NEAR = 4
"""How many paragraphs behind its place a title may stand."""


@dataclass(frozen=True, slots=True)
class NavLine:
    """A line of a table of contents."""

    depth: int
    """From 1."""
    title: str
    file: str
    anchor: str


def read_nav(tree: Node, path: str) -> tuple[NavLine, ...]:
    """The entries of a navigation document (EPUB 3.3, 7)."""
    nav = next((node for node in tree.iter() if local(node) == "nav" and "toc" in kinds_of(node)), None)
    nav = next((node for node in tree.iter() if local(node) == "nav"), None) if nav is None else nav
    top = next((node for node in nav if local(node) == "ol"), None) if nav is not None else None
    return tuple(_nav_entries(top, path, 1)) if top is not None else ()


def _nav_entries(node: Node, path: str, depth: int) -> Iterator[NavLine]:
    for item in node:
        if local(item) != "li":
            continue
        label = next((each for each in item if local(each) in ("a", "span")), None)
        if label is not None:
            yield _entry(depth, "".join(label.itertext()), label.get("href") or "", path)
        for each in item:
            if local(each) == "ol":
                yield from _nav_entries(each, path, depth + 1)


def read_ncx(tree: Node, path: str) -> tuple[NavLine, ...]:
    """The entries of an NCX (OPF 2.0.1, 2.4.1)."""
    top = child(tree, "navMap")
    return tuple(_points(top, path, 1)) if top is not None else ()


def _points(node: Node, path: str, depth: int) -> Iterator[NavLine]:
    for each in node:
        if local(each) == "navPoint":
            label = child(each, "navLabel", "text")
            title = "".join(label.itertext()) if label is not None else ""
            yield _entry(depth, title, attribute(child(each, "content"), "src"), path)
            yield from _points(each, path, depth + 1)


def _entry(depth: int, title: str, href: str, path: str) -> NavLine:
    target, _, anchor = href.partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target))) if target else ""
    return NavLine(min(depth, _DEEPEST), " ".join(title.split()), file, unquote(anchor))


def outline_of(entries: Sequence[NavLine], bodies: Mapping[str, Node]) -> Outline:
    """The headings that entries name: an element that says the title, or a title of its own before the place."""
    levels: dict[Node, int] = {}
    titles: dict[Node, tuple[tuple[int, str], ...]] = {}
    skipped: set[Node] = set()
    waiting: list[tuple[int, str]] = []
    for entry in entries:
        if not entry.title:
            continue
        if entry.file not in bodies:
            if not entry.file:
                # A title without a place is that of what follows.
                waiting.append((entry.depth, entry.title))
            continue
        place = _place(bodies[entry.file], entry.anchor)
        found, others = _heading_at(bodies[entry.file], place, entry.title)
        if found is not None and found not in levels and not waiting:
            levels[found] = entry.depth
            skipped |= set(others)
            if others or not _alike(_said(found), entry.title):
                titles[found] = ((entry.depth, entry.title),)
                skipped.add(found)
        elif found is not None and found not in levels:
            titles[found] = tuple(waiting)
            levels[found] = entry.depth
        else:
            start = place if place is not None else _first(bodies[entry.file])
            titles[start] = (*titles.get(start, ()), *waiting, (entry.depth, entry.title))
        waiting = []
    return Outline(levels, titles, frozenset(skipped))


def _place(body: Node, anchor: str) -> Node | None:
    if not anchor:
        return None
    return next((node for node in body.iter() if anchor in (node.get("id"), node.get("name"))), None)


def _first(body: Node) -> Node:
    """The first element of a page; the page where it has none."""
    return next((each for each in body if local(each)), body)


def _said(node: Node) -> str:
    return re.sub(r"\W+", "", "".join(node.itertext())).casefold()


def _alike(text: str, title: str) -> bool:
    return bool(text) and text == re.sub(r"\W+", "", title).casefold()


def _heading_at(body: Node, place: Node | None, title: str) -> tuple[Node | None, tuple[Node, ...]]:
    """The element at a place that says a title, and those behind it that say the rest of it."""
    near = _near(body, place)
    for at, node in enumerate(near):
        text = _said(node)
        if _alike(text, title):
            return node, ()
        both = text + (_said(near[at + 1]) if at + 1 < len(near) else "")
        if text and at + 1 < len(near) and _alike(both, title):
            return near[at], (near[at + 1],)
    # A heading that words it in another way (第一章 for 第一章 起风) is it all the same.
    first = near[0] if near else None
    if first is not None and _HEADING.fullmatch(local(first).lower()):
        text, wanted = _said(first), re.sub(r"\W+", "", title).casefold()
        if text and (text in wanted or wanted in text):
            return first, ()
    return None, ()


def _near(body: Node, place: Node | None) -> list[Node]:
    """The first paragraphs and headings with text from a place on, the one around it first."""
    around = None
    if place is not None:
        chain = (place, *place.iterancestors())
        around = next((e for e in chain if local(e).lower() in _TEXTS and not _holds(e)), None)
    found: list[Node] = [around] if around is not None and _said(around) else []
    is_on = place is None
    for node in body.iter():
        is_on = is_on or node is place
        if is_on and local(node).lower() in _TEXTS and node not in found and not _holds(node) and _said(node):
            found.append(node)
        if len(found) >= _NEAR:
            break
    return found


def _holds(node: Node) -> bool:
    return any(local(each).lower() in _TEXTS for each in node.iter() if each is not node)
