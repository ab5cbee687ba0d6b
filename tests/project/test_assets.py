"""Large files are read when something asks for their bytes."""

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from projects import write_project

from keben.core import filestates
from keben.core.book import Asset
from keben.core.errors import SourceError
from keben.core.fingerprint import fingerprint
from keben.core.store import Store
from keben.core.unread import UnreadAsset
from keben.project import load

DATA = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 400


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(filestates, "_SETTLED", -1)
    root = write_project(tmp_path / "demo")
    (root / "book" / "images" / "large.jpg").write_bytes(DATA)
    return root


def asset_of(root: Path, *, kept: bool = True) -> Asset:
    store = Store(root / "store", "tools") if kept else Store()
    manuscript, findings = load(root, {"XDG_CACHE_HOME": str(root / "cache")}, store)
    assert findings == ()
    return manuscript.assets["images/large.jpg"]


def test_what_was_read_before_is_read_when_it_is_used(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = asset_of(root)
    read: list[Path] = []
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        read.append(path)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    warm = asset_of(root)
    facts = (warm.path, warm.media_type, warm.size, warm.sha256, fingerprint(warm))
    assert facts == ("images/large.jpg", "image/png", len(DATA), cold.sha256, fingerprint(cold))
    assert [path for path in read if path.suffix == ".jpg"] == []
    assert warm.data == warm.electronic.data == DATA
    assert len([path for path in read if path.suffix == ".jpg"]) == 1


def test_it_is_what_one_is_that_was_read(root: Path) -> None:
    asset_of(root)
    warm, eager = asset_of(root), asset_of(root, kept=False)
    assert isinstance(warm, UnreadAsset)
    assert type(eager) is Asset
    assert warm == eager
    assert eager == warm
    assert hash(warm) == hash(eager)
    assert fingerprint(warm) == fingerprint(eager)
    assert fingerprint({"a": warm}) != fingerprint({"a": replace(warm, data=DATA + b"x")})
    for made in (pickle.loads(pickle.dumps(warm)), replace(warm, motion="moving")):
        assert type(made) is Asset
        assert made.data == DATA


def test_a_file_that_changed_is_read_again(root: Path) -> None:
    asset_of(root)
    file = root / "book" / "images" / "large.jpg"
    other = DATA[:-1] + b"x"
    file.write_bytes(other)
    assert asset_of(root).data == other
    # Also with the old times.
    stat = file.stat()
    file.write_bytes(DATA)
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert asset_of(root).data == DATA


def test_a_file_that_changes_while_a_book_is_built_stops_it(root: Path) -> None:
    asset_of(root)
    warm = asset_of(root)
    (root / "book" / "images" / "large.jpg").write_bytes(DATA[:-1] + b"x")
    with pytest.raises(SourceError) as raised:
        _ = warm.data
    assert str(raised.value.findings[0]).startswith("book/images/large.jpg: This file was changed while")


def test_what_was_written_just_now_is_read_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filestates, "_SETTLED", 10**18)
    asset_of(root)
    assert not (root / "cache" / "keben" / "assets.json").exists()
