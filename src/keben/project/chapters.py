"""Which files are a book's chapters, and in which order."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from keben.core.edition import Settings
from keben.core.errors import Finding, Place
from keben.core.toml.places import places
from keben.project.filenames import is_utf_8, strange_name
from keben.project.files import check_inside, read_optional

_SUMMARY = "SUMMARY.md"
_SUMMARY_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)>\s]+\.md)>?\s*\)")

_NO_CHAPTERS = (_SUMMARY, "README.md", "CHANGELOG.md")
"""Markdown files that may stand among the chapters."""

_Listed = tuple[tuple[str, Place], ...]
"""Chapters' paths below the book's folder, each with the place that names it."""


def chapter_names(book: Path, settings: Settings, toml: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The paths of the chapters below the book's folder, and what is wrong; ``toml`` is the text of ``book.toml``.

    They are those that ``book.toml`` lists, else those that SUMMARY.md links, else ``chapters/*.md`` by name.
    """
    listed, problems = _listed(book, settings, toml)
    if listed is None:
        return (), problems
    findings = [*problems]
    if not listed:
        place = Place(f"{book.name}/book.toml")
        message = "The book has no chapters."
        findings.append(Finding(place, "no-chapters", message, "Put Markdown files in book/chapters/."))
    names: list[str] = []
    for name, place in listed:
        problems = _check_chapter(book, name, place, names)
        findings += problems
        names += () if problems else (name,)
    # A list that is itself at fault is mended first.
    if len(names) == len(listed) and (settings.chapters or (book / _SUMMARY).is_file()):
        findings += _unlisted(book, names)
    return tuple(names), tuple(findings)


def _listed(book: Path, settings: Settings, toml: str) -> tuple[_Listed | None, tuple[Finding, ...]]:
    """The list of chapters; None if there is one that may not be read."""
    if settings.chapters:
        return _in_settings(book, settings, toml), ()
    if problems := check_inside(book, _SUMMARY, Place(f"{book.name}/{_SUMMARY}")):
        return None, problems
    return _in_summary(book) if (book / _SUMMARY).is_file() else _in_folder(book)


def _in_settings(book: Path, settings: Settings, toml: str) -> _Listed:
    where = places(toml)
    return tuple(
        (name, Place(f"{book.name}/book.toml", *where.get(("book", "chapters", index), (1, 0))))
        for index, name in enumerate(settings.chapters)
    )


def _in_summary(book: Path) -> tuple[_Listed, tuple[Finding, ...]]:
    summary, findings = read_optional(book, _SUMMARY)
    listed = tuple(
        (match[1], Place(f"{book.name}/{_SUMMARY}", number, match.start(1) + 1))
        for number, line in enumerate((summary or "").splitlines(), 1)
        for match in _SUMMARY_LINK.finditer(line)
    )
    return listed, findings


def _in_folder(book: Path) -> tuple[_Listed, tuple[Finding, ...]]:
    names = sorted(path.name for path in (book / "chapters").glob("*.md"))
    found = [f"chapters/{name}" for name in names]
    listed = tuple((name, Place(f"{book.name}/{name}")) for name in found if is_utf_8(name))
    # Which chapter it is cannot be said, so the book is not made without it.
    return listed, tuple(strange_name(book.name, name, "error") for name in found if not is_utf_8(name))


def _check_chapter(book: Path, name: str, place: Place, before: Sequence[str]) -> tuple[Finding, ...]:
    """What is wrong with a chapter of the list; ``before`` are those that stand before it."""
    if problems := check_inside(book, name, place):
        return problems
    if not (book / name).is_file():
        message = f"There is no chapter file “{book.name}/{name}”."
        return (Finding(place, "missing-chapter", message, "Write it, or take it out of the list."),)
    if name in before:
        return (Finding(place, "double-chapter", f"“{name}” is listed twice.", "Take one out."),)
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
                message = "This file is not in the list of chapters: the book is made without it."
                advice = "Add it to the list, or move it elsewhere."
                yield Finding(Place(f"{book.name}/{name}"), "unlisted-chapter", message, advice, "warning")
