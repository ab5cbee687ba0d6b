"""What the package document says of the book (EPUB 3.3, section 5.5; EPUB Accessibility 1.1)."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from keben.markup import Element, walk
from keben.model import Composition

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Entry:
    """An element of the metadata: Dublin Core's (``dc:title``), or a ``meta`` (its property)."""

    name: str
    value: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def describe(
    composition: Composition, *, has_cover: bool, motions: Collection[str] = ()
) -> tuple[Entry, ...]:
    """Every entry, in order; identifier, language and ``dcterms:modified`` are the writer's.

    ``motions``: what the pictures of the package do (``none``, ``moving``, ``flashing``).
    """
    accessibility = _accessibility(composition, has_cover=has_cover, motions=motions)
    return (*_catalogue(composition), *accessibility)


def _catalogue(composition: Composition) -> Iterator[Entry]:
    data = composition.metadata
    yield Entry("dc:title", data.title, {"id": "title"})
    yield Entry("title-type", "main", {"refines": "#title"})
    if data.subtitle:
        yield Entry("dc:title", data.subtitle, {"id": "subtitle"})
        yield Entry("title-type", "subtitle", {"refines": "#subtitle"})
    for number, person in enumerate(data.authors, 1):
        name = f"creator{number}"
        tag = "dc:creator" if person.role in ("aut", "edt", "com", "trl") else "dc:contributor"
        yield Entry(tag, person.name, {"id": name})
        yield Entry("role", person.role, {"refines": f"#{name}", "scheme": "marc:relators"})
        if person.file_as:
            yield Entry("file-as", person.file_as, {"refines": f"#{name}"})
        yield Entry("display-seq", str(number), {"refines": f"#{name}"})
    for tag, value in (
        ("dc:publisher", data.publisher),
        ("dc:date", data.date),
        ("dc:description", data.description),
        ("dc:rights", data.rights),
    ):
        if value:
            yield Entry(tag, value)
    for subject in data.subjects:
        yield Entry("dc:subject", subject)
    if data.version:
        yield Entry("schema:version", data.version)


def _accessibility(composition: Composition, *, has_cover: bool, motions: Collection[str]) -> Iterator[Entry]:
    """What is really there, and no claim beyond it: a person must have looked to say that a standard is met."""
    nodes = [
        node for document in composition.documents if document.kind != "cover" for node in walk(document.root)
    ]
    pictures = [node for node in nodes if node.tag == "img"]
    yield Entry("schema:accessMode", "textual")
    if pictures or has_cover:
        yield Entry("schema:accessMode", "visual")
    if all(picture.get("alt").strip() for picture in pictures):
        yield Entry("schema:accessModeSufficient", "textual")
    for feature in _features(nodes, pictures):
        yield Entry("schema:accessibilityFeature", feature)
    for hazard in _hazards(motions):
        yield Entry("schema:accessibilityHazard", hazard)
    yield Entry("schema:accessibilitySummary", composition.words["accessibility_summary"])


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
