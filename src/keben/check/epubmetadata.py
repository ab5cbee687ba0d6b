"""Proof that an EPUB's package says who wrote the book, what it is called and in which language it is."""

from collections.abc import Iterator

from keben.check.blame import FAULT
from keben.check.container import Container, find
from keben.core.composition import Composition
from keben.core.errors import Finding, Place
from keben.core.saying import wording


def metadata_findings(composition: Composition, container: Container, name: str) -> Iterator[Finding]:
    """The package's title, language and persons."""
    data = composition.metadata

    def said(path: str) -> list[str]:
        return ["".join(node.itertext()).strip() for node in find(container.package, path)]

    persons = said("//dc:creator | //dc:contributor")
    for what, value, values in (
        (wording("title"), data.title, said("//dc:title")),
        (wording("language"), composition.edition.language, said("//dc:language")),
        *((wording("person"), person.name, persons) for person in data.authors),
    ):
        if squeezed(value) not in [squeezed(each) for each in values]:
            found = "”, “".join(values)
            message = wording(
                "The package says the {what} “{found}”, not “{value}”.", what=what, found=found, value=value
            )
            place = Place(f"{name}!{container.package_path}")
            yield Finding(place, "changed-metadata", message, FAULT)


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())
