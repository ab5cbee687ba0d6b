"""Fonts of some 20 MB that are made for lines, kept as files that a layout engine can open where they are.

Unlike a font for columns (`vertical.cache`), such a font does not depend on the book, and is a copy of an installed
one but for some bytes. A file's name has the mark of what is in it (`files.mark_of`); one that does not match is made
again.
"""

import hashlib
import json
import mmap
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from keben.core.replacing import move, prune, write_beside
from keben.typeset.fonts.files import mark_of

ALGORITHM = 1
"""Raised whenever the same input gives other bytes."""
KEPT = 8
"""Files; the ones that were not used for longest go."""
SUFFIX = ".sfnt"

_KEY, _MARK = 32, 64
"""Hexadecimal digits in a name."""


class FontFile(mmap.mmap):
    """The bytes of a font in a file: nothing of it is read before somebody asks."""

    path: Path

    def put(self, path: Path) -> None:
        """Have the font under another path as well, as the same file where the disk allows it.

        Raises:
            OSError: nothing can be written there.
        """
        try:
            os.link(self.path, path)
        except OSError:
            # Another disk, or one without links.
            shutil.copyfile(self.path, path)


def kept_file(folder: Path | None, made_from: list[object], make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives: a `FontFile` in the folder, or the bytes where none can be kept there.

    Args:
        folder: where fonts are kept; None: nowhere.
        made_from: all that the font depends on, as JSON knows it.
        make: makes it.
    """
    if folder is None:
        return make()
    key = hashlib.sha256(json.dumps([ALGORITHM, *made_from]).encode()).hexdigest()[:_KEY]
    found = next(filter(None, map(_opened, folder.glob(f"{key}-*{SUFFIX}"))), None)
    if found is not None:
        return _as_bytes(found)
    data = make()
    written = _written(folder, key, data)
    return _as_bytes(written) if written is not None else data


def _as_bytes(font: FontFile) -> bytes:
    # What takes a buffer takes it as well as bytes.
    return font  # type: ignore[return-value]


def _opened(path: Path) -> FontFile | None:
    try:
        if mark_of(str(path)) != path.stem[-_MARK:]:
            path.unlink()
            return None
        with path.open("rb") as stream:
            found = FontFile(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    found.path = path
    with suppress(OSError):
        os.utime(path)
    return found


def _written(folder: Path, key: str, data: bytes) -> FontFile | None:
    try:
        temporary = write_beside(folder, data)
        path = folder / f"{key}-{mark_of(str(temporary))}{SUFFIX}"
        move(temporary, path)
        prune(folder, SUFFIX, KEPT)
    except OSError:
        # A full or locked disk costs the next run a moment, and this one nothing.
        return None
    return _opened(path)
