"""Checksums of the files in output folders, so that one that nobody touched is not read again (`FileStates`).

``keben check`` reads every file instead.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from keben.build.output import sum_of
from keben.core.filestates import FileStates, state_of

FILE = "sums.json"


class Sums(FileStates):
    """The SHA-256 of files in output folders."""

    NAME: ClassVar[str] = FILE

    def of(self, folder: Path, name: str) -> str | None:
        """The SHA-256 of a file; None: the folder itself has no file of that name."""
        path = (folder / name).absolute()
        before = state_of(path)
        known = self.facts(path, before) if Path(name).name == name else []
        if known:
            return known[0]
        found = sum_of(folder, name)
        if found:
            self.learn(path, before, found)
        return found

    def standing(self, folder: Path, entry: Mapping[str, Any]) -> bool:
        """Whether the file of a manifest's entry is there, with the bytes that the manifest says."""
        return self.of(folder, entry["name"]) == str(entry["sha256"])

    def note(self, path: Path, sha256: str) -> None:
        """Take what was just written to a path as what is there, where its disk counts time finely."""
        state = state_of(path.absolute())
        if state and any(int(each) % 1_000_000 for each in state[1:3]):
            self.fresh[str(path.absolute())] = [*state, sha256]
