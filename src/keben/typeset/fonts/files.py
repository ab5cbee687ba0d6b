"""What a manifest says of the files that a book's faces are in."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from keben.typeset.fonts import Face


def describe(faces: Iterable[Face]) -> list[dict[str, str]]:
    """What a manifest says of faces: name, style, file name, version, and the hash of the file."""
    return [
        {
            "name": face.families[0],
            "style": face.style,
            "file": Path(face.file).name,
            "version": version_of(face.file, face.index),
            "sha256": hash_of(face.file),
        }
        for face in faces
    ]


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
