"""Doubts in the light of a second opinion: what stands around a character (`keben.script.around`).

Each doubtful place gets a score, how likely it is wrong (`keben.script.likelihood`). The likeliest are in rank 1. Where
only the text around speaks against a form, an editor should look if the score says that it is worth a look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.editorial.values import DoubtKind
from keben.core.saying import wording
from keben.script.ambiguity import ambiguity
from keben.script.around import TABLE as AROUND
from keben.script.around import Opinion, opinion
from keben.script.likelihood import LIKELY, WORTH, likelihood
from keben.script.likelihood import TABLE as LIKELIHOODS
from keben.script.marks import LOCKED
from keben.script.offsets import INEXACT
from keben.script.passages import Passage
from keben.script.suspicions import CERTAIN, EVERYDAY, Suspicion
from keben.script.taiwan import SETTLED
from keben.script.taste import is_taste

UNLIKE = 0.9
"""A place that nothing else makes doubtful may be, if its form is this likely at most."""
HARDLY = 0.004
"""A place that has nothing but a usual form or a rare phrase against it is not shown below this likelihood."""
SPOKEN_FOR = 0.5
"""Two ways to part a clause are no more than a phrase that may be meant, if its forms are this likely at least."""
SPOKEN_AGAINST = 0.3
"""A place in an everyday word is shown if it is this likely wrong, and never in the first rank."""
ORDINARY = "ordinary"
"""What stands in an ordinary word, and only the text around speaks against."""

_FEW = 2
"""An editor reads the forms of so many characters of one place; of more there would be too many."""
_ALL_FORMS: frozenset[DoubtKind] = frozenset(("likely", "overlap", "phrase", "several", "default"))
_DROPPED: frozenset[DoubtKind] = frozenset(("default", "phrase", "several"))
_WEIGHED: frozenset[DoubtKind] = frozenset(("overlap", "phrase", "several", "default", "name"))


TABLES = (AROUND, LIKELIHOODS, SETTLED)
"""The tables that doubts are weighed by."""


def is_weighed(name: str) -> bool:
    """Whether anything is known of what a conversion puts in doubt: one that begins in Simplified."""
    return name.startswith("s2")


def weighed(
    name: str, passage: Passage, masked: str, found: Sequence[Suspicion], ordinary: Mapping[int, int]
) -> list[Suspicion]:
    """Suspicions with what the text around says of each, and those that it alone has, in order.

    Args:
        name: the first configuration of the conversion; nothing is known of those that do not begin in Simplified.
        passage: the text and what it came out as.
        masked: its source with `LOCKED` for each character of what is settled.
        found: its suspicions, none of which share a character.
        ordinary: the characters of ordinary words, which what is around hardly puts in doubt → the word's count.
    """
    if not is_weighed(name):
        return list(found)
    more = (
        replace(each, kind="likely") if score >= LIKELY and ordinary.get(each.start, 0) < EVERYDAY else each
        for each, kind, heard in unlike(name, passage, masked, found, ordinary, CERTAIN)
        if (score := _score(name, kind, passage, each, heard)) >= WORTH
        and (score >= SPOKEN_AGAINST or ordinary.get(each.start, 0) < EVERYDAY)
    )
    asked = _asked(name)
    judged = (_judged(name, passage, each) for each in found)
    complete = (_complete(asked, passage, each) for each in judged if each is not None)
    return sorted((*complete, *more), key=lambda each: each.start)


def unlike(
    name: str,
    passage: Passage,
    masked: str,
    found: Sequence[Suspicion],
    ordinary: Mapping[int, int],
    below: int = EVERYDAY,
) -> Iterator[tuple[Suspicion, str, Opinion]]:
    """The places that only what stands around them puts in doubt; `likelihood` tells which are worth a look."""
    covered = {at for each in found for at in range(each.start, each.end)}
    asked = _asked(name)
    for at, character in enumerate(masked):
        if character in asked and at not in covered and ordinary.get(at, 0) < below:
            heard = _opinion(name, passage, at)
            if heard is not None and heard.present <= UNLIKE:
                now = passage.output[passage.offsets[at]]
                candidates = dict.fromkeys((now, heard.best, *ambiguity(name).targets[character]))
                each = Suspicion(at, at + 1, "context", tuple(candidates), _said(heard))
                yield each, ORDINARY if at in ordinary else "context", heard


def least_likely(name: str, passage: Passage, each: Suspicion) -> Opinion | None:
    """What the text around says of the character of a place that it speaks for least."""
    heard = [one for at in range(each.start, each.end) if (one := _opinion(name, passage, at))]
    return min(heard, key=lambda one: one.present, default=None)


def _score(name: str, kind: str, passage: Passage, each: Suspicion, heard: Opinion | None) -> float:
    phrase = passage.source[each.start : each.end]
    return likelihood(ambiguity(name), kind, phrase, each.candidates[0], heard.present if heard else None)


def _asked(name: str) -> Mapping[str, Sequence[str]]:
    """The characters that the text around is asked about, with their forms but for those that Taiwan hardly writes."""
    known = ambiguity(name)
    return {**known.targets, **known.common}


def _judged(name: str, passage: Passage, each: Suspicion) -> Suspicion | None:
    """A suspicion with what the text around says of it; None where it is hardly worth a look."""
    if each.kind not in _WEIGHED:
        return each
    against = least_likely(name, passage, each)
    score = _score(name, each.kind, passage, each, against)
    same_size = all(len(form) == each.end - each.start for form in each.candidates)
    # Nothing was learnt of words that a region has others for.
    if score < HARDLY and each.kind in _DROPPED and same_size:
        return None
    if is_taste(each.candidates):
        return replace(each, kind="phrase" if each.kind == "overlap" else "default")
    if score >= LIKELY:
        if against is None or against.present > SPOKEN_FOR:
            return replace(each, kind="likely")
        first, *others = each.candidates
        others.sort(key=lambda other: against.best not in other)
        reason = wording("{first} {second}", first=each.reason, second=_said(against))
        return replace(each, kind="likely", candidates=(first, *others), reason=reason)
    if each.kind == "overlap" and against is not None and against.present >= SPOKEN_FOR:
        return replace(each, kind="phrase")
    return each


def _complete(asked: Mapping[str, Sequence[str]], passage: Passage, each: Suspicion) -> Suspicion:
    """A suspicion whose candidates are all forms that its characters can have."""
    places = [at for at in range(each.start, each.end) if passage.source[at] in asked]
    first = each.candidates[0]
    if each.kind not in _ALL_FORMS or len(first) != each.end - each.start or len(places) > _FEW:
        return each
    forms = (
        first[: at - each.start] + form + first[at - each.start + 1 :]
        for at in places
        for form in asked[passage.source[at]]
    )
    return replace(each, candidates=tuple(dict.fromkeys((*each.candidates, *forms))))


def _opinion(name: str, passage: Passage, at: int) -> Opinion | None:
    first, last = passage.offsets[at], passage.offsets[at + 1]
    if INEXACT in (first, last) or last - first != 1 or passage.source[at] == LOCKED:
        return None
    return opinion(name, passage.source, at, passage.output[first])


def _said(heard: Opinion) -> str:
    return wording(
        "What stands around it speaks for {best}; {present} % for the present form.",
        best=heard.best,
        present=round(100 * heard.present),
    )
