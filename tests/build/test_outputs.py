"""What a build can use, or leave as it is, of what stands in its output folder."""

import os

import pytest
from commands import run
from folders import write
from plainformats import install, plain, write_plain_project
from projects import change

from keben.build.editions import read_project
from keben.build.output import NOTHING, read_manifest
from keben.build.outputs import (
    output_of,
    require_own,
    standing_bases,
    standing_manifest,
    standing_others,
    standing_records,
)
from keben.build.request import Request, plan
from keben.build.sums import Sums
from keben.core.errors import BuildError, MachineError


@pytest.fixture(autouse=True)
def _plain(monkeypatch):
    install(monkeypatch, plain("pdf"), plain("booklet", base="pdf", ending=".booklet", proofs=()))


@pytest.fixture
def root(tmp_path):
    root = write_plain_project(tmp_path / "demo")
    change(root, "book/book.toml", '["pdf"]', '["pdf", "booklet"]')
    return root


@pytest.fixture
def built(root):
    result = run("build", root, "-j", 1)
    assert result.exit_code == 0, result.output
    return root


def read(root):
    project = read_project(root, {})
    return project, Request(root, root / "build")


def jobs_of(root):
    project, request = read(root)
    return {job.name: job for job in plan(request, project.manuscript)}


def entries(root):
    return {each["name"]: each for each in read_manifest(root / "build")["artifacts"]}


def test_a_folder_that_is_not_there_has_no_manifest(tmp_path):
    assert standing_manifest(tmp_path / "a" / "b") == NOTHING
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_would_be_is_reported(tmp_path):
    (tmp_path / "a").write_text("mine")
    with pytest.raises(MachineError) as caught:
        standing_manifest(tmp_path / "a" / "b")
    assert caught.value.findings[0].place.path == str(tmp_path / "a")
    assert caught.value.findings[0].message == "The output folder cannot be made: this is not a folder."


def test_a_folder_that_cannot_be_written_into_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _mode: str(path) != str(tmp_path))
    with pytest.raises(MachineError) as caught:
        standing_manifest(tmp_path)
    assert caught.value.findings[0].message == "Nothing can be written into this folder."


def test_what_a_build_wrote_can_be_written_over(built):
    old = standing_manifest(built / "build")
    assert require_own(built / "build", old, jobs_of(built).values()) is None


def test_what_another_wrote_is_not_written_over(root):
    (root / "build").mkdir()
    for name in ("hair-zh-Hans.txt", "hair-zh-Hant-TW.record.tsv", "manifest.json", "other.txt"):
        (root / "build" / name).write_text("[]")
    with pytest.raises(BuildError) as caught:
        require_own(root / "build", NOTHING, jobs_of(root).values())
    assert [(each.place.path, each.code) for each in caught.value.findings] == [
        (str(root / "build" / name), "stranger")
        for name in ("hair-zh-Hans.txt", "hair-zh-Hant-TW.record.tsv", "manifest.json")
    ]
    # Where nothing is to be written nothing is in the way.
    assert require_own(root / "build", NOTHING, []) is None


def test_records_of_editions_that_the_book_has_stand(built):
    project, request = read(built)
    old = standing_manifest(request.output)
    assert list(standing_records(project, request.output, old, Sums(None))) == ["zh-Hant-TW"]
    record = request.output / "hair-zh-Hant-TW.record.tsv"
    record.write_text(record.read_text() + "changed")
    assert standing_records(project, request.output, old, Sums(None)) == {}


def test_what_is_not_made_stays_and_what_the_book_has_no_more_is_reported(built):
    before = entries(built)
    change(built, "book/book.toml", '["pdf", "booklet"]', '["pdf"]')
    project, request = read(built)
    others, left = standing_others(
        project.manuscript, request.output, before, {"hair-zh-Hans.txt"}, Sums(None)
    )
    assert [each["name"] for each in others] == ["hair-zh-Hant-TW.txt"]
    assert [(str(each.place), each.code, each.severity) for each in left] == [
        (str(request.output / f"hair-{name}.booklet"), "left-over", "notice")
        for name in ("zh-Hans", "zh-Hant-TW")
    ]
    # What was changed since is nobody's.
    for name in ("zh-Hans", "zh-Hant-TW"):
        (request.output / f"hair-{name}.booklet").write_text("mine")
    (request.output / "hair-zh-Hant-TW.txt").unlink()
    assert standing_others(project.manuscript, request.output, before, {"hair-zh-Hans.txt"}, Sums(None)) == (
        [],
        (),
    )


def test_a_base_that_stands_as_it_would_be_made_is_used(built):
    project, request = read(built)
    wanted = [jobs_of(built)["hair-zh-Hans.booklet"]]
    before = entries(built)
    ((name, base),) = standing_bases(project, request, wanted, before, None).items()
    assert (name, base.name, base.format) == ("hair-zh-Hans.booklet", "hair-zh-Hans.txt", "pdf")
    assert base.data == (request.output / "hair-zh-Hans.txt").read_bytes()
    assert base.facts == before["hair-zh-Hans.txt"]
    again = Request(built, request.output, reuse=False)
    assert standing_bases(project, again, wanted, before, None) == {}
    change(built, "book/chapters/two.md", "皇后", "太后")
    assert standing_bases(read(built)[0], request, wanted, before, None) == {}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        ({"a.md": ""}, "build"),
        ({"a.md": "", "build/manifest.json": '{"artifacts": [], "conversions": {}, "manifest": 1}'}, "build"),
        ({"a.md": "", "build/index.html": ""}, "keben-build"),
        ({"book.toml": '[build]\nbuild-dir = "./build"\n', "src/SUMMARY.md": ""}, "keben-build"),
        ({"book/book.toml": "", "build/index.html": ""}, "build"),
    ],
)
def test_what_another_tool_wrote_stays_its_own(tmp_path, files, wanted):
    assert output_of(write(tmp_path / "x", files)) == tmp_path / "x" / wanted
