"""Formulas in tests: LaTeX as the tree has it."""

from keben.core.markup import Element, serialize
from keben.markdown.latex import Latex


def formula(latex: str, *, displayed: bool = False) -> Element:
    """The formula that LaTeX stands for."""
    return Latex().formula(latex, displayed=displayed).element


def written(latex: str, *, displayed: bool = False) -> str:
    """A formula as XHTML."""
    return serialize(formula(latex, displayed=displayed))
