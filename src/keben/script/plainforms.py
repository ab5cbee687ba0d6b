"""What comes out where no phrase of OpenCC's changes anything: each character has its usual form.

A configuration takes the longest phrase from the left, and gives a character that is in none its usual form. Most
phrases give their characters just these forms, so which of them are taken makes no difference. Where no other stands in
a clause, the clause is its characters' forms; in a novel there is another in one clause of thirty. OpenCC is asked for
those clauses alone (`keben.script.passages`).

Other phrases of the first stage are found in the source (`keben.script.context`). Those of a later stage are found here
in what the stages before it make of each character.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

from keben.core.values import dataclass
from keben.script.dictionaries import Recipe
from keben.script.entries import Targets
from keben.script.marks import PAUSE

Phrases = tuple[int, int, frozenset[str]]
"""Offset of a pair in phrases, their length, and the phrases."""


@dataclass(frozen=True, slots=True)
class LaterPhrases:
    """The phrases of a later stage that change something, to be found in the source."""

    usual: Mapping[int, str]
    """Character → what the stages before make of it, for `str.translate`."""
    anchors: str
    """An expression for characters of the source of which one is in each phrase."""
    pairs: Mapping[str, tuple[Phrases, ...]]
    """An anchor with the character after it, or else before it → the phrases that have what becomes of the two."""

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        """Their spans in a text; some come twice."""
        pairs = self.pairs
        for match in re.finditer(self.anchors, text):
            at = match.start()
            # Before the first character stands none, and what is cut out there is no pair.
            if found := pairs.get(text[at - 1 : at + 1]):
                yield from self._spans(text, at - 1, found)
            if found := pairs.get(text[at : at + 2]):
                yield from self._spans(text, at, found)

    def _spans(self, text: str, pair: int, phrases: Iterable[Phrases]) -> Iterator[tuple[int, int]]:
        """The spans of those of some phrases that stand around a pair of a text."""
        for offset, length, several in phrases:
            first = pair - offset
            if first >= 0 and text[first : first + length].translate(self.usual) in several:
                yield first, first + length


@dataclass(frozen=True, slots=True)
class PlainForms:
    """The usual forms of one configuration."""

    forms: Mapping[int, str]
    """Character → its form, one character, for `str.translate`."""
    later: tuple[LaterPhrases, ...]

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of all phrases of later stages that change something."""
        for each in self.later:
            yield from each.hits(text)


def plain_forms(chosen: Recipe, cost: Callable[[str], float]) -> PlainForms | None:
    """The plain forms of a configuration; None for one that has no such forms: OpenCC takes all of its text.

    ``cost`` is the higher, the rarer a character of the source is.
    """
    usual: dict[str, str] = {}
    later: list[LaterPhrases] = []
    for number, stage in enumerate(chosen.chain):
        dictionaries = [dictionary for tier in stage.tiers for _, dictionary in tier]
        if any(PAUSE.search("".join(each)) for each in dictionaries):
            return None
        singles: dict[str, str] = {}
        for each in reversed(dictionaries):
            singles |= {source: targets[0] for source, targets in each.items() if len(source) == 1}
        if number:
            later.append(_later(_changing(dictionaries, singles), usual, cost))
        usual = {**singles, **{source: singles.get(form, form) for source, form in usual.items()}}
        if any(len(form) != 1 for form in usual.values()):
            return None
    return PlainForms(_translation(usual), tuple(later))


def _changing(dictionaries: Iterable[Mapping[str, Targets]], singles: Mapping[str, str]) -> list[str]:
    """The phrases that any of a stage's dictionaries has otherwise than their characters would come out."""
    found = {
        source
        for dictionary in dictionaries
        for source, targets in dictionary.items()
        if len(source) > 1 and targets[0] != "".join(singles.get(each, each) for each in source)
    }
    return sorted(found)


def _later(phrases: list[str], usual: Mapping[str, str], cost: Callable[[str], float]) -> LaterPhrases:
    sources: dict[str, set[str]] = {}
    for source, form in usual.items():
        sources.setdefault(form, set()).add(source)

    def before(form: str) -> set[str]:
        """The characters that become one."""
        return sources.get(form, set()) | (set() if form in usual else {form})

    anchors: set[str] = set()
    found: dict[str, dict[tuple[int, int], set[str]]] = {}
    for phrase in phrases:
        choices = [before(each) for each in phrase]
        if not all(choices):
            continue
        at = max(range(len(phrase)), key=lambda at: (min(map(cost, choices[at])), -at))
        anchors |= choices[at]
        pair = min(at, len(phrase) - 2)
        for both in product(*choices[pair : pair + 2]):
            found.setdefault("".join(both), {}).setdefault((pair, len(phrase)), set()).add(phrase)
    return LaterPhrases(
        _translation(usual),
        f"[{re.escape(''.join(sorted(anchors)))}]" if anchors else "(?!)",
        {
            pair: tuple((*where, frozenset(several)) for where, several in sorted(groups.items()))
            for pair, groups in found.items()
        },
    )


def _translation(forms: Mapping[str, str]) -> dict[int, str]:
    return {ord(source): form for source, form in forms.items() if source != form}
