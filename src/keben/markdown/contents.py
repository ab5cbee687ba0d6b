"""What some elements hold: which children, how many and in which order (HTML, 4.4.9, 4.4.12, 4.5.10 and 4.9.1).

Tables are put in order: HTML 4 wanted ``tfoot`` before the rows, and browsers show a table's parts in their places
wherever they stand. All else that is out of order is reported.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from keben.core.markup import Element, Node, element, transform
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.markdown.context import Context

_ORDER = {"caption": 0, "colgroup": 1, "thead": 2, "tr": 3, "tbody": 3, "tfoot": 4}
_ROWS = ("tr", "tbody")


@dataclass(frozen=True, slots=True)
class _Rule:
    letters: Mapping[str, str]
    """What stands for a child in ``pattern``, by its tag; ``x`` for text and for any other."""
    pattern: re.Pattern[str]
    message: str
    advice: str


_RULES = {
    "figure": _Rule(
        {"figcaption": "c"},
        re.compile("c?x*|x*c"),
        wording("A <figure> has one <figcaption>, at its beginning or at its end."),
        wording("Put it there."),
    ),
    "table": _Rule(
        {"caption": "c", "colgroup": "g", "thead": "h", "tbody": "b", "tr": "r", "tfoot": "f"},
        re.compile("c?g*h?(?:b*|r*)f?x*"),
        wording("A <table> has one <caption>, one <thead> and one <tfoot>."),
        wording("Take the others out, or put their rows into <tbody>."),
    ),
    "dl": _Rule(
        {"dt": "t", "dd": "d"},
        re.compile("(?:[tx]+[dx]+)*|x*"),
        wording("A <dl> has first a <dt>, and after the last <dt> a <dd>."),
        wording("Write what is missing."),
    ),
    "ruby": _Rule(
        {"rt": "t", "rp": "p"},
        re.compile("(?:x+(?:t+|p(?:tp)+))+"),
        wording("In a <ruby> each <rt> follows its characters, and nothing follows the last one."),
        wording("Put other text outside of <ruby>."),
    ),
}

_NEVER_IN = {"dfn": "dfn", "table": "caption", "footer": "footer"}
"""Elements that never stand in another one, however deep."""


def tables_in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The parts of each table in HTML's order, and its rows in groups where some of them are."""
    return transform(Element("section", {}, tuple(nodes)), _in_order).children


def _in_order(node: Element) -> Element:
    if node.tag != "table":
        return node
    parts = [child for child in node.children if isinstance(child, Element)]
    places = [_ORDER.get(part.tag, 5) for part in parts]
    mixed = len({part.tag for part in parts if part.tag in _ROWS}) > 1
    # What is no part of a table is reported by `nesting`.
    if (places == sorted(places) and not mixed) or any(
        isinstance(child, str) and child.strip() for child in node.children
    ):
        return node
    ordered = sorted(parts, key=lambda part: _ORDER.get(part.tag, 5))
    return node.with_children(_grouped(ordered) if mixed else ordered)


def _grouped(parts: Iterable[Element]) -> list[Element]:
    """Rows that stand alone, put into groups."""
    grouped: list[Element] = []
    group: list[Element] = []
    for part in (*parts, element("")):
        if part.tag == "tr":
            group.append(part)
            continue
        if group:
            grouped.append(element("tbody", {}, *group, line=group[0].line))
            group = []
        grouped.append(part)
    return grouped[:-1]


def check_contents(nodes: Iterable[Node], context: Context, line: int = 1) -> None:
    """Report children that are missing, too many, or out of order, and elements that lack an attribute."""
    _check(Element("section", {}, tuple(nodes), line), context, line, frozenset())


def _check(parent: Element, context: Context, line: int, around: frozenset[str]) -> None:
    for child in parent.children:
        if isinstance(child, str):
            continue
        here = child.line or line
        for message, advice in _faults(child, parent, around):
            context.report(here, "nesting", message, advice, f"<{child.tag}")
        _check(child, context, here, around | {child.tag})


def _faults(node: Element, parent: Element, around: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with an element by itself, and what to do."""
    rule = _RULES.get(node.tag)
    if rule and not rule.pattern.fullmatch("".join(_letter(child, rule.letters) for child in node.children)):
        yield rule.message, rule.advice
    if (outer := _NEVER_IN.get(node.tag)) in around:
        yield (
            wording("<{tag}> cannot stand in <{outer}>.", tag=node.tag, outer=outer),
            wording("Take one of them out."),
        )
    if node.tag == "rp" and any(isinstance(child, Element) for child in node.children):
        yield wording("An <rp> holds a bracket alone."), wording("Take the markup in it out.")
    if node.tag == "bdo" and not node.get("dir"):
        yield wording("<bdo> says no direction."), wording('Write dir="rtl" in it.')
    if node.tag == "li" and parent.tag == "ul" and "value" in node.attributes:
        yield (
            wording("An item of a list without numbers has no value."),
            wording("Take it out, or write <ol> for <ul>."),
        )


def _letter(node: Node, letters: Mapping[str, str]) -> str:
    if isinstance(node, str):
        return "x" if node.strip() else ""
    return letters.get(node.tag, "x")
