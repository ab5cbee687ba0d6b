"""``keben build A B C``: what is said of each, and the exit code."""

import json
import shutil

import pytest
from commands import run
from plainformats import install, plain, write_plain_project
from projects import change


@pytest.fixture
def books(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "5")
    install(monkeypatch, plain("pdf"))
    for name in ("one", "two", "three"):
        write_plain_project(tmp_path / name)
    return tmp_path


def test_each_goes_into_its_own_folder(books):
    result = run("build", "one", "two", "-j", 1)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[-2:] == ["2 made, 0 unchanged, in one/build/", "2 made, 0 unchanged, in two/build/"]
    assert [line.rpartition("  ")[0] for line in lines[:-2]] == [
        f"{book}/hair-{edition}.txt" for book in ("one", "two") for edition in ("zh-Hans", "zh-Hant-TW")
    ]
    assert run("build", "one", "two", "-j", 1).stdout.splitlines()[0] == "one/hair-zh-Hans.txt  unchanged"


def test_below_one_folder_each_has_one_of_its_name(books):
    assert run("build", "one", "two", "-o", "out", "-j", 1).exit_code == 0
    assert sorted(path.parent.name for path in (books / "out").glob("*/manifest.json")) == ["one", "two"]
    shutil.copytree(books / "one", books / "other" / "one")
    result = run("build", "one", "other/one", "-o", "again", "-j", 1)
    assert (result.exit_code, "Two of the books would be written into this folder." in result.stderr) == (
        2,
        True,
    )
    assert not (books / "again").exists()


def test_what_is_wrong_with_one_stands_under_its_name(books):
    change(books / "two", "book/chapters/two.md", "[](#grow)", "[](#nowhere)")
    result = run("build", "one", "two", "nowhere", "three", "-j", 1)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert (lines[0], lines[2]) == ("two:", "nowhere:")
    assert lines[1].startswith("two/book/chapters/two.md:")
    assert lines[3].startswith("nowhere/book/book.toml: There is no such file.")
    assert len(lines) == 4
    assert result.stdout.splitlines()[-2:] == [
        "2 made, 0 unchanged, in one/build/",
        "2 made, 0 unchanged, in three/build/",
    ]


def test_what_is_missing_fails_the_run(books, monkeypatch):
    def some(material):
        raise ValueError(material)

    install(monkeypatch, plain("pdf", some))
    monkeypatch.setattr("tempfile.tempdir", str(books))
    result = run("build", "one", "two", "-j", 1, "--keep-going")
    assert (result.exit_code, result.stderr.count("This is a fault of Keben's")) == (1, 4)


def test_json_has_an_object_for_each(books):
    change(books / "two", "book/chapters/two.md", "[](#grow)", "[](#nowhere)")
    result = run("build", "one", "two", "nowhere", "one", "-j", 1, "--json")
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["ok"], result.stderr) == (1, False, "")
    assert [(each["project"], each["ok"]) for each in answer["books"]] == [
        ("one", True),
        ("two", False),
        ("nowhere", False),
    ]
    good, bad, none = answer["books"]
    alone = json.loads(run("build", "one", "-j", 1, "--no-cache", "--json").stdout)
    assert {"project": "one", **alone} == good
    assert (bad["findings"][0]["path"], bad["others"]) == ("two/book/chapters/two.md", 0)
    assert none["findings"][0]["code"] == "no-project"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere", "elsewhere"),
        ("one", "two", "-e", "none"),
        ("one", "two", "--release"),
        ("one", "two", "--reports", "one"),
    ],
)
def test_what_was_asked_for_wrongly_ends_with_2(books, arguments):
    result = run("build", *arguments, "-j", 1)
    assert result.exit_code == 2
    assert result.stderr
