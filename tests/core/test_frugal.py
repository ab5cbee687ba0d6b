"""Memory is given back to the system, where that can be asked."""

import ctypes
import mmap
import subprocess
import sys
import weakref
from pathlib import Path

import pytest

from keben.core.frugal import give_back, let_pages_go

PROGRAM = """
import resource
from pathlib import Path
from keben.core.frugal import give_back, settle_memory

def taken():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1_000_000

settle_memory()
before = taken()
for _ in range(3):
    # Large pieces with small ones between them that stay.
    pieces, small = [], []
    for _ in range(10):
        pieces.append(bytes(range(256)) * 40_000)
        small.append(bytes(2000))
    del pieces
print(taken() - before)
blocks = [bytearray(5000) for _ in range(20_000)]
del blocks[:-1]
give_back()
print(taken() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the system is not asked elsewhere")
def test_large_pieces_are_given_back_at_once_and_small_ones_when_asked() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    large, all_of_it = map(int, done.stdout.split())
    assert large < 12
    assert all_of_it < 12


@pytest.mark.skipif(sys.platform != "linux", reason="the system is not asked elsewhere")
def test_a_mapped_file_is_given_back_and_read_again(tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000
    (tmp_path / "file").write_bytes(data)
    with (tmp_path / "file").open("rb") as stream:
        mapped = mmap.mmap(stream.fileno(), 0, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ | mmap.PROT_WRITE)
    before = _mapped()
    assert mapped[:] == data
    taken = _mapped() - before
    let_pages_go(ctypes.addressof(ctypes.c_char.from_buffer(mapped)), len(data))
    # A folder in memory is no file on a disk.
    assert not taken or _mapped() - before < taken / 2
    assert mapped[:] == data


def _mapped() -> int:
    """Kilobytes of files that are mapped here and in memory."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssFile"))


def test_circles_are_let_go() -> None:
    class Circle:
        def __init__(self) -> None:
            self.itself = self

    kept = weakref.ref(Circle())
    assert kept() is not None
    give_back()
    assert kept() is None
