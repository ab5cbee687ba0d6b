"""A TOML text as values, and where in it each key stands."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from keben.core.characters import ADVICE, FORBIDDEN, describe, has_forbidden
from keben.core.errors import Finding, Place
from keben.core.toml.faults import syntax_finding
from keben.core.toml.places import KeyPath, places

Locate = Callable[[KeyPath], Place]
"""The place of a key, or of the nearest table around it that the text has."""


def load_toml(
    text: str, path: str, line: int = 1, code: str = "toml-syntax"
) -> tuple[Mapping[str, Any] | None, Locate, tuple[Finding, ...]]:
    """The values of a TOML text whose first line is ``line`` of the file that messages call ``path``.

    Gives None beside the findings where the text is not TOML, or holds what no book can.
    """
    # Most texts are right, and nobody asks where anything stands.
    where = cache(lambda: _places(text))

    def locate(key: KeyPath) -> Place:
        while key and key not in where():
            key = key[:-1]
        row, column = where().get(key, (1, 0))
        return Place(path, row + line - 1, column)

    try:
        values = tomllib.loads(text)
        findings = tuple(_forbidden(values, (), locate))
    except (ValueError, RecursionError) as error:
        return None, lambda _: Place(path), (syntax_finding(error, text, path, line, code),)
    return (None if findings else values), locate, findings


def _places(text: str) -> Mapping[KeyPath, tuple[int, int]]:
    try:
        return places(text)
    except RecursionError:
        # Tables in tables, deeper than anybody writes them: what is wrong there is wrong in the text.
        return {}


def _forbidden(value: object, key: KeyPath, locate: Locate) -> Iterator[Finding]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _forbidden(str(name), (*key, name), locate)
            yield from _forbidden(inner, (*key, name), locate)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _forbidden(inner, (*key, index), locate)
    elif isinstance(value, str) and has_forbidden(value):
        for character in dict.fromkeys(FORBIDDEN.findall(value)):
            yield Finding(locate(key), "forbidden-character", describe(character), ADVICE)
