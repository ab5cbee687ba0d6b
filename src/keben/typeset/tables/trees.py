"""A table's tree as a page needs it: its rows in groups, its numbers known, a head for the pages that it goes on to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from keben.core.markup import Element, Node, element, text_of, transform, walk
from keben.core.values import dataclass

CONTINUED = "continued"
"""The class of a head's row that stands only where a table goes on from the page before."""

POINT = "data-point"
"""The attribute of a cell that holds a number and stands in a column of numbers: where its decimal point would be."""

_SAID = "data-continued"
"""What that row says."""

_WHOLE_ROWS = 8
"""Rows of a table that is not divided between two pages."""

_SHARE = 0.6
"""Of a column's cells: so many are numbers where it is one of numbers."""

_LEAST = 2
"""Numbers that stand below one another."""

_NUMBER = re.compile(
    r"(?P<whole>[¥￥$€£＄]?[+\-−–±≈~<>≤≥]?[¥￥$€£]?\d(?:[\d,\u2009\u202f\u00a0]|(?<=\d) (?=\d{3}))*)"
    r"(?P<part>(?:\.\d+)?(?:\s?(?:[%‰℃°]|[^\W\d_]{1,3}))?[*†‡]*)"
)
"""A number with its sign, its currency and its unit."""

_BLANK = re.compile(r"[—–―\-−－…]{1,2}|[/／]")
"""What stands in the place of a number that is not known, or does not exist."""

_PARTED = re.compile(r"[+\-−±]?\d[\d.,]*(?:(?:[ \u00a0\u2009\u202f](?=\d{3}(?!\d))|[/×:∶~–\-−])\d[\d.,]*)+%?")
"""A number that a line could end in: 1 000 000, 3/4, 1:50, 2×10, 3–5."""

_LONGEST = 10
"""Characters: what is longer is a formula, and may be divided."""


@dataclass(frozen=True, slots=True)
class _PlacedCell:
    row: int
    column: int
    span: int
    node: Element


def table_for_pages(table: Element) -> Element:
    """A ``table`` as a page needs it.

    Of class ``decimal``: numbers stand with their points below one another also in columns that hold mostly text.
    """
    made = _with_row_group(table)
    made = transform(_with_numbers(made, is_decimal="decimal" in table.classes), _with_whole_numbers)
    if sum(row.tag == "tr" for row in walk(table)) > _WHOLE_ROWS:
        return made
    return _with_class(made, "whole")


def with_its_classes(figure: Element) -> Element:
    """A ``figure`` whose table has of its classes those that a table understands."""
    if "table" not in figure.classes or "decimal" not in figure.classes:
        return figure
    return figure.with_children(
        _with_class(child, "decimal") if isinstance(child, Element) and child.tag == "table" else child
        for child in figure.children
    )


def with_figures(node: Element) -> Element:
    """A node whose own tables that are to move stand each in a figure, as those with a caption do."""
    if node.tag == "figure":
        return node
    return node.with_children(
        _in_figure(child) if isinstance(child, Element) else child for child in node.children
    )


def _in_figure(node: Element) -> Element:
    names = node.classes & {"wide", "float"}
    if node.tag != "table":
        return node
    captions = [child for child in node.children if isinstance(child, Element) and child.tag == "caption"]
    if not names and not captions:
        return node
    table = node.with_children(child for child in node.children if child not in captions)
    said = [replace(caption, tag="figcaption") for caption in captions]
    return element("figure", {"class": " ".join(["table", *sorted(names)])}, *said, table)


def continuing(figure: Element, word: str) -> Element:
    """A ``figure`` of a table whose head says, where it goes on from the page before, which table it is.

    ``word``: what is said of its number, as ``续{number}``.
    """
    caption = next((part for part in walk(figure) if part.tag == "figcaption"), None)
    if "table" not in figure.classes or caption is None:
        return figure
    number = next((text_of(part.children).strip() for part in walk(caption) if "number" in part.classes), "")
    title = text_of(_without(node, "number", "footnote", "noteref") for node in caption.children).strip()
    said = "\u3000".join(part for part in (word.format(number=number) if number else "", title) if part)

    def name(node: Node) -> Node:
        return _with_continued(node, said) if isinstance(node, Element) and node.tag == "table" else node

    return figure.with_children(map(name, figure.children)) if said else figure


def _without(node: Node, *names: str) -> Node:
    if isinstance(node, str):
        return node
    return (
        ""
        if node.classes.intersection(names)
        else node.with_children(_without(child, *names) for child in node.children)
    )


