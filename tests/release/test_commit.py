from pathlib import Path

import pytest
from repositories import commit_all, git

from keben.core.errors import MachineError
from keben.release.commit import Commit, read_commit

SOURCES = ("book", "templates")


@pytest.fixture
def root(tmp_path):
    (tmp_path / "top" / "demo" / "book").mkdir(parents=True)
    (tmp_path / "top" / "demo" / "book" / "一.md").write_text("一")
    (tmp_path / "top" / ".gitignore").write_text("*.log\n.cache\n")
    return tmp_path / "top" / "demo"


def read(root):
    return read_commit(root, SOURCES, root / "build")


def test_a_project_in_no_repository_has_no_commit(root):
    assert read(root) is None


def test_a_clean_tree_is_its_commit(root):
    head = commit_all(root.parent)
    (root / "build").mkdir()
    (root / "build" / "a.pdf").write_text("made")
    (root / "other.log").write_text("ignored")
    (root.parent / "elsewhere").write_text("another project's")
    assert read(root) == Commit(head)


def test_the_output_folder_may_be_named_from_here(root, monkeypatch):
    head = commit_all(root.parent)
    (root / "out").mkdir()
    (root / "out" / "a.pdf").write_text("made")
    monkeypatch.chdir(root.parent)
    assert read_commit(root, SOURCES, Path("demo/out")) == Commit(head)
    assert read_commit(root, SOURCES, Path("demo/build")) == Commit(head, ("out/a.pdf",))


def test_what_was_changed_added_or_deleted_is_named(root):
    (root / "book" / "gone.md").write_text("x")
    head = commit_all(root.parent)
    (root / "book" / "一.md").write_text("二")
    (root / "book" / "gone.md").unlink()
    (root / "book" / "new").mkdir()
    (root / "book" / "new" / "a b.png").write_text("x")
    git(root, "add", "book/new")
    assert read(root) == Commit(head, ("book/gone.md", "book/new/a b.png", "book/一.md"))


def test_an_ignored_file_among_the_sources_counts_unless_a_build_passes_it_over(root):
    head = commit_all(root.parent)
    (root / "book" / "a.log").write_text("read by a build")
    (root / "book" / ".cache").mkdir()
    (root / "book" / ".cache" / "x").write_text("hidden")
    assert read(root) == Commit(head, ("book/a.log",))


def test_a_clone_with_its_history_cut_off_is_shallow(root, tmp_path):
    commit_all(root.parent)
    (root / "book" / "一.md").write_text("二")
    head = commit_all(root.parent)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root.parent}", "clone")
    assert read(tmp_path / "clone" / "demo") == Commit(head, (), shallow=True)


def test_a_repository_without_a_commit_and_a_machine_without_git_are_reported(root, monkeypatch):
    git(root, "init", "-q")
    with pytest.raises(MachineError, match="git cannot tell which commit this is: fatal: Needed a single"):
        read(root)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MachineError, match="git cannot be run"):
        read(root)
