"""Large fonts that are kept as files: the same bytes, never trusted, and put where WeasyPrint wants them."""

import gc
import os

import pytest
from books import book, chapter

from keben.typeset import typeset
from keben.typeset.fonts import choose
from keben.typeset.fonts.files import mark_of_bytes
from keben.typeset.fonts.keptfiles import KEPT, SUFFIX, FontFile, kept_file
from keben.typeset.fonts.lent import lent_faces, lent_font
from keben.typeset.resources import Resources
from keben.typeset.weasy.fontfolder import OpenedFile, folder_of_fonts

DATA = bytes(range(256)) * 1200
BODY = "<blockquote><p>風起于青萍之末，浪成于微瀾之間。</p></blockquote>"


class Maker:
    """Counts how often it is asked."""

    def __init__(self, data=DATA):
        self.data, self.times = data, 0

    def __call__(self):
        self.times += 1
        return self.data


def _entry(folder):
    (path,) = folder.glob(f"*{SUFFIX}")
    return path


def test_what_is_made_is_kept_as_it_is(tmp_path):
    make = Maker()
    found = [kept_file(tmp_path / "new", ["a"], make) for _ in range(3)]
    assert make.times == 1
    assert all(isinstance(each, FontFile) and each[:] == DATA for each in found)
    assert _entry(tmp_path / "new").read_bytes() == DATA
    assert kept_file(tmp_path / "new", ["b"], make)[:] == DATA
    assert make.times == 2


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data + b"x", lambda data: b"x" + data[1:]],
    ids=["empty", "cut", "longer", "another beginning"],
)
def test_a_damaged_file_is_made_again(tmp_path, damage):
    make = Maker()
    kept_file(tmp_path, ["a"], make)
    path = _entry(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    assert kept_file(tmp_path, ["a"], make)[:] == DATA
    assert make.times == 2
    assert _entry(tmp_path).read_bytes() == DATA


def test_a_folder_that_cannot_be_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (None, tmp_path / "file"):
        assert kept_file(folder, ["a"], Maker()) == DATA


def test_the_oldest_files_go(tmp_path):
    for number in range(KEPT + 2):
        kept_file(tmp_path, [number], Maker())
        for path in tmp_path.glob(f"*{SUFFIX}"):
            times = path.stat()
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns - 10**9))
    assert len([*tmp_path.iterdir()]) == KEPT


@pytest.mark.parametrize("can_link", [True, False])
def test_it_is_put_where_fonts_are_loaded_from_and_stays_when_it_is_deleted(tmp_path, monkeypatch, can_link):
    if not can_link:

        def refuse(*_):
            raise OSError(18, "another disk")

        monkeypatch.setattr(os, "link", refuse)
    font = kept_file(tmp_path, ["a"], Maker())
    folder = folder_of_fonts()
    try:
        (folder / "font").write_bytes(OpenedFile(font).read())
        (folder / "other").write_bytes(b"bytes")
        assert (folder / "font").samefile(_entry(tmp_path)) == can_link
        _entry(tmp_path).unlink()
        assert (folder / "font").read_bytes() == DATA
        assert (folder / "other").read_bytes() == b"bytes"
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def test_a_lent_font_is_the_same_with_a_cache_and_its_face_is_known(tmp_path):
    profile = choose("zh-Hans-CN")
    faces = lent_faces(profile)
    assert faces
    for path, face in faces.items():
        made, kept, again = (lent_font(profile, path, cache) for cache in (None, tmp_path, tmp_path))
        assert isinstance(again[0], FontFile)
        assert made[0] == kept[0][:] == again[0][:]
        assert made[1] == kept[1] == again[1] == face
    resources = Resources({}, {}, profile, cache=tmp_path)
    font, _ = resources.find(f"keben:/{path}")
    assert resources.face_of(mark_of_bytes(font[:])) == face
    assert resources.face_of("") is None


def test_a_book_is_the_same_with_a_cache_and_leaves_no_font_behind(tmp_path, monkeypatch):
    composition = book(chapter(BODY))
    alone = typeset(composition)
    cache, scratch = tmp_path / "cache", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    first, second = (typeset(composition, cache) for _ in range(2))
    assert alone.data == first.data == second.data
    assert alone.facts == second.facts
    assert [*cache.glob(f"*{SUFFIX}")]
    gc.collect()
    assert not [*scratch.iterdir()]
