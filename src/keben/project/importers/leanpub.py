"""A manuscript of Leanpub: ``Book.txt`` lists its files, and ``-#``, ``T>`` are signs of its own."""

import posixpath
import re
from collections.abc import Iterator, Sequence

from keben.project.importers.plans import BookPlan, Entry
from keben.project.importers.prose import prose_lines
from keben.project.importers.sources import SourceFolder, is_markdown
from keben.project.importers.summary import titled
from keben.project.importers.values import ChapterRank

_LISTS = ("manuscript/Book.txt", "Book.txt")
_MATTER: dict[str, ChapterRank] = {
    "frontmatter": "preface",
    "mainmatter": "chapter",
    "backmatter": "appendix",
}
_DIVISION = re.compile(r"\{?(frontmatter|mainmatter|backmatter)\}?:?", re.IGNORECASE)
_PART = re.compile(r"-#\s+(\S.*?)\s*#*\s*$")
_BOX = re.compile(r"([ADEIQTWX])>(?:[ \t]|$)")
_KINDS = {
    "A": "note",
    "D": "question",
    "E": "danger",
    "I": "info",
    "Q": "question",
    "T": "tip",
    "W": "warning",
    "X": "example",
}


def leanpub_plan(folder: SourceFolder) -> BookPlan | None:
    """The book of a folder with ``Book.txt``, in it or in ``manuscript/``; else None."""
    name = _list_of(folder)
    decoded = folder.text(name) if name else None
    base = posixpath.dirname(name)
    entries = tuple(_entries(folder, base, decoded.text.split("\n"))) if decoded else ()
    if not any(entry.target for entry in entries):
        return None
    return BookPlan("Leanpub", base, entries, contents=name)


def _list_of(folder: SourceFolder) -> str:
    return next((found for path in _LISTS if (found := folder.find(path))), "")


def _entries(folder: SourceFolder, base: str, lines: Sequence[str]) -> Iterator[Entry]:
    """The files of the list, those behind the file of a part below it."""
    rank: ChapterRank = "chapter"
    part: tuple[str, str, int] | None = None
    below: list[Entry] = []
    for number, line in enumerate(lines, 1):
        written = line.strip()
        division = _division(folder, posixpath.join(base, written), written)
        if division:
            rank = _MATTER[division]
        title = _part_title(folder, posixpath.join(base, written)) if is_markdown(written) else ""
        if part and (division or title):
            yield Entry(part[0], part[1], "part", tuple(below), part[2])
            part, below = None, []
        if title:
            part = (title, written, number)
        elif part and is_markdown(written):
            below.append(Entry(target=written, line=number))
        elif is_markdown(written):
            yield Entry(target=written, rank=rank, line=number)
    if part:
        yield Entry(part[0], part[1], "part", tuple(below), part[2])


def _division(folder: SourceFolder, path: str, written: str) -> str:
    """The division of the book that a line begins: by itself, or by a small file that says so alone."""
    if not is_markdown(written) and (data := folder.data(folder.find(path))) and len(data) < 100:
        written = data.decode("utf-8", "replace").strip()
    match = _DIVISION.fullmatch(written)
    return match[1].lower() if match else ""


def _part_title(folder: SourceFolder, path: str) -> str:
    decoded = folder.text(folder.find(path))
    first = next((line for line in decoded.text.split("\n") if line.strip()), "") if decoded else ""
    match = _PART.match(first)
    return titled(match[1]) if match else ""


def without_leanpub(lines: list[str], folder: SourceFolder) -> list[str]:
    """Lines of a Leanpub manuscript with signs that all tools know; those of other folders as they are.

    ``-# Part`` is a heading, ``W> text`` a box. No line is added: an empty line above a box
    names its kind.
    """
    if not _list_of(folder):
        return lines
    made = list(lines)
    before = ""
    for number, (line, is_prose) in enumerate(zip(lines, prose_lines(lines), strict=True)):
        box = _BOX.match(line) if is_prose else None
        if box:
            made[number] = f"> {line[box.end() :]}"
            if box[1] != before and number and not made[number - 1].strip():
                made[number - 1] = f"> [!{_KINDS[box[1]]}]"
        elif is_prose and (part := _PART.match(line)):
            made[number] = f"# {part[1]}"
        before = box[1] if box else ""
    return made
