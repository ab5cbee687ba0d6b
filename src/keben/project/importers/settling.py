"""A plan's entries → the files of chapters: which pieces each has, and how deep they stand in it."""

import fnmatch
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Literal

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.sources import SourceFolder, is_index
from keben.project.importers.summary import split_anchor
from keben.project.importers.telling import listed
from keben.project.importers.trees import is_chapter, translated, within
from keben.project.importers.values import ChapterRank

_TWIN = 300
"""Bytes without blanks: shorter texts may well be the same."""

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


@dataclass(frozen=True, slots=True)
class BookPiece:
    """A file, or a title alone, as it is in a chapter."""

    path: str
    """Below the imported folder; empty: a title alone."""
    title: str
    """The entry's, as Markdown; empty: the file says it."""
    depth: int
    """0 the chapter itself, 1 a section of it, and so on."""
    line: int = 0
    """Of the file that lists it."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What becomes one file of the book."""

    rank: ChapterRank
    pieces: tuple[BookPiece, ...]


SlipKind = Literal["absent", "draft", "twice", "address", "unlisted", "translated", "twin"]

_SAID: Mapping[SlipKind, str] = {
    "absent": wording("In the list, but not there"),
    "draft": wording("Not written yet, left out"),
    "twice": wording("Listed twice, taken once"),
    "address": wording("Addresses in the list, left out"),
    "unlisted": wording("Not in the list, left out"),
    "twin": wording("The same text as another file, taken once"),
    "translated": wording(
        "The same in another language, left out; import its folder or file to take that one"
    ),
}


@dataclass(frozen=True, slots=True)
class ListingSlip:
    """An entry or a file that is not in the book as the list has it."""

    kind: SlipKind
    name: str
    line: int = 0
    """Of the file that lists it."""


@dataclass(frozen=True, slots=True)
class SettledBook:
    """The files of a book, and the entries and files that are not in it."""

    chapters: tuple[Bound, ...]
    slips: tuple[ListingSlip, ...]
    twins: Mapping[str, str] = field(default_factory=dict)
    """Files that are left out, with those that say the same."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is said of them, a line for each kind."""
        names = {kind: [slip.name for slip in self.slips if slip.kind == kind] for kind in _SAID}
        return tuple(
            wording("{words} ({count}): {names}.", words=_SAID[kind], count=len(them), names=listed(them))
            for kind, them in names.items()
            if them
        )


@dataclass(slots=True)
class _Walk:
    """Goes through entries in order; the first mention of a file counts."""

    folder: SourceFolder
    base: str
    seen: set[str] = field(default_factory=set)
    slips: list[ListingSlip] = field(default_factory=list)
    finds_twins: bool = False
    """Whether a file that says the same as another is left out: nobody listed it."""
    twins: dict[str, str] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    """The first file with each text."""

    def visit(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Entries with the paths of their files; without those that have neither file nor children."""
        return tuple(found for entry in entries for found in self._settle(entry))

    def _settle(self, entry: Entry) -> tuple[Entry, ...]:
        path, is_known = self._locate(entry)
        children = self.visit(entry.children)
        if is_known and not path:
            # The same file again, as entries for its headings are.
            return children
        if not path and not children:
            if entry.rank == "part" and not entry.target:
                return (replace(entry, children=()),)
            if not entry.target:
                self.slips.append(ListingSlip("draft", entry.title, entry.line))
            return ()
        return (replace(entry, target=path, children=children),)

    def _locate(self, entry: Entry) -> tuple[str, bool]:
        """The entry's file, and whether it is one of the folder's; without a path it is in the book already."""
        if not entry.target:
            return "", False
        if _ADDRESS.match(entry.target):
            self.slips.append(ListingSlip("address", entry.target, entry.line))
            return "", False
        written, anchor = split_anchor(entry.target)
        inside = posixpath.join(self.base, written.lstrip("/")) if written.strip("/") else self.base
        path = self.folder.find_page(inside) or self.folder.find_page(written.lstrip("/"))
        if not path:
            self.slips.append(ListingSlip("absent", written or entry.title, entry.line))
            return "", False
        if path in self.seen:
            if not anchor:
                self.slips.append(ListingSlip("twice", path, entry.line))
            return "", True
        self.seen.add(path)
        if self.finds_twins and (first := self._first_with_text_of(path)) != path:
            self.slips.append(ListingSlip("twin", path, entry.line))
            self.twins[path] = first
            return "", True
        return path, True

    def _first_with_text_of(self, path: str) -> str:
        data = b"".join((self.folder.data(path) or b"").split())
        return self.texts.setdefault(data, path) if len(data) >= _TWIN else path


def settle(plan: BookPlan, folder: SourceFolder) -> SettledBook:
    """The chapters of a plan."""
    is_listed = bool(plan.settings or plan.contents or not plan.kind)
    walk = _Walk(folder, plan.base, finds_twins=not is_listed)
    entries = walk.visit(plan.entries)
    chapters = tuple(_without_bare_parts([bound for entry in entries for bound in _bound(entry)]))
    others = translated(folder, plan.base)
    left = [
        ListingSlip("translated" if path in others else "unlisted", path)
        for path in folder.files
        if within(path, plan.base) and is_chapter(path) and path not in walk.seen and not _ignored(path, plan)
    ]
    return SettledBook(chapters, (*walk.slips, *left), walk.twins)


def _ignored(path: str, plan: BookPlan) -> bool:
    inside = path[len(plan.base) + 1 if plan.base else 0 :]
    return any(
        fnmatch.fnmatch(inside, pattern.strip("/")) or fnmatch.fnmatch(inside, f"{pattern.strip('/')}/*")
        for pattern in plan.ignored
    )


def _bound(entry: Entry) -> Iterator[Bound]:
    """An entry of the first level as files of the book."""
    first = entry.children[0] if entry.children else None
    if not entry.target and entry.rank in ("chapter", "section") and first is not None:
        if is_index(first.target) and not first.children:
            entry = replace(entry, target=first.target, children=entry.children[1:])
        elif entry.rank == "chapter":
            entry = replace(entry, rank="part")
    if entry.rank == "part":
        yield Bound("part", (BookPiece(entry.target, entry.title, 0, entry.line),))
        for child in entry.children:
            yield from _bound(child if child.target else replace(child, rank="section"))
        return
    rank = "chapter" if entry.rank == "section" else entry.rank
    yield Bound(rank, tuple(_pieces(entry, 0)))


def _pieces(entry: Entry, depth: int) -> Iterator[BookPiece]:
    yield BookPiece(entry.target, entry.title, depth, entry.line)
    for child in entry.children:
        yield from _pieces(child, depth + 1)


def _without_bare_parts(chapters: list[Bound]) -> Iterator[Bound]:
    """Parts with nothing below them and no text of their own are no parts."""
    for number, chapter in enumerate(chapters):
        after = chapters[number + 1] if number + 1 < len(chapters) else None
        is_bare = after is None or after.rank == "part"
        if chapter.rank != "part" or not is_bare:
            yield chapter
        elif chapter.pieces[0].path:
            yield Bound("chapter", chapter.pieces)
