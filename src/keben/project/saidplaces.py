"""The place in ``book.toml`` of each text about the book, for doubts about names and titles."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from keben.core.editorial.values import Doubt
from keben.core.errors import Place
from keben.core.toml.places import KeyPath, places


def said_in(text: str, path: str) -> dict[str, Place]:
    """Each text of a valid TOML text by its first place; ``path`` is what messages call the file."""
    where = places(text)
    found: dict[str, Place] = {}
    for said, key in _texts(tomllib.loads(text), ()):
        while key and key not in where:
            key = key[:-1]
        found.setdefault(said.strip(), Place(path, *where.get(key, (0, 0))))
    return found


def _texts(value: object, key: KeyPath) -> Iterator[tuple[str, KeyPath]]:
    if isinstance(value, str):
        yield value, key
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _texts(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*key, index))


def located(doubts: Iterable[Doubt], said: Mapping[str, Place]) -> tuple[Doubt, ...]:
    """Doubts about what ``book.toml`` says, with the line and column of what they doubt; others as they are."""
    files = {place.path for place in said.values()}
    return tuple(
        replace(doubt, place=_place(doubt, said))
        if doubt.place.path in files and not doubt.place.line
        else doubt
        for doubt in doubts
    )


def _place(doubt: Doubt, said: Mapping[str, Place]) -> Place:
    """Of a name that is the whole of its text, or of a phrase with what stands beside it."""
    if doubt.phrase in said:
        return said[doubt.phrase]
    around = f"{doubt.before}{doubt.phrase}{doubt.after}".strip()
    holding = [
        place for text, place in said.items() if doubt.phrase in text and (text in around or around in text)
    ]
    return min(holding, default=doubt.place)
