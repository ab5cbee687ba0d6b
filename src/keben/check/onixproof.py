"""Proof that an ONIX message says of each publication what its composition does: title, persons and numbers."""

from collections.abc import Iterator

from lxml import etree

from keben.check.blame import FAULT
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, Place
from keben.core.foreign import foreign
from keben.core.isbn import check_isbn
from keben.core.saying import wording

_NAMES = {"o": "http://ns.editeur.org/onix/3.0/reference"}
_ISBN = "o:ProductIdentifier[o:ProductIDType='15']/o:IDValue"


def check_onix(composition: Composition, artifact: Artifact) -> tuple[Finding, ...]:
    """An error for each thing that is not as the composition has it."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        message = etree.fromstring(artifact.data, parser)
    except etree.XMLSyntaxError as error:
        text = wording("It is not well-formed ({msg}).", msg=foreign(error.msg))
        return (Finding(Place(artifact.name), "broken-onix", text, wording("Build it again.")),)
    products = message.findall("o:Product", _NAMES)
    found: list[Finding] = []
    if len(products) != len(composition.edition.media):
        text = wording(
            "It has {count} products, not {count2}.",
            count=len(products),
            count2=len(composition.edition.media),
        )
        found.append(Finding(Place(artifact.name), "lost-product", text, FAULT))
    for product in products:
        found += (
            Finding(Place(artifact.name, product.sourceline or 0), "changed-metadata", text, FAULT)
            for text in _differences(composition, product)
        )
    return tuple(found)


def _differences(composition: Composition, product: "etree._Element") -> Iterator[str]:
    data = composition.metadata
    title = "o:DescriptiveDetail/o:TitleDetail/o:TitleElement/o:TitleText"
    persons = "o:DescriptiveDetail/o:Contributor/o:PersonName"
    for what, path, wanted in (
        (wording("title"), title, [data.title]),
        (wording("persons"), persons, list(dict.fromkeys(person.name for person in data.authors))),
    ):
        there = [node.text for node in product.findall(path, _NAMES)]
        if there != wanted:
            yield wording("It says the {what} {there}, not {wanted}.", what=what, there=there, wanted=wanted)
    numbers = {data.isbns.of(medium).replace("-", "") for medium in composition.edition.media}
    numbers.add(data.isbn_of("epub").replace("-", ""))
    for node in product.findall(_ISBN, _NAMES):
        number = node.text or ""
        if check_isbn(number) or number not in numbers:
            yield wording("It has the ISBN {number}, which is not one of this edition's.", number=number)
