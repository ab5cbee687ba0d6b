"""Several files written so that all of them appear whole, or none.

Every file is written beside its place first (``.NAME.PID.part``); when all are safely on the disk, each takes its
place by rename, and what stood there is kept beside it (``.NAME.PID.old``) until the last one has. Where a rename
fails, what stood there is put back. A process that is killed leaves such files; `recover` deals with
them.
"""

import contextlib
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from keben.build.interrupts import held_off
from keben.core.errors import MachineError
from keben.core.reasons import reason_of
from keben.core.replacing import is_held, take_place
from keben.core.saying import series, wording

_LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)\.(?P<kind>part|old)")


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write several files, whose names may have folders in them, below a folder.

    Ctrl-C and SIGTERM wait while the files take their places.

    Raises:
        MachineError: something could not be written; what was there before still stands, or is named.
    """
    waiting: list[tuple[Path, Path]] = []
    at = folder
    try:
        for name, data in files.items():
            at = folder / name
            at.parent.mkdir(parents=True, exist_ok=True)
            if at.is_dir():
                raise IsADirectoryError(21, wording("There is a folder of this name"))
            temporary = _beside(at, "part")
            waiting.append((temporary, at))
            with temporary.open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError as error:
        raise _failed(at, error, ()) from None
    else:
        with held_off():
            _take_places(waiting)
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def recover(folder: Path, names: Iterable[str] | None = None) -> tuple[Path, ...]:
    """Finish or clear away what killed writers left in a folder, and give the paths deleted.

    Files that were taking their places take them; those that were not all written yet are deleted. ``names``: only
    what was to become a file of one of these names. Nothing of a process that still runs is touched.
    """
    wanted = None if names is None else set(names)
    left: dict[str, list[tuple[Path, re.Match[str]]]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        match = _LEFTOVER.fullmatch(path.name)
        if match and (wanted is None or match["name"] in wanted) and not _runs(int(match["pid"])):
            left.setdefault(match["pid"], []).append((path, match))
    gone = []
    for files in left.values():
        # What was there before is kept only when everything new is on the disk.
        whole = any(match["kind"] == "old" for _, match in files)
        for path, match in files:
            with contextlib.suppress(OSError):
                if whole and match["kind"] == "part":
                    take_place(path, folder / match["name"])
                else:
                    path.unlink()
                    gone.append(path)
    return tuple(gone)


def _take_places(waiting: Iterable[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, Path | None]] = []
    try:
        for temporary, at in waiting:
            old = _keep_old(at)
            done.append((at, old))
            take_place(temporary, at)
    except OSError as error:
        raise _failed(at, error, _put_back(done)) from None
    finally:
        for _, old in done:
            if old is not None:
                with contextlib.suppress(OSError):
                    old.unlink(missing_ok=True)
    for folder in dict.fromkeys(at.parent for at, _ in done):
        _sync(folder)


def _keep_old(at: Path) -> Path | None:
    """A second name for a file that is there; a copy where the file system has no second names."""
    if not at.exists():
        return None
    old = _beside(at, "old")
    old.unlink(missing_ok=True)
    try:
        os.link(at, old)
    except OSError:
        shutil.copy2(at, old)
    return old


def _put_back(done: Iterable[tuple[Path, Path | None]]) -> tuple[Path, ...]:
    """Undo what took its place already, and give what could not be undone."""
    changed = []
    for at, old in done:
        try:
            if old is None:
                at.unlink(missing_ok=True)
            else:
                take_place(old, at)
        except OSError:
            changed.append(at)
    return tuple(changed)


def _failed(at: Path, error: OSError, changed: Iterable[Path]) -> MachineError:
    message = wording("This file cannot be written: {reason}.", reason=reason_of(error))
    names = series(path.name for path in changed)
    changes = wording("changed already: {names}", names=names) if names else wording("nothing was changed")
    if is_held(error):
        message = wording("This file is open in another program, and Windows lets nobody else write it.")
        advice = wording(
            "Close the program that has it open, such as a PDF reader, and build again; {changes}.",
            changes=changes,
        )
        return MachineError.at(str(at), "file-open", message, advice)
    return MachineError.at(
        str(at),
        "write-failed",
        message,
        wording("Make room or fix the permissions, and build again; {changes}.", changes=changes),
    )


def _beside(at: Path, kind: str) -> Path:
    return at.with_name(f".{at.name}.{os.getpid()}.{kind}")


def _sync(folder: Path) -> None:
    """Make renames in a folder safe from a power cut, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _runs(pid: int) -> bool:
    if pid == os.getpid() or os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
