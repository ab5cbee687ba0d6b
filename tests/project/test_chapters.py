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


def listed(book, summary, settings=NOTHING):
    (book / "SUMMARY.md").write_text(summary)
    rows, findings = chapter_names(book, settings, "")
    return [(row.name, row.title, row.kind, row.depth) for row in rows], findings


def test_a_summary_is_a_tree_of_parts_chapters_and_sections(book):
    summary = (
        "# 目录\n\n[引言](./chapters/1.md)\n\n# 第一部\n\n* [甲 [新]](chapters/2.md#x)\n    * [乙](<chapters/a b.md>)\n"
        "        - [丙](chapters/%E4%B8%99.md)\n* [没写的]()\n<!-- * [停](chapters/off.md) -->\n\n---\n\n[谢](chapters/10.md)\n"
    )
    for name in ("a b", "丙", "off"):
        (book / "chapters" / f"{name}.md").write_text("文。\n")
    rows, findings = listed(book, summary)
    assert rows == [
        ("chapters/1.md", "引言", "preface", 0),
        ("", "第一部", "part", 0),
        ("chapters/2.md", "甲 [新]", None, 0),
        ("chapters/a b.md", "乙", None, 1),
        ("chapters/丙.md", "丙", None, 2),
        ("chapters/10.md", "谢", "afterword", 0),
    ]
    assert [(finding.severity, finding.code) for finding in findings] == [
        ("notice", "draft-chapter"),
        ("warning", "unlisted-chapter"),
    ]


@pytest.mark.parametrize(("reader", "severity"), [("generous", "warning"), ("strict", "error")])
def test_a_file_that_is_listed_twice_is_taken_once_unless_for_its_headings(book, reader, severity):
    summary = "- [甲](chapters/1.md)\n  - [节](chapters/1.md#节)\n- [乙](chapters/1.md)\n"
    rows, (finding, *_) = listed(book, summary, replace(NOTHING, reader=reader))
    assert rows == [("chapters/1.md", "甲", None, 0)]
    assert (finding.place.line, finding.code, finding.severity) == (3, "double-chapter", severity)


def test_settings_may_name_a_summary_and_paths_as_people_write_them(book):
    (book / "chapters" / "SUMMARY.md").write_text("- [甲](2.md)\n  - [乙](1.md)\n")
    rows, _ = chapter_names(book, replace(NOTHING, chapters=("./chapters/SUMMARY.md",)), "")
    assert [(row.name, row.depth) for row in rows] == [("chapters/2.md", 0), ("chapters/1.md", 1)]
    assert named(book, replace(NOTHING, chapters=("./chapters/1.md", "chapters//2.md")))[0] == (
        "chapters/1.md",
        "chapters/2.md",
    )
