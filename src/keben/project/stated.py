"""What another tool's folder or a single file says of its book → `Settings`, as a ``book.toml`` would give them."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from keben.core.book import Source
from keben.core.characters import FORBIDDEN
from keben.core.edition import Settings
from keben.core.errors import Finding, Place, SourceError
from keben.core.language import canonical
from keben.core.toml.places import KeyPath
from keben.core.values import dataclass
from keben.project.importers.credits import Credits
from keben.project.importers.settings import NAMESPACE, language_of, slug_of
from keben.project.owntables import OwnTables


@dataclass(frozen=True, slots=True)
class Stated:
    """What a folder or a file says of its book. What it does not say is empty."""

    title: str
    authors: tuple[str, ...]
    description: str
    language: str
    """A tag as the other tool has it."""
    name: str
    """Of the folder or file."""
    path: str
    """The file that says it, as stages call it: ``book/book.json``."""
    cover: str = ""
    others: Credits = ()
    """Who is no author."""


def settings_of(
    stated: Stated, own: OwnTables, sources: Iterable[Source]
) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings of a book, with Keben's own over them, and what is wrong in those.

    The edition is the one that the text is written in, where they ask for no other.

    Raises:
        SourceError: Keben's own settings are so wrong that there is nothing to go on with.
    """
    from keben.project.settings import read_tables

    def locate(key: KeyPath) -> Place:
        return own.locate(key) if _has(own.values, key) else Place(stated.path)

    settings, problems = read_tables(own.over(_values(stated, sources)), locate)
    if settings is None:
        raise SourceError(*problems)
    said = {text: Place(stated.path) for text in (stated.title, *stated.authors, stated.description) if text}
    return replace(settings, said=said), problems


def _has(values: Mapping[str, Any], key: KeyPath) -> bool:
    for part in key:
        if not isinstance(values, dict) or part not in values:
            return isinstance(part, int)
        values = values[str(part)]
    return True


def _values(stated: Stated, sources: Iterable[Source]) -> dict[str, Any]:
    language, _ = language_of("".join(source.text for source in sources))
    if language != "zh-Hans" and canonical(stated.language) == "zh-Hant-HK":
        language = "zh-Hant-HK"
    title, name = _clean(stated.title) or _clean(stated.name), stated.name
    authors = [clean for author in stated.authors if (clean := _clean(author))]
    others = [{"name": clean, "role": role} for name, role in stated.others if (clean := _clean(name))]
    authors = authors or ([] if others else ["佚名"])
    identifier = uuid.uuid5(NAMESPACE, "\n".join((title, *authors)))
    book = {
        "title": title,
        "authors": [*authors, *others],
        "language": language,
        "identifier": f"urn:uuid:{identifier}",
        "slug": slug_of(name),
    }
    if description := _clean(stated.description):
        book["description"] = description
    if stated.cover:
        book["cover"] = stated.cover
    return {"book": book}


def _clean(text: str) -> str:
    """A text that no notation of Keben's is read in."""
    return FORBIDDEN.sub("", text).replace("-{", "- {").strip()
