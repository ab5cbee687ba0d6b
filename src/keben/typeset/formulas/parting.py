"""Where a line may end in a formula: behind a relation, and in a long one behind a plus or a minus.

TeX parts formulas in the same places (The TeXbook, chapter 18): where nothing encloses the sign.
"""

from collections.abc import Callable, Iterator, Sequence

from keben.core.formulas import is_displayed
from keben.core.markup import Element

LONG = 6.0
"""The width from which a formula may be parted, in em."""

_RELATIONS = frozenset("=<>≤≥≈≡∼≃≅≠≪≫∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔⟶⟵⟷⟹⟸⟺⇌≔⟂∥")
_BINARY = frozenset("+−-±∓×⋅·÷∪∩∧∨⊕⊗")
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


def parted(formula: Element, width: Callable[[Element], float]) -> tuple[Element, ...]:
    """A formula in a line as the parts that may stand in several lines; ``width`` gives a formula's, in em.

    Each part but the last ends in a sign, and says nothing of the white behind it.
    """
    if is_displayed(formula) or width(formula) < LONG:
        return (formula,)
    nodes = _row(formula)
    made: list[Element] = []
    for part in _cut(nodes, _RELATIONS):
        whole = _with(formula, part)
        if width(whole) < LONG:
            made.append(whole)
        else:
            made += (_with(formula, piece) for piece in _cut(part, _BINARY))
    return (*(_open(part) for part in made[:-1]), made[-1])


def _row(formula: Element) -> Sequence[Element]:
    """What stands side by side in a formula."""
    nodes = [child for child in formula.children if isinstance(child, Element)]
    while len(nodes) == 1 and nodes[0].tag == "mrow":
        nodes = [child for child in nodes[0].children if isinstance(child, Element)]
    return nodes


def _cut(nodes: Sequence[Element], signs: frozenset[str]) -> Iterator[Sequence[Element]]:
    """Elements in runs that end behind one of some signs, where both sides have something."""
    run: list[Element] = []
    depth = 0
    for at, node in enumerate(nodes):
        run.append(node)
        sign = _sign(node)
        depth += (sign in _OPENING) - (sign in _CLOSING)
        is_last = at + 1 == len(nodes)
        if (
            sign
            and sign in signs
            and len(run) > 1
            and depth <= 0
            and not is_last
            and not _is_sign_beside(nodes, at)
        ):
            yield run
            run = []
    if run:
        yield run


def _is_sign_beside(nodes: Sequence[Element], at: int) -> bool:
    """Whether another operator stands beside one: a minus behind an equals sign belongs to what follows."""
    around = (nodes[at - 1], nodes[at + 1])
    return any(_sign(node) in _RELATIONS | _BINARY for node in around if _sign(node))


def _sign(node: Element) -> str:
    """What an operator says; empty for other elements."""
    if node.tag != "mo":
        return ""
    return "".join(child for child in node.children if isinstance(child, str))


def _with(formula: Element, nodes: Sequence[Element]) -> Element:
    return formula.with_children(nodes)


def _open(part: Element) -> Element:
    """A part whose last sign has white before it, as between two, and none behind it."""
    last = part.children[-1]
    assert isinstance(last, Element)  # noqa: S101 - a part ends in an operator
    return part.with_children((*part.children[:-1], last.with_attributes(form="infix", rspace="0em")))
