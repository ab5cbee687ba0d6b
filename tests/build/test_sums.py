"""Checksums kept by a file's state: a file that was touched is read again, whatever its times say."""

import hashlib
import os

import pytest

from keben.build import sums
from keben.build.sums import Sums
from keben.core import filestates


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def reads(monkeypatch):
    """The names of the files that were read."""
    seen = []

    def sum_of(folder, name):
        seen.append(name)
        return inner(folder, name)

    inner = sums.sum_of
    monkeypatch.setattr(sums, "sum_of", sum_of)
    monkeypatch.setattr(filestates, "_SETTLED", -1)
    return seen


def write(folder, data=b"first", name="a.pdf"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


def test_a_file_that_nobody_touched_is_read_once(tmp_path, reads):
    write(tmp_path / "out")
    for _ in range(3):
        known = Sums.read(tmp_path / "cache")
        assert known.of(tmp_path / "out", "a.pdf") == sha256(b"first")
        assert known.standing(tmp_path / "out", {"name": "a.pdf", "sha256": sha256(b"first")})
        known.keep()
    assert reads == ["a.pdf"]


@pytest.mark.parametrize("data", [b"other", b"longer"])
def test_other_bytes_are_noticed_though_the_time_is_put_back(tmp_path, reads, data):
    write(tmp_path / "out")
    known = Sums.read(tmp_path / "cache")
    known.of(tmp_path / "out", "a.pdf")
    known.keep()
    path = tmp_path / "out" / "a.pdf"
    stat = path.stat()
    write(tmp_path / "out", data)
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert Sums.read(tmp_path / "cache").of(tmp_path / "out", "a.pdf") == sha256(data)
    path.unlink()
    assert Sums.read(tmp_path / "cache").of(tmp_path / "out", "a.pdf") is None


def test_a_file_that_was_only_just_written_is_read_again(tmp_path, reads, monkeypatch):
    monkeypatch.setattr(filestates, "_SETTLED", 2_000_000_000)
    write(tmp_path / "out")
    for _ in range(2):
        known = Sums.read(tmp_path / "cache")
        known.of(tmp_path / "out", "a.pdf")
        known.keep()
    assert reads == ["a.pdf"] * 2


def test_what_a_build_wrote_itself_is_not_read(tmp_path, reads):
    write(tmp_path / "out")
    os.utime(tmp_path / "out" / "a.pdf", ns=(1_000_000_001, 1_000_000_001))
    known = Sums.read(tmp_path / "cache")
    known.note(tmp_path / "out" / "a.pdf", sha256(b"first"))
    known.keep()
    assert Sums.read(tmp_path / "cache").of(tmp_path / "out", "a.pdf") == sha256(b"first")
    assert reads == []


def test_no_name_leads_out_of_the_folder(tmp_path):
    write(tmp_path / "out")
    assert Sums(None).of(tmp_path / "out", "../out/a.pdf") is None


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": [1]}', "\udcff"])
def test_what_is_kept_need_not_be_right(tmp_path, text):
    write(tmp_path / "out")
    write(tmp_path / "cache", text.encode("utf-8", "surrogateescape"), "sums.json")
    known = Sums.read(tmp_path / "cache")
    assert known.of(tmp_path / "out", "a.pdf") == sha256(b"first")
    known.keep()


def test_without_a_folder_every_file_is_read(tmp_path, reads):
    write(tmp_path / "out")
    for _ in range(2):
        known = Sums.read(None)
        assert known.of(tmp_path / "out", "a.pdf") == sha256(b"first")
        known.keep()
    assert reads == ["a.pdf"] * 2
