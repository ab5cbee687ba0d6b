"""write_onix: Composition → the facts of each publication of an edition for the trade, in ONIX for Books 3.0.

The facts are those of ``book.toml`` and of the EPUB's own metadata. Prices and suppliers are included only if
``[onix]`` gives them: they differ by market, and often come from the publisher's own systems.

Source: ONIX for Books Product Information Message, Product Record Format Specification, release 3.0 (EDItEUR).
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from keben.core.cataloguing import AUTHORITIES, Series
from keben.core.composition import Artifact, Composition
from keben.core.language import region, script
from keben.core.markup import Element, Node, element, serialize
from keben.core.media import Medium
from keben.core.metadata import Metadata, Person
from keben.formats.onix.codes import ALTERNATIVE, CONTRIBUTORS, COUNTRIES, FORMS, OTHER, RELATIONS
from keben.formats.onix.features import accessibility
from keben.formats.onix.supply import product_supply
from keben.formats.onix.tags import tag as _tag

__all__ = ["write_onix"]

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
_MEDIA: tuple[Medium, ...] = ("epub", "pdf", "print")
_DATE_FORMS = {8: "00", 6: "01", 4: "05"}
"""List 55, by how many figures a date has."""


def write_onix(composition: Composition) -> Artifact:
    """The message of an edition, with a product for each publication that it is made as.

    Its facts: ``products``.
    """
    media = [name for name in _MEDIA if name in composition.edition.media]
    products = [_product(composition, name, media) for name in media]
    message = element(
        "ONIXMessage",
        {"release": "3.0", "xmlns": NAMESPACE},
        _header(composition),
        *(products or [_tag("NoProduct")]),
    )
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{serialize(_indented(message))}\n'
    name = f"{composition.metadata.slug}-{composition.edition.name}-onix.xml"
    return Artifact(name, composition.edition.name, "onix", text.encode(), {"products": len(products)})


def _indented(node: Element, depth: int = 1) -> Element:
    """A tree with each element on a line of its own; what holds text stays as it is."""
    if not any(isinstance(child, Element) for child in node.children):
        return node
    children: list[Node] = []
    for child in node.children:
        children += [
            "\n" + "  " * depth,
            _indented(child, depth + 1) if isinstance(child, Element) else child,
        ]
    return node.with_children((*children, "\n" + "  " * (depth - 1)))


def _header(composition: Composition) -> Element:
    data = composition.metadata
    sent = datetime.fromtimestamp(composition.epoch, UTC).strftime("%Y%m%dT%H%M%SZ")
    sender = _tag("Sender", _tag("SenderName", _publisher(data)))
    return _tag("Header", sender, _tag("SentDateTime", sent))


def _product(composition: Composition, medium: Medium, media: list[Medium]) -> Element:
    data = composition.metadata
    is_out = _figures(data.date) <= datetime.fromtimestamp(composition.epoch, UTC).strftime("%Y%m%d")
    related = [_related(data, medium, other) for other in media if other != medium and data.isbns.of(other)]
    return _tag(
        "Product",
        _tag("RecordReference", f"{data.identifier}:{medium}"),
        _tag("NotificationType", "03" if is_out else "02"),
        *_identifiers(composition, medium),
        _tag("DescriptiveDetail", *_description(composition, medium)),
        _tag("CollateralDetail", _said("03", data.description)) if data.description else None,
        _tag("PublishingDetail", *_publishing(composition, is_out=is_out)),
        _tag("RelatedMaterial", *related) if related else None,
        product_supply(composition.edition, medium, _publisher(data), _date(data), is_out=is_out),
    )


def _figures(date: str) -> str:
    return date.replace("-", "")


def _publisher(data: Metadata) -> str:
    """Whose book it is: without a publisher its author's, for a product must have one."""
    return data.publisher or next((person.name for person in data.authors), data.title)


def _identifiers(composition: Composition, medium: Medium) -> Iterator[Element]:
    """List 5: an ISBN, else what the edition is known by; further ones are the e-book's."""
    data = composition.metadata
    number = data.isbns.of(medium) or (data.isbn_of(medium) if medium == "epub" else "")
    if number:
        yield _identifier("15", number.replace("-", ""))
    elif medium == "epub" and data.identifier:
        yield _identifier("22", data.identifier)
    else:
        yield _identifier("01", f"{data.identifier}:{medium}", "Keben")
    if medium == "epub":
        for each in data.identifiers:
            if each.lower().startswith("doi:"):
                yield _identifier("06", each[4:])


def _identifier(kind: str, value: str, name: str = "") -> Element:
    named = _tag("IDTypeName", name) if name else None
    return _tag("ProductIdentifier", _tag("ProductIDType", kind), named, _tag("IDValue", value))


