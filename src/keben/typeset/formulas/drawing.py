"""One formula as an SVG, by ziamath: paths for its signs, text for what is Chinese."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from keben.core.formulas import is_displayed
from keben.core.markup import Element, Node
from keben.core.values import dataclass
from keben.typeset.formulas.nodes import formula_class

SIZE = 100.0
"""The size that formulas are drawn in, in the drawing's own units to the em."""

_HAN = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b")
_EM = re.compile(r"(-?[\d.]+)em")
_ZIAMATH_EM = 0.75
"""An em of ours in ziamath's, which takes a point for a pixel and a third."""

_BESIDE = {"munder": "msub", "mover": "msup", "munderover": "msubsup"}
_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"))
_MOVING = frozenset("∑∏∐⋀⋁⋂⋃⨀⨁⨂⨄⨆⨅⊕⊗⊙⊎")
"""Operators whose limits stand beside them in a line of text (MathML Core, B.3: movablelimits)."""

_LONG = {"→": "⟶", "←": "⟵", "↔": "⟷", "⇒": "⟹", "⇐": "⟸", "⇔": "⟺", "⇌": "⇌", "⇋": "⇋", "=": "="}
"""Arrows that words stand on, as they are drawn."""
_BAR = "―"
"""What ziamath draws as a line over or under all that stands there."""

_MARGIN = 0.02
"""White around a drawing, in em: curves reach a little over the boxes that fonts give."""


@dataclass(frozen=True, slots=True)
class FormulaDrawing:
    """A formula's drawing, and its size in em."""

    root: Element
    width: float
    height: float
    depth: float
    """How far it reaches below the line that it stands on."""


def draw_formula(formula: Element) -> FormulaDrawing:
    """Draw a formula."""
    math = formula_class()(_tree(formula), size=SIZE, margin=0)
    box = math.node.bbox
    svg = ET.Element("svg")
    math.node.draw(0.0, 0.0, svg)
    left, right = min(box.xmin, 0.0), max(box.xmax, 1.0)
    top, bottom = max(box.ymax, 1.0), min(box.ymin, 0.0)
    edge = _MARGIN * SIZE
    width, height = right - left + 2 * edge, top - bottom + 2 * edge
    view = f"{left - edge:.2f} {-top - edge:.2f} {width:.2f} {height:.2f}"
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": view,
        "width": f"{width:.2f}",
        "height": f"{height:.2f}",
    }
    root = Element("svg", attributes, tuple(_shapes(svg)))
    return FormulaDrawing(root, width / SIZE, height / SIZE, (edge - bottom) / SIZE)


def draw_latex(latex: str) -> FormulaDrawing:
    """The LaTeX itself, where a formula cannot be drawn."""
    height, step = 1.2, 0.62
    width = step * max(len(latex), 1)
    view = f"0 {-0.95 * SIZE:.2f} {width * SIZE:.2f} {height * SIZE:.2f}"
    size = {"width": f"{width * SIZE:.2f}", "height": f"{height * SIZE:.2f}"}
    text = Element(
        "text", {"x": "0", "y": "0", "font-size": f"{SIZE:.0f}", "font-family": "monospace"}, (latex,)
    )
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": view, **size}, (text,))
    return FormulaDrawing(root, width, height, height - 0.95)


def _shapes(node: ET.Element) -> Iterator[Element]:
    for child in node:
        children: tuple[Node, ...] = (*((child.text,) if child.text else ()), *_shapes(child))
        yield Element(child.tag, dict(child.attrib), children)


def _tree(formula: Element) -> ET.Element:
    """MathML as ziamath reads it."""
    displayed = is_displayed(formula)
    root = ET.Element("math", {"display": "block" if displayed else "inline"})
    root.extend(_nodes(formula.children, displayed))
    return root


def _nodes(nodes: tuple[Node, ...], displayed: bool) -> Iterator[ET.Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield from _node(node, displayed)


def _node(node: Element, displayed: bool) -> Iterator[ET.Element]:
    text = "".join(child for child in node.children if isinstance(child, str))
    said = {
        name: _EM.sub(_em, value) for name, value in node.attributes.items() if name not in ("id", "class")
    }
    if node.tag in ("mi", "mn", "mo", "ms", "mtext"):
        yield from _token(node.tag, said, text)
        return
    node = _with_long_arrow(node)
    displayed = said.get("displaystyle", "true" if displayed else "false") == "true"
    made = ET.Element(
        _BESIDE.get(node.tag, node.tag) if _has_moved_limits(node, displayed) else node.tag, said
    )
    for child in node.children:
        if isinstance(child, Element):
            # What a fraction or a script holds is set small, a table's cells too unless the table says otherwise.
            inner = (
                displayed and node.tag not in ("mfrac", "mtable") and not (made.tag in _SCRIPTS and len(made))
            )
            inner = inner or (node.tag == "mtable" and said.get("displaystyle") == "true")
            made.extend(_node(child, inner))
    yield made


def _with_long_arrow(node: Element) -> Element:
    """An arrow with words on it as a long one; ziamath stretches none."""
    parts = [child for child in node.children if isinstance(child, Element)]
    if node.tag not in _BESIDE or not parts or parts[0].tag != "mo":
        return node
    arrow = "".join(child for child in parts[0].children if isinstance(child, str))
    if arrow not in _LONG or parts[0].get("stretchy") == "false":
        return node
    labels = [_without_room(part) for part in parts[1:]]
    return node.with_children((parts[0].with_children((_LONG[arrow],)), *labels))


def _without_room(label: Element) -> Element:
    """A label without the blank over or under it by which browsers make its arrow long."""
    parts = [child for child in label.children if isinstance(child, Element)]
    is_held = len(parts) == 2 and label.tag in ("mover", "munder") and parts[1].tag == "mspace"
    return parts[0] if is_held else label


def _has_moved_limits(node: Element, displayed: bool) -> bool:
    """Whether what belongs above and below an operator stands beside it, as in a line of text."""
    base = node.children[0] if node.children else ""
    if displayed or node.tag not in _BESIDE or not isinstance(base, Element) or base.tag != "mo":
        return False
    text = "".join(child for child in base.children if isinstance(child, str))
    return base.get("movablelimits") != "false" and text in _MOVING


def _token(tag: str, said: dict[str, str], text: str) -> Iterator[ET.Element]:
    """A token; of one with Chinese in it, each run by itself."""
    text = "".join(sign for sign in text if sign not in _INVISIBLE)
    if tag == "mo" and text == "\u00af" and said.get("stretchy") == "true":
        text = _BAR
    parts = re.split(f"((?:{_HAN.pattern})+)", text)
    if len(parts) == 1:
        made = ET.Element(tag, said)
        made.text = text
        yield made
        return
    row = ET.Element("mrow")
    for index, part in enumerate(parts):
        if part:
            child = ET.SubElement(row, "chinese" if index % 2 else tag, {} if index % 2 else said)
            child.text = part
    yield row


def _em(match: re.Match[str]) -> str:
    return f"{float(match[1]) * _ZIAMATH_EM:.4f}em"
