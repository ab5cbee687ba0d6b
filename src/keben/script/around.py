"""How likely each form of a character is, by the characters around it: a second opinion.

The dictionaries decide by words, and know nothing of what stands beyond one: in 初用的麦子磨面 no word holds 面, and 麦
and 磨 say that it is flour. Here a character's neighbours speak, each with a weight that ``tools/around.py`` has learnt
from text that was written in Traditional (multinomial logistic regression). The opinion never decides a conversion. It
says which places an editor should look at.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from keben.core.values import dataclass
from keben.script.ambiguity import ambiguity
from keben.script.dictionaries import recipe
from keben.script.tables import table_rows

TABLE = "around.tsv"
REACH = 10
"""How many characters on each side are looked at."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the text around speaks for."""

    present: float
    """How likely the form is that is there now, from 0 to 1."""
    best: str
    """The likeliest form."""


class _Character:
    """What was learnt of one character in Simplified."""

    def __init__(self, groups: str, biases: str, learnt: str) -> None:
        self.groups = tuple(groups.split(" "))
        """Its forms in OpenCC's standard; those that differ by taste alone stand together."""
        self.biases = tuple(int(bias) / 10 for bias in biases.split("/"))
        self._learnt = learnt

    @cached_property
    def weights(self) -> Mapping[str, str]:
        """Feature → what it adds to each group's score but the first's, in tenths, with a slash between.

        A text asks for few characters, and for few of their features.
        """
        found = {}
        for each in self._learnt.split(" "):
            feature, _, written = each.rpartition(":")
            found[feature] = written
        return found


def opinion(name: str, source: str, at: int, present: str) -> Opinion | None:
    """What the text around a character says about its form; None where nothing was learnt of it.

    Args:
        name: an OpenCC configuration from Simplified.
        source: the text in Simplified.
        at: the character's offset.
        present: what it came out as.
    """
    known = _characters().get(source[at])
    forms = _forms(name).get(source[at]) if known else None
    if known is None or forms is None:
        return None
    scores, weights = [0.0, *known.biases], known.weights
    for feature in features(source[max(0, at - REACH) : at], source[at + 1 : at + 1 + REACH]):
        written = weights.get(feature)
        if written is not None:
            for index, weight in enumerate(written.split("/"), 1):
                scores[index] += int(weight) / 10
    highest = max(scores)
    shares = [math.exp(score - highest) for score in scores]
    here = [index for index, several in enumerate(forms) if present in several]
    if not here:
        return None
    best = shares.index(max(shares))
    return Opinion(sum(shares[index] for index in here) / sum(shares), forms[best][0])


def features(before: str, after: str) -> Iterator[str]:
    """What counts of up to `REACH` characters before and after: neighbours, pairs of them, and who is near at all."""
    yield f"<{before[-1:]}"
    yield f">{after[:1]}"
    yield f"|{before[-1:]}{after[:1]}"
    if len(before) > 1:
        yield f"<2{before[-2]}"
        yield f"<<{before[-2:]}"
    if len(after) > 1:
        yield f">2{after[1]}"
        yield f">>{after[:2]}"
    for character in dict.fromkeys(before[:-1] + after[1:]):
        if "\u4e00" <= character <= "\u9fff":
            yield f"~{character}"


@cache
def _forms(name: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Each character's groups as a configuration prints them."""
    chosen = recipe(name)
    found = {}
    for character, known in _characters().items():
        if character in ambiguity(name).targets:
            groups = []
            for group in known.groups:
                several = list(group)
                for stage in chosen.chain[1:]:
                    several = [stage.apply(form) for form in several]
                groups.append(tuple(several))
            found[character] = tuple(groups)
    return found


@cache
def _characters() -> Mapping[str, _Character]:
    """The table, read. Kept for the life of the process."""
    return {character: _Character(*row) for character, *row in table_rows(TABLE)}
