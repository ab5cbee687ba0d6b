import pytest

from keben.build.together import write_together
from keben.core import replacing
from keben.core.errors import MachineError
from keben.core.replacing import take_place, write_whole


class Held:
    """A `Path.replace` that Windows refuses some times, as for a file that a program has open."""

    def __init__(self, times, winerror=32):
        self.times, self.winerror = times, winerror
        self.real = replacing.Path.replace

    def __call__(self, source, target):
        if self.times:
            self.times -= 1
            error = PermissionError(13, "The process cannot access the file", str(target))
            error.winerror = self.winerror
            raise error
        return self.real(source, target)


@pytest.fixture
def holding(monkeypatch):
    monkeypatch.setattr(replacing, "sleep", lambda _seconds: None)

    def holding(times, winerror=32):
        held = Held(times, winerror)
        monkeypatch.setattr("pathlib.Path.replace", lambda source, target: held(source, target))

    return holding


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_file_that_is_open_for_a_moment_is_replaced(tmp_path, holding, winerror):
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "old").write_bytes(b"old")
    holding(3, winerror)
    take_place(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").read_bytes() == b"new"


def test_another_fault_is_raised_at_once(tmp_path, holding):
    (tmp_path / "new").write_bytes(b"new")
    holding(1, None)
    with pytest.raises(PermissionError):
        take_place(tmp_path / "new", tmp_path / "old")


def test_a_file_that_stays_open_is_named_and_what_was_there_stays(tmp_path, holding):
    (tmp_path / "a.epub").write_bytes(b"old")
    holding(7)
    with pytest.raises(MachineError) as caught:
        write_together(tmp_path, {"a.epub": b"new"})
    (finding,) = caught.value.findings
    assert (finding.code, finding.place.path) == ("file-open", str(tmp_path / "a.epub"))
    assert finding.message == "This file is open in another program, and Windows lets nobody else write it."
    assert (tmp_path / "a.epub").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.epub"]


def test_a_file_is_written_whole_into_a_folder_that_is_made(tmp_path):
    path = tmp_path / "a" / "b" / "file"
    write_whole(path, b"one", b"two")
    write_whole(path, b"three")
    assert path.read_bytes() == b"three"
    assert [each.name for each in path.parent.iterdir()] == ["file"]


def test_what_cannot_be_written_leaves_what_was_there_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_whole(path, b"old")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    monkeypatch.undo()
    with pytest.raises(TypeError):
        write_whole(path, b"new", "text")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]
