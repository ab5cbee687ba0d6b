"""Formulas onto the tree: set where their LaTeX is known, printed as written where it is not."""

import re

from markdown_it.token import Token

from keben.core.formulas import ASKED, BARE, BLOCK, COUNTED
from keben.core.markup import Element, Node
from keben.markdown.dialects import LATEX, unset_formula
from keben.markdown.latex import Formula, NoFormulaError
from keben.markdown.maths import REFERENCE, maths_in, without_signs
from keben.markdown.state import State

UNSET = "math"
"""The class of LaTeX that is printed as it is written."""


def write_formula(state: State, token: Token) -> None:
    """Add a formula of a line."""
    text = token.content
    state.tree.add(formula_in_line(state, text))
    state.line += text.count("\n")


def formula_in_line(state: State, text: str) -> Node:
    """The formula that a text with its signs is. In code it is text."""
    written = state.context.clean(text.replace("\n", " "), state.line)
    if state.in_code:
        return written
    reference = REFERENCE.fullmatch(without_signs(text))
    if reference and _is_labelled(state, reference[1]):
        return Element("a", {"href": f"#{reference[1]}", "class": BARE}, (), state.line)
    if reference and reference[0] == text:
        state.context.see(LATEX, state.line, text)
        return written
    formula = _formula(state, without_signs(text), text, displayed=False)
    return formula.element if formula else Element("code", {"class": UNSET}, (written,))


def _is_labelled(state: State, name: str) -> bool:
    """Whether the chapter gives a label or an id."""
    signs = (f"\\label{{{name}}}", f"{{#{name}")
    return any(sign in line for line in state.context.lines for sign in signs)


def with_formulas(state: State, text: str) -> list[Node]:
    """A text in which formulas may stand."""
    nodes: list[Node] = []
    at = 0
    for start, end in maths_in(text).items():
        nodes += [text[at:start], formula_in_line(state, text[start:end])]
        at = end
    return [*nodes, text[at:]]


def write_formula_block(state: State, token: Token, source: str | None = None) -> None:
    """Add a formula in lines of its own. ``source``: its LaTeX, where that stands between no signs."""
    attributes = state.attributes(token)
    latex = without_signs(token.content.strip()) if source is None else source
    formula = _formula(state, latex, token.content.strip() if source is None else source, displayed=True)
    if formula is None:
        code = Element("code", {}, (state.context.clean(token.content, state.line),))
        state.tree.add(Element("pre", {"class": UNSET, **attributes}, (code,), state.line))
        return
    said = {"class": f"{BLOCK} {attributes.pop('class', '')}".strip(), **attributes}
    if formula.labels:
        said.setdefault("id", formula.labels[0])
    if formula.tag is not None or "id" in said:
        said[ASKED] = COUNTED if formula.tag is None else formula.tag
    state.tree.add(Element("div", said, (formula.element,), state.line))


def _formula(state: State, latex: str, written: str, *, displayed: bool) -> Formula | None:
    """A formula; None, with a warning, where its LaTeX is not known."""
    try:
        return state.context.latex.formula(state.context.clean(latex, state.line), displayed=displayed)
    except NoFormulaError as error:
        line = state.line + written.count("\n", 0, _offset(written, latex, error.offset))
        state.context.see(unset_formula(str(error)), line, _line_of(written, line - state.line))
        return None


def _offset(written: str, latex: str, offset: int) -> int:
    return max(written.find(latex), 0) + offset


def _line_of(text: str, number: int) -> str:
    lines = text.split("\n")
    return re.sub(r"\s+", " ", lines[min(number, len(lines) - 1)]).strip()
