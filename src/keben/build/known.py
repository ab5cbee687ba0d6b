"""What the tools of a build are, remembered by the state of their files: asking each of them takes longer than a build.

`keben.build.distributions` reads the records of forty packages and all of Keben's code. Here the size, times and place
of those files are compared with what they were when they were read. Whoever installs, updates or edits one of them
changes a time that no program can set (``ctime``).
"""

import json
import os
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from keben.core.fingerprint import fingerprint, program_files
from keben.core.replacing import write_whole

Versions: TypeAlias = tuple[tuple[str, str, str], ...]
"""Name, version and hash of each distribution."""

FILE = "tools.json"
_SETTLED = 2_000_000_000
"""Nanoseconds: some disks count time in steps of two seconds, and a change within a step leaves no trace."""

_RECORDS = (".dist-info", ".egg-info", ".egg-link", ".pth")

_asked: dict[str, Versions] = {}
"""What this process has found: it does not change while it runs, for the code that runs does not."""


def known_versions(caches: Path | None = None) -> Versions:
    """`keben.build.distributions.versions`; ``caches`` is the folder that keeps it from one process to the next."""
    if not _asked:
        _asked["versions"] = _remembered(caches) or _found(caches)
    return _asked["versions"]


def _remembered(caches: Path | None) -> Versions:
    """What an earlier process found, if all files are as they were; else nothing."""
    if caches is None:
        return ()
    try:
        known = json.loads((caches / FILE).read_bytes())
        files = [str(each) for each in known["files"]]
        versions = tuple((str(name), str(version), str(mark)) for name, version, mark in known["versions"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return ()
    return versions if known.get("state") == _state(files)[0] else ()


def _found(caches: Path | None) -> Versions:
    """What there is, left to the next process if the disk lets it be."""
    from keben.build.distributions import record_files, versions

    files = record_files()
    # Before they are asked: of one that changes meanwhile, the next process finds another state.
    state, newest = _state(files)
    is_settled = time.time_ns() - newest > _SETTLED
    found = versions()
    if caches is not None and is_settled:
        with suppress(OSError):
            text = json.dumps({"state": state, "files": files, "versions": found})
            write_whole(caches / FILE, text.encode("utf-8", "surrogateescape"))
    return found


def _state(files: Iterable[str]) -> tuple[str, int]:
    """A hash of what changes when a tool does, and the newest time in it.

    That is the interpreter, the names of all that is installed, the ``files`` of what was found, and every file of
    Keben's own.
    """
    machine = os.uname() if hasattr(os, "uname") else ()
    listed: list[object] = [sys.version, sys.prefix, *machine, *map(_installed, sys.path)]
    newest = 0
    for path in (*files, *program_files(Path(__file__).resolve().parents[1])):
        try:
            stat = os.stat(path)  # noqa: PTH116 - some seven hundred at each build
        except OSError:
            listed.append(path)
            continue
        newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
        listed.append(f"{path}\0{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
    return fingerprint(listed), newest


def _installed(folder: str) -> tuple[str, ...]:
    """The names of the records of packages in a folder that Python looks for them in."""
    try:
        names = os.listdir(folder or ".")  # noqa: PTH208 - as strings
    except OSError:
        return ()
    return (folder, *sorted(name for name in names if name.endswith(_RECORDS)))
