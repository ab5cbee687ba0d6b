"""Formulas for pages: MathML → drawings, each with its size and how deep it hangs below the line.

A formula becomes a picture in its line, sized in em, so that it is as large as the text around it. Chinese in it is
text of the drawing, set in the book's own fonts. ziamath draws it, with STIX Two Math, which it includes.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from keben.core.composition import Composition, Document
from keben.core.errors import Finding, Place
from keben.core.formulas import ALT, TAG, formulas_in, is_displayed
from keben.core.markup import Element, Node, parse, serialize, transform, walk
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.formulas.drawing import FormulaDrawing, draw_formula, draw_latex
from keben.typeset.formulas.parting import broken, parted

_ASCENT = 0.88
"""Of a line's em, above where its letters stand."""

_WHOLE_LINES = "--block-step: line"
"""What a paragraph asks for with a formula that reaches over its line."""

_NARROWER = {"blockquote": 3.0, "aside": 3.0, "li": 2.0, "dd": 2.0}
"""By how much less room there is in an element, in em, as the theme has it."""

_NUMBER = 8.0
"""What a formula's number takes of its line, on both sides, in em (print.css)."""

_SIZE = re.compile(r"height: ([\d.]+)em; vertical-align: -([\d.]+)em")

CLASS = "formula-drawing"
"""The class of a picture that a formula became."""

PART = "formula-part"
"""The class of one that shows a later part of a formula."""


def with_drawn_formulas(composition: Composition) -> tuple[Composition, tuple[Finding, ...]]:
    """A composition whose formulas are pictures, and the drawings that these show.

    Gives beside it a warning for each formula that cannot be drawn; its LaTeX is printed instead.
    """
    if not any(True for document in composition.texts for _ in formulas_in(document.root)):
        return composition, ()
    findings = tuple(
        _undrawn(formula, Place(document.path or document.name, line))
        for document in composition.texts
        for formula, line in _with_lines(document.root, 0)
        if _drawn(formula).reason
    )
    drawings: dict[str, Document] = {}
    room = (composition.edition.area.leading - 1) / 2

    def draw(node: Element) -> Node | tuple[Node, ...]:
        if node.tag == "p" and any(_is_tall(part, room) for part in walk(node)):
            return node.with_attributes(style=f"{node.get('style')}; {_WHOLE_LINES}".lstrip("; "))
        if node.tag != TAG:
            return node
        shown: list[Node] = []
        for part in parted(node, _width):
            made = _drawn(part)
            drawings.setdefault(made.path, Document(made.path, "drawing", node.get(ALT), made.root))
            shown += (" ", _as_part(made.picture)) if shown else (made.picture,)
        return tuple(shown)

    documents = tuple(
        document
        if document.is_drawn
        else replace(document, root=transform(_broken(document.root, composition.edition.area.measure), draw))
        for document in composition.documents
    )
    return replace(composition, documents=(*documents, *drawings.values())), findings


def _broken(node: Element, room: float) -> Element:
    """A tree in which no displayed formula is wider than it has room, in em, where it can be broken."""
    if node.tag == TAG:
        return broken(node, _width, room) if is_displayed(node) else node
    if not any(isinstance(child, Element) for child in node.children):
        return node
    room -= _NARROWER.get(node.tag, 0.0) + (_NUMBER if "numbered" in node.classes else 0.0)
    return node.with_children(
        _broken(child, room) if isinstance(child, Element) else child for child in node.children
    )


def _with_lines(node: Element, line: int) -> Iterator[tuple[Element, int]]:
    """The formulas of a tree, each with the line of the nearest element that has one."""
    line = node.line or line
    if node.tag == TAG:
        yield node, line
        return
    for child in node.children:
        if isinstance(child, Element):
            yield from _with_lines(child, line)


def _undrawn(formula: Element, place: Place) -> Finding:
    message = wording(
        "The formula “{get}” cannot be drawn ({reason}).", get=formula.get(ALT), reason=_drawn(formula).reason
    )
    advice = wording("Its LaTeX is printed; write it otherwise.")
    return Finding(place, "formula", message, advice, "warning")


def _is_tall(node: Element, room: float) -> bool:
    """Whether a formula reaches over its line, which has so much white above and below its text, in em."""
    match = _SIZE.search(node.get("style")) if CLASS in node.classes else None
    if match is None:
        return False
    height, depth = float(match[1]), float(match[2])
    return height - depth > _ASCENT + room or depth > 1 - _ASCENT + room


@dataclass(frozen=True, slots=True)
class _FormulaPicture:
    path: str
    root: Element
    picture: Element
    reason: str = ""
    """Why its LaTeX is printed instead."""


@lru_cache(maxsize=4096)
def _made(text: str) -> tuple[FormulaDrawing, str]:
    """The drawing of a formula, as XML, and why it shows its LaTeX; empty: it does not."""
    formula = parse(text)
    try:
        return draw_formula(formula), ""
    except Exception as error:  # noqa: BLE001 - whatever the library stumbles over, the book is set
        return draw_latex(formula.get(ALT)), f"{type(error).__name__}: {error}"


def _width(formula: Element) -> float:
    return _made(serialize(formula))[0].width


def _as_part(picture: Element) -> Element:
    """The picture of a part of a formula that is not its first: that one says all of it."""
    return picture.with_attributes(**{"class": f"{picture.get('class')} {PART}", "alt": " "})


def _drawn(formula: Element) -> _FormulaPicture:
    found, reason = _made(serialize(formula))
    name = sha256(serialize(found.root).encode()).hexdigest()[:20]
    path = f"images/formula-{name}.svg"
    style = f"width: {found.width:.4f}em; height: {found.height:.4f}em; vertical-align: {-found.depth:.4f}em"
    displayed = " displayed" if is_displayed(formula) else ""
    picture = Element(
        "img",
        {"class": f"{CLASS}{displayed}", "src": path, "alt": formula.get(ALT), "style": style},
        (),
        formula.line,
    )
    return _FormulaPicture(path, found.root, picture, reason)
