"""``book/glossary.tsv``: the terms of a book and what each is in other scripts and regions.

A table with tabs between its cells. Its first line names the columns: ``source``; one for each language, named by its
tag; and, as far as they are wanted, ``editions``, ``chapters`` and ``note``. An empty cell falls back on the other
columns (`keben.core.language.fallbacks`); a term with no form at all is left to the converter, and keeps shorter terms
from taking a part of it; so does ``~``, for one language.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from keben.core import language
from keben.core.characters import ADVICE, FORBIDDEN, describe
from keben.core.editorial.cells import numbered_lines, starts_of
from keben.core.editorial.values import Decision, GlossaryEntry
from keben.core.errors import Finding, Place
from keben.core.saying import wording
from keben.core.toml.nearest import nearest
from keben.core.values import dataclass

LEFT = "~"
"""What a cell holds where a term is left to the converter."""

_OTHERS = ("source", "editions", "chapters", "note")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The entries of a glossary, in the order of the file."""

    entries: tuple[GlossaryEntry, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_glossary(
    text: str, path: str, editions: Sequence[str] = (), chapters: Sequence[str] = ()
) -> Glossary:
    """Read the text of a glossary.

    ``path`` is what messages call it, ``editions`` and ``chapters`` the names and paths that the book has.
    """
    lines = numbered_lines(text)
    if not lines:
        return Glossary()
    first, header = lines[0]
    columns = [cell.strip() for cell in header.split("\t")]
    problems = list(_wrong_header(columns, Place(path, first)))
    if problems:
        return Glossary((), tuple(problems))
    entries: list[GlossaryEntry] = []
    for number, line in lines[1:]:
        cells = [cell.strip() for cell in line.split("\t")]
        place = Place(path, number)
        found = list(_wrong_row(cells, columns, line, place, editions, chapters))
        problems += found
        if not found:
            entries.append(_entry(dict(zip(columns, cells, strict=False)), place))
    problems += _doubles(entries)
    return Glossary(tuple(entries), tuple(sorted(problems)))


def add_terms(text: str, terms: Iterable[Decision]) -> tuple[str, tuple[Decision, ...]]:
    """The text of a glossary with terms put in, and those that it cannot take.

    A term that stands there already, for all editions and chapters, gets its form where it has none for the language; a
    column that is missing is put behind the last. What stands there is never changed: a term with another form, and one
    that a cell cannot hold, is not taken.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    lines = lines[:-1] if not lines[-1] else lines
    at = next((number for number, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    head, (header, *body) = lines[:at], lines[at:] or ["source"]
    columns = [cell.strip() for cell in header.split("\t")]
    refused: list[Decision] = []
    for term in terms:
        wider = columns if term.language in map(language.variant, columns) else [*columns, term.language]
        rows = _with_term(body, wider, term) if _fits(term) else None
        if rows is None:
            refused.append(term)
        else:
            columns, body = wider, rows
    return "".join(f"{line}\n" for line in (*head, "\t".join(columns), *body)), tuple(refused)


def _fits(term: Decision) -> bool:
    """Whether cells can hold a term and its form: they have no tabs, and what is around them does not count."""
    cells = (term.phrase, term.target)
    plain = all(cell == cell.strip() and not set(cell) & set("\t\n\r") for cell in cells)
    return plain and not term.phrase.startswith("#") and term.target != LEFT


def _with_term(body: Sequence[str], columns: Sequence[str], term: Decision) -> list[str] | None:
    """The lines below a header with a term in its own, else in one more at the end; None: it has another form."""
    source = columns.index("source")
    column = [language.variant(name) for name in columns].index(term.language)
    for number, line in enumerate(body):
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (len(columns) - len(cells))
        row = dict(zip(columns, cells, strict=False))
        if line.startswith("#") or cells[source] != term.phrase or row.get("editions") or row.get("chapters"):
            continue
        if cells[column] not in ("", term.target):
            return None
        return [*body[:number], _line({**row, columns[column]: term.target}, columns), *body[number + 1 :]]
    return [*body, _line({"source": term.phrase, columns[column]: term.target}, columns)]


def _line(row: Mapping[str, str], columns: Sequence[str]) -> str:
    return "\t".join(row.get(name, "") for name in columns).rstrip("\t")


def _wrong_header(columns: Sequence[str], place: Place) -> Iterator[Finding]:
    if "source" not in columns:
        message = wording("The glossary's first line names no column `source`.")
        yield Finding(
            place,
            "glossary-header",
            message,
            wording("Begin the file with: source, a tab, and a language tag."),
        )
        return
    seen: set[str] = set()
    for name, column in zip(columns, starts_of(columns), strict=False):
        tag = name if name in _OTHERS else language.variant(name)
        here = Place(place.path, place.line, column)
        if tag is None:
            message = wording("The column “{name}” is not a language that Keben knows.", name=name)
            yield Finding(here, "glossary-header", message, nearest(name, [*_OTHERS, *language.VARIANTS]))
        elif tag in seen:
            yield Finding(
                here,
                "glossary-header",
                wording("Two columns are “{name}”.", name=name),
                wording("Take one out."),
            )
        seen.add(tag or name)


def _wrong_row(
    cells: Sequence[str],
    columns: Sequence[str],
    line: str,
    place: Place,
    editions: Sequence[str],
    chapters: Sequence[str],
) -> Iterator[Finding]:
    if len(cells) > len(columns):
        message = wording(
            "This line has {count} cells, and the first one names {count2} columns.",
            count=len(cells),
            count2=len(columns),
        )
        yield Finding(place, "glossary-row", message, wording("Look for a tab too many."))
        return
    row = dict(zip(columns, cells, strict=False))
    if not row.get("source"):
        yield Finding(
            place, "glossary-row", wording("This line names no term."), wording("Fill in `source`.")
        )
    for name in names(row.get("editions", "")):
        if editions and name not in editions:
            here = Place(place.path, place.line, line.rfind(name) + 1)
            yield Finding(
                here,
                "unknown-edition",
                wording("The book has no edition “{name}”.", name=name),
                nearest(name, [*editions]),
            )
    for pattern in names(row.get("chapters", "")):
        if chapters and not any(fnmatchcase(chapter, pattern) for chapter in chapters):
            here = Place(place.path, place.line, line.rfind(pattern) + 1)
            message = wording("No chapter of the book is named “{pattern}”.", pattern=pattern)
            yield Finding(
                here,
                "unknown-chapter",
                message,
                wording("Write it as book.toml does; * stands for any text."),
            )
    for match in FORBIDDEN.finditer(line):
        here = Place(place.path, place.line, match.start() + 1)
        yield Finding(here, "forbidden-character", describe(match[0]), ADVICE)


def _entry(row: Mapping[str, str], place: Place) -> GlossaryEntry:
    targets: dict[str, str | None] = {}
    for name, cell in row.items():
        tag = None if name in _OTHERS else language.variant(name)
        if tag and cell:
            targets[tag] = None if cell == LEFT else cell
    return GlossaryEntry(
        row["source"],
        targets,
        place,
        frozenset(names(row.get("editions", ""))),
        names(row.get("chapters", "")),
    )


def names(cell: str) -> tuple[str, ...]:
    """The names or patterns in a cell, between spaces or commas."""
    return tuple(cell.replace(",", " ").split())


def _doubles(entries: Sequence[GlossaryEntry]) -> Iterator[Finding]:
    """Entries of one term and one scope: reported as doubles where they agree, as a conflict where they do not."""
    first: dict[tuple[str, frozenset[str], tuple[str, ...]], GlossaryEntry] = {}
    for entry in entries:
        before = first.setdefault((entry.term, entry.editions, entry.chapters), entry)
        if before is entry:
            continue
        if before.targets == entry.targets:
            message = wording(
                "The term “{term}” stands in line {line} already.", term=entry.term, line=before.place.line
            )
            yield Finding(entry.place, "double-term", message, wording("Take one out."), "warning")
        else:
            message = wording(
                "The term “{term}” has another form in line {line}.", term=entry.term, line=before.place.line
            )
            yield Finding(
                entry.place,
                "conflicting-terms",
                message,
                wording("Take one out, or give it a scope of its own."),
            )
