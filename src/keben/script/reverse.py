"""Doubtful places on the way from Traditional to Simplified: few characters have two targets there, and some words."""

from collections.abc import Iterator, Sequence

from keben.core.saying import wording
from keben.script.dictionaries import Recipe, entries, recipe
from keben.script.engine import converter
from keben.script.offsets import INEXACT
from keben.script.particles import plain_lattice
from keben.script.passages import through
from keben.script.suspicions import COMMON, Suspicion
from keben.script.words import words

_REACH = 6
"""How many characters to each side tell a form."""
_CLOSE = 0.5
"""Another form is doubtful if the clause costs no more than this above what it costs now, in nats."""


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
        if others and _is_likelier(simplified, match.start, others, usual):
            reason = wording(
                "{clause} is {usual} in most words, and {others} in others.",
                clause=clause[start:end],
                usual=usual,
                others="/".join(others),
            )
            yield Suspicion(start, end, "default", (usual, *others), reason)
    yield from _regional(chosen, clause)


def _others(targets: tuple[str, ...], written: str, usual: str) -> tuple[str, ...]:
    """What else a character can be: another target, or itself, if it is a character of the word list too."""
    counts = words().counts
    if entries("TSCharacters.txt").get(written, (written,))[0] != usual:
        # A regional word took the place of another: what was written is no form of what is printed.
        written = usual
    return tuple(dict.fromkeys(other for other in (*targets, written) if other != usual and other in counts))


def _is_likelier(simplified: str, at: int, others: Sequence[str], usual: str) -> bool:
    """Whether a clause is about as likely with another form of a character, by the words that it then has."""
    known = plain_lattice()
    before, after = simplified[max(0, at - _REACH) : at], simplified[at + 1 : at + 1 + _REACH]
    now = known.cost_of(f"{before}{usual}{after}")
    return any(known.cost_of(f"{before}{other}{after}") < now + _CLOSE for other in others)


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
            reason = wording("This is the regional word for a technical term; the common word may be meant.")
            yield Suspicion(match.start, match.end, "regional", (word, meant), reason)
