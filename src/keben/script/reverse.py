"""Doubtful places on the way from Traditional to Simplified: few characters have two targets there, and some words."""

from collections.abc import Iterator, Mapping
from functools import cache

from keben.script.dictionaries import Recipe, entries, recipe
from keben.script.engine import converter
from keben.script.offsets import INEXACT
from keben.script.passages import through
from keben.script.suspicions import COMMON, Suspicion
from keben.script.words import words

_LIKELY = 0.01
"""A second target is thought of from this share of the first one's frequency on."""
_LONGEST = 3
_CLEARLY = 10
"""A word is meant that is counted so many times as often as what is printed: 原著 beside 原着."""


def reverse_suspicions(name: str, clause: str, rare: bool = False) -> Iterator[Suspicion]:
    """The doubtful spans of a clause for a configuration that ends in Simplified, by offsets in the clause."""
    chosen = recipe(name, rare)
    variants, last = chosen.chain[:-1], chosen.chain[-1]
    text, table = through(variants, [clause])
    places = {offset: at for at, offset in enumerate(table) if offset != INEXACT}
    for match in last.matches(text):
        if match.end - match.start > 1 or match.start not in places or match.end not in places:
            continue
        start, end = places[match.start], places[match.end]
        usual = match.targets[0]
        others = _others(match.targets, clause[start:end], usual)
        simplified = last.apply(text)
        known = [other for other in others if _is_word(simplified, match.start, other, usual)]
        if known or _likely(text[match.start]):
            reason = f"{clause[start:end]} is {usual} in most words, and {'/'.join(others)} in others."
            if others:
                yield Suspicion(start, end, "default", (usual, *others), reason)
    yield from _regional(chosen, clause)


def _others(targets: tuple[str, ...], written: str, usual: str) -> tuple[str, ...]:
    """What else a character can be: another target, or itself, if it is a character of the word list too."""
    counts = words().counts
    return tuple(dict.fromkeys(other for other in (*targets, written) if other != usual and other in counts))


@cache
def _likely(character: str) -> bool:
    """Whether a character has a second target that is common by itself."""
    counts = words().counts
    targets = [int(counts.get(target, 0)) for target in entries("TSCharacters.txt").get(character, ())]
    return len(targets) > 1 and max(targets[1:]) >= _LIKELY * max(1, targets[0]) and targets[0] < _OFTEN


_OFTEN = 100_000
"""A usual target that is counted more often than this stands alone too often to be told each time."""


def _is_word(simplified: str, at: int, other: str, usual: str) -> bool:
    """Whether another form makes a word of the list with its neighbours, and the usual one none or a far rarer one."""
    counts: Mapping[str, str] = words().counts
    for first in range(max(0, at - _LONGEST + 1), at + 1):
        for last in range(max(at + 1, first + 2), min(len(simplified), first + _LONGEST) + 1):
            before, after = simplified[first:at], simplified[at + 1 : last]
            often, seldom = (int(counts.get(f"{before}{each}{after}", 0)) for each in (other, usual))
            if often > _CLEARLY * seldom:
                return True
    return False


def _regional(chosen: Recipe, clause: str) -> Iterator[Suspicion]:
    if not chosen.name.endswith("p"):
        return
    plain = converter((chosen.name.removesuffix("p"),))
    regional = entries(f"{'TW' if chosen.name.startswith('tw') else 'HK'}PhrasesRev.txt")
    counts = words().counts
    for match in chosen.chain[0].matches(clause):
        phrase = clause[match.start : match.end]
        if phrase not in regional:
            continue
        meant, word = plain(phrase), plain(match.targets[0])
        if meant != word and int(counts.get(meant, 0)) >= COMMON:
            reason = "This is the regional word for a technical term; the common word may be meant."
            yield Suspicion(match.start, match.end, "regional", (word, meant), reason)
