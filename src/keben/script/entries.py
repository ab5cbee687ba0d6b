"""A dictionary's entries, those of a character read when one is asked for that begins with it.

OpenCC's largest has 49,000, and a title or a name asks for a handful of them.
"""

import re
from collections.abc import ItemsView, Iterator, KeysView, Mapping
from functools import cached_property
from typing import Any, TypeAlias

Targets: TypeAlias = tuple[str, ...]
"""What an entry may become, the usual one first."""

_SAME_START = re.compile(r"^([^#\n]).*\n?(?:\1.*\n?)*", re.MULTILINE)
"""Lines that begin with one character; a line that begins with ``#`` is a comment."""


class Entries(Mapping[str, Targets]):
    """What stands in the source → its targets."""

    def __init__(self, text: str) -> None:
        """``text``: an entry a line; between source and targets a tab, between targets spaces."""
        self._lines: dict[str, str] = {}
        for match in _SAME_START.finditer(text):
            self._lines[match[1]] = f"{self._lines.get(match[1], '')}{match[0]}\n"
        self._read: dict[str, dict[str, Targets]] = {}

    @property
    def firsts(self) -> KeysView[str]:
        """The characters that entries begin with."""
        return self._lines.keys()

    def beginning(self, character: str) -> Mapping[str, Targets]:
        """The entries that begin with a character."""
        read = self._read.get(character)
        if read is None:
            read = self._read[character] = _read(self._lines.get(character, ""))
        return read

    def __getitem__(self, source: str) -> Targets:
        return self.beginning(source[:1])[source]

    def __contains__(self, source: object) -> bool:
        return isinstance(source, str) and source in self.beginning(source[:1])

    def get(self, source: str, default: Any = None) -> Any:
        """The targets of a text that is an entry."""
        return self.beginning(source[:1]).get(source, default)

    def items(self) -> ItemsView[str, Targets]:
        """All entries with their targets."""
        return self._whole.items()

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def __len__(self) -> int:
        return len(self._whole)

    @cached_property
    def _whole(self) -> dict[str, Targets]:
        whole: dict[str, Targets] = {}
        for each in self._lines:
            whole.update(self.beginning(each))
        return whole


def _read(lines: str) -> dict[str, Targets]:
    pairs = (line.split("\t") for line in lines.split("\n") if "\t" in line)
    # Most have one target, and only what is divided needs time.
    return {source: tuple(targets.split(" ")) if " " in targets else (targets,) for source, targets in pairs}
