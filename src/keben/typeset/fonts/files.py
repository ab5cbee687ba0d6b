"""What a manifest says of the files that a book's faces are in, and what a cache key has of them."""

import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import ClassVar

from keben.core.filestates import FileStates
from keben.typeset.fonts import Face


class FontSums(FileStates):
    """The SHA-256 of the machine's font files."""

    NAME: ClassVar[str] = "files.json"

    def of(self, file: str) -> str:
        """That of a file, in hexadecimal; it is read where it is not as it was when it was read last.

        Raises:
            OSError: it cannot be read.
        """
        return self.fact(Path(file).absolute(), lambda: hash_of(file))


class FontVersions(FileStates):
    """The versions of the faces in the machine's font files."""

    NAME: ClassVar[str] = "versions.json"

    def of(self, face: Face) -> str:
        """That of a face; its file is opened where it is not as it was when it was opened last.

        Raises:
            OSError: it cannot be read.
        """
        file = Path(face.file).absolute()
        return str(json.loads(self.fact(file, lambda: json.dumps(_versions_in(face.file))))[face.index])


def _versions_in(file: str) -> list[str]:
    """The versions of all faces in a file."""
    with Path(file).open("rb") as stream:
        count = len(_directories(stream.read(_ENDS)))
    return [version_of(file, index) for index in range(count)]


def describe(faces: Iterable[Face], cache: Path | None = None) -> list[dict[str, str]]:
    """What a manifest says of faces: name, style, file name, version, and the hash of the file.

    ``cache`` is a folder that keeps versions and hashes from one build to the next.
    """
    sums, versions = FontSums.read(cache), FontVersions.read(cache)
    described = [
        {
            "name": face.families[0],
            "style": face.style,
            "file": Path(face.file).name,
            "version": versions.of(face),
            "sha256": sums.of(face.file),
        }
        for face in faces
    ]
    sums.keep()
    versions.keep()
    return described


@cache
def version_of(file: str, index: int) -> str:
    """The version that a font's name table gives (OpenType, name ID 5): ``2.001``."""
    # It takes a while to load, and most builds ask for hashes alone.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(file, fontNumber=index, lazy=True) as font:
        text = font["name"].getDebugName(5) or ""
    return text.removeprefix("Version ").split(";")[0].strip()


@cache
def hash_of(file: str) -> str:
    """The SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


_ENDS = 65536
"""Bytes at the beginning and the end of a file that are read whatever it is."""
_COLLECTION, _MOST = b"ttcf", 4096


def mark_of(file: str) -> str:
    """A hash of a font file, from its ends and from the tables of contents in it: 128 KiB of what may be 30 MB.

    A table of contents has the checksum of each table (OpenType, "Table directory"); whoever changes one and saves the
    file changes that.

    Raises:
        OSError: it cannot be read.
    """
    with Path(file).open("rb") as stream:

        def read(start: int, length: int) -> bytes:
            stream.seek(start)
            return stream.read(length)

        return _mark(os.fstat(stream.fileno()).st_size, read)


def mark_of_bytes(data: bytes | memoryview) -> str:
    """That of a file with these bytes."""
    return _mark(len(data), lambda start, length: bytes(data[start : start + length]))


def _mark(size: int, read: Callable[[int, int], bytes]) -> str:
    digest = hashlib.sha256()
    head = read(0, _ENDS)
    digest.update(size.to_bytes(8) + head)
    for start in _directories(head):
        header = read(start, 12)
        digest.update(header + read(start + 12, 16 * int.from_bytes(header[4:6])))
    digest.update(read(max(0, size - _ENDS), _ENDS))
    return digest.hexdigest()


def _directories(head: bytes) -> tuple[int, ...]:
    """Where a file's tables of contents begin: that of a font, or one for each font of a collection."""
    if head[:4] != _COLLECTION or len(head) < 12:
        return (0,)
    count = min(int.from_bytes(head[8:12]), _MOST)
    return struct.unpack_from(f">{count}L", head, 12) if len(head) >= 12 + 4 * count else (0,)
