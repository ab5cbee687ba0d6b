"""How likely a doubtful place is wrong: a calibrated score of what is known of it.

The score is a logistic regression. ``tools/doubts.py`` learns its weights from text that was written in Traditional, on
the part that is for choosing (tests/data/running/README.md).
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache

from keben.script.ambiguity import Ambiguity
from keben.script.suspicions import Standing
from keben.script.tables import table_rows
from keben.script.taiwan import taiwan
from keben.script.words import words

TABLE = "doubts.tsv"
LIKELY = 0.5
"""A place that is wrong with this likelihood is in rank 1."""
WORTH = 0.015
"""A place is shown from this likelihood on; see `least_worth`."""

_STEPS = 1.75
"""How far apart two opinions are that count as different, in nats."""
_HALF = 7.0
"""From here on an opinion is as clear as can be, in nats."""
OPINIONS = tuple(1 / (1 + math.exp(_HALF - _STEPS * (step + 0.5))) for step in range(8))
"""One opinion of each step."""


def likelihood(
    known: Ambiguity, kind: str, phrase: str, present: str, opinion: float | None, standing: Standing
) -> float:
    """How likely a place came out wrong, from 0 to 1.

    Args:
        known: the configuration's ambiguous characters.
        kind: what makes the place doubtful.
        phrase: the place's text in the source.
        present: what it came out as.
        opinion: how likely the text around makes its least likely character; None where nothing is known.
        standing: how sure its form is by the words it stands in.
    """
    weights = _weights()
    score = sum(weights.get(each, 0.0) for each in features(known, kind, phrase, present, opinion, standing))
    return 1 / (1 + math.exp(-score))


def least_worth(standing: Standing, worth: float = WORTH) -> float:
    """From which likelihood on a place is shown, by how sure its form is.

    Words that are written again and again weigh more on an editor; and what a rule or grammar tells is never asked.
    """
    if standing == "certain":
        return math.inf
    return 2 * worth if standing in ("everyday", "settled") else worth


def features(
    known: Ambiguity, kind: str, phrase: str, present: str, opinion: float | None, standing: Standing
) -> Iterator[str]:
    """What counts of a place: see `likelihood`."""
    step = "none"
    if opinion is not None:
        nats = math.log(max(opinion, 1e-3) / max(1 - opinion, 1e-3))
        step = str(int((min(max(nats, -_HALF), _HALF) + _HALF) / _STEPS))
    yield "all"
    yield f"kind {kind}"
    yield f"around {step}"
    yield f"around {kind} {step}"
    yield f"word {standing}"
    yield f"word {kind} {standing}"
    yield f"word {standing} {step}"
    yield f"size {min(len(phrase), 3)}"
    if len(phrase) > 1:
        yield f"counted {len(words().counts.get(phrase, ''))}"
    if (counts := taiwan().forms.get(phrase)) and present in counts:
        others = max((count for form, count in counts.items() if form != present), default=0)
        yield f"taiwan {round(math.log10((counts[present] + 1) / (others + 1)))}"
    if len(phrase) == len(present):
        for source, form in zip(phrase, present, strict=True):
            if source in known.targets and form in known.targets[source]:
                number = known.targets[source].index(form)
                yield f"form {source}{number}"
                yield f"form {kind} {source}{number}"


@cache
def _weights() -> Mapping[str, float]:
    """The table, read. Kept for the life of the process."""
    return {feature: float(weight) for feature, weight in table_rows(TABLE)}
