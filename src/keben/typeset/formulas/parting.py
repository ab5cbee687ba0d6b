"""Where a line may end in a formula: behind a relation, and in a long one behind a plus or a minus.

TeX parts formulas in the same places (The TeXbook, chapter 18): where nothing encloses the sign. A line ends behind the
sign, which is not said again (GB 3102.11—1993).
"""

from collections.abc import Callable, Iterator, Sequence

from keben.core.formulas import is_displayed
from keben.core.markup import Element

LONG = 6.0
"""The width from which a formula may be divided, in em."""

INDENT = 2.0
"""How far the second line of a formula stands in, in em."""

_RELATIONS = frozenset("=<>≤≥≈≡∼≃≅≠≪≫∝∈∉⊂⊆⊃⊇→←↔⇒⇐⇔⟶⟵⟷⟹⟸⟺⇌≔⟂∥")
_BINARY = frozenset("+−-±∓×⋅·÷∪∩∧∨⊕⊗")
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


def parted(formula: Element, width: Callable[[Element], float]) -> tuple[Element, ...]:
    """A formula in a line as the parts that may stand in several lines; ``width`` gives a formula's, in em.

    Each part but the last ends in a sign, and says nothing of the white behind it.
    """
    if is_displayed(formula) or width(formula) < LONG:
        return (formula,)
    made = [_with(formula, piece) for piece in _pieces(formula, width, LONG)]
    return (*(_open(part) for part in made[:-1]), made[-1])


def broken(formula: Element, width: Callable[[Element], float], room: float) -> Element:
    """A formula in lines of its own, broken where it is wider than ``room``, in em; lines after the first are indented.

    One that has no place to be broken at, or that is a table of lines already, stays as it is.
    """
    if width(formula) <= room:
        return formula
    lines: list[list[Element]] = []
    for piece in _pieces(formula, width, room - INDENT):
        indent = INDENT if len(lines) > 1 else 0.0
        if lines and width(_with(formula, [*lines[-1], *piece])) + indent <= room:
            lines[-1] += piece
        else:
            lines.append(list(piece))
    if len(lines) < 2:
        return formula
    rows = [
        Element("mtr", {}, (Element("mtd", {}, (Element("mrow", {}, tuple(_indented(line, at))),)),))
        for at, line in enumerate(lines)
    ]
    table = Element(
        "mtable", {"columnalign": "left", "displaystyle": "true", "rowspacing": "0.5em"}, tuple(rows)
    )
    return formula.with_children((table,))


def _indented(line: Sequence[Element], at: int) -> Sequence[Element]:
    return [Element("mspace", {"width": f"{INDENT:g}em"}), *line] if at else line


def _pieces(
    formula: Element, width: Callable[[Element], float], longest: float
) -> Iterator[Sequence[Element]]:
    """What stands between two places where a formula may be divided; longer sums are divided too."""
    for part in _cut(_row(formula), _RELATIONS):
        if width(_with(formula, part)) < longest:
            yield part
            continue
        for term in _cut(part, _BINARY):
            # A bracket that is too long is opened.
            is_short = not is_displayed(formula) or width(_with(formula, term)) < longest
            yield from (term,) if is_short else _cut(term, _BINARY, deepest=1)


def _row(formula: Element) -> Sequence[Element]:
    """What stands side by side in a formula."""
    nodes = [child for child in formula.children if isinstance(child, Element)]
    while len(nodes) == 1 and nodes[0].tag == "mrow":
        nodes = [child for child in nodes[0].children if isinstance(child, Element)]
    return nodes


def _cut(nodes: Sequence[Element], signs: frozenset[str], deepest: int = 0) -> Iterator[Sequence[Element]]:
    """Elements in runs that end behind one of some signs, where both sides have something.

    ``deepest`` is in how many brackets such a sign may stand.
    """
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
            and depth <= deepest
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
