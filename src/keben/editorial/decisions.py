"""``book/decisions.tsv``: what the editors decided of doubtful conversions, one decision a row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from keben.characters import ADVICE, FORBIDDEN, describe
from keben.editorial.cells import leading_comments, read_table, write_table
from keben.errors import Finding
from keben.language import VARIANTS, variant
from keben.model import Decision

COLUMNS = ("language", "phrase", "target", "before", "after", "note")
"""The header's names. The first three must be filled in."""

_LANGUAGES = f"Use one of {', '.join(dict.fromkeys(VARIANTS.values()))}."

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell of a decision."""

    column: int
    """Index in `COLUMNS`."""
    code: str
    message: str
    advice: str


def key(decision: Decision) -> Key:
    """What a decision is about: language, phrase, before and after. No two decisions may be about the same."""
    return decision.language, decision.phrase, decision.before, decision.after


def faults(language: str, phrase: str, target: str) -> Iterator[Fault]:
    """What is wrong with the cells that a decision must have."""
    if variant(language) is None:
        yield Fault(0, "unknown-language", f"Unknown language `{language}`.", _LANGUAGES)
    if not phrase.strip():
        yield Fault(1, "empty-phrase", "The phrase is empty.", "Write the source's text that is decided.")
    if not target.strip():
        message = "The target is empty: this decides nothing."
        yield Fault(2, "empty-target", message, "Write what the phrase is to be, or take the row out.")


def forbidden_in(decision: Decision) -> Iterator[Fault]:
    """Characters in a decision that cannot stand in a book."""
    texts = (decision.phrase, decision.target, decision.before, decision.after, decision.note)
    for column, text in enumerate(texts, 1):
        for match in FORBIDDEN.finditer(text):
            yield Fault(column, "forbidden-character", describe(match[0]), ADVICE)


def read_decisions(text: str, path: str) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions of a file, in its order, and everything that is wrong with it; ``path`` is what messages call it.

    Languages come out as `keben.language.variant` has them. A row that has faults is left out.
    """
    rows, found = read_table(text, path, COLUMNS, required=3)
    findings = list(found)
    decisions: dict[Key, Decision] = {}
    for row in rows:
        language, phrase, target, before, after, note = row.cells
        wrong = list(faults(language, phrase, target))
        findings += [
            Finding(row.place(fault.column), fault.code, fault.message, fault.advice) for fault in wrong
        ]
        if wrong:
            continue
        decision = Decision(variant(language) or "", phrase, target, before, after, note, row.place())
        earlier = decisions.setdefault(key(decision), decision)
        if earlier is not decision:
            findings.append(_second(earlier, decision))
    return tuple(decisions.values()), tuple(findings)


def write_decisions(decisions: Iterable[Decision], comments: Iterable[str] = ()) -> str:
    """The text of a file with these decisions, sorted by language, phrase and what stands around it.

    ``comments`` are lines that begin with ``#`` (`leading_comments` of the file that is replaced); they go on top.
    """
    rows = (
        (each.language, each.phrase, each.target, each.before, each.after, each.note)
        for each in sorted(decisions, key=key)
    )
    return write_table(COLUMNS, rows, comments)


def merge_decisions(old: Iterable[Decision], new: Iterable[Decision]) -> tuple[Decision, ...]:
    """Old and new decisions together; a new one takes the place of an old one about the same."""
    return tuple({key(each): each for each in (*old, *new)}.values())


def _second(earlier: Decision, later: Decision) -> Finding:
    if earlier.target == later.target:
        message = f"`{later.phrase}` was decided so in line {earlier.place.line} already."
        return Finding(later.place, "duplicate-decision", message, "Take one of the two out.")
    message = (
        f"`{later.phrase}` is `{later.target}` here and `{earlier.target}` in line {earlier.place.line}."
    )
    advice = "Take one of the two out, or tell them apart by what stands before or after."
    return Finding(later.place, "contradicting-decisions", message, advice)


__all__ = [
    "COLUMNS",
    "Fault",
    "Key",
    "faults",
    "forbidden_in",
    "key",
    "leading_comments",
    "merge_decisions",
    "read_decisions",
    "write_decisions",
]
