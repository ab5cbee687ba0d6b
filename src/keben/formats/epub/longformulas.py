"""Formulas in the text that are too long for a narrow page: in a frame of their own, in which they can be moved.

No reader breaks a formula, and what leaves the page is lost: pages do not scroll. The frame is a box in the line, and
stands on it as the formula did.
"""

from keben.core.formulas import TAG, is_displayed
from keben.core.markup import Element, Node, text_of

FRAME = "long-formula"

_LONG = 8.0
"""In em: a telephone of 360 pixels has 10 of them beside its margins, with type of 32 pixels."""

_SCRIPTS = frozenset(("msub", "msup", "msubsup", "mmultiscripts"))
_PILES = frozenset(("mfrac", "munder", "mover", "munderover", "mtable"))
_SMALL = 0.7
"""Of the type, in a script (MathML Core, 4.3)."""
_WIDTHS = {"mi": 0.55, "mn": 0.5, "mo": 0.8, "mtext": 0.5, "ms": 0.5}
"""In em, of a letter; around an operator there is some space."""
_WIDE = "\u2e80"
"""From here on letters are as wide as high."""


def with_frame(formula: Element) -> Element:
    """A formula in the text in its frame, where it is long; another element as it is."""
    if formula.tag != TAG or is_displayed(formula) or _ems(formula) <= _LONG:
        return formula
    # What can be moved is reached by the keyboard (WCAG 2.1, 2.1.1).
    return Element("span", {"class": FRAME, "tabindex": "0"}, (formula,))


def _ems(node: Node) -> float:
    """About how wide a part of a formula is."""
    if isinstance(node, str):
        return 0.0
    if (width := _WIDTHS.get(node.tag)) is not None:
        text = text_of(node).strip()
        return sum(1.0 if sign >= _WIDE else width for sign in text)
    widths = [_ems(child) for child in node.children]
    if node.tag in _SCRIPTS:
        return sum(widths[:1]) + _SMALL * max(widths[1:], default=0.0)
    if node.tag in _PILES:
        return max(widths, default=0.0)
    if node.tag == "mroot":
        return sum(widths[:1]) + 1.0
    return sum(widths) + (1.0 if node.tag == "msqrt" else 0.0)
