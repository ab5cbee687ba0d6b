"""What the package document says of the book (EPUB 3.3, section 5.5; EPUB Accessibility 1.1)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from keben.core.composition import Composition
from keben.core.formulas import TAG
from keben.core.isbn import urn_of
from keben.core.markup import Element, walk
from keben.core.relators import main_roles

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """An element of the metadata: Dublin Core's (``dc:title``), or a ``meta`` (its property)."""

    name: str
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def describe(
    composition: Composition, *, has_cover: bool, motions: Collection[str] = ()
) -> tuple[PackageEntry, ...]:
    """Every entry, in order; identifier, language and ``dcterms:modified`` are the writer's.

    ``motions``: what the pictures of the package do (``none``, ``moving``, ``flashing``).
    """
    accessibility = _accessibility(composition, has_cover=has_cover, motions=motions)
    return (*_catalogue(composition), *accessibility)


def _is_isbn(identifier: str) -> PackageEntry:
    """That an element holds an ISBN of 13 digits (ONIX code list 5)."""
    return PackageEntry("identifier-type", "15", {"refines": f"#{identifier}", "scheme": "onix:codelist5"})


def _catalogue(composition: Composition) -> Iterator[PackageEntry]:
    data = composition.metadata
    if data.identifier_of("epub").startswith("urn:isbn:"):
        yield _is_isbn("id")
    yield PackageEntry("dc:title", data.title, {"id": "title"})
    yield PackageEntry("title-type", "main", {"refines": "#title"})
    if data.subtitle:
        yield PackageEntry("dc:title", data.subtitle, {"id": "subtitle"})
        yield PackageEntry("title-type", "subtitle", {"refines": "#subtitle"})
    main = main_roles([person.role for person in data.authors])
    for number, person in enumerate(data.authors, 1):
        kind = "creator" if person.role in main else "contributor"
        name = f"{kind}{number}"
        yield PackageEntry(f"dc:{kind}", person.name, {"id": name})
        yield PackageEntry("role", person.role, {"refines": f"#{name}", "scheme": "marc:relators"})
        if person.file_as:
            yield PackageEntry("file-as", person.file_as, {"refines": f"#{name}"})
        yield PackageEntry("display-seq", str(number), {"refines": f"#{name}"})
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
    for subject in data.subjects:
        yield PackageEntry("dc:subject", subject)
    if data.version:
        yield PackageEntry("schema:version", data.version)


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
    for hazard in _hazards(motions):
        yield PackageEntry("schema:accessibilityHazard", hazard)
    yield PackageEntry("schema:accessibilitySummary", composition.words["accessibility_summary"])


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
