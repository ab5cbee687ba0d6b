"""How uncertain a character's usual target is, by the words that it stands in."""

from collections.abc import Iterator, Mapping
from functools import cache

from keben.core.values import dataclass
from keben.script.dictionaries import entries, recipe
from keben.script.taiwan import taiwan
from keben.script.words import words

_HARDLY = 0.02
"""The share of the most frequent form that one must have to count."""
_LONGEST = 4
"""Longer words are sayings and names: what they say of a character holds nowhere else."""


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """What a configuration from Simplified leaves open, character by character."""

    targets: Mapping[str, tuple[str, ...]]
    """Each character that may come out in several ways, and these, the usual one first."""
    common: Mapping[str, tuple[str, ...]]
    """The same without the forms that Taiwan hardly writes, and without what then has one only."""
    others: Mapping[str, float]
    """How often such a character comes out in another way than its usual one: a share of its uses in words."""
    alone: Mapping[str, float]
    """The same share of all its uses, those as a word by itself among them, which all count as usual."""
    usual_pairs: frozenset[str]
    """Two characters that stand side by side in a word where an ambiguous one of them comes out in its usual way."""
    other_pairs: frozenset[str]
    """The same where it comes out in another way."""

    def doubt(self, text: str, at: int) -> float:
        """How doubtful the usual way is for a character of a text, from 0 to 1, by its neighbours."""
        share = self.alone[text[at]]
        pairs = {text[at - 1 : at + 1], text[at : at + 2]}
        if not self.other_pairs.isdisjoint(pairs):
            return max(share, 0.5)
        return share * (0.4 if not self.usual_pairs.isdisjoint(pairs) else 0.8)


@cache
def ambiguity(name: str) -> Ambiguity:
    """The ambiguous characters of a configuration. Kept for the life of the process.

    The share is of the words of two to four characters in the word list, each as often as it was counted; those that
    OpenCC has no phrase for come out in the usual way, and count as that.

    Raises:
        MachineError: the dictionaries or the word list are not as they should be.
    """
    chosen, counts = recipe(name), words().counts
    first, later = chosen.chain[0], chosen.chain[1:]

    def finish(text: str) -> str:
        for stage in later:
            text = stage.apply(text)
        return text

    targets = {}
    for source, several in entries("STCharacters.txt").items():
        finished = tuple(dict.fromkeys(map(finish, several)))
        if len(source) == 1 and len(finished) > 1 and all(len(target) == 1 for target in finished):
            targets[source] = finished
    uses = dict.fromkeys(targets, 0)
    others = dict.fromkeys(targets, 0)
    usual_pairs: set[str] = set()
    other_pairs: set[str] = set()
    open_words = [
        word for word in counts if 1 < len(word) <= _LONGEST and not targets.keys().isdisjoint(word)
    ]
    # In one go: no entry of a dictionary goes over a line break.
    all_converted = finish(first.apply("\n".join(open_words))).split("\n")
    for word, converted in zip(open_words, all_converted, strict=True):
        if len(converted) == len(word):
            weight = int(counts[word])
            for at, (source, target) in enumerate(zip(word, converted, strict=True)):
                if source in targets:
                    usual = target == targets[source][0]
                    uses[source] += weight
                    others[source] += 0 if usual else weight
                    (usual_pairs if usual else other_pairs).update(
                        pair for pair in (word[max(0, at - 1) : at + 1], word[at : at + 2]) if len(pair) > 1
                    )
    shares = {each: others[each] / max(1, uses[each]) for each in targets}
    alone = {each: others[each] / max(1, uses[each] + int(counts.get(each, 0))) for each in targets}
    return Ambiguity(
        targets, dict(_common(targets)), shares, alone, frozenset(usual_pairs), frozenset(other_pairs)
    )


def _common(targets: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    counted = taiwan().characters
    for source, several in targets.items():
        # The counts are of OpenCC's standard; they stand in the order of its targets, as the edition's forms do.
        counts = list(counted.get(source, {}).values())
        if len(counts) != len(several):
            yield source, several
            continue
        kept = tuple(
            form for form, count in zip(several, counts, strict=True) if count >= _HARDLY * max(counts)
        )
        if len(kept) > 1:
            yield source, kept
