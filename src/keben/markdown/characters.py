"""Forbidden characters of a chapter's source."""

from collections.abc import Iterator

from keben.core.book import Source
from keben.core.characters import ADVICE, FORBIDDEN, forbidden_in, has_forbidden
from keben.core.errors import Finding, Place
from keben.markdown.sightings import Sighting
from keben.markdown.tolerances import forbidden


def forbidden_characters(source: Source) -> Iterator[Finding]:
    """Every control, private-use and other character that cannot stand in a book, with its place."""
    for line, column, message in forbidden_in(source.text):
        yield Finding(Place(source.path, line, column), "forbidden-character", message, ADVICE)


def forbidden_sightings(text: str) -> Iterator[Sighting]:
    """The same for a generous reader, which leaves them out: each character is a kind."""
    if not has_forbidden(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for match in FORBIDDEN.finditer(line):
            yield Sighting(forbidden(match[0]), number, match[0])
