"""SVG: an allow-list of what draws, printed again as UTF-8; what a book may not bring is left out and reported.

1. `svgreading` gives a tree of the elements and attributes that are known.
2. Ids are made unique and valid, and references are led to them; what they lead to is counted, so that a few lines
   cannot draw for hours.
3. Styles lose what reaches out (`svgstyle`), and embedded pictures are checked as others are.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from keben.core.css import CSSError
from keben.core.drawing import with_ground
from keben.core.markup import Element, Node, serialize, transform, walk
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.pictures.svgnames import REFERRING, SHAPES, SVG, XLINK
from keben.pictures.svgreading import MOST_ELEMENTS, SVGError, read_svg
from keben.pictures.svgstyle import Styled, StyleRule, clean_declarations, clean_sheet, clean_value
from keben.pictures.svgtexts import in_its_room

MANY = 20_000
"""Drawn elements from which on a PDF takes long."""

_CHAIN = 60
"""How many references may lead on from one to the next."""

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
_VERTEX = re.compile(r"[MLHVCSQTAZmlhvcsqtaz]|[-+.\d]+[ ,]+[-+.\d]+")

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not know (XML 1.0, 2.2); escapes of CSS can bring them."""

_NOT_DRAWN = frozenset("defs desc linearGradient radialGradient stop style title".split())
"""Elements that have no fill, stroke or marker of their own: a rule of a style that may be for them draws nothing."""

Embed = Callable[[str], str | None]
"""Gives a ``data:`` URL of a picture, or of the one that a path leads to, as a book takes it; None where it is none."""


@dataclass(frozen=True, slots=True)
class CleanSVG:
    """An SVG as it goes into a book."""

    data: bytes
    left_out: tuple[str, ...]
    """What it lost, as messages say it: ``<script>``, ``<animate> (3 times)``."""
    drawn: int
    """How many elements are drawn, with what they refer to."""
    on_white: bytes
    """The same before a white ground, for screens that may be black."""


def clean_svg(data: bytes, embed: Embed, converted: Element | None = None) -> CleanSVG:
    """An SVG with nothing in it but what draws; ``converted`` is its tree with other words.

    Raises:
        SVGError: it is not an SVG, or it draws too much.
    """
    read = read_svg(data)
    left_out = read.left_out
    root, names = _with_ids(in_its_room(read.root, converted) if converted else read.root)
    cleaning = _Cleaning(names, embed, left_out)
    root = transform(cleaning.element(root) or root, cleaning.element)
    root = _without_loops(root, cleaning.rules, left_out)
    drawn = _cost(root, cleaning.rules)
    if drawn > MOST_ELEMENTS:
        message = wording(
            "This SVG draws more than {most_elements} shapes, those that it repeats counted.",
            most_elements=MOST_ELEMENTS,
        )
        raise SVGError(message, wording("Simplify it, or save it as PNG."))
    spaces = {"xmlns": SVG}
    if any("xlink:href" in node.attributes for node in walk(root)):
        spaces["xmlns:xlink"] = XLINK
    root = Element("svg", {**spaces, **root.attributes}, root.children)
    return CleanSVG(_printed(root), tuple(_said(left_out)), drawn, _printed(with_ground(root)))


def _printed(root: Element) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{_NOT_XML.sub("", serialize(root))}\n'.encode()


def _said(left_out: Counter[str]) -> Iterator[str]:
    for what, count in left_out.items():
        yield what if count == 1 else wording("{what} ({count} times)", what=what, count=count)


def _with_ids(root: Element) -> tuple[Element, Mapping[str, str]]:
    """The tree with ids that are valid and unique, and the new id of each old one: the first element's that has it."""
    names: dict[str, str] = {}
    taken = {node.get("id") for node in walk(root) if _ID.fullmatch(node.get("id"))}
    seen: set[str] = set()
    number = 0

    def settle(node: Element) -> Element:
        nonlocal number
        old = node.attributes.get("id")
        if old is None:
            return node
        if old in seen:
            return node.with_mapping({"id": None})
        seen.add(old)
        new = old
        while not _ID.fullmatch(new) or (new != old and new in taken):
            number += 1
            new = f"id-{number}"
        taken.add(new)
        names[old] = new
        return node.with_mapping({"id": new})

    def visit(node: Node) -> Node:
        return node if isinstance(node, str) else settle(node).with_children(map(visit, node.children))

    made = visit(root)
    return (made if isinstance(made, Element) else root), names


