import os

import pytest

from keben.core.errors import Place
from keben.project.files import check_inside, read_bytes, read_optional, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        ("\ufeff書".encode(), "書"),
        (b"", ""),
    ],
)
def test_a_text_is_read_with_one_kind_of_line_end(tmp_path, data, text):
    (tmp_path / "a.md").write_bytes(data)
    assert read_text(tmp_path / "a.md", "book/a.md") == (text, ())


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_that_is_not_utf_8_is_found_at_its_place_beside_no_text(tmp_path, mark):
    (tmp_path / "a.md").write_bytes(f"{mark}书\n书书".encode() + b"\xff")
    text, (finding,) = read_text(tmp_path / "a.md", "book/a.md")
    assert text is None
    assert str(finding) == "book/a.md:2:3: The byte 0xFF is not UTF-8. Save the file as UTF-8."


def test_what_is_no_regular_file_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    data, (finding,) = read_bytes(tmp_path / "pipe", "book/pipe")
    assert data is None
    assert finding.message == "This is not a regular file."


def test_a_file_that_is_gone_is_reported(tmp_path):
    data, (finding,) = read_bytes(tmp_path / "gone", "book/gone")
    assert data is None
    assert finding.code == "unreadable-file"


@pytest.mark.parametrize("name", ["../a.md", "/etc/hostname", "a/../../b", "https://a.test/b"])
def test_a_path_outside_is_an_error_where_it_is_named(tmp_path, name):
    (finding,) = check_inside(tmp_path, name, Place("book/book.toml", 3, 1))
    assert (finding.place, finding.code) == (Place("book/book.toml", 3, 1), "outside-path")


def test_a_path_inside_is_no_error(tmp_path):
    assert check_inside(tmp_path, "a/../b.md", Place("book/book.toml")) == ()


def test_an_optional_file_may_be_missing_but_not_lead_out(tmp_path):
    assert read_optional(tmp_path, "glossary.tsv") == (None, ())
    (tmp_path / "glossary.tsv").symlink_to("/etc/hostname")
    text, (finding,) = read_optional(tmp_path, "glossary.tsv")
    assert (text, finding.code) == (None, "outside-path")


def test_a_path_of_windows_is_answered_with_the_right_one(tmp_path):
    (found,) = check_inside(tmp_path, "chapters\\01.md", Place("book.toml", 3))
    assert str(found) == (
        "book.toml:3: “chapters\\01.md” has backslashes between its folders, as only Windows reads them. "
        "Write “chapters/01.md”, which every system reads."
    )
    for name in ("..\\01.md", "C:\\book\\01.md", "\\01.md"):
        (found,) = check_inside(tmp_path, name, Place("book.toml", 3))
        assert found.code == "outside-path"
