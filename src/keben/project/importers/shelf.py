"""The pictures that chapters name, under names that every file system and reader takes."""

import posixpath
import re
from collections.abc import Iterable, Mapping

from keben.core.values import dataclass
from keben.pictures import MEDIA_TYPES, is_openable, sniff
from keben.project.importers.sources import SourceFolder

_SUFFIXES = {kind: suffix for suffix, kind in MEDIA_TYPES.items()} | {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tiff",
}

_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices, with any suffix."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Pictures by their source's path, as ``images/a.png`` and as bytes."""

    names: Mapping[str, str]
    files: Mapping[str, bytes]
    broken: tuple[str, ...]
    """Files that are no pictures."""
    corrected: int
    """Names whose suffix was wrong."""


def shelve(paths: Iterable[str], folder: SourceFolder) -> Shelf:
    """The pictures at paths of the folder, in order."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    broken: list[str] = []
    corrected = 0
    taken: set[str] = set()
    for path in dict.fromkeys(paths):
        data = folder.data(path)
        kind = sniff(data) if data else None
        if data is None or kind is None or not kind.startswith("image/") or not _is_whole(data, kind):
            broken.append(path)
            continue
        stem, suffix = posixpath.splitext(posixpath.basename(path))
        right = _SUFFIXES[kind]
        corrected += MEDIA_TYPES.get(suffix.lower()) != kind
        name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")[:60] or "picture"
        if _DEVICE.fullmatch(name):
            name = f"picture-{name}"
        wanted, count = name, 1
        while wanted + right in taken:
            count += 1
            wanted = f"{name}-{count}"
        taken.add(wanted + right)
        names[path] = f"images/{wanted}{right}"
        files[names[path]] = data
    return Shelf(names, files, tuple(broken), corrected)


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether a file is a picture that can be opened; a drawing is looked at when a book is built."""
    return kind == "image/svg+xml" or is_openable(data)
