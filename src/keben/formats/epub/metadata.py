"""What the package document says of the book (EPUB 3.3, section 5.5; EPUB Accessibility 1.1)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field

from keben.core.cataloguing import AccessClaims
from keben.core.composition import Composition
from keben.core.formulas import TAG
from keben.core.isbn import urn_of
from keben.core.markup import Element, walk
from keben.core.metadata import Metadata, Person
from keben.core.relators import main_roles
from keben.core.values import dataclass

IBOOKS_FONTS = "ibooks:specified-fonts"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """An element of the metadata: Dublin Core's (``dc:title``), a ``link``, or a ``meta`` (its property)."""

    name: str
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def describe(
    composition: Composition,
    *,
    has_cover: bool,
    motions: Collection[str] = (),
    has_pages: bool = False,
    has_fonts: bool = False,
) -> tuple[PackageEntry, ...]:
    """Every entry, in order; identifier, language and ``dcterms:modified`` are the writer's.

    ``motions``: what the pictures of the package do (``none``, ``moving``, ``flashing``); ``has_pages``: whether it
    says where the pages of a printed edition begin; ``has_fonts``: whether it has fonts.
    """
    accessibility = _accessibility(composition, has_cover=has_cover, motions=motions)
    pages = _pages(composition) if has_pages else ()
    # Apple Books shows a book's own fonts only where it says so (Apple Books Asset Guide, Fonts).
    fonts = (PackageEntry(IBOOKS_FONTS, "true"),) if has_fonts else ()
    return (*_catalogue(composition), *accessibility, *pages, *fonts)


def _pages(composition: Composition) -> Iterator[PackageEntry]:
    """Which edition's pages are marked (EPUB Accessibility 1.1, 3.3.4): by its ISBN, else in words."""
    data = composition.metadata
    number = data.isbns.print or data.isbns.pdf
    yield PackageEntry("schema:accessibilityFeature", "pageBreakMarkers")
    yield PackageEntry("schema:accessibilityFeature", "pageNavigation")
    yield PackageEntry("pageBreakSource", urn_of(number) if number else f"{data.title} (PDF)")


def _is_isbn(identifier: str) -> PackageEntry:
    """That an element holds an ISBN of 13 digits (ONIX code list 5)."""
    return PackageEntry("identifier-type", "15", {"refines": f"#{identifier}", "scheme": "onix:codelist5"})


def _catalogue(composition: Composition) -> Iterator[PackageEntry]:
    data = composition.metadata
    if data.identifier_of("epub").startswith("urn:isbn:"):
        yield _is_isbn("id")
    yield PackageEntry("dc:title", data.title, {"id": "title"})
    yield PackageEntry("title-type", "main", {"refines": "#title"})
    if data.title_file_as:
        yield PackageEntry("file-as", data.title_file_as, {"refines": "#title"})
    if data.subtitle:
        yield PackageEntry("dc:title", data.subtitle, {"id": "subtitle"})
        yield PackageEntry("title-type", "subtitle", {"refines": "#subtitle"})
    yield from _persons(data)
    for tag, value in (
        ("dc:publisher", data.publisher),
        ("dc:date", data.date),
        ("dc:description", data.description),
        ("dc:rights", data.rights),
    ):
        if value:
            yield PackageEntry(tag, value)
    if data.isbns.print and data.isbns.print != data.isbns.epub:
        # The printed book that this one is the same text as (EPUB 3.3, 5.5.3.2.6).
        yield PackageEntry("dc:source", urn_of(data.isbns.print), {"id": "source"})
        yield _is_isbn("source")
    if data.is_sample:
        yield PackageEntry("dc:type", "preview")
    yield from (PackageEntry("dc:source", each) for each in data.source)
    yield from _subjects(data)
    yield from _identifiers(data)
    yield from _series(data)
    if data.version:
        yield PackageEntry("schema:version", data.version)


def _persons(data: Metadata) -> Iterator[PackageEntry]:
    """Each person once, with all that they did, in the order in which they come first."""
    main = main_roles([person.role for person in data.authors])
    roles: dict[str, list[Person]] = {}
    for person in data.authors:
        roles.setdefault(person.name, []).append(person)
    for number, (name, several) in enumerate(roles.items(), 1):
        kind = "creator" if any(person.role in main for person in several) else "contributor"
        here = f"{kind}{number}"
        yield PackageEntry(f"dc:{kind}", name, {"id": here})
        for role in dict.fromkeys(person.role for person in several):
            yield PackageEntry("role", role, {"refines": f"#{here}", "scheme": "marc:relators"})
        file_as = next((person.file_as for person in several if person.file_as), "")
        if file_as:
            yield PackageEntry("file-as", file_as, {"refines": f"#{here}"})
        yield PackageEntry("display-seq", str(number), {"refines": f"#{here}"})


