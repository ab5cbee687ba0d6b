"""Glossary terms and decisions that no longer apply anywhere."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from keben.core.editorial.values import Decision, GlossaryEntry
from keben.core.errors import Finding, Place
from keben.core.saying import wording


def unused_terms(entries: Iterable[GlossaryEntry], used: Collection[Place]) -> Iterator[Finding]:
    """A warning for each term of the glossary that settled nothing."""
    for entry in entries:
        if entry.place not in used and not entry.is_shared:
            message = wording(
                "The term “{term}” stands nowhere in the book, or only inside longer ones.", term=entry.term
            )
            yield Finding(entry.place, "unused-term", message, wording("Take it out, or fix it."), "warning")


def unused_decisions(
    decisions: Iterable[Decision], used: Collection[Place], withheld: Mapping[Place, str]
) -> Iterator[Finding]:
    """A warning for each decision that settles nothing; ``withheld`` has the longer words that some stand in."""
    for decision in decisions:
        if decision.place in used:
            continue
        advice = wording("Take it out, or decide the place again.")
        if word := withheld.get(decision.place):
            message = wording(
                "Where “{phrase}” stands it is a part of a longer word: “{word}”.",
                phrase=decision.phrase,
                word=word,
            )
            advice = wording("Decide that word, or name what stands before and after.")
        else:
            around = f"{decision.before}[{decision.phrase}]{decision.after}"
            message = wording(
                "The book has no place like “{around}” any more, or something else settles it.", around=around
            )
        yield Finding(decision.place, "unused-decision", message, advice, "warning")