class _Cleaning:
    """Settles references, styles and embedded pictures, element by element."""

    def __init__(self, names: Mapping[str, str], embed: Embed, left_out: Counter[str]) -> None:
        self.names = names
        self.embed = embed
        self.left_out = left_out
        self.rules: list[StyleRule] = []

    def element(self, node: Element) -> Element | None:
        if node.tag == "style":
            return self.sheet(node)
        changes: dict[str, str | None] = {}
        for name, value in node.attributes.items():
            if name == "xlink:href":
                changes[name] = self.link(node, value)
            elif name in REFERRING and value:
                changes[name] = clean_value(name, value, self.fragment)
            elif name == "translate":
                changes[name] = None  # What it says is said to the conversion; SVG 1.1 has no such attribute.
            elif name == "style":
                changes[name] = self.noted(clean_declarations(value, self.fragment)).text or None
        node = node.with_mapping(changes)
        needs_link = node.tag in ("use", "image", "textPath")
        return None if needs_link and "xlink:href" not in node.attributes else node

    def sheet(self, node: Element) -> Element | None:
        text = "".join(child for child in node.children if isinstance(child, str))
        try:
            styled = self.noted(clean_sheet(text, self.fragment))
        except CSSError as error:
            raise SVGError(
                wording("A style of this SVG cannot be read: {error}.", error=error),
                wording("Save it again."),
                node.line,
            ) from None
        self.rules += styled.rules
        return Element("style", {"type": "text/css"}, (styled.text,)) if styled.text else None

    def noted(self, styled: Styled) -> Styled:
        self.left_out.update(styled.left_out)
        return styled

    def fragment(self, target: str) -> str | None:
        """Where a ``url()`` leads: to an element of the drawing, or nowhere."""
        if target.startswith("#") and target[1:] in self.names:
            return f"#{self.names[target[1:]]}"
        if target.startswith("#"):
            self.left_out[
                wording("a reference to “{target}”, which is not in it", target=_short(target))
            ] += 1
        elif _is_data(target):
            clean = self.embed(target)
            if clean is not None:
                return clean
            self.left_out[wording("an embedded file that is not a picture")] += 1
        else:
            self.left_out[wording("a reference to “{target}”", target=_short(target))] += 1
        return None

    def link(self, node: Element, target: str) -> str | None:
        if node.tag == "g":
            return None  # It was a link: what it holds is shown.
        if node.tag == "image" and target.startswith("#"):
            self.left_out[wording("a picture from “{target}”", target=_short(target))] += 1
            return None
        if node.tag != "image" and _is_data(target):
            self.left_out[wording("a reference to embedded data")] += 1
            return None
        # A picture beside the drawing comes into it: neither an e-reader nor a PDF looks for another file.
        return (node.tag == "image" and self.embed(target)) or self.fragment(target)


def _is_data(target: str) -> bool:
    return target[:5].lower() == "data:"


def _short(target: str) -> str:
    line = " ".join(target.split())
    return line if len(line) <= 60 else f"{line[:60]}…"


def _targets(node: Element, rules: list[StyleRule]) -> Iterator[tuple[str, int]]:
    """The ids that an element draws with, each with how many times it is drawn."""
    for name, value in node.attributes.items():
        for target in _ids_in(name, value):
            yield target, _vertices(node) if name.startswith("marker") or name == "style" else 1
    for rule in rules if node.tag not in _NOT_DRAWN else ():
        if rule.fits(node):
            for target in rule.targets:
                yield target, _vertices(node)


def _ids_in(name: str, value: str) -> list[str]:
    if name == "xlink:href":
        return [value[1:]] if value.startswith("#") else []
    return re.findall(r"url\(#([^)]*)\)", value) if name in REFERRING or name == "style" else []


def _vertices(node: Element) -> int:
    return len(_VERTEX.findall(node.get("d") + node.get("points"))) or 1


def _without_loops(root: Element, rules: list[StyleRule], left_out: Counter[str]) -> Element:
    """The tree without references that lead back to where they stand."""
    looping = _loops(root, rules)
    if not looping:
        return root
    if any(looping & set(rule.targets) for rule in rules):
        raise SVGError(
            wording("A style of this SVG draws an element with itself."),
            wording("Save it again as plain SVG."),
        )

    def cut(node: Element, *, inside: bool) -> Element | None:
        inside = inside or node.get("id") in looping
        lost = [
            name for name, value in node.attributes.items() if inside and looping & set(_ids_in(name, value))
        ]
        if lost:
            left_out[wording("a reference to itself")] += 1
            if node.tag == "use":
                return None
            node = node.with_mapping(dict.fromkeys(lost))
        children = (child if isinstance(child, str) else cut(child, inside=inside) for child in node.children)
        return node.with_children(child for child in children if child is not None)

    return cut(root, inside=False) or root


def _loops(root: Element, rules: list[StyleRule]) -> set[str]:
    """The ids of elements that are drawn in themselves."""
    edges: dict[str, set[str]] = {}

    def visit(node: Element) -> set[str]:
        below = {target for target, _ in _targets(node, rules)}
        for child in node.children:
            if isinstance(child, Element):
                below |= visit(child)
        if below and node.get("id"):
            edges[node.get("id")] = set(below)
        return below

    visit(root)
    found: set[str] = set()
    while True:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            cycle = set(error.args[1])
            found |= cycle
            for name in edges:
                edges[name] -= cycle
        else:
            return found


def _cost(root: Element, rules: list[StyleRule]) -> int:
    """How many elements are drawn, at most a few more than `MOST_ELEMENTS`; the tree has no loops."""
    by_id = {node.get("id"): node for node in walk(root) if node.get("id")}
    known: dict[str, tuple[int, int]] = {}

    def of(node: Element, chain: int) -> tuple[int, int]:
        """What a node draws, and how many references lead on from one to the next in it."""
        total = longest = 0
        for each in walk(node):
            total += each.tag in SHAPES
            for target, times in _targets(each, rules):
                if target in by_id and target not in known and chain <= _CHAIN:
                    known[target] = of(by_id[target], chain + 1)
                cost, length = known.get(target, (0, 0))
                total += times * cost
                longest = max(longest, length + 1)
            if total > MOST_ELEMENTS:
                break
        if max(longest, chain) > _CHAIN:
            message = wording(
                "More than {chain} references of this SVG lead on from one to the next.", chain=_CHAIN
            )
            raise SVGError(message, wording("Save it as plain SVG, without clones."))
        return total, longest

    return of(root, 0)[0]
