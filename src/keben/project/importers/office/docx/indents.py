"""How far a paragraph of Word's is set in: by its properties (ECMA-376 part 1, 17.3.1.12), and by spaces."""

import re

from keben.project.importers.office.archives import Node, attribute
from keben.project.importers.office.rich import Runs

_USUAL = 10.5
"""Points: the size of a text that says none."""
_TWIPS = 20
"""To a point."""
_SIDES = (("left", 1), ("start", 1), ("firstLine", 1), ("hanging", -1))
_LEAD = re.compile(r"[\s\u3000]*")


def indent_of(node: Node | None, points: float) -> int:
    """What properties set the first line in by, in half-width columns of a text of so many points."""
    return max(0, round(sum(sign * _columns(node, name, points or _USUAL) for name, sign in _SIDES)))


def _columns(node: Node | None, name: str, points: float) -> float:
    """One measure of an indent; that in hundredths of a character counts before that in twips."""
    characters, twips = (_number(attribute(node, key)) for key in (f"{name}Chars", name))
    return characters / 50 if characters else twips / _TWIPS / points * 2


def _number(text: str) -> float:
    return float(text) if re.fullmatch(r"-?\d{1,6}", text) else 0.0


def lead_of(runs: Runs) -> int:
    """The half-width columns of the spaces that a paragraph begins with."""
    first = next((run for run in runs if run.kind != "anchor"), None)
    if first is None or first.kind != "text":
        return 0
    lead = _LEAD.match(first.text)
    return sum(2 if sign in "\u3000\t" else 1 for sign in (lead[0] if lead else ""))
