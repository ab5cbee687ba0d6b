"""Doubts in the light of a second opinion: what stands around a character (`keben.script.around`).

Where both speak against what is there, it is likely wrong. Where only the text around does, an editor should look too.
The bounds were chosen on part `a` of the running texts; docs/conversion.md has the figures of part `b`.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.editorial.values import DoubtKind
from keben.core.saying import wording
from keben.script.ambiguity import ambiguity
from keben.script.around import Opinion, opinion
from keben.script.marks import LOCKED
from keben.script.offsets import INEXACT
from keben.script.passages import Passage
from keben.script.suspicions import Suspicion

LIKELY = 0.05
"""A doubtful place whose form is this likely at most is likely wrong."""
UNLIKE = 0.5
"""A place that nothing else makes doubtful is, if its form is this likely at most."""
SPOKEN_FOR = 0.5
"""Two ways to part a clause are no more than a phrase that may be meant, if its forms are this likely at least."""

_FEW = 2
"""An editor reads the forms of so many characters of one place; of more there would be too many."""
_ALL_FORMS: frozenset[DoubtKind] = frozenset(("likely", "overlap", "phrase", "several", "default"))
_WEIGHED: frozenset[DoubtKind] = frozenset(("overlap", "phrase", "several", "default", "name"))


def weighed(
    name: str, passage: Passage, masked: str, found: Sequence[Suspicion], ordinary: Collection[int]
) -> list[Suspicion]:
    """Suspicions with what the text around says of each, and those that it alone has, in order.

    Args:
        name: the first configuration of the conversion; nothing is known of those that do not begin in Simplified.
        passage: the text and what it came out as.
        masked: its source with `LOCKED` for each character of what is settled.
        found: its suspicions, none of which share a character.
        ordinary: the characters of ordinary words, which nothing around them puts in doubt.
    """
    if not name.startswith("s2"):
        return list(found)
    covered = {at for each in found for at in range(each.start, each.end)} | set(ordinary)
    known = ambiguity(name)
    # Without the forms that Taiwan hardly writes.
    asked = {character: known.common.get(character, forms) for character, forms in known.targets.items()}
    alone = (at for at, character in enumerate(masked) if character in asked and at not in covered)
    more = (each for at in alone for each in _unlike(name, passage, at))
    complete = (_complete(asked, passage, _judged(name, passage, each)) for each in found)
    return sorted((*complete, *more), key=lambda each: each.start)


def _judged(name: str, passage: Passage, each: Suspicion) -> Suspicion:
    if each.kind not in _WEIGHED:
        return each
    heard = [one for at in range(each.start, each.end) if (one := _opinion(name, passage, at))]
    if not heard:
        return each
    against = min(heard, key=lambda one: one.present)
    if against.present <= LIKELY:
        reason = f"{each.reason} {_said(against)}"
        first, *others = each.candidates
        others.sort(key=lambda other: against.best not in other)
        return replace(each, kind="likely", candidates=(first, *others), reason=reason)
    if each.kind == "overlap" and against.present >= SPOKEN_FOR:
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


def _unlike(name: str, passage: Passage, at: int) -> Iterator[Suspicion]:
    heard = _opinion(name, passage, at)
    if heard is not None and heard.present <= UNLIKE:
        now = passage.output[passage.offsets[at]]
        candidates = dict.fromkeys((now, heard.best, *ambiguity(name).targets[passage.source[at]]))
        yield Suspicion(at, at + 1, "context", tuple(candidates), _said(heard))


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
