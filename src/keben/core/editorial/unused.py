"""What the editors settled that serves nowhere any more."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from keben.core.editorial.values import Decision, GlossaryEntry
from keben.core.errors import Finding, Place


def unused_terms(entries: Iterable[GlossaryEntry], used: Collection[Place]) -> Iterator[Finding]:
    """A warning for each term of the glossary that settled nothing."""
    for entry in entries:
        if entry.place not in used and not entry.is_shared:
            message = f"The term “{entry.term}” stands nowhere in the book, or only inside longer ones."
            yield Finding(entry.place, "unused-term", message, "Take it out, or fix it.", "warning")


def unused_decisions(
    decisions: Iterable[Decision], used: Collection[Place], withheld: Mapping[Place, str]
) -> Iterator[Finding]:
    """A warning for each decision that settles nothing; ``withheld`` has the longer words that some stand in."""
    for decision in decisions:
        if decision.place in used:
            continue
        advice = "Take it out, or decide the place again."
        if word := withheld.get(decision.place):
            message = f"Where “{decision.phrase}” stands it is a part of a longer word: “{word}”."
            advice = "Decide that word, or name what stands before and after."
        else:
            around = f"{decision.before}[{decision.phrase}]{decision.after}"
            message = f"The book has no place like “{around}” any more, or something else settles it."
        yield Finding(decision.place, "unused-decision", message, advice, "warning")
