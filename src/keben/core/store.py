"""Results of single steps, kept on the disk from one build to the next, by a hash of all that each is made from.

An entry is a digest and what it is of. One that does not match its digest counts as not there: nothing in the folder is
trusted, and nothing in it is needed. Two builds may use one folder at once: an entry appears whole, by a rename.
"""

import hashlib
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path
from typing import Any

from keben.core.fingerprint import fingerprint
from keben.core.packing import packed, unpacked
from keben.core.replacing import write_whole
from keben.core.values import dataclass

FONTS = "fonts"
"""The folder below the user's caches for fonts that were made ready, and hashes of those that are installed."""

MOST_BYTES = 1_000_000_000
"""What the entries of a folder may take together; those that were not used for longest go."""

_SUFFIX = ".kept"
_DIGEST = hashlib.sha256().digest_size


def caches_folder(environment: Mapping[str, str]) -> Path | None:
    """The user's folder for what Keben can make again; None: there is no home.

    By the XDG Base Directory Specification; on Windows below ``LOCALAPPDATA``.
    """
    base = environment.get("XDG_CACHE_HOME", "")
    if base and Path(base).is_absolute():
        return Path(base) / "keben"
    if home := environment.get("HOME", ""):
        return Path(home) / ".cache" / "keben"
    local = environment.get("LOCALAPPDATA", "")
    return Path(local) / "keben" / "cache" if local else None


def fonts_folder(environment: Mapping[str, str]) -> Path | None:
    """Where fonts that were made ready are kept, and hashes of those that are installed; None: there is no home."""
    caches = caches_folder(environment)
    return caches / FONTS if caches else None


@dataclass(slots=True)
class Lookups:
    """How many results a store was asked for, and how many of these it had."""

    asked: int = 0
    found: int = 0

    def add(self, others: "Lookups") -> None:
        """Count what another process asked for, too."""
        self.asked += others.asked
        self.found += others.found


@dataclass(frozen=True, slots=True)
class Store:
    """Bytes by key. It can be pickled: processes share the folder."""

    folder: Path | None = None
    """None: nothing is kept."""
    mark: str = ""
    """Of the tools that make the results: what another version of one made is not found."""
    lookups: Lookups | None = field(default=None, compare=False, repr=False)
    """Counts what this process asks for; None: nobody wants to know."""

    def key(self, step: str, *values: object) -> str:
        """The key of a step's result; ``values`` are all that it is made from, as `fingerprint` takes them.

        Raises:
            TypeError: a value has no fingerprint.
        """
        return fingerprint(self.mark, step, values)

    def get(self, key: str) -> bytes | None:
        """What was put under a key, if it is there whole."""
        data = self._read(key)
        if self.lookups is not None:
            self.lookups.asked += 1
            self.lookups.found += data is not None
        return data

    def _read(self, key: str) -> bytes | None:
        if self.folder is None:
            return None
        path = self._path(self.folder, key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        digest, data = entry[:_DIGEST], entry[_DIGEST:]
        if hashlib.sha256(data).digest() != digest:
            return None
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a result, if the disk lets it be kept: a full or locked one costs the next build some time only."""
        if self.folder is None:
            return
        with suppress(OSError):
            write_whole(self._path(self.folder, key), hashlib.sha256(data).digest(), data)

    def trim(self, most: int = MOST_BYTES) -> None:
        """Delete the entries that were not used for longest, and what killed builds left, until ``most`` bytes stay."""
        if self.folder is None:
            return
        left = most
        for path, size in _newest_first(self.folder):
            left -= size
            if left < 0 or path.name.startswith("."):
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key[2:]}{_SUFFIX}"


NO_STORE = Store()
"""Keeps nothing."""


class Bundle:
    """Many small results of one step in one entry: those that the last build of a book used, each by its own key.

    A book has hundreds of chapters, and a file for each would cost more than many a result. Of two builds at once the
    last to close keeps its results; the other's are made again.
    """

    def __init__(self, store: Store, step: str, *book: object) -> None:
        """``book``: what tells one book's results from another's, so that they do not take turns."""
        self._store = store
        self._step = step
        self._entry = store.key("bundle", step, *book)
        self._there = _values(store.get(self._entry)) if store.folder else {}
        self._used: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        """What was unpacked already."""

    def unpack(self) -> Iterable[tuple[str, Any]]:
        """Unpack what is in it now, for values that are asked for later; gives them with their keys."""
        self._values = {key: unpacked(entry) for key, entry in self._there.items()}
        return self._values.items()

    @property
    def is_empty(self) -> bool:
        """Whether no build left anything in it."""
        return not self._there

    def key(self, *values: object) -> str:
        """The key of one result; see `Store.key`."""
        return self._store.key(self._step, *values)

    def get(self, key: str) -> Any:
        """A value that was put under a key; None: there is none."""
        entry = self._used.get(key) or self._there.get(key)
        if entry is None:
            return None
        value = self._values[key] if key in self._values else unpacked(entry)
        if value is not None:
            self._used[key] = entry
        return value

    def put(self, key: str, value: object) -> None:
        """Keep a value made of Keben's own, if it can be kept."""
        if self._store.folder is not None:
            entry = packed(value)
            if entry is not None:
                self._used[key] = entry

    def close(self) -> None:
        """Leave what was used to the next build."""
        if self._used and self._used.keys() != self._there.keys():
            entry = packed(self._used)
            if entry is not None:
                self._store.put(self._entry, entry)


def _values(entry: bytes | None) -> Mapping[str, bytes]:
    """The values of a bundle's entry; none for what no bundle left."""
    values = unpacked(entry) if entry is not None else None
    if not isinstance(values, dict):
        return {}
    return {key: value for key, value in values.items() if isinstance(value, bytes)}


_STALE = 3600 * 1_000_000_000
"""Nanoseconds after which a file that was not renamed is one of a killed build."""


def _newest_first(folder: Path) -> list[tuple[Path, int]]:
    """Entries with their sizes, and files that were being written when their build was killed, last."""
    found: list[tuple[bool, int, str, Path, int]] = []
    newest = 0
    for path in folder.glob("??/*"):
        with suppress(OSError):
            stat = path.stat()
            newest = max(newest, stat.st_mtime_ns)
            found.append((path.name.startswith("."), -stat.st_mtime_ns, path.name, path, stat.st_size))
    return [
        (path, size)
        for is_part, time, _, path, size in sorted(found)
        if not is_part or newest + time > _STALE
    ]


def empty(folder: Path) -> tuple[Path, ...]:
    """Delete all that a store keeps in a folder, and give the paths deleted."""
    gone = []
    for path in sorted(folder.glob("??/*")):
        if path.name.endswith(_SUFFIX) or path.name.startswith("."):
            with suppress(OSError):
                path.unlink()
                gone.append(path)
    for inner in sorted(folder.glob("??")):
        with suppress(OSError):
            inner.rmdir()
    return tuple(gone)
