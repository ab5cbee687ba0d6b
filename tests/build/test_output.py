import errno
import json
import subprocess
from pathlib import Path

import pytest

from keben.build.output import Release, clean, make_manifest, read_manifest, release, standing, strangers
from keben.core.composition import Artifact
from keben.core.errors import MachineError

ONE = Artifact("a-zh-Hans.epub", "zh-Hans", "epub", b"one", {"documents": 3})
TWO = Artifact("a-zh-Hans.pdf", "zh-Hans", "pdf", b"two", {"pages": 8})


def put(folder, *artifacts):
    manifest = make_manifest(artifacts, [], {"version": "1"}, {})
    return release(folder, Release(artifacts, manifest, {}, read_manifest(folder)))


def test_artifacts_come_with_a_manifest_and_sums_that_sha256sum_accepts(tmp_path):
    put(tmp_path / "build", ONE, TWO)
    manifest = json.loads((tmp_path / "build" / "manifest.json").read_text())
    assert manifest["version"] == "1"
    assert manifest["artifacts"][1] == {
        "name": "a-zh-Hans.pdf",
        "edition": "zh-Hans",
        "format": "pdf",
        "bytes": 3,
        "sha256": "3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3",
        "pages": 8,
    }
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "build", capture_output=True, text=True
    )
    assert checked.returncode == 0
    assert checked.stdout.splitlines() == ["a-zh-Hans.epub: OK", "a-zh-Hans.pdf: OK", "manifest.json: OK"]
    assert all(standing(tmp_path / "build", entry) for entry in manifest["artifacts"])


def test_entries_of_other_artifacts_are_kept(tmp_path):
    put(tmp_path, ONE, TWO)
    kept = read_manifest(tmp_path)["artifacts"][:1]
    new = Artifact("a-zh-Hans.pdf", "zh-Hans", "pdf", b"three")
    manifest = make_manifest([new], kept, {}, {})
    assert [(entry["name"], entry["bytes"]) for entry in manifest["artifacts"]] == [
        ("a-zh-Hans.epub", 3),
        ("a-zh-Hans.pdf", 5),
    ]


def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch):
    put(tmp_path, ONE, TWO)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real_open = Path.open

    class FullDisk:
        def __init__(self, stream):
            self.stream = stream

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.stream.close()

        def write(self, data):
            self.stream.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

    def full_open(self, mode="r", *rest, **named):
        stream = real_open(self, mode, *rest, **named)
        return FullDisk(stream) if "w" in mode and "pdf" in self.name else stream

    monkeypatch.setattr(Path, "open", full_open)
    with pytest.raises(MachineError) as caught:
        put(
            tmp_path,
            Artifact(ONE.name, "zh-Hans", "epub", b"new"),
            Artifact(TWO.name, "zh-Hans", "pdf", b"new"),
        )
    monkeypatch.undo()
    assert str(caught.value).startswith(
        f"{tmp_path}/a-zh-Hans.pdf: This file cannot be written: No space left on device."
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_manifest_that_is_not_one_counts_as_none(tmp_path):
    assert read_manifest(tmp_path) == {"artifacts": [], "conversions": {}}
    for text in ("", "[]", '{"artifacts": [1]}', '{"artifacts": [{"name": 1, "sha256": "x"}]}'):
        (tmp_path / "manifest.json").write_text(text)
        assert read_manifest(tmp_path) == {"artifacts": [], "conversions": {}}


def test_a_changed_or_missing_or_foreign_file_does_not_stand(tmp_path):
    put(tmp_path, ONE)
    (entry,) = read_manifest(tmp_path)["artifacts"]
    (tmp_path / ONE.name).write_bytes(b"other")
    assert not standing(tmp_path, entry)
    (tmp_path / ONE.name).unlink()
    assert not standing(tmp_path, entry)
    assert not standing(tmp_path, {**entry, "name": "../x"})


def test_clean_deletes_what_the_manifest_names_and_nothing_else(tmp_path):
    put(tmp_path / "build", ONE, TWO)
    (tmp_path / "build" / "README.md").write_text("mine")
    (tmp_path / "outside").write_text("mine")
    manifest = json.loads((tmp_path / "build" / "manifest.json").read_text())
    manifest["artifacts"].append({"name": "../outside", "sha256": "x"})
    (tmp_path / "build" / "manifest.json").write_text(json.dumps(manifest))
    assert len(clean(tmp_path / "build")) == 4
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["README.md", "outside"]


def test_what_an_earlier_build_left_and_this_one_does_not_list_is_deleted_unless_it_was_changed(tmp_path):
    extra = {"name": "notes.md", "sha256": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"}
    manifest = {**make_manifest([ONE, TWO], [], {}, {}), "files": [extra]}
    release(tmp_path, Release((ONE, TWO), manifest, {"notes.md": b"foo"}))
    assert "notes.md" in (tmp_path / "SHA256SUMS").read_text()
    (tmp_path / TWO.name).write_bytes(b"mine now")
    (tmp_path / "other.txt").write_text("mine")
    put(tmp_path, ONE)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "SHA256SUMS",
        "a-zh-Hans.epub",
        "a-zh-Hans.pdf",
        "manifest.json",
        "other.txt",
    ]


def test_strangers_are_what_neither_a_release_nor_an_earlier_build_wrote(tmp_path):
    assert strangers(tmp_path / "nowhere", ["a"]) == ()
    put(tmp_path, ONE, TWO)
    (tmp_path / TWO.name).write_bytes(b"mine now")
    for name in ("README.md", ".gitignore", "new.txt", "b", "old.txt"):
        (tmp_path / name).write_text("mine")
    assert strangers(tmp_path, ["new.txt"]) == ("a-zh-Hans.pdf", "b", "old.txt")
