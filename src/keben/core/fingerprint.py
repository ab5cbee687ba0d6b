"""A hash of values: two builds from equal fingerprints make the same bytes."""

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any


def fingerprint(*values: object) -> str:
    """SHA-256 in hex of values made of dataclasses, mappings, sequences, sets, text, bytes and numbers.

    Neither the order of mappings and sets nor the process's hash seed counts.

    Raises:
        TypeError: a value holds something else.
    """
    digest = hashlib.sha256()
    _feed(digest, values)
    return digest.hexdigest()


def _feed(digest: Any, value: object) -> None:
    match value:
        case bytes():
            digest.update(b"b%d:" % len(value) + value)
        case str():
            # A file's name may be no UTF-8.
            encoded = value.encode("utf-8", "surrogatepass")
            digest.update(b"s%d:" % len(encoded) + encoded)
        case None | bool() | int() | float():
            digest.update(f"{type(value).__name__}{value!r};".encode())
        case Mapping():
            digest.update(b"m%d:" % len(value))
            for key in sorted(value):
                _feed(digest, key)
                _feed(digest, value[key])
        case AbstractSet():
            _feed(digest, sorted(value))
        case tuple() | list():
            digest.update(b"t%d:" % len(value))
            for item in value:
                _feed(digest, item)
        case _ if is_dataclass(value) and not isinstance(value, type):
            digest.update(type(value).__name__.encode())
            for field in fields(value):
                _feed(digest, getattr(value, field.name))
        case _:
            raise TypeError(f"cannot take a fingerprint of {type(value).__name__}")


@cache
def program_fingerprint() -> str:
    """A hash of Keben's own code, so that a changed program never passes old artifacts for new."""
    package = Path(__file__).resolve().parents[1]
    return fingerprint(
        {path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*.py")}
    )
