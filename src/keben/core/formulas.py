"""Formulas in a tree: MathML (``math``), with their LaTeX as alternative text, and blocks of them.

A formula in a line is ``math``; one in lines of its own stands in ``div.formula``, beside its number if it has one.
"""

from collections.abc import Iterator

from keben.core.markup import Element, Node, walk

MATHML = "http://www.w3.org/1998/Math/MathML"
TAG = "math"
ALT = "alttext"
"""The attribute with the formula's LaTeX."""

BLOCK = "formula"
"""The class of the division that a formula in lines of its own stands in."""

NUMBER = "formula-number"
"""The class of the number beside it."""

ASKED = "data-number"
"""The attribute of a block that asks for a number: empty, or the number as it is written (``\\tag``)."""

COUNTED = "#"
"""What a block asks for that is to be counted."""


def is_formula(node: Node) -> bool:
    """Whether a node is a formula."""
    return isinstance(node, Element) and node.tag == TAG


def formulas_in(root: Element) -> Iterator[Element]:
    """The formulas of a tree in order."""
    return (node for node in walk(root) if node.tag == TAG)


def is_displayed(formula: Element) -> bool:
    """Whether a formula stands in lines of its own."""
    return formula.get("display") == "block"
