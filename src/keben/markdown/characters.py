"""Forbidden characters of a chapter's source."""

from collections.abc import Iterator

from keben.core.book import Source
from keben.core.characters import ADVICE, forbidden_in
from keben.core.errors import Finding, Place


def forbidden_characters(source: Source) -> Iterator[Finding]:
    """Every control, private-use and other character that cannot stand in a book, with its place."""
    for line, column, message in forbidden_in(source.text):
        yield Finding(Place(source.path, line, column), "forbidden-character", message, ADVICE)
