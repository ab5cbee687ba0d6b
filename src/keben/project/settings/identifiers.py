"""The identifiers of a book's editions: which ISBN is whose, and UUIDs for what has none.

Each format of a book is a publication of its own and has its own number (ISO 2108; ISBN Users' Manual, 7th edition,
section 5: e-books and printed books, and e-books in formats that are sold apart).
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field

from keben.core.errors import Finding, Place
from keben.core.isbn import NO_ISBNS, Isbns, read_isbn, urn_of
from keben.core.media import Medium
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.core.variants import plain
from keben.project.settings.catalogue import CatalogueWords
from keben.project.settings.tables import PlacedTable

NAMESPACE = uuid.UUID("5a1c2a0e-6d0b-5d0e-9b55-0c1f4b1d2c71")
"""The namespace (RFC 9562, version 5) of identifiers that an edition does not name itself."""

_CALLED: Mapping[Medium, str] = {"epub": "EPUB", "pdf": "PDF", "print": wording("printed book")}

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
    words: PlacedTable[CatalogueWords]
    media: frozenset[Medium]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """An edition's."""

    urn: str
    isbns: Isbns = NO_ISBNS


@dataclass(frozen=True, slots=True)
class _GivenNumbers:
    """The numbers of one table that can be used; those in a table of their own by what they are for."""

    place: Place
    bare: str = ""
    each: Mapping[Medium, str] = field(default_factory=dict)
    places: Mapping[Medium, Place] = field(default_factory=dict)


def identifiers(
    book: PlacedTable[CatalogueWords], editions: Collection[NamedEdition], source_language: str
) -> tuple[dict[str, Identifiers], tuple[Finding, ...]]:
    """The identifiers of each edition by its name, and what is wrong. What is given and serves nothing is reported."""
    general, problems = _read(book)
    findings = [*problems]
    if len(editions) > 1 and (general.bare or general.each):
        tables = series(f"[editions.{edition.name}]" for edition in editions)
        message = wording(
            "The ISBN in [book] is used by none of the {count} editions: each needs its own.",
            count=len(editions),
        )
        advice = wording('Move it to the table of its edition ({tables}): isbn = "…".', tables=tables)
        findings.append(Finding(general.place, "isbn", message, advice, "warning"))
        general = _GivenNumbers(general.place)
    read = {each.name: _read(each.words) for each in editions}
    findings += [finding for _, problems in read.values() for finding in problems]
    given = {name: own for name, (own, _) in read.items()}
    found: dict[str, Identifiers] = {}
    for each in editions:
        own = given[each.name]
        numbers = _numbers(each, own, general)
        findings += _ill_served(each, own, general)
        # One number for all that an edition comes in is the edition's name.
        alone = own.bare or general.bare
        urn = (
            urn_of(alone)
            if alone and set(numbers.values()) == {alone}
            else _urn(each, book.table, source_language)
        )
        found[each.name] = Identifiers(urn, Isbns(**numbers))
    return found, (*findings, *_shared(found, given, general))


def _read(placed: PlacedTable[CatalogueWords]) -> tuple[_GivenNumbers, tuple[Finding, ...]]:
    """The numbers of a table, and what is wrong in it."""
    bare, place, findings = _read_bare(placed)
    each: dict[Medium, str] = {}
    places: dict[Medium, Place] = {}
    isbn = placed.table.isbn
    for name in _CALLED if isbn is not None else ():
        text = getattr(isbn, name)
        if text is None:
            continue
        places[name] = placed.place("isbn", name)
        number, problems = _number(text, places[name])
        findings += problems
        if number:
            each[name] = number
    if each and not bare:
        place = placed.place("isbn")
    return _GivenNumbers(place, bare, each, places), findings


def _read_bare(placed: PlacedTable[CatalogueWords]) -> tuple[str, Place, tuple[Finding, ...]]:
    """The number of a table that is for no format by name, where it stands (or the table), and what is wrong in it."""
    spoken = placed.table.identifier or ""
    isbn = placed.table.isbn
    given = [("identifier", spoken)] if spoken.lower().startswith("urn:isbn:") else []
    if isbn is not None and isbn.bare:
        given.append(("isbn", isbn.bare))
    bare, place = "", placed.place()
    findings: list[Finding] = []
    for name, text in given:
        here = placed.place(name)
        number, problems = _number(text, here)
        findings += problems
        if bare and number and number.replace("-", "") != bare.replace("-", ""):
            message = wording("`identifier` and `isbn` name different ISBNs.")
            findings.append(
                Finding(here, "isbn", message, wording("Leave one out, or say what each is for in `isbn`."))
            )
        elif number:
            bare, place = number, here
    return bare, place, tuple(findings)


