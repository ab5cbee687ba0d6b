"""The identifiers of a book's editions: which ISBN is whose, and UUIDs for what has none.

Each format of a book is a publication of its own and has its own number (ISO 2108; ISBN Users' Manual, 7th edition,
section 5: e-books and printed books, and e-books in formats that are sold apart).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from keben.core.errors import Finding, Place
from keben.core.isbn import NO_ISBNS, Isbns, read_isbn, urn_of
from keben.core.media import Medium
from keben.core.toml.places import KeyPath
from keben.core.toml.schema import Locate
from keben.core.variants import plain
from keben.project.settings.catalogue import CatalogueWords

NAMESPACE = uuid.UUID("5a1c2a0e-6d0b-5d0e-9b55-0c1f4b1d2c71")
"""The namespace (RFC 9562, version 5) of identifiers that an edition does not name itself."""

_CALLED: Mapping[Medium, str] = {"epub": "EPUB", "pdf": "PDF", "print": "printed book"}

_USES: Mapping[Medium, frozenset[Medium]] = {
    "epub": frozenset(("epub",)),
    "pdf": frozenset(("pdf", "print")),
    "print": frozenset(("print", "epub")),
}
"""Which publications a number stands in: that of a printed book in the EPUB too, as its source; paper takes the PDF's
where it has none."""


@dataclass(frozen=True, slots=True)
class NamedEdition:
    """What an edition says of its identifiers, and what it makes."""

    name: str
    words: CatalogueWords
    media: frozenset[Medium]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """An edition's."""

    urn: str
    isbns: Isbns = NO_ISBNS


@dataclass(slots=True)
class _GivenNumbers:
    """The numbers of one table that can be used; those in a table of their own by what they are for."""

    place: Place
    bare: str = ""
    each: dict[Medium, str] = field(default_factory=dict)
    places: dict[Medium, Place] = field(default_factory=dict)


def identifiers(
    book: CatalogueWords,
    editions: Collection[NamedEdition],
    source_language: str,
    locate: Locate,
    findings: list[Finding],
) -> dict[str, Identifiers]:
    """The identifiers of each edition by its name. What is given and serves nothing is told."""
    general = _read(book, ("book",), locate, findings)
    if len(editions) > 1 and (general.bare or general.each):
        tables = ", ".join(f"[editions.{edition.name}]" for edition in editions)
        message = f"The ISBN in [book] is used by none of the {len(editions)} editions: each needs its own."
        advice = f'Move it to the table of its edition ({tables}): isbn = "…".'
        findings.append(Finding(general.place, "isbn", message, advice, "warning"))
        general = _GivenNumbers(general.place)
    given = {each.name: _read(each.words, ("editions", each.name), locate, findings) for each in editions}
    found: dict[str, Identifiers] = {}
    for each in editions:
        own = given[each.name]
        numbers = _numbers(each, own, general, findings)
        # One number for all that an edition comes in is the edition's name.
        alone = own.bare or general.bare
        urn = (
            urn_of(alone) if alone and set(numbers.values()) == {alone} else _urn(each, book, source_language)
        )
        found[each.name] = Identifiers(urn, Isbns(**numbers))
    findings += _shared(found, given, general)
    return found


def _read(words: CatalogueWords, key: KeyPath, locate: Locate, findings: list[Finding]) -> _GivenNumbers:
    told = _GivenNumbers(locate(key))
    spoken = words.identifier or ""
    bare = [("identifier", spoken)] if spoken.lower().startswith("urn:isbn:") else []
    if words.isbn is not None and words.isbn.bare:
        bare.append(("isbn", words.isbn.bare))
    for name, text in bare:
        number, place = _number(text, locate((*key, name)), findings), locate((*key, name))
        if told.bare and number and number.replace("-", "") != told.bare.replace("-", ""):
            message = "`identifier` and `isbn` name different ISBNs."
            findings.append(
                Finding(place, "isbn", message, "Leave one out, or say what each is for in `isbn`.")
            )
        elif number:
            told.bare, told.place = number, place
    for name in _CALLED if words.isbn is not None else ():
        text = getattr(words.isbn, name)
        if text is not None:
            told.places[name] = locate((*key, "isbn", name))
            if number := _number(text, told.places[name], findings):
                told.each[name] = number
                told.place = told.place if told.bare else locate((*key, "isbn"))
    return told


