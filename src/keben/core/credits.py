"""The credits of a book as it prints them: the names of each role together, with the role's word (著, 译).

GB/T 12450—2001 (title leaves of books), 5.1.2: each name stands with the kind of its responsibility.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from keben.core.metadata import Person
from keben.core.patterns import later
from keben.core.values import dataclass
from keben.core.variants import OPEN, Variant, enclose

_PARTS = later(r"([·‧・• ]+)")


@dataclass(frozen=True, slots=True)
class Credit:
    """Those who had one part in a book."""

    role: str
    """A MARC relator code."""
    word: str
    """As it stands behind the names: 著."""
    title: str
    """As it stands before them, in a colophon: 著者."""
    names: tuple[str, ...]


def credits_of(persons: Iterable[Person], words: Mapping[str, str]) -> tuple[Credit, ...]:
    """The credits of a book's persons by role, in the order in which each role comes first.

    ``words`` are a theme's: ``role_trl`` and ``person_trl`` for the role ``trl``; one that has no word of its own is
    said by the word of ``ctb``, a contributor.
    """
    names: dict[str, list[str]] = {}
    for person in persons:
        names.setdefault(person.role, []).append(person.name)
    return tuple(
        Credit(role, _word(role, words), _title(role, words), tuple(several))
        for role, several in names.items()
    )


def line_of(credit: Credit, words: Mapping[str, str]) -> str:
    """A credit in one line: 甲、乙　译."""
    names = words.get("list_separator", "、").join(credit.names)
    if credit.role == "aut" and "by" in words:
        return words["by"].format(names=names)
    return words.get("credit", "{names}　{role}").format(names=names, role=credit.word)


def shortened(credit: Credit, most: int, words: Mapping[str, str]) -> Credit:
    """A credit with so many names at most; 等 stands for the others."""
    if len(credit.names) <= most:
        return credit
    *first, last = credit.names[:most]
    return replace(credit, names=(*first, words.get("others", "{name}等").format(name=last)))


def kept(text: str) -> str:
    """A name that no conversion changes. Its dots and spaces are no part of what is kept: an edition sets its dots."""
    if not text or OPEN in text:
        return text
    pieces = _PARTS.split(text)
    return "".join(
        piece if index % 2 or not piece else enclose(Variant("keep", text=piece))
        for index, piece in enumerate(pieces)
    )


def _word(role: str, words: Mapping[str, str]) -> str:
    return words.get(f"role_{role}") or words.get("role_ctb", "")


def _title(role: str, words: Mapping[str, str]) -> str:
    if role == "aut":
        return words.get("authors", "")
    return words.get(f"person_{role}") or _word(role, words)