def _subjects(data: Metadata) -> Iterator[PackageEntry]:
    """Each subject, with its code where it has one (EPUB 3.3, D.3.3 and D.3.15)."""
    codes = {number: code for number, code in enumerate(data.subject_codes) if code.code}
    for number, subject in enumerate(data.subjects):
        if number not in codes:
            yield PackageEntry("dc:subject", subject)
            continue
        here = f"subject{number + 1}"
        yield PackageEntry("dc:subject", subject, {"id": here})
        yield PackageEntry("authority", codes[number].authority, {"refines": f"#{here}"})
        yield PackageEntry("term", codes[number].code, {"refines": f"#{here}"})


def _identifiers(data: Metadata) -> Iterator[PackageEntry]:
    """The identifiers beside the package's own; of DOIs and ISBNs that they are such (ONIX code list 5)."""
    for number, identifier in enumerate(data.identifiers, 2):
        here = f"identifier{number}"
        yield PackageEntry("dc:identifier", identifier, {"id": here})
        kinds = {"doi:": "06", "urn:isbn:": "15", "urn:": "22"}
        code = next((code for begin, code in kinds.items() if identifier.lower().startswith(begin)), "")
        if code:
            refines = {"refines": f"#{here}", "scheme": "onix:codelist5"}
            yield PackageEntry("identifier-type", code, refines)


def _series(data: Metadata) -> Iterator[PackageEntry]:
    """The collections that the book belongs to (EPUB 3.3, D.3.4 to D.3.7)."""
    for number, series in enumerate(data.series, 1):
        here = f"collection{number}"
        yield PackageEntry("belongs-to-collection", series.title, {"id": here})
        yield PackageEntry("collection-type", "set" if series.is_set else "series", {"refines": f"#{here}"})
        if series.number:
            yield PackageEntry("group-position", series.number, {"refines": f"#{here}"})
        if series.issn:
            yield PackageEntry("dcterms:identifier", f"urn:issn:{series.issn}", {"refines": f"#{here}"})


def _accessibility(
    composition: Composition, *, has_cover: bool, motions: Collection[str]
) -> Iterator[PackageEntry]:
    """What is really there, and no claim beyond it: a person must have looked to say that a standard is met."""
    nodes = [
        node for document in composition.documents if document.kind != "cover" for node in walk(document.root)
    ]
    pictures = [node for node in nodes if node.tag == "img"]
    yield PackageEntry("schema:accessMode", "textual")
    if pictures or has_cover:
        yield PackageEntry("schema:accessMode", "visual")
    if all(picture.get("alt").strip() for picture in pictures):
        yield PackageEntry("schema:accessModeSufficient", "textual")
    for feature in _features(nodes, pictures):
        yield PackageEntry("schema:accessibilityFeature", feature)
    claims = composition.metadata.claims
    for hazard in claims.hazards or _hazards(motions):
        yield PackageEntry("schema:accessibilityHazard", hazard)
    summary = claims.summary or composition.words["accessibility_summary"]
    yield PackageEntry("schema:accessibilitySummary", summary)
    yield from _conformance(claims)


def _conformance(claims: AccessClaims) -> Iterator[PackageEntry]:
    """The standard that somebody says the book meets, and who (EPUB Accessibility 1.1, 4.2 and 4.3)."""
    if not claims.conforms_to:
        return
    yield PackageEntry("dcterms:conformsTo", claims.conforms_to, {"id": "conformance"})
    if claims.certified_by:
        yield PackageEntry(
            "a11y:certifiedBy", claims.certified_by, {"refines": "#conformance", "id": "certifier"}
        )
        if claims.credential:
            yield PackageEntry("a11y:certifierCredential", claims.credential, {"refines": "#certifier"})
        if claims.report:
            attributes = {"rel": "a11y:certifierReport", "refines": "#certifier", "href": claims.report}
            yield PackageEntry("link", "", attributes)


def _hazards(motions: Collection[str]) -> tuple[str, ...]:
    """Nothing in the package runs, sounds or moves but animated pictures, and what these do is counted or not known."""
    if "flashing" in motions:
        return "flashing", "noSoundHazard"
    return ("unknown",) if "moving" in motions else ("none",)


def _features(nodes: Iterable[Element], pictures: Iterable[Element]) -> Iterator[str]:
    """Terms of the W3C's Schema.org Accessibility Properties vocabulary."""
    yield "tableOfContents"
    yield "readingOrder"
    yield "displayTransformability"
    tags = {node.tag for node in nodes}
    if tags & _HEADINGS:
        yield "structuralNavigation"
    alternatives = [picture.get("alt").strip() for picture in pictures]
    if alternatives and all(alternatives):
        yield "alternativeText"
    if "ruby" in tags:
        yield "rubyAnnotations"
    if TAG in tags:
        yield "MathML"
