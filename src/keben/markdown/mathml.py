"""MathML as a converter writes it → MathML that a book holds: an allow-list of elements and attributes.

Nothing in it runs, loads or links. What browsers say by styles (MathML Core) is said by attributes (MathML 3), which
validators of EPUBs, readers and Keben's own drawing know.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from keben.core.formulas import MATHML
from keben.core.markup import Element, Node, parse
from keben.core.patterns import later

_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))
_ALLOWED: Mapping[str, frozenset[str]] = {
    **{tag: frozenset(("mathvariant",)) for tag in _TOKENS},
    "mo": frozenset(
        "mathvariant form lspace rspace stretchy symmetric minsize maxsize movablelimits".split()
    ),
    "mspace": frozenset(("width", "height", "depth")),
    "mpadded": frozenset(("width", "height", "depth", "lspace", "voffset")),
    "mfrac": frozenset(("linethickness",)),
    "menclose": frozenset(("notation",)),
    "mover": frozenset(("accent",)),
    "munder": frozenset(("accentunder",)),
    "munderover": frozenset(("accent", "accentunder")),
    "mtable": frozenset(
        ("columnalign", "columnlines", "columnspacing", "displaystyle", "rowlines", "rowspacing")
    ),
    "mtd": frozenset(("columnalign", "columnspan", "rowspan")),
    "mstyle": frozenset(("displaystyle", "scriptlevel", "mathcolor")),
    **{
        tag: frozenset()
        for tag in (
            "math mrow msqrt mroot msub msup msubsup mmultiscripts mprescripts none mphantom mtr".split()
        )
    },
}
"""Elements that a formula may hold, with their attributes."""

_LENGTHS = frozenset(
    "width height depth lspace rspace voffset minsize maxsize linethickness columnspacing rowspacing".split()
)

_ENTITY = later(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)[A-Za-z0-9]+;")
_HAN = later("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_SELECTORS = later("[\ufe00-\ufe0f]")
_LENGTH = later(r"(-?[\d.]+)(rem|em|pt|px|ex|%)?")
_COLOR = later(r"color:\s*(#[0-9A-Fa-f]{6})")
_PADDING = 0.4
"""White beside a cell that says nothing, in em (MathML Core, 3.5.1.3)."""

_OVERBARS = "\u0332\u0305\u00af\u203e"


def read_mathml(math: str | Element) -> tuple[Node, ...]:
    """What a ``math`` element holds, with nothing but what is allowed.

    Raises:
        MarkupError: it is not well-formed.
    """
    root = parse(with_entities(math)) if isinstance(math, str) else math
    return tuple(_clean_all(root.children))


def with_entities(text: str) -> str:
    """XML whose named characters, such as ``&alpha;``, are spelled out."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text)


def math_element(children: Iterable[Node], *, displayed: bool, latex: str) -> Element:
    """A formula."""
    display = {"display": "block"} if displayed else {}
    return Element("math", {"xmlns": MATHML, **display, "alttext": latex}, tuple(children))


def _clean_all(nodes: Iterable[Node]) -> Iterator[Node]:
    """Elements as a book has them. Chinese letters one after the other are a word, not a product."""
    word: list[str] = []
    for node in nodes:
        for made in _cleaned(node) if isinstance(node, Element) else ():
            if made.tag == "mi" and _HAN.fullmatch(_text(made)):
                word.append(_text(made))
                continue
            if word:
                yield Element("mtext", {}, ("".join(word),))
                word = []
            yield made
    if word:
        yield Element("mtext", {}, ("".join(word),))


def _cleaned(node: Element) -> Iterator[Element]:
    """An element as a book has it; nothing, or what stood in it, where it is not allowed."""
    if node.tag in _TOKENS:
        yield from _token(node)
        return
    if node.tag == "mspace" and not node.attributes:
        return
    if "menclose-" in node.get("class"):
        # What draws a stroke where a browser does not know ``menclose``.
        return
    if node.tag == "mtable":
        yield _styled(node, _table(node))
        return
    children = tuple(_clean_all(node.children))
    if node.tag not in _ALLOWED:
        yield from (child for child in children if isinstance(child, Element))
    elif node.tag in ("mover", "munder") and _is_bar(children):
        yield Element(node.tag, {}, (children[0], Element("mo", {"stretchy": "true"}, ("\u00af",))))
    elif node.tag == "mrow" and len(children) == 1 and isinstance(children[0], Element):
        yield _styled(node, children[0])
    else:
        yield _styled(node, Element(node.tag, _attributes(node), children))


