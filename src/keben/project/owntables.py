"""Keben's own settings beside another tool's: ``keben.toml``, or ``[output.keben]`` of mdBook's ``book.toml``.

Both hold the tables of Keben's ``book.toml``, and none of them is required.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from keben.core.errors import Place, SourceError
from keben.core.toml.loading import Locate, load_toml
from keben.core.toml.places import KeyPath
from keben.core.values import dataclass
from keben.project.importers.sources import SourceFolder

_FILE = "keben.toml"
_MDBOOK, _TABLE = "book.toml", ("output", "keben")


def _nowhere(_key: KeyPath) -> Place:
    return Place("book/book.toml")


@dataclass(frozen=True, slots=True)
class OwnTables:
    """What was read, and where each key of it stands."""

    path: str = ""
    """The file below the folder; empty: there is none."""
    values: Mapping[str, Any] = field(default_factory=dict)
    locate: Locate = _nowhere

    def over(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values with these over them."""
        return _over(values, self.values)

    @property
    def chapters(self) -> tuple[str, ...]:
        """The chapters that they list."""
        book = self.values.get("book")
        listed = book.get("chapters") if isinstance(book, dict) else None
        if isinstance(listed, str):
            return (listed,)
        return tuple(name for name in listed if isinstance(name, str)) if isinstance(listed, list) else ()


def own_tables(folder: SourceFolder) -> OwnTables:
    """Keben's own settings in a folder of another tool.

    Raises:
        SourceError: they cannot be read.
    """
    path = next((name for name in (_FILE, _MDBOOK) if folder.find(name)), "")
    decoded = folder.text(path) if path else None
    if decoded is None:
        return OwnTables()
    values, locate, problems = load_toml(decoded.text, f"book/{path}")
    if values is None:
        raise SourceError(*problems)
    if path == _FILE:
        return OwnTables(path, values, locate)
    inner: Any = values
    for key in _TABLE:
        inner = inner.get(key) if isinstance(inner, dict) else None
    if not isinstance(inner, dict):
        return OwnTables(path, {}, locate)
    return OwnTables(path, inner, lambda key: locate((*_TABLE, *key)))


def _over(values: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(values)
    for key, value in own.items():
        before = merged.get(key)
        both = isinstance(before, dict) and isinstance(value, dict)
        merged[key] = _over(dict(before or {}), value) if both else value
    return merged
