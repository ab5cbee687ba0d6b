"""Ids: their form, and that no two in the book are the same."""

import re
from collections.abc import Iterator

from keben.errors import Finding, Place
from keben.markup import Element, Node, walk
from keben.model import Book, Chapter

_FORM = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


def check_ids(book: Book) -> Iterator[Finding]:
    """Ids of a wrong form, and ids used twice in the whole book."""
    first: dict[str, Place] = {}
    for chapter in book.chapters:
        for name, line in _ids(chapter):
            place = Place(chapter.path, line)
            if not _FORM.fullmatch(name):
                advice = "Begin with an ASCII letter; go on with letters, digits, “-”, “_” and “.”."
                yield Finding(place, "bad-id", f"“{name}” cannot be an id.", advice)
            elif name in first:
                message = f"The id “{name}” is used twice; {first[name]} has it too."
                yield Finding(place, "duplicate-id", message, "Give one of them another id.")
            else:
                first[name] = place


def _ids(chapter: Chapter) -> Iterator[tuple[str, int]]:
    yield chapter.id, 1
    yield from _in_nodes(chapter.body, 1)
    for note in chapter.notes:
        yield note.id, note.line
        yield from _in_nodes(note.body, note.line)


def _in_nodes(nodes: tuple[Node, ...], line: int) -> Iterator[tuple[str, int]]:
    for node in nodes:
        for part in walk(node) if isinstance(node, Element) else ():
            line = part.line or line
            if part.get("id"):
                yield part.get("id"), line
