"""The tree that chapters and documents are made of, and its XHTML text.

Names are kept as they are written (``epub:type``, ``svg``, ``viewBox``); nothing here knows namespaces or HTML's
content model. The text that `serialize` gives is XML that an HTML parser reads the same way.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import TypeAlias
from xml.parsers import expat

from keben.core.foreign import foreign
from keben.core.saying import wording
from keben.core.values import dataclass

LINE_ATTRIBUTE = "data-line"
"""How a block's source line travels through a template's text."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "circle",
        "ellipse",
        "line",
        "path",
        "polygon",
        "polyline",
        "rect",
        "stop",
        "use",
    ]
)
"""Elements written as ``<br/>``: HTML's void elements, and SVG's that have no content here."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "svg",
        "text",
        "title",
        "desc",
    ]
)
"""Elements that end a run of text: what stands before one and after it is never one phrase."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element: its tag, its attributes in order, its children, and the source line it came from (0: none)."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple["Node", ...] = ()
    line: int = 0

    def __reduce__(self) -> tuple[type["Element"], tuple[object, ...]]:
        # Trees are kept and sent to processes: this is thrice as fast as a dataclass's own way.
        return Element, (self.tag, self.attributes, self.children, self.line)

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute, or ``default``."""
        return self.attributes.get(name, default)

    @property
    def classes(self) -> frozenset[str]:
        """The names in the ``class`` attribute."""
        return frozenset(self.get("class").split())

    def with_attributes(self, **changes: str | None) -> "Element":
        """The element with attributes set, or removed where the value is None. ``_`` in a name stands for ``-``."""
        return self.with_mapping({name.replace("_", "-"): value for name, value in changes.items()})

    def with_mapping(self, changes: Mapping[str, str | None]) -> "Element":
        """As `with_attributes`, for names that Python cannot spell (``epub:type``)."""
        merged: dict[str, str | None] = {**self.attributes, **changes}
        kept = {name: value for name, value in merged.items() if value is not None}
        return Element(self.tag, kept, self.children, self.line)

    def with_children(self, children: Iterable["Node"]) -> "Element":
        """The element with other children."""
        return Element(self.tag, self.attributes, tuple(children), self.line)


Node: TypeAlias = Element | str

_WHITE = {9: "&#9;", 10: "&#10;", 13: "&#13;"}


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Node, line: int = 0) -> Element:
    """Make an element without spelling out the empty parts."""
    return Element(tag, dict(attributes or {}), children, line)


def walk(node: Node) -> Iterator[Element]:
    """Every element of a tree in document order, the root first."""
    waiting = [] if isinstance(node, str) else [node]
    while waiting:
        found = waiting.pop()
        yield found
        for child in reversed(found.children):
            if not isinstance(child, str):
                waiting.append(child)  # noqa: PERF401 - the hottest loop of all; a list for each element takes longer


def text_of(node: Node | Iterable[Node]) -> str:
    """The text of a tree, as it is; ruby text and fallback parentheses (``rt``, ``rp``) are left out.

    A formula (``math``) says its LaTeX.
    """
    if isinstance(node, str):
        return node
    if isinstance(node, Element):
        if node.tag == "math":
            return node.get("alttext")
        return "" if node.tag in ("rt", "rp") else "".join(text_of(child) for child in node.children)
    return "".join(text_of(child) for child in node)


def transform(root: Element, change: Callable[[Element], Node | Iterable[Node] | None]) -> Element:
    """A tree rebuilt from its leaves up.

    ``change`` gets each element below the root with its children already changed, and gives what stands in its
    place: a node, several, or None for nothing.
    """
    children: list[Node] = []
    for child in root.children:
        if isinstance(child, str):
            children.append(child)
            continue
        # Most elements of a book hold one text, and nothing below them changes.
        below = child.children
        leaf = not below or (len(below) == 1 and isinstance(below[0], str))
        changed = change(child if leaf else transform(child, change))
        if changed is None:
            continue
        if isinstance(changed, str | Element):
            children.append(changed)
        else:
            children.extend(changed)
    return root.with_children(children)


def serialize(node: Node | Iterable[Node], *, lines: bool = False) -> str:
    """The XHTML text of a tree; with ``lines`` each source line goes along in `LINE_ATTRIBUTE`."""
    if isinstance(node, str):
        return escape(node, quote=False)
    if not isinstance(node, Element):
        return "".join([serialize(child, lines=lines) for child in node])
    attributes = "".join(f' {name}="{_escaped(value)}"' for name, value in node.attributes.items())
    if lines and node.line:
        attributes += f' {LINE_ATTRIBUTE}="{node.line}"'
    if node.tag in VOID and not node.children:
        return f"<{node.tag}{attributes}/>"
    inner = "".join([serialize(child, lines=lines) for child in node.children])
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"


def _escaped(value: str) -> str:
    """An attribute's value. A parser would make spaces of tabs and new lines in it (XML 1.0, 3.3.3)."""
    text = escape(value)
    return text.translate(_WHITE) if any(sign in text for sign in "\t\n\r") else text


class MarkupError(ValueError):
    """Text that is not well-formed; ``line`` and ``column`` count from 1 in that text."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def parse(text: str) -> Element:
    """The tree of a well-formed XML text with one root element; comments and the XML declaration are dropped.

    Raises:
        MarkupError: the text is not well-formed, or has a document type (entities are never expanded).
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    stack: list[tuple[str, dict[str, str], list[Node]]] = [("", {}, [])]

    def start(tag: str, pairs: list[str]) -> None:
        stack.append((tag, dict(zip(pairs[::2], pairs[1::2], strict=True)), []))

    def end(_tag: str) -> None:
        tag, attributes, children = stack.pop()
        line = attributes.pop(LINE_ATTRIBUTE, "0")
        stack[-1][2].append(Element(tag, attributes, tuple(children), int(line) if line.isdigit() else 0))

    def data(value: str) -> None:
        stack[-1][2].append(value)

    def doctype(*_: object) -> None:
        raise MarkupError(
            wording("a document type is not allowed"),
            parser.CurrentLineNumber,
            parser.CurrentColumnNumber + 1,
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise MarkupError(foreign(expat.ErrorString(error.code)), error.lineno, error.offset + 1) from None
    root = stack[0][2][0]
    assert isinstance(root, Element)  # noqa: S101 - expat accepts exactly one root element
    return root