def _description(composition: Composition, medium: Medium) -> Iterator[Element]:
    data, edition = composition.metadata, composition.edition
    form, details = FORMS[medium]
    yield _tag("ProductComposition", "00")
    yield _tag("ProductForm", form)
    yield from (_tag("ProductFormDetail", detail) for detail in details)
    if medium == "epub":
        yield from accessibility(composition)
    if medium != "print":
        yield _tag("PrimaryContentType", "10")
    else:
        for kind, length in (("01", edition.area.height), ("02", edition.area.width)):
            yield _tag(
                "Measure",
                _tag("MeasureType", kind),
                _tag("Measurement", f"{length:g}"),
                _tag("MeasureUnitCode", "mm"),
            )
    if medium != "print":
        yield _tag("EpubTechnicalProtection", "00")
    yield from map(_collection, data.series)
    yield _tag("TitleDetail", _tag("TitleType", "01"), _title(data))
    yield from _contributors(data)
    if edition.publication.edition > 1:
        yield _tag("EditionNumber", str(edition.publication.edition))
    yield _tag(
        "Language",
        _tag("LanguageRole", "01"),
        _tag("LanguageCode", "chi"),
        _tag("ScriptCode", script(edition.language)),
    )
    yield from _subjects(data)


def _title(data: Metadata) -> Element:
    text = _tag("TitleText", data.title)
    if data.title_file_as:
        text = text.with_attributes(collationkey=data.title_file_as)
    subtitle = _tag("Subtitle", data.subtitle) if data.subtitle else None
    return _tag("TitleElement", _tag("TitleElementLevel", "01"), text, subtitle)


def _collection(series: Series) -> Element:
    identifier = (
        _tag(
            "CollectionIdentifier",
            _tag("CollectionIDType", "02"),
            _tag("IDValue", series.issn.replace("-", "").upper()),
        )
        if series.issn
        else None
    )
    part = _tag("PartNumber", series.number) if series.number else None
    title = _tag("TitleElement", _tag("TitleElementLevel", "02"), part, _tag("TitleText", series.title))
    return _tag(
        "Collection",
        _tag("CollectionType", "10"),
        identifier,
        _tag("TitleDetail", _tag("TitleType", "01"), title),
    )


def _contributors(data: Metadata) -> Iterator[Element]:
    """Each person once, in the book's order, with all that they did."""
    persons: dict[str, list[Person]] = {}
    for person in data.authors:
        persons.setdefault(person.name, []).append(person)
    for number, (name, several) in enumerate(persons.items(), 1):
        roles = dict.fromkeys(CONTRIBUTORS.get(person.role, OTHER) for person in several)
        file_as = next((person.file_as for person in several if person.file_as), "")
        said = _tag("PersonName", name)
        yield _tag(
            "Contributor",
            _tag("SequenceNumber", str(number)),
            *(_tag("ContributorRole", role) for role in roles),
            said.with_attributes(collationkey=file_as) if file_as else said,
        )
    if not persons:
        yield _tag("NoContributor")


def _subjects(data: Metadata) -> Iterator[Element]:
    """Those with a code by their scheme (list 27), the first of each as its main one; the others as keywords."""
    main: set[str] = set()
    words: list[str] = []
    for number, subject in enumerate(data.subjects):
        known = data.subject_codes[number] if number < len(data.subject_codes) else None
        if known is None or not known.code:
            words.append(subject)
            continue
        scheme = AUTHORITIES[known.authority][1]
        yield _tag(
            "Subject",
            None if known.authority in main else _tag("MainSubject"),
            _tag("SubjectSchemeIdentifier", scheme or "24"),
            None if scheme else _tag("SubjectSchemeName", known.authority),
            _tag("SubjectCode", known.code),
            None if subject == known.code else _tag("SubjectHeadingText", subject),
        )
        main.add(known.authority)
    if words:
        heading = _tag("SubjectHeadingText", "; ".join(words))
        yield _tag("Subject", _tag("SubjectSchemeIdentifier", "20"), heading)


def _said(kind: str, text: str) -> Element:
    """A text of list 153 for everybody."""
    plain = re.sub(r"\s+", " ", text).strip()
    return _tag(
        "TextContent",
        _tag("TextType", kind),
        _tag("ContentAudience", "00"),
        _tag("Text", plain, textformat="06"),
    )


def _publishing(composition: Composition, *, is_out: bool) -> Iterator[Element]:
    data = composition.metadata
    record = composition.edition.publication
    if data.publisher:
        yield _tag("Imprint", _tag("ImprintName", data.publisher))
    yield _tag("Publisher", _tag("PublishingRole", "01"), _tag("PublisherName", _publisher(data)))
    if record.place:
        yield _tag("CityOfPublication", record.place)
    yield _tag("CountryOfPublication", COUNTRIES[region(composition.edition.language)])
    yield _tag("PublishingStatus", "04" if is_out else "02")
    date = _date(data)
    if date is not None:
        yield _tag("PublishingDate", _tag("PublishingDateRole", "01"), date)


def _date(data: Metadata) -> Element | None:
    """The date of publication."""
    figures = _figures(data.date)
    form = _DATE_FORMS.get(len(figures))
    return _tag("Date", figures, dateformat=form) if form else None


def _related(data: Metadata, medium: Medium, other: Medium) -> Element:
    return _tag(
        "RelatedProduct",
        _tag("ProductRelationCode", RELATIONS.get((medium, other), ALTERNATIVE)),
        _identifier("15", data.isbns.of(other).replace("-", "")),
    )
