"""Prepared fonts on the disk: kept by what they are made from, and never trusted."""

import hashlib
import os
from pathlib import Path

import pytest

from keben.core.errors import MachineError
from keben.typeset.fonts import Face, face_of
from keben.typeset.fonts.vertical.cache import KEPT, kept, key_of
from keben.typeset.fonts.vertical.faces import prepared

OPTIONS = {"family": "Columns", "language": "zh-Hant-TW", "index": 3, "weight": 400}


class Maker:
    """Counts how often it is asked."""

    def __init__(self, data=b"a font"):
        self.data, self.times = data, 0

    def __call__(self):
        self.times += 1
        return self.data


def test_what_is_made_is_kept(tmp_path):
    make = Maker()
    assert [kept(tmp_path / "new" / "folder", "key", make) for _ in range(3)] == [b"a font"] * 3
    assert make.times == 1
    assert [path.name for path in (tmp_path / "new" / "folder").iterdir()] == ["key.font"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:10],
        lambda data: data[:32],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: bytes([data[0] ^ 1]) + data[1:],
    ],
    ids=["empty", "cut in the digest", "no font", "cut", "longer", "a flipped bit", "another digest"],
)
def test_a_damaged_entry_is_made_anew(tmp_path, damage):
    make = Maker()
    kept(tmp_path, "key", make)
    entry = tmp_path / "key.font"
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert kept(tmp_path, "key", make) == b"a font"
    assert make.times == 2
    assert entry.read_bytes() == whole


def test_a_folder_that_cannot_be_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    assert kept(tmp_path / "file" / "folder", "key", Maker()) == b"a font"
    assert kept(None, "key", Maker()) == b"a font"
    (tmp_path / "key.font").mkdir()
    assert kept(tmp_path, "key", Maker()) == b"a font"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "key.font"]


def test_the_entries_unused_for_longest_go(tmp_path):
    for number in range(KEPT):
        kept(tmp_path, f"{number:02}", Maker())
        os.utime(tmp_path / f"{number:02}.font", (number, number))
    unused = Maker()
    kept(tmp_path, "00", unused)
    assert unused.times == 0
    kept(tmp_path, "new", Maker())
    names = {path.stem for path in tmp_path.iterdir()}
    assert names == {f"{number:02}" for number in range(KEPT)} - {"01"} | {"new"}


def test_keys_differ_where_anything_does():
    same = key_of("hash", "text", frozenset("一二"), **OPTIONS)
    assert same == key_of("hash", "text", frozenset("二一"), **OPTIONS)
    others = {
        key_of("other", "text", frozenset("一二"), **OPTIONS),
        key_of("hash", "pairs", frozenset("一二"), **OPTIONS),
        key_of("hash", "text", frozenset("一"), **OPTIONS),
        key_of("hash", "text", frozenset(["一二"]), **OPTIONS),
        *(
            key_of("hash", "text", frozenset("一二"), **OPTIONS | {name: value})
            for name, value in [
                ("family", "Other"),
                ("language", "zh-Hant-HK"),
                ("index", 4),
                ("weight", 700),
            ]
        ),
    }
    assert len(others | {same}) == 9


def test_the_version_of_the_font_tools_is_in_the_key(monkeypatch):
    before = key_of("hash", "text", frozenset("一"), **OPTIONS)
    monkeypatch.setattr("keben.typeset.fonts.vertical.cache.fonttools_version", "0.0")
    assert key_of("hash", "text", frozenset("一"), **OPTIONS) != before


def test_a_face_is_prepared_once(tmp_path):
    face = face_of("LXGW WenKai")
    arguments = {"family": "Columns", "language": "zh-Hant-TW", "cache": tmp_path}
    first = prepared(face, "text", frozenset("一二"), **arguments)
    (entry,) = tmp_path.iterdir()
    # A mark in the entry shows that it was read.
    marked = first + b"mark"
    entry.write_bytes(hashlib.sha256(marked).digest() + marked)
    assert prepared(face, "text", frozenset("二一"), **arguments) == marked
    assert prepared(face, "text", frozenset("二一"), **arguments | {"cache": None}) == first
    assert prepared(face, "pairs", frozenset(["12"]), **arguments) != first


@pytest.mark.parametrize("data", [None, b"", b"no font at all", b"ttcf" + bytes(40), b"OTTO\0\1" + bytes(26)])
def test_a_font_that_cannot_be_read_is_an_error_of_the_machine(tmp_path, data):
    path = tmp_path / "font.ttc"
    if data is not None:
        path.write_bytes(data)
    face = Face(("Bad",), str(path), 0, 400, True, "Regular")
    for kind in ("text", "pairs"):
        with pytest.raises(MachineError, match="A font for columns cannot be read") as raised:
            prepared(face, kind, frozenset("12"), family="Columns", language="zh-Hant-TW", cache=tmp_path)
        assert [finding.code for finding in raised.value.findings] == ["bad-font"]


def test_a_font_cut_short_is_an_error_of_the_machine(tmp_path):
    whole = Path(face_of("LXGW WenKai").file).read_bytes()
    path = tmp_path / "font.ttf"
    for length in (100, 1000, 100_000, len(whole) // 2):
        path.write_bytes(whole[:length])
        face = Face(("Bad",), str(path), 0, 400, True, "Regular")
        with pytest.raises(MachineError):
            prepared(face, "text", frozenset("一二"), family="Columns", language="zh-Hant-TW", cache=None)
