"""One stage of a conversion: dictionaries tried at each position of a text, longest match first, from left to right."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from keben.script.entries import Entries, Targets
from keben.script.offsets import INEXACT, Offsets

_Tries = tuple[tuple[int, Mapping[str, Targets]], ...]
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

    def __init__(
        self, tiers: Sequence[Sequence[tuple[str, Mapping[str, Targets]]]], *, is_rare: bool = False
    ) -> None:
        """``is_rare``: most texts have nothing of what the dictionaries have."""
        self._is_rare = is_rare
        self.tiers = tuple(tuple(tier) for tier in tiers)
        """The named dictionaries, tier by tier."""
        self._index: dict[str, _Tries] = {}
        """The entries of two characters or more, by their first two."""
        self._alone: dict[str, Targets] = {}
        """Those of one."""
        dictionaries = [dictionary for tier in self.tiers for _, dictionary in tier]
        self._firsts = frozenset(character for each in dictionaries for character in _firsts(each))
        """The characters that entries begin with."""
        self._unread = set(self._firsts)
        """Those whose entries are not in these two yet: a text asks for few."""

    @cached_property
    def _search(self) -> Callable[[str], object]:
        """Searches a text for characters near those that entries begin with: of few ranges, it is fast."""
        blocks = sorted({ord(each) // 256 for each in self._firsts})
        return re.compile(
            f"[{''.join(f'{chr(each * 256)}-{chr(each * 256 + 255)}' for each in blocks)}]"
        ).search

    def _learn(self, text: str) -> None:
        """Have the entries ready that begin with the characters of a text."""
        for character in self._unread.intersection(text):
            self._add(character)
            self._unread.remove(character)

    def _add(self, character: str) -> None:
        for tier in self.tiers:
            merged = _merged(tier, character)
            # What stands behind a single character of an earlier tier is never reached.
            if character not in self._alone:
                # First two characters → the lengths of the entries, each as the bit of that number.
                lengths: dict[str, int] = {}
                for source in merged:
                    if len(source) > 1:
                        lengths[source[:2]] = lengths.get(source[:2], 0) | 1 << len(source)
                for pair, bits in lengths.items():
                    several = (length for length in range(bits.bit_length(), 1, -1) if bits >> length & 1)
                    tries = tuple((length, merged) for length in several)
                    self._index[pair] = (*self._index.get(pair, ()), *tries)
            if character in merged:
                self._alone.setdefault(character, merged[character])

    @property
    def names(self) -> tuple[str, ...]:
        """The dictionaries' file names."""
        return tuple(name for tier in self.tiers for name, _ in tier if name)

    def at(self, text: str, start: int) -> Match | None:
        """The entry that the stage takes at an offset; None where it has none."""
        if text[start] in self._unread:
            self._learn(text[start])
        size = len(text)
        for length, entries in self._index.get(text[start : start + 2], ()):
            # A slice at the end of the text is short, and may be an entry of another length.
            if start + length <= size:
                targets = entries.get(text[start : start + length])
                if targets is not None:
                    return Match(start, start + length, targets, known=True)
        targets = self._alone.get(text[start])
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
        self._learn(text)
        index, found, start, size = self._index, [], 0, len(text)
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
        if (self._is_rare and not self._search(text)) or self._firsts.isdisjoint(text):
            return text, range(len(text) + 1)
        self._learn(text)
        index, alone = self._index, self._alone
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


def _firsts(dictionary: Mapping[str, Targets]) -> Iterable[str]:
    return dictionary.firsts if isinstance(dictionary, Entries) else (source[0] for source in dictionary)


def _beginning(dictionary: Mapping[str, Targets], character: str) -> Mapping[str, Targets]:
    if isinstance(dictionary, Entries):
        return dictionary.beginning(character)
    return {source: targets for source, targets in dictionary.items() if source[0] == character}


def _merged(tier: Sequence[tuple[str, Mapping[str, Targets]]], character: str) -> Mapping[str, Targets]:
    """What a tier's dictionaries have that begins with a character, where an entry of an earlier one stands."""
    merged: dict[str, Targets] = {}
    for _, dictionary in reversed(tier):
        merged.update(_beginning(dictionary, character))
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
