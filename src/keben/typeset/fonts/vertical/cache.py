"""Prepared fonts kept on the disk, by what they are made from.

An entry is a digest of the font and the font. One that does not match its digest is made again: nothing in the folder
is trusted, and nothing in it is needed.
"""

import hashlib
import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from fontTools import version as fonttools_version  # type: ignore[import-untyped]

from keben.core.replacing import prune, write_whole

ALGORITHM = 2
"""Raised whenever the same input gives other bytes."""

KEPT = 64
"""Entries; the ones that were not used for longest go."""

_SUFFIX = ".font"
_DIGEST = hashlib.sha256().digest_size


def key_of(source: str, kind: str, texts: frozenset[str], **options: str | int) -> str:
    """The name of an entry: a hash of all that a prepared font depends on.

    Args:
        source: the hash of the font file's bytes.
        kind: what is made of it.
        texts: characters or words.
        options: the other arguments.
    """
    made_from = [ALGORITHM, fonttools_version, source, kind, sorted(texts), sorted(options.items())]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()


def kept(folder: Path | None, key: str, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, from the folder if it is there whole; else it is made, and kept if the disk lets it be."""
    if folder is None:
        return make()
    path = folder / f"{key}{_SUFFIX}"
    found = _read(path)
    if found is None:
        found = make()
        _write(path, found)
    return found


def _read(path: Path) -> bytes | None:
    try:
        entry = path.read_bytes()
    except OSError:
        return None
    digest, data = entry[:_DIGEST], entry[_DIGEST:]
    if not data or hashlib.sha256(data).digest() != digest:
        return None
    try:
        os.utime(path)
    except OSError:
        # Not ours to touch, but good to read.
        return data
    return data


def _write(path: Path, data: bytes) -> None:
    # A full or locked disk costs the next run some seconds, and this one nothing.
    with suppress(OSError):
        write_whole(path, hashlib.sha256(data).digest(), data)
        prune(path.parent, _SUFFIX, KEPT)
