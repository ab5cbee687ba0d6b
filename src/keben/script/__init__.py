"""convert: a composition → the same composition in its edition's script.

1. The edition's languages and vocabulary decide the OpenCC configurations (`plan`, `engine`).
2. Each document's texts are gathered into runs, over inline markup (`runs`), converted as wholes, and cut where the
   markup was (`borders`).
3. Quotation marks follow the edition, with a stack (`quotes`).
4. Titles, metadata and the theme's words are converted too; what an edition says anew stays.
"""

from dataclasses import replace

from keben.errors import Finding
from keben.model import Composition, Conversion, Edition, Metadata
from keben.script.documents import convert_document, convert_text

__all__ = ["convert"]


def convert(composition: Composition) -> Conversion:
    """Convert every document of a composition, its metadata and its words.

    Raises:
        MachineError: OpenCC's code and dictionaries are of different versions.
    """
    edition = composition.edition
    metadata = _metadata(composition.metadata, edition)
    findings: list[Finding] = []
    documents = []
    for document in composition.documents:
        converted, found = convert_document(document, edition)
        if document.kind == "titlepage":
            converted = replace(converted, title=metadata.title)
        documents.append(converted)
        findings += found
    return Conversion(
        replace(
            composition,
            edition=replace(edition, metadata=metadata),
            metadata=metadata,
            documents=tuple(documents),
            words={name: convert_text(word, edition) for name, word in composition.words.items()},
        ),
        tuple(findings),
    )


def _metadata(metadata: Metadata, edition: Edition) -> Metadata:
    def said(name: str, value: str) -> str:
        return value if name in metadata.own else convert_text(value, edition)

    return replace(
        metadata,
        title=said("title", metadata.title),
        subtitle=said("subtitle", metadata.subtitle),
        publisher=said("publisher", metadata.publisher),
        rights=said("rights", metadata.rights),
        description=said("description", metadata.description),
        authors=tuple(replace(person, name=said("authors", person.name)) for person in metadata.authors),
        subjects=tuple(said("subjects", subject) for subject in metadata.subjects),
    )