def _number(text: str, place: Place, findings: list[Finding]) -> str:
    number, problem = read_isbn(text)
    if problem:
        findings.append(Finding(place, "isbn", f"{problem}.", "Copy it anew from the agency's notice."))
    elif (
        sum(character.isalnum() for character in text.lower().removeprefix("urn:isbn:").removeprefix("isbn"))
        == 10
    ):
        message = f"This ISBN has 10 digits, as before 2007: {number} is used."
        findings.append(Finding(place, "old-isbn", message, "Write that one.", "notice"))
    return number


def _numbers(
    edition: NamedEdition, own: _GivenNumbers, general: _GivenNumbers, findings: list[Finding]
) -> dict[Medium, str]:
    """The number of each publication of an edition."""
    table = f"[editions.{edition.name}]"
    made = [name for name in _CALLED if name in edition.media]
    numbers = {**general.each, **own.each}
    bare = own.bare or general.bare
    rest = [name for name in made if name not in numbers]
    place = own.place if own.bare else general.place
    if bare and len(rest) > 1:
        whole = ", ".join(f'{name} = "…"' for name in rest)
        message = f"One ISBN serves {_listed([_CALLED[name] for name in rest])} of {edition.name}: each needs its own."
        advice = f"Write isbn = {{ {whole} }} in {table}, or leave out what has none."
        findings.append(Finding(place, "shared-isbn", message, advice, "warning"))
    elif bare and not rest:
        message = f"This ISBN of {edition.name} serves nothing: each format has one of its own."
        findings.append(
            Finding(place, "unused-isbn", message, f"Take it out of {table} or [book].", "warning")
        )
    for name in numbers:
        if not _USES[name] & edition.media:
            where = own.places.get(name) or general.places.get(name) or place
            message = f"The ISBN of the {_CALLED[name]} serves nothing: {edition.name} makes none."
            advice = f"Add its format to `formats` in {table}, or take the number out."
            findings.append(Finding(where, "unused-isbn", message, advice, "warning"))
    numbers |= dict.fromkeys(rest if bare else (), bare)
    if "print" in made and numbers and not (numbers.get("print") or numbers.get("pdf")):
        message = f"The printed book of {edition.name} has no ISBN, so its cover has no barcode."
        where = own.place if own.each else general.place
        findings.append(Finding(where, "no-barcode", message, f"Write isbn.print in {table}.", "notice"))
    return numbers


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _urn(edition: NamedEdition, book: CatalogueWords, source_language: str) -> str:
    own = edition.words.identifier or ""
    if own.startswith("urn:uuid:"):
        return own
    slug = edition.words.slug or book.slug or "book"
    title = plain(book.title or "", source_language)
    whole = book.identifier or f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{slug} {title}')}"
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{whole} {edition.name}')}"


def _shared(
    found: Mapping[str, Identifiers], given: Mapping[str, _GivenNumbers], general: _GivenNumbers
) -> Iterator[Finding]:
    """What is said of a number that stands for more than one publication."""
    holders: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for name, each in found.items():
        for kind in _CALLED:
            if number := getattr(each.isbns, kind):
                holders[urn_of(number)][name, kind] = None
    for holding in holders.values():
        names = list(dict.fromkeys(name for name, _ in holding))
        if len(names) > 1:
            message = f"The editions {_listed(names)} have the same ISBN."
            advice = f"Each needs its own: look at [editions.{names[-1]}]."
            yield Finding(given[names[-1]].place, "shared-isbn", message, advice, "warning")
        elif len([kind for name, kind in holding if kind in {*given[name].each, *general.each}]) > 1:
            message = f"Several formats of {names[0]} have the same ISBN."
            advice = "Agencies want one for each."
            place = (given[names[0]] if given[names[0]].each else general).place
            yield Finding(place, "shared-isbn", message, advice, "notice")
