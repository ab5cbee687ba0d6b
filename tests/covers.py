"""Books whose covers only the engine draws."""

from dataclasses import replace

from keben.core.composition import Composition
from keben.core.markup import element


def with_circle(composition: Composition) -> Composition:
    """The book, with a circle that nobody sees on its cover: a drawing that is not plain."""
    documents = tuple(
        replace(
            document, root=document.root.with_children([*document.root.children, element("circle", None)])
        )
        if document.kind == "cover"
        else document
        for document in composition.documents
    )
    return replace(composition, documents=documents)
