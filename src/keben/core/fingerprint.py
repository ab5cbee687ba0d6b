"""A hash of values: two builds from equal fingerprints make the same bytes."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from keben.core.values import dataclass

WHOLE = 65536
"""Bytes; of what is longer a hash is taken, which may be known already."""


@dataclass(frozen=True, slots=True)
class Digested:
    """Stands for more than `WHOLE` bytes that have a SHA-256."""

    size: int
    sha256: str
    """In hexadecimal."""


def fingerprint(*values: object) -> str:
    """SHA-256 in hex of values made of dataclasses, mappings, sequences, sets, text, bytes and numbers.

    Neither the order of mappings and sets nor the process's hash seed counts.

    Raises:
        TypeError: a value holds something else.
    """
    return hashlib.sha256(_piece(values)).hexdigest()


def _piece(value: object) -> bytes:
    """A value as bytes that no other value has."""
    # Most are texts and tuples: what others are takes longer to ask.
    if type(value) is str:
        return _of_text(value)
    if type(value) is tuple:
        return b"t%d:" % len(value) + b"".join(map(_piece, value))
    match value:
        case bytes() | Digested():
            return _of_bytes(value)
        case str():
            return _of_text(value)
        case None | bool() | int() | float():
            return f"{type(value).__name__}{value!r};".encode()
        case Mapping():
            entries = (part for key in sorted(value) for part in (key, value[key]))
            return b"m%d:" % len(value) + b"".join(map(_piece, entries))
        case AbstractSet():
            return _piece(sorted(value))
        case tuple() | list():
            return b"t%d:" % len(value) + b"".join(map(_piece, value))
        case _ if is_dataclass(value) and not isinstance(value, type):
            # One that knows a hash of what it holds says itself what counts: see `keben.core.unread`.
            parts = getattr(value, "fingerprint_parts", None)
            name, values = parts() if parts else _parts(value)
            return name.encode() + b"".join(map(_piece, values))
        case _:
            raise TypeError(f"cannot take a fingerprint of {type(value).__name__}")


def _of_text(value: str) -> bytes:
    # A file's name may be no UTF-8.
    encoded = value.encode("utf-8", "surrogatepass")
    return b"s%d:" % len(encoded) + encoded


def _of_bytes(value: bytes | Digested) -> bytes:
    if isinstance(value, Digested):
        return b"d%d:" % value.size + bytes.fromhex(value.sha256)
    if len(value) > WHOLE:
        return b"d%d:" % len(value) + hashlib.sha256(value).digest()
    return b"b%d:" % len(value) + value


def _parts(value: Any) -> tuple[str, Iterable[object]]:
    """The name of a dataclass and its values."""
    return type(value).__name__, (getattr(value, field.name) for field in fields(value))


_NO_PROGRAM = frozenset(("__pycache__", "templates", "styles"))
"""Folders. A wheel has the default theme in the package, a checkout beside it."""


@cache
def program_fingerprint() -> str:
    """A hash of Keben's own code and tables, so that a changed program never passes old artifacts for new."""
    package = Path(__file__).resolve().parents[1]
    start = len(str(package)) + 1
    return fingerprint(
        {path[start:].replace(os.sep, "/"): _bytes_of(path) for path in program_files(package)}
    )


def _bytes_of(path: str) -> bytes:
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - some eight hundred at once
        return stream.read()


def program_files(package: Path) -> Iterator[str]:
    """The paths of the files that a package came with, in order, without a theme: that counts as a project's own."""
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name not in _NO_PROGRAM)
        yield from (os.path.join(folder, name) for name in sorted(names) if name[0] != ".")  # noqa: PTH118
