"""What a review is made from."""

from keben.core.editorial.values import Decision, Doubt, DoubtKind
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One edition's review."""

    edition: str
    """Its name."""
    language: str
    """A canonical tag."""
    doubts: tuple[Doubt, ...]
    """Undecided places, in the order of the book."""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """All that a review page shows."""

    title: str
    slug: str
    """Answers that are not saved yet are kept in the browser under this name."""
    source_language: str
    """A canonical tag."""
    editions: tuple[Reviewed, ...]
    decisions: tuple[Decision, ...]
    """Those that stand in ``book/decisions.tsv`` now."""
    fail_on: tuple[DoubtKind, ...]
    lines: tuple[tuple[str, tuple[str, str, str, str] | None], ...] = ()
    """The lines of ``book/decisions.tsv``, each with what its decision is about (`keben.core.editorial.decisions.key`).

    A file that the page gives to download keeps them.
    """
