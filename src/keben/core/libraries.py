"""Shared libraries of the system, loaded by their names and not looked for by other programs."""

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unsought_libraries() -> Iterator[None]:
    """Meanwhile a library is loaded by the name of its file, and never sought by what Linux calls it otherwise.

    Looking for one that is not there starts ``ldconfig``, the compiler and the linker. WeasyPrint asks for each of its
    libraries by the names of other systems first, some twenty times in all, and by that of its file in the end.
    """
    if sys.platform != "linux":
        yield
        return
    found = ctypes.util.find_library
    ctypes.util.find_library = _nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = found


def _nowhere(name: str) -> str | None:  # noqa: ARG001 - the signature of what it stands for
    return None
