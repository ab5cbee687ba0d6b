"""What makes a place doubtful, and how much."""

from collections.abc import Sequence
from typing import Literal, get_args

from keben.core.editorial.values import DoubtKind
from keben.core.values import dataclass

RANKS: dict[DoubtKind, int] = {
    "credit": 1,
    "likely": 1,
    "glossary": 1,
    "quotes": 1,
    "own": 1,
    "overlap": 2,
    "name": 2,
    "several": 2,
    "inconsistent": 2,
    "markup": 2,
    "phrase": 2,
    "default": 3,
    "context": 3,
    "regional": 3,
}

DOUBTFUL = 2.0
"""Two ways to part a clause overlap if the other costs no more than this above the way that was taken, in nats."""
UNLIKELY = 5.0
"""Up to here the other way is a phrase that may be meant; beyond, it is not."""

ALONE = 0.09
"""A character that stands alone is doubtful from this share of other uses on."""
MORE = 4
"""A word is doubtful that Taiwan writes so many times as often in another form."""
IN_WORD = 0.1
"""The same for one inside a word that OpenCC does not know."""
ORDINARY = 200
"""A word is ordinary if the word list counts it this often."""
EVERYDAY = 1000
"""And everyday if it counts it this often: 头发, 冲突."""
COMMON = 50
"""A regional word is doubtful if the word list counts it this often: then it is not only a technical term."""

Standing = Literal["free", "ordinary", "everyday", "settled", "certain"]
"""How sure a character's form is by the word that it stands in: a word of no note, one that the list counts often or
very often, one that Taiwan writes in one way, and one whose form a rule or grammar tells."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A doubtful span of a text. Offsets are in code points of the source."""

    start: int
    end: int
    kind: DoubtKind
    candidates: tuple[str, ...]
    """The present output first."""
    reason: str


def _precedence(each: Suspicion) -> tuple[int, bool, int, int]:
    # Another way to part a clause says more than that a phrase of it is no word.
    return RANKS[each.kind], each.kind != "overlap", each.start - each.end, each.start


def distinct(found: Sequence[Suspicion]) -> list[Suspicion]:
    """Suspicions in order, without those that share a character with one of a better rank."""
    kept: list[Suspicion] = []
    for each in sorted(found, key=_precedence):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda each: each.start)
