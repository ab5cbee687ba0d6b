"""A table of ``book.toml`` with where it stands, so that what is said of a key has its place."""

from typing import Generic, TypeVar

from keben.core.errors import Place
from keben.core.toml.loading import Locate
from keben.core.toml.places import KeyPath
from keben.core.toml.schema import Table
from keben.core.values import dataclass

Held = TypeVar("Held", bound=Table, covariant=True)
Inner = TypeVar("Inner", bound=Table)


@dataclass(frozen=True, slots=True)
class PlacedTable(Generic[Held]):
    """A table as its schema has it, and where its keys stand."""

    table: Held
    key: KeyPath
    """The path of the table from the root."""
    locate: Locate

    def place(self, *names: str | int) -> Place:
        """The place of a key of the table, by its path from there; without one, of the table."""
        return self.locate((*self.key, *names))

    def inner(self, name: str, table: Inner) -> "PlacedTable[Inner]":
        """A table in this one."""
        return PlacedTable(table, (*self.key, name), self.locate)
