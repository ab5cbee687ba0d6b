"""One writer at a time: a lock on a folder, which ends with the process that holds it.

The folder itself is locked (``flock`` on a descriptor of it), so that no lock file lies in a project or an output
folder. Where that is not possible (Windows, some network file systems), a file in the temporary folder is locked.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

from keben.core.errors import MachineError
from keben.core.saying import wording

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

LONGEST = 120.0
"""Seconds that a writer waits for another one; a build holds the lock only while it writes."""

_PAUSE = 0.05
_SAID_AFTER = 1.0


def _quiet(_said: str) -> None:
    """Say nothing."""


@contextlib.contextmanager
def locked(folder: Path, say: Callable[[str], None] = _quiet, longest: float = LONGEST) -> Iterator[None]:
    """Hold the lock of a folder, which is made if it is not there.

    ``say`` gets one message if another process holds the lock for more than a second.

    Raises:
        MachineError: another process held it for ``longest`` seconds.
        OSError: the folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, take = _open(folder)
    try:
        began, said = monotonic(), False
        while not take():
            waited = monotonic() - began
            if waited > longest:
                message = wording(
                    "Another Keben has been writing here for {longest:g} seconds.", longest=longest
                )
                advice = wording("Wait for it to end, or end it, and try again.")
                raise MachineError.at(str(folder), "locked", message, advice)
            if waited > _SAID_AFTER and not said:
                said = True
                say(wording("Another Keben is writing into {folder}: waiting …", folder=folder))
            sleep(_PAUSE)
        yield
    finally:
        # Closing the descriptor gives the lock back.
        os.close(descriptor)


def _open(folder: Path) -> tuple[int, Callable[[], bool]]:
    """A descriptor, and a function that tries to lock it."""
    if fcntl is not None:
        with contextlib.suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            if _can_be_locked(descriptor):
                return descriptor, lambda: _flock(descriptor)
            os.close(descriptor)
    mark = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:32]
    descriptor = os.open(Path(tempfile.gettempdir()) / f"keben-{mark}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    return descriptor, lambda: _flock(descriptor) if fcntl is not None else _lock_by_windows(descriptor)


def _can_be_locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    return True


def _flock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_by_windows(descriptor: int) -> bool:  # pragma: no cover - Windows
    import msvcrt

    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
