"""Checksums of files, kept by size, time and place on the disk: a file that nobody touched is not read again.

The time is also that of the last change of the file's entry (``ctime``), which no program can set: whoever writes
other bytes and puts the old time back is noticed. ``keben check`` reads every file instead.
"""

import json
import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from keben.build.output import sum_of

State = list[int | str]
"""Size, times, and place of a file, and then its SHA-256."""

FILE = "sums.json"
_MOST = 5000
"""Files; those that were looked at longest ago go."""
_SETTLED = 2_000_000_000
"""Nanoseconds: some disks count time in steps of two seconds, and a change within a step leaves no trace."""


@dataclass(slots=True)
class Sums:
    """The SHA-256 of files in output folders."""

    cache: Path | None
    """The folder that keeps them; None: every file is read."""
    known: dict[str, State] = field(default_factory=dict)
    fresh: dict[str, State] = field(default_factory=dict)

    @classmethod
    def read(cls, cache: Path | None) -> "Sums":
        """Those that earlier builds kept."""
        return cls(cache, dict(_read(cache)))

    def of(self, folder: Path, name: str) -> str | None:
        """The SHA-256 of a file; None: the folder itself has no file of that name."""
        path = (folder / name).absolute()
        before = _state(path)
        known = self.fresh.get(str(path)) or self.known.get(str(path))
        if before and known and known[:-1] == before and Path(name).name == name:
            self.fresh[str(path)] = known
            return str(known[-1])
        found = sum_of(folder, name)
        if found and before and _state(path) == before and _is_settled(before):
            self.fresh[str(path)] = [*before, found]
        return found

    def standing(self, folder: Path, entry: Mapping[str, Any]) -> bool:
        """Whether the file of a manifest's entry is there, with the bytes that the manifest says."""
        return self.of(folder, entry["name"]) == str(entry["sha256"])

    def note(self, path: Path, sha256: str) -> None:
        """Take what was just written to a path as what is there, where its disk counts time finely."""
        state = _state(path.absolute())
        if state and any(int(each) % 1_000_000 for each in state[1:3]):
            self.fresh[str(path.absolute())] = [*state, sha256]

    def keep(self) -> None:
        """Leave them to the next build, if the disk lets them be left; by a rename, for other builds read them."""
        if self.cache is None or not self.fresh:
            return
        others = {path: entry for path, entry in _read(self.cache).items() if path not in self.fresh}
        together = dict([*others.items(), *sorted(self.fresh.items())][-_MOST:])
        if together == self.known:
            return
        with suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            descriptor, part = tempfile.mkstemp(dir=self.cache, prefix=".sums-")
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogateescape") as stream:
                json.dump(together, stream)
            Path(part).replace(self.cache / FILE)


def _state(path: Path) -> State:
    """What changes when a file does; nothing where there is none."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return []
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_dev]


def _is_settled(state: State) -> bool:
    return time.time_ns() - max(int(each) for each in state[1:3]) > _SETTLED


def _read(cache: Path | None) -> Mapping[str, State]:
    if cache is None:
        return {}
    try:
        text = (cache / FILE).read_bytes().decode("utf-8", "surrogateescape")
        known = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {path: entry for path, entry in known.items() if isinstance(entry, list) and len(entry) == 6}
