"""What is settled of a text before it is converted: inline variants, an editor's decisions, rules, the glossary.

Of two that want the same characters the one named first here wins; of two of a kind, the longer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Generic, Literal, TypeVar

from keben.core import language
from keben.core.edition import Edition
from keben.core.editorial.values import Decision, Editorial, GlossaryEntry
from keben.core.errors import Place
from keben.core.values import dataclass
from keben.script.passages import Lock

T = TypeVar("T")

EDGE = "¶"
"""What stands in a decision's context for the beginning and the end of a paragraph."""

By = Literal["variant", "decision", "rule", "glossary"]
_ORDER: tuple[By, ...] = ("variant", "decision", "rule", "glossary")


@dataclass(frozen=True, slots=True)
class Claim:
    """A span of a text that something wants to settle."""

    start: int
    end: int
    target: str | None
    """None: left to the converter."""
    by: By
    place: Place | None = None
    """The line of the glossary or of the decisions."""
    weight: int = 0
    """Of two of a kind for one span the one that says more of where it holds."""
    is_everywhere: bool = False
    """A decision for every place of a phrase."""


@dataclass(frozen=True, slots=True)
class SettledTerm:
    """A term that a chapter settles from some place on."""

    term: str
    target: str | None


def settle(claims: Iterable[Claim]) -> list[Claim]:
    """The claims that hold, in order and apart."""
    kept: list[Claim] = []
    for claim in sorted(claims, key=_rank):
        if all(claim.end <= other.start or claim.start >= other.end for other in kept):
            kept.append(claim)
    return sorted(kept, key=lambda claim: (claim.start, claim.end))


def locks(claims: Iterable[Claim]) -> list[Lock]:
    """Settled claims as the converter takes them."""
    return [Lock(claim.start, claim.end, claim.target) for claim in claims if claim.target is not None]


def anchored(text: str, start: int, end: int, reach: int) -> tuple[str, str]:
    """The context of a span, ``reach`` characters to each side or to the paragraph's edge."""
    whole = f"{EDGE}{text}{EDGE}"
    return whole[max(0, start + 1 - reach) : start + 1], whole[end + 1 : end + 1 + reach]


@dataclass(frozen=True)
class Terms:
    """What the glossary and the decisions say to one edition."""

    edition: Edition
    editorial: Editorial

    def claims(self, text: str, path: str) -> Iterator[Claim]:
        """Every claim on a text of the document at a path."""
        for start, end, entry in self._glossary.find(text):
            if in_scope(entry, self.edition.name, path):
                weight = bool(entry.editions) + bool(entry.chapters)
                yield Claim(start, end, self._target(entry), "glossary", entry.place, weight)
        whole = ""
        for start, end, decision in self._decisions.find(text):
            whole = whole or f"{EDGE}{text}{EDGE}"
            before, after = whole[: start + 1], whole[end + 1 :]
            if before.endswith(decision.before) and after.startswith(decision.after):
                everywhere = not (decision.before or decision.after)
                weight = 2 * (not everywhere) + (decision.language == self.edition.language)
                yield Claim(start, end, decision.target, "decision", decision.place, weight, everywhere)

    def _target(self, entry: GlossaryEntry) -> str | None:
        tags = language.fallbacks(self.edition.language)
        return next((entry.targets[tag] for tag in tags if tag in entry.targets), None)

    @cached_property
    def _glossary(self) -> "Finder[GlossaryEntry]":
        return Finder.of((entry.term, entry) for entry in self.editorial.glossary)

    @cached_property
    def _decisions(self) -> "Finder[Decision]":
        tags = (self.edition.language, f"zh-{language.script(self.edition.language)}")
        return Finder.of((each.phrase, each) for each in self.editorial.decisions if each.language in tags)


def rule_claims(text: str, rules: Sequence[tuple[int, SettledTerm]]) -> Iterator[Claim]:
    """The claims of rules, each from an offset of the text on; of two for one term, those of the later."""
    latest: dict[tuple[int, int], str | None] = {}
    for first, rule in rules:
        at = text.find(rule.term, first)
        while at >= 0:
            latest[at, at + len(rule.term)] = rule.target
            at = text.find(rule.term, at + 1)
    for (start, end), target in latest.items():
        yield Claim(start, end, target, "rule")


def in_scope(entry: GlossaryEntry, edition: str, path: str) -> bool:
    """Whether an entry holds in an edition's document, whose path begins with the book's folder."""
    if entry.editions and edition not in entry.editions:
        return False
    below = path.partition("/")[2]
    return not entry.chapters or any(fnmatchcase(below, pattern) for pattern in entry.chapters)


@dataclass(frozen=True, slots=True)
class Finder(Generic[T]):
    """Finds many phrases in a text, also where they overlap."""

    by_first: Mapping[str, Mapping[int, Mapping[str, Sequence[T]]]]
    """First character → length → phrase → what it stands for."""

    @classmethod
    def of(cls, phrases: Iterable[tuple[str, T]]) -> "Finder[T]":
        """A finder of phrases, each with a value; a phrase may come several times."""
        index: dict[str, dict[int, dict[str, list[T]]]] = {}
        for phrase, value in phrases:
            by_length = index.setdefault(phrase[0], {})
            by_length.setdefault(len(phrase), {}).setdefault(phrase, []).append(value)
        return cls(index)

    def find(self, text: str) -> Iterator[tuple[int, int, T]]:
        """Every occurrence of every phrase: its start, its end and its value."""
        if not self.by_first:
            return
        for start, first in enumerate(text):
            for length, phrases in self.by_first.get(first, {}).items():
                for value in phrases.get(text[start : start + length], ()):
                    yield start, start + length, value


def _rank(claim: Claim) -> tuple[int, int, int, int]:
    return _ORDER.index(claim.by), claim.start - claim.end, -claim.weight, claim.start
