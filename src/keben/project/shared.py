"""Glossaries that many books share: by subject, which Keben has, or files of the project's own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from keben.core.editorial.glossary import read_glossary
from keben.core.editorial.values import GlossaryEntry
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.toml.nearest import nearest
from keben.core.values import dataclass
from keben.project.files import read_optional

SUBJECTS = ("computing", "medicine", "law", "places", "people")
"""What Keben has terms of."""


@dataclass(frozen=True, slots=True)
class SharedGlossaries:
    """The terms of shared glossaries, the first that has a term winning, and the files' bytes by name."""

    entries: tuple[GlossaryEntry, ...]
    files: dict[str, bytes]
    findings: tuple[Finding, ...]


def shared_glossaries(
    book: Path, names: Sequence[str], own: Iterable[GlossaryEntry], place: Place
) -> SharedGlossaries:
    """Read shared glossaries; a term that the book's own glossary has is left out.

    ``place`` is where ``book.toml`` names them.
    """
    taken = {entry.term for entry in own}
    entries: list[GlossaryEntry] = []
    texts: dict[str, bytes] = {}
    findings: list[Finding] = []
    for name in dict.fromkeys(names):
        text, shown, problems = _text(book, name, place)
        findings += problems
        if text is None:
            continue
        texts[name] = text.encode()
        read = read_glossary(text, shown)
        findings += read.findings
        fresh = [replace(entry, is_shared=True) for entry in read.entries if entry.term not in taken]
        taken |= {entry.term for entry in fresh}
        entries += fresh
    return SharedGlossaries(tuple(entries), texts, tuple(findings))


def _text(book: Path, name: str, place: Place) -> tuple[str | None, str, tuple[Finding, ...]]:
    """A glossary's text, what messages call it, and what is wrong with it."""
    if name in SUBJECTS:
        text = files("keben.project").joinpath("glossaries", f"{name}.tsv").read_text("utf-8")
        return text, f"glossary {name}", ()
    found, problems = read_optional(book, name)
    if found is None and not problems:
        message = wording("There is no shared glossary “{name}”.", name=name)
        advice = wording(
            "Name a file below {name}/, or a subject. {nearest}",
            name=book.name,
            nearest=nearest(name, [*SUBJECTS]),
        )
        problems = (Finding(place, "no-glossary", message, advice),)
    return found, f"{book.name}/{name}", problems
