"""What a chapter's file is called inside a book: in ASCII, and as an id (XML's NCName)."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_NCNAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_TAKEN = frozenset(("cover", "titlepage", "colophon", "contents", "nav"))


def file_names(paths: Iterable[str]) -> dict[str, str]:
    """A file stem for each chapter, by its path: its own where that is ASCII and free, else ``chapter-3``."""
    names: dict[str, str] = {}
    for number, path in enumerate(paths, 1):
        stem = PurePosixPath(path).stem
        usable = _FILE.fullmatch(stem) and stem.lower() not in _TAKEN and stem not in names.values()
        names[path] = stem if usable else f"chapter-{number}"
    return names


def default_id(name: str) -> str:
    """The id of a chapter that gives none: its name, made to begin with a letter (``01-begin``: ``ch-01-begin``)."""
    return name if _NCNAME.fullmatch(name) else f"ch-{name}"
