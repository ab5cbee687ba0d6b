"""What the tools of a build are is remembered only for as long as every file of theirs is as it was."""

import json
import os
from pathlib import Path

import pytest

from keben.build import distributions, known
from keben.build.known import FILE, known_versions

OTHER = (("keben", "9", "mark"),)


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """A file of a tool; what is asked of it counts the times."""
    file = tmp_path / "RECORD"
    file.write_text("a")
    os.utime(file, ns=(1, 1))
    asked = []
    monkeypatch.setattr(known, "_SETTLED", 0)
    monkeypatch.setattr(distributions, "record_files", lambda: [str(file)])
    monkeypatch.setattr(distributions, "versions", lambda: (asked.append(1), OTHER)[1])
    return file, asked


def ask(caches):
    """As another process asks."""
    known._asked.clear()
    try:
        return known_versions(caches)
    finally:
        known._asked.clear()


def test_a_second_process_asks_none_of_the_tools(tool, tmp_path):
    _, asked = tool
    assert [ask(tmp_path / "caches") for _ in range(3)] == [OTHER] * 3
    assert len(asked) == 1


def test_a_process_asks_once(tool):
    known._asked.clear()
    assert known_versions() == known_versions() == OTHER
    known._asked.clear()
    assert len(tool[1]) == 1


@pytest.mark.parametrize("how", ["written", "dated", "gone", "put back"])
def test_a_tool_whose_file_changed_is_asked_again(tool, tmp_path, how):
    file, asked = tool
    ask(tmp_path / "caches")
    if how == "gone":
        file.unlink()
    elif how == "dated":
        os.utime(file, ns=(2, 2))
    else:
        file.write_text("b")
        if how == "put back":
            os.utime(file, ns=(1, 1))
    ask(tmp_path / "caches")
    assert len(asked) == 2


def test_a_change_of_kebens_own_code_counts(tool, tmp_path, monkeypatch):
    _, asked = tool
    code = tmp_path / "keben" / "build"
    code.mkdir(parents=True)
    (code / "a.py").write_text("1")
    monkeypatch.setattr(known, "__file__", str(code / "known.py"))
    ask(tmp_path / "caches")
    ask(tmp_path / "caches")
    assert len(asked) == 1
    (code / "b.py").write_text("2")
    ask(tmp_path / "caches")
    assert len(asked) == 2


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"state": "", "files": [1], "versions": [[1]]}', "[" * 100000]
)
def test_what_cannot_be_read_counts_as_not_there(tool, tmp_path, text):
    _, asked = tool
    (tmp_path / "caches").mkdir()
    (tmp_path / "caches" / FILE).write_text(text)
    assert ask(tmp_path / "caches") == OTHER
    assert json.loads((tmp_path / "caches" / FILE).read_text())["versions"] == [list(OTHER[0])]
    assert len(asked) == 1


@pytest.mark.parametrize("time", [None, (1, 1)])
def test_a_tool_that_changes_while_it_is_asked_is_asked_again(tool, tmp_path, monkeypatch, time):
    file, asked = tool
    read = distributions.versions

    def changing():
        found = read()
        file.write_text("b")
        if time:
            os.utime(file, ns=time)
        return found

    monkeypatch.setattr(distributions, "versions", changing)
    ask(tmp_path / "caches")
    monkeypatch.setattr(distributions, "versions", read)
    for _ in range(3):
        ask(tmp_path / "caches")
    assert len(asked) == 2


def test_what_was_installed_this_moment_is_not_remembered(tool, tmp_path, monkeypatch):
    _, asked = tool
    monkeypatch.setattr(known, "_SETTLED", 10**18)
    ask(tmp_path / "caches")
    ask(tmp_path / "caches")
    assert len(asked) == 2


def test_the_files_of_the_tools_that_are_there_are_named():
    files = distributions.record_files()
    assert {Path(file).name for file in files} == {"RECORD", "METADATA"}
    assert all(Path(file).is_file() for file in files if file.endswith("METADATA"))


def test_another_package_counts_and_another_file_beside_packages_does_not(tool, tmp_path, monkeypatch):
    _, asked = tool
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.setattr("sys.path", [str(folder)])
    ask(tmp_path / "caches")
    (folder / "notes.txt").write_text("")
    ask(tmp_path / "caches")
    assert len(asked) == 1
    (folder / "thing-1.0.dist-info").mkdir()
    ask(tmp_path / "caches")
    assert len(asked) == 2
