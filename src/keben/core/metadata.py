"""The bibliographic data of a book."""

import re

from keben.core.cataloguing import NO_CLAIMS, AccessClaims, Series, SubjectCode
from keben.core.isbn import NO_ISBNS, Isbns, isbn_of, urn_of
from keben.core.media import Medium
from keben.core.values import dataclass

_URI = re.compile(r"(?:https?|urn|doi):\S+", re.IGNORECASE)


def is_uri(text: str) -> bool:
    """Whether a text names something for machines, and is no words."""
    return _URI.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who had a part in the book."""

    name: str
    role: str = "aut"
    """A MARC relator code."""
    file_as: str = ""
    """The name as a catalogue sorts it; empty: as it is."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a catalogue says of a book."""

    title: str
    subtitle: str = ""
    authors: tuple[Person, ...] = ()
    identifier: str = ""
    """The edition's URN, ``urn:uuid:…`` or ``urn:isbn:…``; `identifier_of` gives that of one publication."""
    slug: str = "book"
    version: str = ""
    publisher: str = ""
    date: str = ""
    """ISO 8601: ``2026-01-01``, or less of it."""
    rights: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    subject_codes: tuple[SubjectCode, ...] = ()
    """Of each subject, in their order."""
    title_file_as: str = ""
    """The title as a catalogue sorts it; empty: as it is."""
    series: tuple[Series, ...] = ()
    identifiers: tuple[str, ...] = ()
    """Beside the edition's own: URIs."""
    source: tuple[str, ...] = ()
    """What the text is taken from: URIs, or in words."""
    claims: AccessClaims = NO_CLAIMS
    is_sample: bool = False
    """Whether it is of the beginning of a book, and ``source`` of the book."""
    own: frozenset[str] = frozenset()
    """Names of the fields above that an edition overrides: they stand in its script already."""
    isbns: Isbns = NO_ISBNS
    """Those of single formats; where the edition has one for all of them, ``identifier`` is that."""

    def isbn_of(self, medium: Medium) -> str:
        """The ISBN of a publication, with its hyphens; empty where it has none."""
        return self.isbns.of(medium) or isbn_of(self.identifier)

    def identifier_of(self, medium: Medium) -> str:
        """The URN of a publication: of its ISBN where it has one, else the edition's."""
        number = self.isbn_of(medium)
        return urn_of(number) if number else self.identifier
