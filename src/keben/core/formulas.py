"""Formulas in a tree: MathML (``math``), with their LaTeX as alternative text, and blocks of them.

A formula in a line is ``math``; one in lines of its own stands in ``div.formula``, beside its number if it has one.
"""

from collections.abc import Iterator

from keben.core.markup import Element, walk

MATHML = "http://www.w3.org/1998/Math/MathML"
TAG = "math"
ALT = "alttext"
"""The attribute with the formula's LaTeX."""

BLOCK = "formula"
"""The class of the division that a formula in lines of its own stands in."""

NUMBER = "formula-number"
"""The class of the number beside it."""

BARE = "formula-ref"
"""The class of a reference that says a formula's number as it is beside that: （1-1）."""

NUMBERED = "numbered"
"""The class of a block that has a number."""

ASKED = "data-equation"
"""The attribute of a block that asks for a number: empty, or the number as it is written (``\\tag``)."""

COUNTED = "#"
"""What a block asks for that is to be counted."""


def formulas_in(root: Element) -> Iterator[Element]:
    """The formulas of a tree in order."""
    return (node for node in walk(root) if node.tag == TAG)


def is_displayed(formula: Element) -> bool:
    """Whether a formula stands in lines of its own."""
    return formula.get("display") == "block"


_SPACES = "\u2061\u2062\u2063\u2064\u200b\ufeff"
_TOKENS = frozenset(("mi", "mn", "mo", "ms", "mtext"))


def signs_of(formula: Element) -> str:
    """A formula's visible characters, sorted: what it is known by where it is written in another way.

    What stands over or under a part as its accent, bar or brace does not count: each way has its own signs for it.
    """
    return "".join(sorted(_signs(formula)))


def _signs(node: Element) -> Iterator[str]:
    if node.tag in _TOKENS:
        for child in node.children:
            if isinstance(child, str):
                yield from (sign for sign in child if not sign.isspace() and sign not in _SPACES)
        return
    parts = [child for child in node.children if isinstance(child, Element)]
    for at, part in enumerate(parts):
        if not (at == 1 and is_accented(node)):
            yield from _signs(part)


def is_accented(node: Element) -> bool:
    """Whether the second part of ``mover`` or ``munder`` is an accent, a bar or a brace of the first."""
    if node.tag not in ("mover", "munder") or len(node.children) != 2:
        return False
    said = node.children[1]
    if not isinstance(said, Element) or said.tag != "mo":
        return False
    text = "".join(child for child in said.children if isinstance(child, str))
    return text in ACCENTS or text in BARS or text in BRACES


ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c",
    "˘": "\u0306", "´": "\u0301", "`": "\u0300", "˚": "\u030a", "⃗": "\u20d7", "→": "\u20d7", "←": "\u20d6",
    "⃛": "\u20db", "⃜": "\u20dc", "↔": "\u20e1",
}  # fmt: skip
"""Accents of MathML, with those that combine with a letter."""

BARS = frozenset("\u00af\u203e\u0332\u0305_")
BRACES = frozenset("⏞⏟⎴⎵⏜⏝")
