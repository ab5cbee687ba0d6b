"""Which files are a book's chapters, and in which order."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from keben.core.book import Source, Span
from keben.core.edition import Settings
from keben.core.errors import Finding, Place, Severity
from keben.core.saying import wording
from keben.core.toml.places import places
from keben.project.filenames import is_utf_8, strange_name
from keben.project.files import check_inside, read_optional

if TYPE_CHECKING:
    from keben.project.importers.settling import ListingSlip
    from keben.project.listing import ListedChapter

SUMMARY = "SUMMARY.md"

_NO_CHAPTERS = (SUMMARY, "README.md", "CHANGELOG.md")
"""Markdown files that may stand among the chapters."""
_LEADS_OUT = re.compile(r"/|(?:\.\./)+")

_Listed = tuple["ListedChapter", ...]


def chapter_names(book: Path, settings: Settings, toml: str) -> tuple[_Listed, tuple[Finding, ...]]:
    """The chapters and sections by their paths below the book's folder, and what is wrong.

    ``toml`` is the text of ``book.toml``. They are those that it lists, else those that SUMMARY.md lists, else
    ``chapters/*.md`` by name.
    """
    listed, problems = _listed(book, settings, toml)
    if listed is None:
        return (), problems
    findings = [*problems]
    if not listed and not problems:
        place = Place(f"{book.name}/book.toml")
        message = wording("The book has no chapters.")
        findings.append(
            Finding(place, "no-chapters", message, wording("Put Markdown files in book/chapters/."))
        )
    names: list[str] = []
    kept: list[ListedChapter] = []
    for each in listed:
        problems = _check_chapter(book, each.name, each.place, names) if each.name else ()
        findings += problems
        kept += () if problems else (each,)
        names += () if problems or not each.name else (each.name,)
    # A list that is itself at fault is fixed first.
    if len(kept) == len(listed) and not _has_errors(findings) and _has_list(book, settings):
        findings += _unlisted(book, names)
    return tuple(kept), tuple(findings)


def title_source(listed: "ListedChapter") -> Source:
    """A title that a list of contents has without a file, as a text of one line."""
    place = listed.place
    spans = (Span(1, place.path, max(place.line, 1)),)
    name = f"{place.path}#{place.line}-{listed.title}"
    text = f"# {listed.title} #\n"
    return Source(name, text, "", listed.kind, listed.depth, is_title=True, spans=spans)


def _has_errors(findings: Sequence[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _has_list(book: Path, settings: Settings) -> bool:
    return bool(settings.chapters) or (book / SUMMARY).is_file()


def _listed(book: Path, settings: Settings, toml: str) -> tuple[_Listed | None, tuple[Finding, ...]]:
    """The list of chapters; None if there is one that may not be read."""
    summary = SUMMARY
    if settings.chapters:
        summary = settings.chapters[0]
        if len(settings.chapters) > 1 or posixpath.basename(summary).lower() != SUMMARY.lower():
            return _in_settings(book, settings, toml), ()
        summary = posixpath.normpath(summary)
    if problems := check_inside(book, summary, Place(f"{book.name}/{summary}")):
        return None, problems
    if settings.chapters and not (book / summary).is_file():
        return _in_settings(book, settings, toml), ()
    is_strict = settings.reader == "strict"
    return _in_summary(book, summary, is_strict=is_strict) if (book / summary).is_file() else _in_folder(book)


def _in_settings(book: Path, settings: Settings, toml: str) -> _Listed:
    from keben.project.listing import ListedChapter

    where = places(toml)

    def place(index: int) -> Place:
        return Place(f"{book.name}/book.toml", *where.get(("book", "chapters", index), (1, 0)))

    return tuple(ListedChapter(_normal(name), place(index)) for index, name in enumerate(settings.chapters))


def _normal(name: str) -> str:
    """A path as the book's files are named: ``./a.md`` is ``a.md``."""
    return name if not name or "\\" in name or "://" in name else posixpath.normpath(name)


def _in_summary(book: Path, name: str, *, is_strict: bool) -> tuple[_Listed, tuple[Finding, ...]]:
    from keben.project.importers.plans import BookPlan
    from keben.project.importers.settling import settle
    from keben.project.importers.sources import open_folder
    from keben.project.importers.summary import read_summary
    from keben.project.listing import chapters_of

    text, findings = read_optional(book, name)
    shown = f"{book.name}/{name}"
    plan = BookPlan("", posixpath.dirname(name), read_summary(text or ""))
    settled = settle(plan, open_folder(book))
    lines = (text or "").split("\n")
    slips = [slip for slip in settled.slips if slip.kind != "unlisted"]
    problems = (_of_slip(slip, shown, lines, is_strict=is_strict) for slip in slips)
    return tuple(chapters_of(settled.chapters, shown)), (*findings, *problems)


def _of_slip(slip: "ListingSlip", shown: str, lines: Sequence[str], *, is_strict: bool) -> Finding:
    from keben.project.listing import slip_finding

    severity: Severity = "notice"
    if slip.kind == "absent":
        severity = "error"
    elif slip.kind == "twice":
        severity = "error" if is_strict else "warning"
    found = slip_finding(slip, shown, lines, severity)
    if slip.kind == "absent" and _LEADS_OUT.match(slip.name):
        message = wording("“{name}” leaves the book's folder.", name=slip.name)
        return replace(
            found, code="outside-path", message=message, advice=wording("A project reads its own files only.")
        )
    return found


def _in_folder(book: Path) -> tuple[_Listed, tuple[Finding, ...]]:
    from keben.project.listing import ListedChapter

    names = sorted(path.name for path in (book / "chapters").glob("*.md"))
    found = [f"chapters/{name}" for name in names]
    listed = tuple(ListedChapter(name, Place(f"{book.name}/{name}")) for name in found if is_utf_8(name))
    # Which chapter it is cannot be said, so the book is not made without it.
    return listed, tuple(strange_name(book.name, name, "error") for name in found if not is_utf_8(name))


def _check_chapter(book: Path, name: str, place: Place, before: Sequence[str]) -> tuple[Finding, ...]:
    """What is wrong with a chapter of the list; ``before`` are those that stand before it."""
    if problems := check_inside(book, name, place):
        return problems
    if not (book / name).is_file():
        message = wording("There is no chapter file “{name}/{name2}”.", name=book.name, name2=name)
        return (Finding(place, "missing-chapter", message, wording("Write it, or take it out of the list.")),)
    if name in before:
        return (
            Finding(
                place,
                "double-chapter",
                wording("“{name}” is listed twice.", name=name),
                wording("Take one out."),
            ),
        )
    return ()


def _unlisted(book: Path, names: Sequence[str]) -> Iterator[Finding]:
    """A warning for each Markdown file that stands among the chapters and is not one of them."""
    folders = dict.fromkeys([book / "chapters", *((book / name).parent for name in names)])
    for folder in folders:
        for path in sorted(folder.glob("*.md")):
            name = path.relative_to(book).as_posix()
            if not is_utf_8(name):
                yield strange_name(book.name, name, "warning")
            elif name not in names and path.name not in _NO_CHAPTERS:
                message = wording("This file is not in the list of chapters: the book is made without it.")
                advice = wording("Add it to the list, or move it elsewhere.")
                yield Finding(Place(f"{book.name}/{name}"), "unlisted-chapter", message, advice, "warning")
