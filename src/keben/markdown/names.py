"""What chapters are called inside a book: their files in ASCII, their ids by XML's rules."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from keben.core.saying import wording

ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
"""The form of an id: an XML NCName in ASCII."""

ID_ADVICE = wording("Begin with an ASCII letter; go on with letters, digits, “-”, “_” and “.”.")

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_TAKEN = frozenset(("cover", "half-title", "titlepage", "colophon", "contents", "nav"))


def file_names(paths: Iterable[str]) -> dict[str, str]:
    """A file stem for each chapter, by its path: its own where that is ASCII and free, else ``chapter-3``."""
    names: dict[str, str] = {}
    taken = set(_TAKEN)
    for number, path in enumerate(paths, 1):
        name = PurePosixPath(path).stem
        if not _FILE.fullmatch(name) or name.lower() in taken:
            name = f"chapter-{number}"
        while name.lower() in taken:
            name += "-2"
        taken.add(name.lower())
        names[path] = name
    return names


def default_id(name: str) -> str:
    """The id of a chapter that gives none: its name, made to begin with a letter (``01-begin``: ``ch-01-begin``)."""
    return name if ID.fullmatch(name) else f"ch-{name}"
