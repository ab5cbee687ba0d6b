"""A composition as a format reads it."""

from dataclasses import replace

from keben.core.columns import for_columns
from keben.core.composition import Composition
from keben.core.endnotes import with_endnotes, without_endnotes
from keben.core.markup import Element, transform
from keben.formats.values import Format


def read_as(composition: Composition, form: Format) -> Composition:
    """A composition without what is meant for other formats, with its notes where the edition wants them.

    In columns its numbers and capitals are upright.
    """
    composition = only(composition, form)
    composition = without_endnotes(composition) if form.has_own_notes else with_endnotes(composition)
    composition = form.reduce(composition)
    return for_columns(composition) if composition.edition.is_vertical else composition


def only(composition: Composition, form: Format) -> Composition:
    """A composition without the elements, and the front of the cover, that are meant for other formats.

    ``data-only`` names one: ``epub``; ``pdf``, with ``screen`` for what is read and ``print`` for what a printer gets.
    """

    def keep(node: Element) -> Element | None:
        if "data-only" in node.attributes and node.get("data-only") not in form.reads:
            return None
        return node.with_mapping({"data-only": None}) if "data-only" in node.attributes else node

    documents = tuple(
        replace(document, root=transform(document.root, keep))
        for document in composition.documents
        if form.shows_front or document is not composition.front
    )
    return replace(composition, documents=documents)