def _with_class(node: Element, name: str) -> Element:
    return node.with_attributes(**{"class": " ".join([*node.get("class").split(), name])})


def _with_row_group(table: Element) -> Element:
    """A table whose rows stand in a ``tbody``, as HTML has it: a tagged table needs one (ISO 14289-1, 7.2)."""
    children: list[Node] = []
    rows: list[Node] = []
    for child in (*table.children, None):
        if isinstance(child, Element) and child.tag == "tr":
            rows.append(child)
            continue
        if rows:
            children.append(element("tbody", None, *rows))
        rows = []
        if child is not None:
            children.append(child)
    return table.with_children(children)


def _with_continued(table: Element, said: str) -> Element:
    """A table whose head begins with a row that says which table goes on here."""
    columns = max((cell.column + cell.span for cell in _cells(table)), default=1)
    span = {"colspan": str(columns)} if columns > 1 else {}
    row = element("tr", {"class": CONTINUED}, element("td", {**span, _SAID: said}))
    children = list(table.children)
    for at, child in enumerate(children):
        if isinstance(child, Element) and child.tag == "thead":
            children[at] = child.with_children([row, *child.children])
            return _with_class(table.with_children(children), CONTINUED)
    first = next(
        (
            at
            for at, child in enumerate(children)
            if isinstance(child, Element) and child.tag in ("tbody", "tfoot")
        ),
        None,
    )
    if first is None:
        return table
    children.insert(first, element("thead", None, row))
    return _with_class(table.with_children(children), CONTINUED)


def _cells(table: Element) -> Iterator[_PlacedCell]:
    """The cells of a table's own rows, each in its column."""
    taken: dict[tuple[int, int], bool] = {}
    for row, node in enumerate(_rows(table)):
        column = 0
        for child in node.children:
            if not (isinstance(child, Element) and child.tag in ("td", "th")):
                continue
            while taken.get((row, column)):
                column += 1
            span, down = _count(child.get("colspan")), _count(child.get("rowspan"))
            yield _PlacedCell(row, column, span, child)
            taken |= {(row + y, column + x): True for y in range(down) for x in range(span)}
            column += span


def _rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.children if isinstance(row, Element) and row.tag == "tr")


def _count(said: str) -> int:
    return min(1000, max(1, int(said))) if said.isascii() and said.isdigit() else 1


def _with_numbers(table: Element, *, is_decimal: bool) -> Element:
    """A table whose cells of numbers, in columns of numbers, say where their point is.

    A dash in the place of a number stands where its last whole figure would.
    """
    columns: dict[int, list[tuple[Element, re.Match[str] | None]]] = {}
    for cell in _cells(table):
        text = _text(cell.node)
        if cell.node.tag == "td" and cell.span == 1 and text:
            columns.setdefault(cell.column, []).append((cell.node, _NUMBER.fullmatch(text)))
    points: dict[int, int] = {}
    for found in columns.values():
        numbers = [(node, match) for node, match in found if match is not None]
        blank = [node for node, match in found if match is None and _BLANK.fullmatch(_text(node))]
        if len(numbers) >= _LEAST and (is_decimal or len(numbers) >= _SHARE * (len(found) - len(blank))):
            points |= {id(node): match.end("whole") for node, match in numbers}
            points |= {id(node): len(_text(node)) for node in blank}

    def mark(node: Element) -> Element:
        children = [mark(child) if isinstance(child, Element) else child for child in node.children]
        made = node.with_children(children)
        return made.with_mapping({POINT: str(points[id(node)])}) if id(node) in points else made

    return mark(table) if points else table


def _text(cell: Element) -> str:
    """What a cell says, if it is text alone, or bold."""
    if any(each.tag not in ("td", "th", "strong", "em", "span", "p") for each in walk(cell)):
        return ""
    return " ".join(text_of(cell.children).split())


def _with_whole_numbers(node: Element) -> Element:
    """A cell, or a phrase in one, whose numbers are each on one line."""
    if node.tag in ("pre", "code", "svg", "math"):
        return node
    children: list[Node] = []
    for child in node.children:
        children += _parted(child) if isinstance(child, str) else [child]
    return replace(node, children=tuple(children))


def _parted(text: str) -> Sequence[Node]:
    parts: list[Node] = []
    at = 0
    for match in _PARTED.finditer(text):
        if len(match[0]) > _LONGEST:
            continue
        parts += [text[at : match.start()]] if match.start() > at else []
        parts.append(element("span", {"class": "keep"}, match[0]))
        at = match.end()
    return [*parts, text[at:]] if parts and text[at:] else parts or [text]
