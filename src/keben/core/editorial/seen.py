"""``book/seen.tsv``: the doubts that an editor had on the page when decisions were last saved.

What is not in it is new: ``keben review --new-only`` shows that alone. A row holds a phrase in a language and a short
hash of each of its doubtful places, so that a change to one place changes one row.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field

from keben.core.editorial.cells import read_table, write_table
from keben.core.editorial.values import Doubt
from keben.core.errors import Finding
from keben.core.language import CANONICAL
from keben.core.saying import wording
from keben.core.values import dataclass

COLUMNS = ("language", "phrase", "hashes")
COMMENT = (
    "# Written by keben review: the doubtful places that were on its page when decisions were last saved."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """The doubts that were seen."""

    hashes: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    """By canonical tag and phrase; see `fingerprint`."""


def fingerprint(doubt: Doubt) -> str:
    """Eight hexadecimal digits that stand for a doubt's kind, phrase and anchor."""
    identity = "\0".join((doubt.kind, doubt.phrase, *doubt.anchor))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_new(seen: Seen, language: str, doubt: Doubt) -> bool:
    """Whether a doubt of an edition in a language (a canonical tag) has not been seen."""
    return fingerprint(doubt) not in seen.hashes.get((language, doubt.phrase), frozenset())


def read_seen(text: str, path: str) -> tuple[Seen, tuple[Finding, ...]]:
    """What a file says was seen, and everything that is wrong with it. The text of a missing file is empty.

    Rows about the same phrase are taken together, as a merge in git may leave them.
    """
    rows, found = read_table(text, path, COLUMNS, required=3)
    findings = list(found)
    hashes: dict[tuple[str, str], frozenset[str]] = {}
    advice = wording("Take the row out: its places then count as new.")
    for row in rows:
        language, phrase, listed = row.cells
        if language not in CANONICAL.values():
            message = wording("Unknown language `{language}`.", language=language)
            findings.append(Finding(row.place(), "unknown-language", message, advice))
        elif not re.fullmatch(r"[0-9a-f]{8}(?: [0-9a-f]{8})*", listed):
            message = wording("These are not hashes of eight hexadecimal digits.")
            findings.append(Finding(row.place(2), "wrong-hash", message, advice))
        else:
            hashes[language, phrase] = hashes.get((language, phrase), frozenset()) | {*listed.split(" ")}
    return Seen(hashes), tuple(findings)


def write_seen(reviews: Iterable[tuple[str, Iterable[Doubt]]], earlier: Seen | None = None) -> str:
    """The text of a file: for each language (a canonical tag) the doubts that are undecided, all editions together.

    What ``earlier`` says of a language that is not among ``reviews`` is kept.
    """
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    reviewed = set()
    for language, doubts in reviews:
        reviewed.add(language)
        for doubt in doubts:
            found[language, doubt.phrase].add(fingerprint(doubt))
    for (language, phrase), hashes in (earlier.hashes if earlier else {}).items():
        if language not in reviewed:
            found[language, phrase] |= hashes
    rows = ((*where, " ".join(sorted(hashes))) for where, hashes in sorted(found.items()))
    return write_table(COLUMNS, rows, (COMMENT,))
