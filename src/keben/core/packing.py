"""Keben's own values as bytes, to be kept, and back: trees, findings and what else is made of frozen dataclasses.

What is read makes values of Keben's dataclasses and of Python's plain types, and calls nothing else, so that bytes
from elsewhere can at worst give wrong values; `keben.core.store` knows what it wrote by its digest.
"""

import io
import pickle
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import is_dataclass
from typing import Any

_DEEP = 5000
"""Calls: trees hold trees, and pickle goes down into each."""


def packed(value: object) -> bytes | None:
    """A value as bytes; None for one that cannot be kept."""
    try:
        with _deep():
            return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError):
        return None


def unpacked(data: bytes) -> Any:
    """The value that `packed` packed; None for what it did not."""
    try:
        with _deep():
            return _Unpickler(io.BytesIO(data)).load()
    except (
        pickle.UnpicklingError,
        EOFError,
        ImportError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        RecursionError,
        MemoryError,
    ):
        return None


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A dataclass of Keben's.

        Raises:
            pickle.UnpicklingError: it is none.
        """
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("keben.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


_PLAIN = frozenset(
    (("builtins", "set"), ("builtins", "frozenset"), ("builtins", "range"), ("keben.core.saying", "Wording"))
)


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEP))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
