"""Doubts in the light of a second opinion: the text around a character (`keben.script.around`).

Each doubtful place gets a score, how likely it is wrong (`keben.script.likelihood`). The likeliest are in rank 1. Where
only the text around speaks against a form, an editor should look if the score says that it is worth a look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from keben.core.editorial.values import DoubtKind
from keben.core.saying import wording
from keben.script.ambiguity import ambiguity
from keben.script.around import TABLE as AROUND
from keben.script.around import Opinion, opinion
from keben.script.likelihood import LIKELY, OPINIONS, least_worth, likelihood
from keben.script.likelihood import TABLE as LIKELIHOODS
from keben.script.marks import LOCKED
from keben.script.offsets import INEXACT
from keben.script.passages import Passage
from keben.script.suspicions import STANDINGS, Standing, Suspicion
from keben.script.taiwan import SETTLED
from keben.script.taste import is_taste

UNLIKE = 0.985
"""A place that nothing else makes doubtful may be, if its form is this likely at most."""
SPOKEN_FOR = 0.5
"""Two ways to part a clause are no more than a phrase that may be meant, if its forms are this likely at least."""
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
    name: str, passage: Passage, masked: str, found: Sequence[Suspicion], standings: Mapping[int, Standing]
) -> list[Suspicion]:
    """Suspicions with what the text around says of each, and those that it alone has, in order.

    Args:
        name: the first configuration of the conversion; nothing is known of those that do not begin in Simplified.
        passage: the text and what it came out as.
        masked: its source with `LOCKED` for each character of what is settled.
        found: its suspicions, none of which share a character.
        standings: how sure the characters are that may have several forms.
    """
    if not is_weighed(name):
        return list(found)
    more = (
        replace(each, kind="likely") if score >= LIKELY else each
        for each, kind, heard in unlike(name, passage, masked, found, standings)
        if (score := _score(name, kind, passage, each, heard, standings))
        >= least_worth(standings[each.start])
    )
    asked = _asked(name)
    judged = (_judged(name, passage, each, standings) for each in found)
    complete = (_complete(asked, passage, each) for each in judged if each is not None)
    return sorted((*complete, *more), key=lambda each: each.start)


def unlike(
    name: str,
    passage: Passage,
    masked: str,
    found: Sequence[Suspicion],
    standings: Mapping[int, Standing],
    *,
    every: bool = False,
) -> Iterator[tuple[Suspicion, str, Opinion]]:
    """The places that only the text around them puts in doubt; `likelihood` tells which are worth a look.

    ``every``: also those that are not worth a look whatever the text around says, which to leave out saves time.
    """
    covered = {at for each in found for at in range(each.start, each.end)}
    asked = _asked(name)
    for at, standing in standings.items():
        character = masked[at]
        if standing != "certain" and character in asked and at not in covered:
            kind = "context" if standing == "free" else ORDINARY
            first = passage.offsets[at]
            if first == INEXACT:
                continue
            now = passage.output[first : first + 1]
            if not every and not _is_ever_worth(name, kind, character, now, standing):
                continue
            heard = _opinion(name, passage, at)
            if heard is not None and heard.present <= UNLIKE:
                candidates = dict.fromkeys((now, heard.best, *ambiguity(name).targets[character]))
                each = Suspicion(at, at + 1, "context", tuple(candidates), _said(heard))
                yield each, kind, heard


def standing_of(each: Suspicion, standings: Mapping[int, Standing]) -> Standing:
    """How sure a place is: as sure as the least sure of its characters."""
    inside = (standings[at] for at in range(each.start, each.end) if at in standings)
    return min(inside, key=STANDINGS.index, default="free")


def least_likely(name: str, passage: Passage, each: Suspicion) -> Opinion | None:
    """What the text around says of the character of a place that it speaks for least."""
    heard = [one for at in range(each.start, each.end) if (one := _opinion(name, passage, at))]
    return min(heard, key=lambda one: one.present, default=None)


def _score(
    name: str,
    kind: str,
    passage: Passage,
    each: Suspicion,
    heard: Opinion | None,
    standings: Mapping[int, Standing],
) -> float:
    phrase, standing = passage.source[each.start : each.end], standing_of(each, standings)
    said = heard.present if heard else None
    return likelihood(ambiguity(name), kind, phrase, each.candidates[0], said, standing)


@cache
def _is_ever_worth(name: str, kind: str, character: str, present: str, standing: Standing) -> bool:
    known, least = ambiguity(name), least_worth(standing)
    return any(likelihood(known, kind, character, present, said, standing) >= least for said in OPINIONS)


def _asked(name: str) -> Mapping[str, Sequence[str]]:
    """The characters that the text around is asked about, with their forms but for those that Taiwan hardly writes."""
    known = ambiguity(name)
    return {**known.targets, **known.common}


def _judged(
    name: str, passage: Passage, each: Suspicion, standings: Mapping[int, Standing]
) -> Suspicion | None:
    """A suspicion with what the text around says of it; None where it is hardly worth a look."""
    if each.kind not in _WEIGHED:
        return each
    against = least_likely(name, passage, each)
    score = _score(name, each.kind, passage, each, against, standings)
    is_hardly = each.kind in _DROPPED and score < least_worth(standing_of(each, standings))
    # Nothing was learnt of words that a region has others for.
    if is_hardly and _is_of_forms(
        ambiguity(name).targets, passage.source[each.start : each.end], each.candidates
    ):
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


def _is_of_forms(targets: Mapping[str, Sequence[str]], phrase: str, candidates: Sequence[str]) -> bool:
    """Whether candidates differ in forms of the same characters alone: 階 is no form of 级, and 高階 another word."""
    first = candidates[0]
    return all(
        len(form) == len(phrase) == len(first)
        and all(
            one in (usual, source, *targets.get(source, ()))
            for source, usual, one in zip(phrase, first, form, strict=True)
        )
        for form in candidates[1:]
    )


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
