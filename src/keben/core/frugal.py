"""What a process that makes a book does about memory: Python's garbage collector, and what the system gets back."""

import atexit
import ctypes
import gc
import mmap
import sys

_M_MMAP_THRESHOLD = -3
_PAGE_OUT = 21
"""Of Linux 5.4 and later; earlier ones do nothing."""
_BIG = 4 * 1024 * 1024
"""Bytes: what is larger, such as the file of a font, is a mapping of its own, and given back when it is let go.

By itself the C library raises this number to that of the largest thing let go so far (mallopt(3)): fonts then leave
holes that nothing else fills.
"""


def settle_memory() -> None:
    """Have this process, whose only work is to make books, look for garbage rarely, and give back large pieces.

    Trees of a long book are hundreds of thousands of objects, none of which is garbage before the end.
    """
    gc.set_threshold(500_000, 50, 50)
    # When it ends, Python would look for garbage among all that the system takes back at once anyway.
    atexit.register(gc.freeze)
    if (library := _glibc()) is not None:
        library.mallopt(_M_MMAP_THRESHOLD, _BIG)


def let_circles_go() -> None:
    """Let go what holds itself by circles of references and was made since this, or a garbage collection, ran last."""
    gc.collect(1)


def give_back() -> None:
    """Give what is let go, and held by circles of references or in holes, back to the system. Takes some time."""
    gc.collect()
    if (library := _glibc()) is not None:
        library.malloc_trim(0)


def let_pages_go(address: int, length: int) -> None:
    """Let the system take back what memory a file takes that is mapped there; it is read again when it is asked for.

    Nothing is lost where there is no file behind (madvise(2), ``MADV_PAGEOUT``).
    """
    first, end = (
        -(-address // mmap.PAGESIZE) * mmap.PAGESIZE,
        (address + length) // mmap.PAGESIZE * mmap.PAGESIZE,
    )
    library = _glibc()
    if library is not None and hasattr(library, "madvise") and first < end:
        library.madvise(ctypes.c_void_p(first), ctypes.c_size_t(end - first), _PAGE_OUT)


def _glibc() -> ctypes.CDLL | None:
    """The C library, where it is one that takes such settings."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "malloc_trim") else None
