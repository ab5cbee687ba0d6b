"""A font's mark changes when what is in the file does."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection, TTFont

from keben.typeset.fonts import face_of, files
from keben.typeset.fonts.files import mark_of


def made(path: Path, width: int) -> Path:
    builder = FontBuilder(1000)
    names = [".notdef", *(f"g{number}" for number in range(60_000))]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)) | {"g20000": (width, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost(keepGlyphNames=False)
    builder.font["head"].modified = builder.font["head"].created = 0
    builder.font.recalcTimestamp = False
    builder.save(path)
    return path


@pytest.mark.parametrize("is_collection", [False, True])
def test_a_change_in_the_middle_is_seen_by_the_checksums(tmp_path: Path, is_collection: bool) -> None:
    marks = {}
    for width in (999, 998):
        file = made(tmp_path / f"{width}.ttf", width)
        if is_collection:
            whole = TTCollection()
            whole.fonts = [TTFont(file), TTFont(file)]
            file = tmp_path / f"{width}.ttc"
            whole.save(file)
        data = file.read_bytes()
        assert len(data) > 150_000
        marks[width] = mark_of(str(file))
        copy = tmp_path / f"copy-{width}"
        copy.write_bytes(data)
        assert mark_of(str(copy)) == marks[width]
    assert marks[998] != marks[999]


@pytest.mark.parametrize("data", [b"", b"ttcf", b"ttcf" + b"\xff" * 20, b"x" * 70_000])
def test_what_is_no_font_has_a_mark_too(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(data)
    longer = tmp_path / "b.ttf"
    longer.write_bytes(data + b"\0")
    assert mark_of(str(file)) != mark_of(str(longer))


def test_a_font_that_nobody_touched_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font, read = tmp_path / "font.ttc", []
    font.write_bytes(b"one")
    monkeypatch.setattr("keben.core.filestates._is_settled", lambda _state: True)
    monkeypatch.setattr(files, "hash_of", lambda file: read.append(file) or Path(file).read_text())

    def asked() -> str:
        sums = files.FontSums.read(tmp_path / "cache")
        found = sums.of(str(font))
        sums.keep()
        return found

    assert (asked(), asked(), len(read)) == ("one", "one", 1)
    font.write_bytes(b"another")
    assert (asked(), len(read)) == ("another", 2)


def test_versions_are_kept_for_each_face_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {family: face_of(family) for family in ("Noto Serif CJK SC", "Noto Serif CJK TC", "DejaVu Sans")}
    faces = [face for face in found.values() if face is not None]
    assert len(faces) > 1
    before = files.describe(faces)
    assert files.describe(faces, tmp_path) == before

    def version_of(file: str, index: int) -> str:
        raise AssertionError((file, index))

    monkeypatch.setattr(files, "version_of", version_of)
    assert files.describe(faces, tmp_path) == before
