"""A file that takes the place of another when it is whole, also where Windows says that somebody has that one open.

Windows does not let go of a file while a program has it open: a virus scanner or an indexer for a moment, a reader
for as long as it shows the book.
"""

import tempfile
from contextlib import suppress
from pathlib import Path
from time import sleep

PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries: as long as a scanner takes, and no longer."""

_HELD = frozenset((5, 32, 33))
"""ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION (winerror.h)."""


def is_held(error: OSError) -> bool:
    """Whether a file could not be touched because a program has it open, as Windows says it."""
    return getattr(error, "winerror", None) in _HELD


def take_place(source: Path, target: Path) -> None:
    """Rename a file, over another one if that is there. What a program has open is tried again for a moment.

    Raises:
        OSError: it cannot be; `is_held` says whether a program has it open.
    """
    for pause in PAUSES:
        try:
            source.replace(target)
        except OSError as error:
            if not is_held(error):
                raise
            sleep(pause)
        else:
            return
    source.replace(target)


def write_beside(folder: Path, *parts: bytes) -> Path:
    """Write a file of another name into a folder, which is made if it is not there; give its path.

    Raises:
        OSError: it cannot be; nothing is left of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as stream:
        temporary = Path(stream.name)
        try:
            stream.writelines(parts)
            stream.flush()
        except BaseException:
            # Windows deletes nothing that is open.
            with suppress(OSError):
                stream.close()
            temporary.unlink(missing_ok=True)
            raise
    return temporary


def move(source: Path, target: Path) -> None:
    """`take_place`, or leave neither.

    Raises:
        OSError: it cannot be; the source is deleted.
    """
    try:
        take_place(source, target)
    except OSError:
        with suppress(OSError):
            source.unlink(missing_ok=True)
        raise


def write_whole(path: Path, *parts: bytes) -> None:
    """Write a file, in place of the one that is there: it is there whole at any moment, or not at all.

    Raises:
        OSError: it cannot be; what was there is there still.
    """
    move(write_beside(path.parent, *parts), path)


def prune(folder: Path, suffix: str, most: int) -> None:
    """Delete the files of a folder that were not used for longest, of those with a suffix, until ``most`` stay.

    Raises:
        OSError: it cannot be.
    """
    files = sorted(folder.glob(f"*{suffix}"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    for path in files[most:]:
        path.unlink(missing_ok=True)
