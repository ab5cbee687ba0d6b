"""The pictures, fonts and charts' data of a project. A large one that an earlier build read is read when it is used."""

import os
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import ClassVar

from keben.core.book import Asset
from keben.core.errors import Finding, Place, SourceError
from keben.core.filestates import FileStates, state_of
from keben.core.fingerprint import WHOLE
from keben.core.saying import wording
from keben.core.unread import UnreadAsset
from keben.pictures import font_type, media_type, sniff
from keben.project.filenames import is_utf_8, leads_out, strange_name
from keben.project.files import OUTSIDE_ADVICE, read_bytes

_Read = tuple[Asset | None, tuple[Finding, ...]]


class FileMarks(FileStates):
    """The SHA-256 of large files of projects, and what kind each is by its bytes."""

    NAME: ClassVar[str] = "assets.json"
    FACTS: ClassVar[int] = 2


def read_assets(book: Path, marks: FileMarks) -> tuple[dict[str, Asset], tuple[Finding, ...]]:
    """Every picture, font and chart's data below the book's folder by its path, in the order of the paths.

    They are looked at when something shows them (`keben.pictures`); here only their first bytes tell what they are.
    """
    read = [_asset(book, path, marks) for path in sorted(_files(book))]
    marks.keep()
    assets = {asset.path: asset for asset, _ in read if asset}
    return assets, tuple(each for _, problems in read for each in problems)


def _asset(book: Path, path: Path, marks: FileMarks) -> _Read:
    """A file as an asset; None if it is none, or cannot be read."""
    name = path.relative_to(book).as_posix()
    kind = media_type(name) or font_type(name)
    if kind is None and not (path.suffix == ".toml" and path.parent != book):
        return None, ()
    if not is_utf_8(name):
        return None, (strange_name(book.name, name, "warning"),)
    shown = f"{book.name}/{name}"
    if leads_out(path, book):
        problem = wording("“{name}” leaves the book's folder.", name=name)
        # Known by its name, so that the text that shows it does not get the message that there is none.
        nothing = Asset(name, kind or "application/toml", b"")
        return nothing, (Finding(Place(shown), "outside-path", problem, OUTSIDE_ADVICE),)
    if kind is None or marks.cache is None:
        data, problems = read_bytes(path, shown)
        return (None if data is None else Asset(name, _kind(kind, data), data)), problems
    return _large_asset(path.absolute(), name, shown, kind, marks)


def _large_asset(path: Path, name: str, shown: str, kind: str, marks: FileMarks) -> _Read:
    """A picture or a font whose bytes may be known by their hash."""
    state = state_of(path)
    if known := marks.facts(path, state):
        digest, found = known
        return UnreadAsset.of(
            name, found, int(state[0]), digest, partial(_read_again, path, shown, digest)
        ), ()
    data, problems = read_bytes(path, shown)
    if data is None or len(data) <= WHOLE:
        return (None if data is None else Asset(name, _kind(kind, data), data)), problems
    digest, found = sha256(data).hexdigest(), _kind(kind, data)
    marks.learn(path, state, digest, found)
    return UnreadAsset.of(name, found, len(data), digest, lambda: data), problems


def _kind(kind: str | None, data: bytes) -> str:
    """A media type, by the bytes where they tell one."""
    return (kind and (sniff(data) or kind)) or "application/toml"


def _read_again(path: Path, shown: str, digest: str) -> bytes:
    """The bytes of a file that have a SHA-256: what is built is what was planned.

    Raises:
        SourceError: it cannot be read, or has others by now.
    """
    data, problems = read_bytes(path, shown)
    if data is None:
        raise SourceError(*problems)
    if sha256(data).hexdigest() != digest:
        message = wording("This file was changed while the book was built.")
        raise SourceError.at(shown, "changed-file", message, wording("Build it again."))
    return data


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith("."):
                yield Path(parent) / name
