"""How often Taiwan writes a word in each of its forms, by its own counts.

The counts are McBopomofo's (MIT), of text that was written in Taiwan; ``tools/taiwan.py`` makes the table. What
neither they nor OpenCC's dictionaries know is in ``forms.tsv``, by hand.
"""

from collections.abc import Mapping
from functools import cache

from keben.core.values import dataclass
from keben.script.tables import table_rows

SETTLED = "settled.tsv"
TABLES = ("taiwan.tsv", "forms.tsv")


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted, and what was added by hand. Forms are in OpenCC's standard for Traditional."""

    forms: Mapping[str, Mapping[str, int]]
    """Word in Simplified → each form with its count; only where something is to be decided."""
    characters: Mapping[str, Mapping[str, int]]
    """The same for single characters."""
    regional: Mapping[str, Mapping[str, int]]
    """A word that OpenCC has another word for → its own form first, and each regional one, with counts."""
    own: Mapping[str, str]
    """Word in Simplified → its form, by hand."""


@cache
def taiwan() -> Counts:
    """The tables, read. Kept for the life of the process."""
    kinds: dict[str, dict[str, Mapping[str, int]]] = {"form": {}, "character": {}, "regional": {}}
    for kind, word, written in table_rows("taiwan.tsv"):
        pairs = (each.rsplit(":", 1) for each in written.split(" "))
        kinds[kind][word] = {form: int(count) for form, count in pairs}
    own = {word: form for word, form, _ in table_rows("forms.tsv")}
    return Counts(kinds["form"], kinds["character"], kinds["regional"], own)


@cache
def settled_words() -> frozenset[str]:
    """Words in Simplified that Taiwan writes as OpenCC prints them, and hardly otherwise.

    Kept for the life of the process.
    """
    return frozenset(word for row in table_rows(SETTLED) for word in row)
