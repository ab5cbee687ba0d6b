"""MathML that a chapter brings as raw HTML (``<math>…</math>``) → a formula, as one in LaTeX becomes.

Its alternative text is what it says itself: ``alttext``, or the LaTeX that stands beside it (``annotation``), else its
signs.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from keben.core.formulas import is_displayed
from keben.core.markup import Element, MarkupError, Node, parse, text_of, walk
from keben.core.patterns import later
from keben.core.saying import wording
from keben.markdown.mathml import math_element, read_mathml, with_entities
from keben.markdown.rawpieces import take_block, take_inline

MATHS = re.compile(r"<math(?=[\s>])[^<>]*>.*?</math\s*>", re.DOTALL | re.IGNORECASE)
"""A formula from its tag to the one that closes it."""

_DISPLAYED = re.compile(
    r"""<math[^<>]*\s(?:display\s*=\s*["']?block|mode\s*=\s*["']?display)""", re.IGNORECASE
)
_TAG = later(r"<(/?)(?:m:|mml:)?([A-Za-z-]+)")
_LATEX = frozenset(("application/x-tex", "latex", "tex"))
_UNREAD = frozenset(("annotation", "annotation-xml", "script", "style"))
_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))


def use_raw_maths(markdown: MarkdownIt) -> None:
    """Give a parser the rule by which a formula is one piece of raw HTML."""
    markdown.block.ruler.before("html_block", "raw_maths_block", _raw_maths_block, {"alt": ["paragraph"]})
    markdown.inline.ruler.before("html_inline", "raw_maths", _raw_maths)


def _raw_maths_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A displayed formula by itself."""
    if state.is_code_block(start):
        return False
    at = state.bMarks[start] + state.tShift[start]
    match = MATHS.match(state.src, at) if state.src.startswith("<", at) else None
    if match is None or not _DISPLAYED.match(match[0]) or "\n\n" in match[0]:
        return False
    return take_block(state, start, end, match.end(), silent)


def _raw_maths(state: StateInline, silent: bool) -> bool:
    match = MATHS.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    return match is not None and take_inline(state, match.end(), silent)


def raw_formula(html: str) -> Element:
    """The formula of a ``math`` element.

    Raises:
        MarkupError: it is not well-formed, or holds nothing that is known.
    """
    text = _TAG.sub(lambda match: f"<{match[1]}{match[2].lower()}", html)
    root = parse(with_entities(text))
    latex = next((text_of(node).strip() for node in walk(root) if _is_latex(node)), "")
    settled = root.with_children(_settled(root.children))
    children = read_mathml(settled)
    if not children:
        raise MarkupError(wording("It holds no MathML that is known."), 1, 1)
    said = " ".join((root.get("alttext") or latex or text_of(settled.children)).split())
    displayed = is_displayed(root) or root.get("mode") == "display"
    return math_element(children, displayed=displayed, latex=said)


def _is_latex(node: Element) -> bool:
    return node.tag == "annotation" and node.get("encoding").lower() in _LATEX


def _settled(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Elements without white at the edges of their texts and without what only programs read; fences as operators."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node.tag in _TOKENS:
            yield node.with_children((" ".join(text_of(node).split()),))
        elif node.tag == "mfenced":
            yield Element("mrow", {}, tuple(_fenced(node)))
        elif node.tag not in _UNREAD:
            yield node.with_children(_settled(node.children))


def _fenced(node: Element) -> Iterator[Element]:
    """What an ``mfenced`` stands for (MathML 3, 3.3.8)."""
    separators = "".join(node.attributes.get("separators", ",").split())
    inner = [child for child in _settled(node.children) if isinstance(child, Element)]
    yield Element("mo", {"stretchy": "true"}, (node.attributes.get("open", "("),))
    for at, child in enumerate(inner):
        if at and separators:
            yield Element("mo", {}, (separators[min(at, len(separators)) - 1],))
        yield child
    yield Element("mo", {"stretchy": "true"}, (node.attributes.get("close", ")"),))
