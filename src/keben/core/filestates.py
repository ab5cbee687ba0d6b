"""What is known of files by their size, times and place on the disk: a file that nobody touched is not read again.

The time is also that of the last change of the file's entry (``ctime``), which no program can set: whoever writes
other bytes and puts the old time back is noticed.
"""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import ClassVar, Self

from keben.core.replacing import write_whole
from keben.core.values import dataclass

State = list[int | str]
"""Size, times, and place of a file, and then what is known of it."""

_LENGTH = 5
"""Of a state without what is known."""
_MOST = 5000
"""Files; those that were looked at longest ago go."""
_SETTLED = 2_000_000_000
"""Nanoseconds: some disks count time in steps of two seconds, and a change within a step leaves no trace."""


@dataclass(slots=True)
class FileStates:
    """What is known of files, and where it is kept from one build to the next."""

    NAME: ClassVar[str] = ""
    """Of the file that keeps it."""
    FACTS: ClassVar[int] = 1
    """How much is known of each file."""

    cache: Path | None
    """The folder that keeps it; None: every file is read."""
    known: dict[str, State] = field(default_factory=dict)
    fresh: dict[str, State] = field(default_factory=dict)

    @classmethod
    def read(cls, cache: Path | None) -> Self:
        """What earlier builds kept."""
        return cls(cache, dict(cls._read(cache)))

    def facts(self, path: Path, state: State) -> list[str]:
        """What is known of a file in a state; nothing where that is another than it was."""
        known = self.fresh.get(str(path)) or self.known.get(str(path))
        if not known or not state or known[:_LENGTH] != state:
            return []
        self.fresh[str(path)] = known
        return [str(each) for each in known[_LENGTH:]]

    def fact(self, path: Path, read: Callable[[], str]) -> str:
        """The one thing that is known of a file; it is read where the file is not as it was when it was read last.

        Raises:
            OSError: as ``read`` does.
        """
        before = state_of(path)
        known = self.facts(path, before)
        if known:
            return known[0]
        found = read()
        if found:
            self.learn(path, before, found)
        return found

    def learn(self, path: Path, state: State, *facts: str) -> None:
        """Take what was read of a file in a state, where a change since would be seen."""
        if state and state_of(path) == state and _is_settled(state):
            self.fresh[str(path)] = [*state, *facts]

    def keep(self) -> None:
        """Leave it to the next build, if the disk lets it be left; by a rename, for other builds read it."""
        if self.cache is None or not self.fresh:
            return
        others = {path: entry for path, entry in self._read(self.cache).items() if path not in self.fresh}
        together = dict([*others.items(), *sorted(self.fresh.items())][-_MOST:])
        if together == self.known:
            return
        with suppress(OSError):
            write_whole(self.cache / self.NAME, json.dumps(together).encode("utf-8", "surrogateescape"))

    @classmethod
    def _read(cls, cache: Path | None) -> Mapping[str, State]:
        if cache is None:
            return {}
        try:
            text = (cache / cls.NAME).read_bytes().decode("utf-8", "surrogateescape")
            known = json.loads(text)
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(known, dict):
            return {}
        length = _LENGTH + cls.FACTS
        return {
            path: entry for path, entry in known.items() if isinstance(entry, list) and len(entry) == length
        }


def state_of(path: Path) -> State:
    """What changes when a file does; nothing where there is none."""
    try:
        stat = path.stat()
    except (OSError, ValueError):
        return []
    return [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_dev]


def _is_settled(state: State) -> bool:
    return time.time_ns() - max(int(each) for each in state[1:3]) > _SETTLED
