import pytest
from folders import MDBOOK, write

from keben.core.errors import UsageError
from keben.project import find_project, finding, is_project
from keben.project.finding import is_of_mdbook

OWN = '[book]\ntitle = "试"\nlanguage = "zh-Hans"\n'


def test_a_project_is_found_by_its_folder_and_by_its_book(tmp_path):
    root = write(tmp_path / "mine", {"book/book.toml": OWN, "book/SUMMARY.md": "", "book/chapters/a.md": ""})
    assert find_project(root) == find_project(root / "book") == root
    assert is_project(root)


def test_an_mdbook_is_its_own_root_also_where_its_folder_is_called_book(tmp_path):
    root = write(tmp_path / "book", MDBOOK)
    assert find_project(root) == root
    assert find_project(tmp_path) == root
    assert not is_project(root)
    assert is_of_mdbook(root)


@pytest.mark.parametrize("name", ["a.md", "b.TXT"])
def test_a_file_is_a_book_by_itself(tmp_path, name):
    write(tmp_path, {name: "文。\n"})
    assert find_project(tmp_path / name) == tmp_path / name
    assert not is_project(tmp_path / name)


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"a.rs": ""}, "."),
        ({".git/a.md": ""}, "."),
        ({"book/book.toml": OWN, "book/chapters/a.md": ""}, "book/chapters"),
    ],
)
def test_other_folders_and_files_are_no_books(tmp_path, files, name):
    write(tmp_path, files)
    with pytest.raises(UsageError, match="There is no such file"):
        find_project(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a.docx", r"a\.docx: This file is not a project.*: `keben import /.*/a\.docx`\."),
        ("a.pdf", r"a\.pdf: This file is not a project.*\. Name the project's folder, or begin one"),
        (
            "d/book.toml",
            r"book\.toml: This file is not a project.*\. Name the folder of the project, not its",
        ),
        ("b.docx", r"b\.docx: There is no such file\."),
        (".", r"book\.toml: There is no such file\. Make a project of the texts here: `keben import`\."),
    ],
)
def test_where_an_import_makes_a_book_it_is_named(tmp_path, name, message):
    write(tmp_path, {"a.docx": "", "a.pdf": "", "d/book.toml": "", "c.txt": "文。"})
    with pytest.raises(UsageError, match=message):
        find_project(tmp_path / name)


def test_a_folder_of_very_many_files_is_no_book(tmp_path, monkeypatch):
    monkeypatch.setattr(finding, "_MOST_FILES", 2)
    write(tmp_path, {"a.md": "", "b.md": "", "c/d.md": ""})
    with pytest.raises(UsageError, match="more than 2 files"):
        find_project(tmp_path)
