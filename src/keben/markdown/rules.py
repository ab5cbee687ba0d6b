"""Rules of variants in titles, headings and captions, which the book repeats in other places than their chapter.

A heading stands in the contents, in running heads and in references of other chapters too, where the rules of its
chapter do not hold. So what a rule says of it is written into it, as a variant of its own.
"""

import re

from keben.core.markup import Element, Node
from keben.core.variants import OPEN, Variant, enclose, split

_REPEATED = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "figcaption"))
_NO_PROSE = frozenset(("code", "kbd", "pre", "rp", "rt", "samp"))


def settle_rules(
    title: tuple[Node, ...], body: tuple[Node, ...]
) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """A chapter's title and blocks with the forms of rules at their terms in what is repeated; the rules stay."""
    settling = _SettlingTerms()
    settled = tuple(settling.visit(node, repeated=True) for node in title)
    return settled, tuple(settling.visit(node, repeated=False) for node in body)


class _SettlingTerms:
    """Goes through a chapter in order, and knows the rules so far."""

    def __init__(self) -> None:
        self.rules: dict[str, Variant] = {}

    def visit(self, node: Node, *, repeated: bool) -> Node:
        if isinstance(node, str):
            return self.text(node, repeated) if OPEN in node or (repeated and self.rules) else node
        is_foreign = node.tag in _NO_PROSE or bool(node.get("lang"))
        here = (repeated or node.tag in _REPEATED) and not is_foreign
        children = tuple(self.visit(child, repeated=here) for child in node.children)
        return node if children == node.children else Element(node.tag, node.attributes, children, node.line)

    def text(self, text: str, repeated: bool) -> str:
        parts: list[str] = []
        for piece in split(text):
            if isinstance(piece, Variant):
                if piece.kind == "rule":
                    self.rules[piece.text] = piece
                parts.append(enclose(piece))
            elif repeated and self.rules:
                terms = sorted(self.rules, key=len, reverse=True)
                parts.append(re.sub("|".join(map(re.escape, terms)), self.replaced, piece))
            else:
                parts.append(piece)
        return "".join(parts)

    def replaced(self, match: re.Match[str]) -> str:
        return enclose(Variant("choose", self.rules[match[0]].forms, match[0]))
