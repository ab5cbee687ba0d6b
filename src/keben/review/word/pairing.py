"""Which paragraph of a document is which of the source's: by their keys, and in the gaps between by their texts."""

import itertools
from collections.abc import Sequence
from difflib import SequenceMatcher

from keben.check.matching import rising_pairs
from keben.core.values import dataclass
from keben.formats.docx.keys import digest, hash_of
from keben.review.word.values import Given, Own

_ALIKE = 0.5
"""How alike two texts are that are taken for one that was changed."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What belongs together, by the numbers of both sides."""

    given_of: dict[int, int]
    """The document's paragraph of each of the source's."""
    joined: dict[int, int]
    """Paragraphs of the source whose text stands in another one's paragraph."""
    conflicts: frozenset[int]
    """Paragraphs of the source that changed since the document was written, and were changed there too."""
    kept: frozenset[int]
    """Paragraphs of the source that changed since, and not in the document."""
    new: tuple[tuple[int, int], ...]
    """Paragraphs of the document that are none of the source's, each with the one of the source that it follows
    (-1)."""
    moved: frozenset[int]
    """Paragraphs of the source that stand in another order in the document."""

    def lost(self, own: Sequence[Own]) -> list[int]:
        """The paragraphs of the source that are not in the document any more."""
        return [
            at
            for at, each in enumerate(own)
            if each.is_written and at not in self.given_of and at not in self.joined
        ]


def pair(own: Sequence[Own], given: Sequence[Given]) -> Pairs:
    """Pair the paragraphs of a source with those of a document."""
    places = {each.key: at for at, each in enumerate(own) if each.key}
    keyed = [(at, key) for at, each in enumerate(given) for key in each.keys]
    found = {} if all(key in places for _, key in keyed) else _in_order(own, keyed)
    joined: dict[int, int] = {}
    for at, key in keyed:
        if key not in places or places[key] in found:
            continue
        if at in found.values():
            joined[places[key]] = at
        else:
            found[places[key]] = at
    strays = [(at, key) for at, key in keyed if key not in places]
    conflicts, kept = _since(own, given, strays, found)
    _alike(own, given, found, joined)
    taken = set(found.values())
    by_given = {number: at for at, number in found.items()}
    new = []
    last = -1
    for at in range(len(given)):
        last = by_given.get(at, last)
        if at not in taken:
            new.append((at, last))
    return Pairs(found, joined, conflicts, kept, tuple(new), _moved(found))


def _in_order(own: Sequence[Own], keyed: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Pairs by hashes and order: in the source paragraphs came or went, and keys have other numbers now."""
    left = [at for at, each in enumerate(own) if each.key]
    matcher = SequenceMatcher(
        None, [hash_of(own[at].key) for at in left], [hash_of(key) for _, key in keyed], autojunk=False
    )
    found: dict[int, int] = {}
    for one, other, size in matcher.get_matching_blocks():
        for step in range(size):
            if keyed[other + step][0] not in found.values():
                found[left[one + step]] = keyed[other + step][0]
    return found


def _since(
    own: Sequence[Own], given: Sequence[Given], strays: Sequence[tuple[int, str]], found: dict[int, int]
) -> tuple[frozenset[int], frozenset[int]]:
    """Pair paragraphs whose source changed since the document was written: by their order in a gap."""
    taken = set(found.values())
    conflicts: set[int] = set()
    kept: set[int] = set()
    for gap_own, gap_given in _gaps(own, given, found):
        changed = [at for at in gap_own if own[at].key]
        keyed = [(at, key) for at, key in strays if at in gap_given and at not in taken]
        for one, (at, key) in zip(changed, keyed, strict=False):
            found[one] = at
            is_same = digest(list(given[at].tokens)) == hash_of(key)
            (kept if is_same else conflicts).add(one)
    return frozenset(conflicts), frozenset(kept)


def _alike(own: Sequence[Own], given: Sequence[Given], found: dict[int, int], joined: dict[int, int]) -> None:
    """Pair what has no key left: in each gap what is the same, then what is alike, in order."""
    for gap_own, gap_given in _gaps(own, given, found):
        for least in (1.0, _ALIKE):
            start = 0
            for one in gap_own:
                if one in found or one in joined:
                    continue
                for number in range(start, len(gap_given)):
                    at = gap_given[number]
                    if at not in found.values() and _likeness(own[one], given[at], least) >= least:
                        found[one] = at
                        start = number + 1
                        break


def _likeness(one: Own, other: Given, least: float) -> float:
    if least == 1.0:
        return float(one.tokens == other.tokens)
    matcher = SequenceMatcher(None, one.tokens, other.tokens, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= least else 0.0


def _gaps(
    own: Sequence[Own], given: Sequence[Given], found: dict[int, int]
) -> list[tuple[list[int], list[int]]]:
    """The runs of unpaired paragraphs on both sides, between the paired ones."""
    rising = rising_pairs(sorted(found.items()))
    borders = [(-1, -1), *rising, (len(own), len(given))]
    taken = set(found.values())
    gaps = []
    for (one, other), (next_one, next_other) in itertools.pairwise(borders):
        left = [at for at in range(one + 1, next_one) if at not in found]
        right = [at for at in range(other + 1, next_other) if at not in taken]
        if left and right:
            gaps.append((left, right))
    return gaps


def _moved(found: dict[int, int]) -> frozenset[int]:
    kept = {one for one, _ in rising_pairs(sorted(found.items()))}
    return frozenset(at for at in found if at not in kept)
