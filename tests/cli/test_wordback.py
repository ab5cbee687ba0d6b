"""``keben import CORRECTED.docx --into PROJECT``: a diff first, the chapters only where it is asked for."""

import pytest
from commands import run
from wordbooks import read, replaced, write_small, written

TEXT = "# 甲\n\n一段**话**。\n\n另一段。\n"


@pytest.fixture
def book(tmp_path):
    root = write_small(tmp_path / "book", TEXT)
    corrected = tmp_path / "corrected.docx"
    corrected.write_bytes(replaced(written(read(root)), "另一段", "第二段"))
    return root, corrected


def chapter(root):
    return root / "book" / "chapters" / "01.md"


def test_the_diff_is_shown_and_nothing_written(book):
    root, corrected = book
    reported = run("import", corrected, "--into", root)
    assert reported.exit_code == 0
    assert reported.stdout == (
        "--- a/book/chapters/01.md\n+++ b/book/chapters/01.md\n@@ -2,4 +2,4 @@\n \n 一段**话**。\n \n-另一段。\n+第二段。\n"
    )
    assert reported.stderr == (
        "zh-Hans: 1 change in 1 files, nothing left over.\nNothing is written yet: --write does it.\n"
    )
    assert chapter(root).read_text("utf-8") == TEXT


def test_the_chapters_are_written_and_the_old_ones_kept_with_their_line_ends(book):
    root, corrected = book
    old = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    chapter(root).write_bytes(old)
    reported = run("import", corrected, "--into", root, "--write")
    assert reported.exit_code == 0
    assert chapter(root).read_bytes() == old.replace("另一段".encode(), "第二段".encode())
    assert chapter(root).with_name("01.md.bak").read_bytes() == old
    again = run("import", corrected, "--into", root, "--write")
    assert again.stdout == ""
    assert not chapter(root).with_name("01.md.bak2").exists()


def test_check_never_writes(book):
    root, corrected = book
    run("import", corrected, "--into", root, "--write", "--check")
    assert chapter(root).read_text("utf-8") == TEXT


def test_what_cannot_be_taken_is_reported_with_both_texts(tmp_path, book):
    root, corrected = book
    corrected.write_bytes(replaced(written(read(root), "zh-Hant-TW"), "另一段", "第二段"))
    reported = run("import", corrected, "--into", root)
    assert reported.stdout == ""
    assert (
        "book/chapters/01.md:5: This edition is converted: make the change in the source.\n"
        in reported.stderr
    )
    assert "    - 另一段。\n    + 第二段。\n" in reported.stderr


def test_a_wrong_file_or_edition_is_named(tmp_path, book):
    root, corrected = book
    wrong = tmp_path / "wrong.docx"
    wrong.write_bytes(b"no zip")
    for arguments, said in (
        ((wrong, "--into", root), "It is not a zip that can be read"),
        ((wrong, "--into", root, "-e", "zh-Hans"), "It is not a zip that can be read"),
        ((tmp_path / "none.docx", "--into", root), "This file cannot be read"),
        ((corrected, "--into", root, "-e", "zh"), "The book has no such edition. It has zh-Hans,"),
    ):
        reported = run("import", *arguments)
        assert reported.exit_code == 2
        assert said in reported.stderr