def _number(text: str, place: Place) -> tuple[str, tuple[Finding, ...]]:
    """A number as it is used, empty if it cannot be, and what is wrong with it."""
    number, problem = read_isbn(text)
    if problem:
        return number, (
            Finding(
                place,
                "isbn",
                wording("{message}.", message=problem),
                wording("Copy it again from the agency's notice."),
            ),
        )
    bare = text.lower().removeprefix("urn:isbn:").removeprefix("isbn")
    if sum(character.isalnum() for character in bare) == 10:
        message = wording("This ISBN has 10 digits, as before 2007: {number} is used.", number=number)
        return number, (Finding(place, "old-isbn", message, wording("Write that one."), "notice"),)
    return number, ()


def _unnumbered(edition: NamedEdition, own: _GivenNumbers, general: _GivenNumbers) -> list[Medium]:
    """The publications of an edition that have no number of their own."""
    return [name for name in _CALLED if name in edition.media and name not in {*general.each, *own.each}]


def _numbers(edition: NamedEdition, own: _GivenNumbers, general: _GivenNumbers) -> dict[Medium, str]:
    """The number of each publication of an edition."""
    bare = own.bare or general.bare
    rest = _unnumbered(edition, own, general) if bare else ()
    return {**general.each, **own.each, **dict.fromkeys(rest, bare)}


def _ill_served(edition: NamedEdition, own: _GivenNumbers, general: _GivenNumbers) -> Iterator[Finding]:
    """What is said of numbers that serve too much or nothing, and of a printed book that has none."""
    table = f"[editions.{edition.name}]"
    rest = _unnumbered(edition, own, general)
    bare = own.bare or general.bare
    place = own.place if own.bare else general.place
    if bare and len(rest) > 1:
        whole = ", ".join(f'{name} = "…"' for name in rest)
        message = wording(
            "One ISBN serves {rest} of {name}: each needs its own.",
            rest=_listed([_CALLED[name] for name in rest]),
            name=edition.name,
        )
        advice = wording(
            "Write isbn = {{ {whole} }} in {table}, or leave out what has none.", whole=whole, table=table
        )
        yield Finding(place, "shared-isbn", message, advice, "warning")
    elif bare and not rest:
        message = wording(
            "This ISBN of {name} serves nothing: each format has one of its own.", name=edition.name
        )
        yield Finding(
            place,
            "unused-isbn",
            message,
            wording("Take it out of {table} or [book].", table=table),
            "warning",
        )
    for name in {**general.each, **own.each}:
        if not _USES[name] & edition.media:
            where = own.places.get(name) or general.places.get(name) or place
            message = wording(
                "The ISBN of the {called} serves nothing: {name} makes none.",
                called=_CALLED[name],
                name=edition.name,
            )
            advice = wording("Add its format to `formats` in {table}, or take the number out.", table=table)
            yield Finding(where, "unused-isbn", message, advice, "warning")
    numbers = _numbers(edition, own, general)
    if "print" in edition.media and numbers and not (numbers.get("print") or numbers.get("pdf")):
        message = wording(
            "The printed book of {name} has no ISBN, so its cover has no barcode.", name=edition.name
        )
        where = own.place if own.each else general.place
        yield Finding(
            where, "no-barcode", message, wording("Write isbn.print in {table}.", table=table), "notice"
        )


def _listed(words: Sequence[str]) -> str:
    return wording("{words} and {words2}", words=series(words[:-1]), words2=words[-1])


def _urn(edition: NamedEdition, book: CatalogueWords, source_language: str) -> str:
    own = edition.words.table.identifier or ""
    if own.startswith("urn:uuid:"):
        return own
    slug = edition.words.table.slug or book.slug or "book"
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
            message = wording("The editions {names} have the same ISBN.", names=_listed(names))
            advice = wording("Each needs its own: look at [editions.{names}].", names=names[-1])
            yield Finding(given[names[-1]].place, "shared-isbn", message, advice, "warning")
        elif len([kind for name, kind in holding if kind in {*given[name].each, *general.each}]) > 1:
            message = wording("Several formats of {names} have the same ISBN.", names=names[0])
            advice = wording("Agencies want one for each.")
            place = (given[names[0]] if given[names[0]].each else general).place
            yield Finding(place, "shared-isbn", message, advice, "notice")
