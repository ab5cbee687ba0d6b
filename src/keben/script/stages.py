"""One stage of a conversion: dictionaries tried at each position of a text, longest match first, from left to right."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from keben.script.offsets import INEXACT, Offsets

Entries = dict[str, tuple[str, ...]]
"""What stands in the source → its targets, the usual one first."""

_Tries = tuple[tuple[int, Entries], ...]
"""The lengths to try, and the entries to look in, in order."""


class Match(NamedTuple):
    """A piece of a text and what a stage makes of it. Offsets are in code points."""

    start: int
    end: int
    targets: tuple[str, ...]
    """The usual one first; the text itself where no dictionary knows it."""
    known: bool
    """Whether a dictionary has it."""


class Stage:
    """A group of dictionaries: tiers tried in order, where the dictionaries of one tier compete by length."""

    def __init__(self, tiers: Sequence[Sequence[tuple[str, Entries]]]) -> None:
        self.tiers = tuple(tuple(tier) for tier in tiers)
        """The named dictionaries, tier by tier."""

    @cached_property
    def _tables(self) -> tuple[dict[str, _Tries], Entries, frozenset[str]]:
        """The entries by their first two characters; by their only one; and the characters that any begins with.

        Made when they are first asked for: a conversion without offsets asks for few.
        """
        alone: Entries = {}
        index: dict[str, _Tries] = {}
        shared: dict[tuple[int, int], _Tries] = {}
        for number, tier in enumerate(self.tiers):
            merged = _merged(tier)
            # First two characters → the lengths of the entries, each as the bit of that number.
            lengths: dict[str, int] = {}
            for source in merged:
                # What stands behind a single character of an earlier tier is never reached.
                if len(source) > 1 and source[0] not in alone:
                    lengths[source[:2]] = lengths.get(source[:2], 0) | 1 << len(source)
            for pair, bits in lengths.items():
                tries = shared.get((number, bits))
                if tries is None:
                    several = (length for length in range(bits.bit_length(), 1, -1) if bits >> length & 1)
                    tries = shared[number, bits] = tuple((length, merged) for length in several)
                index[pair] = (*index[pair], *tries) if pair in index else tries
            for source, targets in merged.items():
                if len(source) == 1:
                    alone.setdefault(source, targets)
        return index, alone, frozenset({*alone, *map(itemgetter(0), index)})

    @property
    def names(self) -> tuple[str, ...]:
        """The dictionaries' file names."""
        return tuple(name for tier in self.tiers for name, _ in tier if name)

    def at(self, text: str, start: int) -> Match | None:
        """The entry that the stage takes at an offset; None where it has none."""
        index, alone, _ = self._tables
        size = len(text)
        for length, entries in index.get(text[start : start + 2], ()):
            # A slice at the end of the text is short, and may be an entry of another length.
            if start + length <= size:
                targets = entries.get(text[start : start + length])
                if targets is not None:
                    return Match(start, start + length, targets, known=True)
        targets = alone.get(text[start])
        return None if targets is None else Match(start, start + 1, targets, known=True)

    def matches(self, text: str) -> Iterator[Match]:
        """The whole text, cut into what the stage takes and single characters that it does not know."""
        start = 0
        while start < len(text):
            match = self.at(text, start) or Match(start, start + 1, (text[start],), known=False)
            yield match
            start = match.end

    def phrases(self, text: str) -> list[Match]:
        """The matches of two characters or more."""
        index, found, start, size = self._tables[0], [], 0, len(text)
        while start < size:
            # Most positions begin no phrase, and are passed at the price of this one look.
            if text[start : start + 2] in index:
                match = self.at(text, start)
                if match is not None and match.end > start + 1:
                    found.append(match)
                    start = match.end
                    continue
            start += 1
        return found

    def apply(self, text: str) -> str:
        """The text with the first target of every match."""
        return self.trace(text)[0]

    def trace(self, text: str) -> tuple[str, Offsets]:
        """The same, with its offsets."""
        index, alone, firsts = self._tables
        if firsts.isdisjoint(text):
            return text, range(len(text) + 1)
        parts: list[str] = []
        # Where lengths change: start, end, length of what comes out.
        changes: list[tuple[int, int, int]] = []
        start, size = 0, len(text)
        while start < size:
            for length, entries in index.get(text[start : start + 2], ()):
                end = start + length
                if end <= size and (targets := entries.get(text[start:end])) is not None:
                    target = targets[0]
                    if len(target) != length:
                        changes.append((start, end, len(target)))
                    parts.append(target)
                    start = end
                    break
            else:
                character = text[start]
                single = alone.get(character)
                if single is None:
                    parts.append(character)
                else:
                    parts.append(single[0])
                    if len(single[0]) != 1:
                        changes.append((start, start + 1, len(single[0])))
                start += 1
        return "".join(parts), _table(size, changes)

    def targets(self, text: str) -> tuple[str, ...]:
        """The targets of a text that is an entry as a whole; none if it is not."""
        for tier in self.tiers:
            for _, entries in tier:
                if text in entries:
                    return entries[text]
        return ()


def _merged(tier: Sequence[tuple[str, Entries]]) -> Entries:
    """A tier's dictionaries as one, where an entry of an earlier one stands."""
    if len(tier) == 1:
        return tier[0][1]
    merged: Entries = {}
    for _, entries in reversed(tier):
        merged.update(entries)
    return merged


def _table(size: int, changes: Sequence[tuple[int, int, int]]) -> Offsets:
    """The offsets of a text of which some spans change their length."""
    if not changes:
        return range(size + 1)
    table: list[int] = []
    at = shift = 0
    for start, end, length in changes:
        table.extend(range(at + shift, start + shift + 1))
        table.extend([INEXACT] * (end - start - 1))
        at = end
        shift += length - (end - start)
    table.extend(range(at + shift, size + shift + 1))
    return table
