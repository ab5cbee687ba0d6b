"""Formulas for pages: MathML → drawings, each with its size and how deep it hangs below the line.

A formula becomes a picture in its line, sized in em, so that it is as large as the text around it. Chinese in it is
text of the drawing, set in the book's own fonts. ziamath draws it, with STIX Two Math, which it brings along.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

from keben.core.composition import Composition, Document
from keben.core.formulas import ALT, TAG, formulas_in, is_displayed
from keben.core.markup import Element, Node, serialize, transform

CLASS = "formula-drawing"
"""The class of a picture that a formula became."""


def with_drawn_formulas(composition: Composition) -> Composition:
    """A composition whose formulas are pictures, and the drawings that these show."""
    if not any(True for document in composition.texts for _ in formulas_in(document.root)):
        return composition
    drawings: dict[str, Document] = {}

    def draw(node: Element) -> Node:
        if node.tag != TAG:
            return node
        made = _drawn(node)
        drawings.setdefault(made.path, Document(made.path, "drawing", node.get(ALT), made.root))
        return made.picture

    documents = tuple(
        document if document.is_drawn else replace(document, root=transform(document.root, draw))
        for document in composition.documents
    )
    return replace(composition, documents=(*documents, *drawings.values()))


@dataclass(frozen=True, slots=True)
class _FormulaPicture:
    path: str
    root: Element
    picture: Element


def _drawn(formula: Element) -> _FormulaPicture:
    from keben.typeset.formulas.drawing import draw_formula

    found = draw_formula(formula)
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
    return _FormulaPicture(path, found.root, picture)
