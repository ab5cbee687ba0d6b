import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from keben.build.together import recover, write_together
from keben.core.errors import MachineError

DEAD = 2**22 + 1
"""A process number that Linux gives to none."""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def texts(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_files_appear_and_nothing_else(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    write_together(tmp_path, {"a": b"1", "b": b"2", "in/c": b"3"})
    assert texts(tmp_path) == {"a": b"1", "b": b"2"}
    assert texts(tmp_path / "in") == {"c": b"3"}


@pytest.mark.parametrize("failing", ["a", "b", "c"])
def test_a_rename_that_fails_puts_back_what_was_there(tmp_path, monkeypatch, failing):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old " + name.encode())
    before = texts(tmp_path)
    real = Path.replace

    def replace(self, target):
        if Path(target).name == failing and self.suffix == ".part":
            raise OSError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(MachineError, match="nothing was changed"):
        write_together(tmp_path, {"a": b"1", "b": b"2", "c": b"3"})
    assert texts(tmp_path) == before


def test_a_folder_in_the_place_of_a_file_is_told_before_anything_is_changed(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    with pytest.raises(
        MachineError, match=r"b: This file cannot be written: There is a folder of this name\."
    ):
        write_together(tmp_path, {"a": b"1", "b": b"2"})
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a", "b"], b"old")


KILLED = """
import os, signal, sys
from pathlib import Path
from keben.build.together import write_together
count = 0
real = Path.replace
def replace(self, target):
    global count
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    count += 1
    return real(self, target)
Path.replace = replace
write_together(Path(sys.argv[1]), {"a": b"1", "b": b"2", "c": b"3"})
"""


@pytest.mark.parametrize("after", [0, 1, 2])
def test_what_was_killed_between_two_renames_is_finished(tmp_path, after):
    (tmp_path / "a").write_bytes(b"old")
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(after)], check=False)
    assert run.returncode == -signal.SIGKILL
    recover(tmp_path)
    assert texts(tmp_path) == {"a": b"1", "b": b"2", "c": b"3"}


def test_what_was_killed_while_it_wrote_is_cleared_away(tmp_path):
    for name in ("a", ".a.4194305.part", ".b.4194305.part", f".c.{os.getppid()}.part", ".d.part", ".1.part"):
        (tmp_path / name).write_bytes(b"half")
    assert [path.name for path in recover(tmp_path, ["a"])] == [f".a.{DEAD}.part"]
    assert [path.name for path in recover(tmp_path)] == [f".b.{DEAD}.part"]
    # That of a process that runs, and what is somebody else's, stays.
    assert names(tmp_path) == sorted(["a", f".c.{os.getppid()}.part", ".d.part", ".1.part"])
