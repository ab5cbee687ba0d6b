from dataclasses import replace

import pytest

from keben.core.edition import Settings
from keben.project.chapters import chapter_names

NOTHING = Settings((), ())


def named(book, settings=NOTHING, toml=""):
    """The names of the chapters, and the findings."""
    listed, findings = chapter_names(book, settings, toml)
    return tuple(each.name for each in listed), findings


@pytest.fixture
def book(tmp_path):
    (tmp_path / "book" / "chapters").mkdir(parents=True)
    for name in ("1.md", "2.md", "10.md"):
        (tmp_path / "book" / "chapters" / name).write_text("# A\n")
    return tmp_path / "book"


def test_without_a_list_they_are_the_files_by_name(book):
    assert named(book) == (("chapters/1.md", "chapters/10.md", "chapters/2.md"), ())


def test_a_list_in_the_settings_comes_before_the_summary(book):
    (book / "SUMMARY.md").write_text("- [A](chapters/2.md)\n")
    settings = replace(NOTHING, chapters=("chapters/1.md", "chapters/10.md"))
    names, (finding,) = named(book, settings, '[book]\nchapters = ["chapters/1.md", "chapters/10.md"]\n')
    assert names == ("chapters/1.md", "chapters/10.md")
    assert (finding.place.path, finding.code) == ("book/chapters/2.md", "unlisted-chapter")


def test_what_is_wrong_with_a_list_comes_in_its_order_and_the_rest_of_it_stands(book):
    (book / "SUMMARY.md").write_text(
        "- [A](chapters/2.md)\n- [B](gone.md)\n- [C](chapters/2.md)\n- [D](../x.md)\n"
    )
    names, findings = named(book)
    assert names == ("chapters/2.md",)
    assert [(finding.place.line, finding.place.column, finding.code) for finding in findings] == [
        (2, 7, "missing-chapter"),
        (3, 7, "double-chapter"),
        (4, 7, "outside-path"),
    ]


def test_a_summary_that_leads_out_is_all_that_is_said(book):
    (book / "SUMMARY.md").symlink_to("/etc/hostname")
    names, (finding,) = named(book)
    assert (names, str(finding.place), finding.code) == ((), "book/SUMMARY.md", "outside-path")


def test_a_book_without_chapters_is_an_error(tmp_path):
    (tmp_path / "book").mkdir()
    names, (finding,) = named(tmp_path / "book")
    assert (names, finding.code) == ((), "no-chapters")