def _token(node: Element) -> Iterator[Element]:
    """A token, as several where parts of it are bold or slanted."""
    for child in node.children:
        variant = {"b": "bold", "i": "italic"}.get(child.tag, "") if isinstance(child, Element) else ""
        text = _SELECTORS.sub("", child if isinstance(child, str) else _text(child))
        said = {"mathvariant": variant} if variant else {}
        if text:
            yield _styled(node, Element(node.tag, {**_attributes(node), **said}, (text,)))
    if not node.children and node.tag != "mo":
        yield Element(node.tag, _attributes(node), ())


def _text(node: Element) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in node.children)


def _is_bar(children: Sequence[Node]) -> bool:
    last = children[-1] if len(children) == 2 else ""
    return isinstance(last, Element) and last.tag == "mo" and _text(last) in _OVERBARS


def _styled(node: Element, made: Element) -> Element:
    """What is made of an element, in its own style."""
    style = {}
    if node.tag != "mtable" and node.get("displaystyle") in ("true", "false"):
        style["displaystyle"] = node.get("displaystyle")
    if node.get("scriptlevel") in ("1", "2"):
        style["scriptlevel"] = node.get("scriptlevel")
    if color := _COLOR.search(node.get("style")):
        style["mathcolor"] = color[1]
    return Element("mstyle", style, (made,)) if style else made


def _attributes(node: Element) -> dict[str, str]:
    allowed = _ALLOWED[node.tag]
    found = {
        name: _length(value) if name in _LENGTHS else value
        for name, value in node.attributes.items()
        if name in allowed
    }
    if node.tag == "mspace" and (margin := _said(node, "margin-left")) is not None:
        found["width"] = f"{margin:g}em"
    return found


def _length(value: str) -> str:
    """A length with a unit that MathML 3 has."""
    match = _LENGTH.fullmatch(value)
    if match is None or match[2] in ("em", "pt", "px", "ex", "%"):
        return value
    return f"{float(match[1]):g}em" if match[2] == "rem" or float(match[1]) == 0 else value


def _said(node: Element, name: str) -> float | None:
    """A length that an element's style says, in em."""
    match = re.search(rf"(?:^|;)\s*{name}:\s*(-?[\d.]+)(?:em|rem)?\s*(?:;|$)", node.get("style"))
    return float(match[1]) if match else None


def _table(node: Element) -> Element:
    """A table whose columns' edges, white and lines are attributes."""
    rows = [row for row in node.children if isinstance(row, Element) and row.tag == "mtr"]
    cells = [[cell for cell in row.children if isinstance(cell, Element)] for row in rows]
    count = max((len(row) for row in cells), default=0)
    said = {"displaystyle": "true"} if node.get("displaystyle") == "true" else {}
    if count > 1:
        said["columnspacing"] = " ".join(f"{_white(cells, at):g}em" for at in range(count - 1))
        said |= _lines("columnlines", [_has_line(cells, at, "right") for at in range(count - 1)])
    if len(rows) > 1:
        is_tight = all(_said(cell, "padding-top") == 0 for row in cells for cell in row)
        said["rowspacing"] = "0.1em" if is_tight else "0.5em"
        above = [any("border-top" in cell.get("style") for cell in row) for row in cells[1:]]
        said |= _lines("rowlines", above)
    return Element("mtable", said, tuple(_row(row) for row in cells))


def _row(cells: Sequence[Element]) -> Element:
    made = []
    for cell in cells:
        aligned = re.search(r"text-align:\s*(left|right)", cell.get("style"))
        said = {"columnalign": aligned[1]} if aligned else {}
        made.append(Element("mtd", {**said, **_attributes(cell)}, tuple(_clean_all(cell.children))))
    return Element("mtr", {}, tuple(made))


def _white(cells: Sequence[Sequence[Element]], at: int) -> float:
    """The white between a column and the next."""
    left = next((_said(row[at], "padding-right") for row in cells if len(row) > at), None)
    right = next((_said(row[at + 1], "padding-left") for row in cells if len(row) > at + 1), None)
    return (_PADDING if left is None else left) + (_PADDING if right is None else right)


def _has_line(cells: Sequence[Sequence[Element]], at: int, side: str) -> bool:
    return any(f"border-{side}" in row[at].get("style") for row in cells if len(row) > at)


def _lines(name: str, drawn: Sequence[bool]) -> dict[str, str]:
    return {name: " ".join("solid" if line else "none" for line in drawn)} if any(drawn) else {}
