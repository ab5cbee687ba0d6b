"""What stands in the way of a release: the commit, the version and its notes, and conversions that must be decided."""

import pytest
from projects import change, write_project
from repositories import commit_all, git

from keben.core.catalogues import translated
from keben.release.readiness import SHOWN, assess

CHANGES = "# Changes\n\n## [1.0.0] - 2026-01-01\n\n- The first.\n"


@pytest.fixture
def root(tmp_path):
    """A committed project that can be released."""
    root = write_project(tmp_path / "demo")
    (root / "CHANGELOG.md").write_text(CHANGES)
    (root / ".gitignore").write_text("/build/\n")
    commit_all(root)
    return root


def look(root, **environment):
    ready = assess(root, root / "build", environment)
    return ready, [str(each) for each in ready.findings]


def test_a_committed_book_is_ready_and_says_what_it_is(root):
    ready, reported = look(root)
    assert reported == []
    assert ready.commit.id == git(root, "rev-parse", "HEAD")
    assert (ready.commit.changed, ready.commit.shallow) == ((), False)
    assert ready.notes == "- The first.\n"
    assert ready.project.manuscript.sources[1].path == "book/chapters/two.md"
    assert ready.project.manuscript.epoch == 1770000000
    assert list(ready.undecided) == ["zh-Hans", "zh-Hant-TW"]
    assert ready.undecided["zh-Hans"] == {}
    assert ready.undecided["zh-Hant-TW"]["default"] >= 1


def test_outside_of_a_repository_there_is_no_commit_and_without_a_changelog_no_notes(tmp_path):
    ready, reported = look(write_project(tmp_path / "demo"))
    assert (reported, ready.commit, ready.notes) == ([], None, None)


def test_every_file_that_is_not_as_committed_is_reported(root):
    change(root, "book/chapters/two.md", "皇后", "太后")
    (root / "notes.txt").write_text("mine")
    (root / "build").mkdir()
    (root / "build/other.txt").write_text("mine")
    ready, reported = look(root)
    end = "This file differs from the commit. Commit it, or stash it."
    assert reported == [f"book/chapters/two.md: {end}", f"notes.txt: {end}"]
    assert ready.commit.changed == ("book/chapters/two.md", "notes.txt")


def test_many_files_are_named_in_part_and_counted(root):
    for number in range(SHOWN + 3):
        (root / f"note-{number:02}.txt").write_text("mine")
    _, reported = look(root)
    assert len(reported) == SHOWN + 1
    assert "git: 3 more files differ from the commit. See `git status`." in reported


def test_a_file_that_git_ignores_and_a_build_reads_is_not_as_committed(root):
    (root / ".gitignore").write_text("/build/\n/book/chapters/three.md\n")
    commit_all(root)
    (root / "book/chapters/three.md").write_text("# 三\n")
    _, reported = look(root)
    assert "book/chapters/three.md: This file differs from the commit. Commit it, or stash it." in reported


def test_a_clone_whose_history_is_cut_off_needs_a_time(root, tmp_path):
    change(root, "book/chapters/two.md", "皇后", "太后")
    commit_all(root)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    ready, reported = look(shallow)
    assert ready.commit.shallow
    assert reported == [
        "git: This clone's history is cut off: it cannot tell when the sources were changed last. "
        "Run `git fetch --unshallow`, or set SOURCE_DATE_EPOCH."
    ]
    assert look(shallow, SOURCE_DATE_EPOCH="1770000000")[1] == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("book/chapters/two.md", "皇后", "太后"),
        ("CHANGELOG.md", "first", "second"),
        ("book/data/bars.toml", "1.5", "1.6"),
    ],
)
def test_what_is_saved_while_the_project_is_read_is_reported(root, monkeypatch, path, old, new):
    from keben.release import readiness

    real = readiness.read_project

    def meanwhile(*arguments):
        read = real(*arguments)
        change(root, path, old, new)
        commit_all(root)
        return read

    monkeypatch.setattr(readiness, "read_project", meanwhile)
    _, reported = look(root)
    assert reported == [
        f"{path}: This file was changed while the project was read. Commit it, and release again."
    ]


@pytest.mark.parametrize("made", ["styles/print.css", "book/images/new.png"])
def test_what_appears_while_the_project_is_read_is_reported(root, monkeypatch, made):
    from keben.release import readiness

    real = readiness.read_project

    def meanwhile(*arguments):
        read = real(*arguments)
        (root / made).parent.mkdir(exist_ok=True)
        (root / made).write_bytes(b"")
        commit_all(root)
        return read

    monkeypatch.setattr(readiness, "read_project", meanwhile)
    assert [each.split(":")[0] for each in look(root)[1]] == [made]


def test_a_conversion_that_must_be_decided_is_told_once_for_all_editions_of_its_language(root):
    change(root, "book/book.toml", "[book]", '[convert]\nfail-on = ["default"]\n[book]')
    text = (root / "book/book.toml").read_text()
    (root / "book/book.toml").write_text(text + '[editions.plain]\nlanguage = "zh-Hant-TW"\n')
    commit_all(root)
    ready, reported = look(root)
    assert reported == [
        "book/chapters/one.md:11: Undecided in zh-Hant-TW (By default): “里” is 裡 or 里 or 哩? "
        "Decide it: `keben review --serve`."
    ]
    assert "“里”应作 裡或里或哩" in translated(ready.findings[0].message, "zh-Hans")
    assert ready.undecided["plain"]["default"] == 1


def test_a_decision_settles_it(root):
    change(root, "book/book.toml", "[book]", '[convert]\nfail-on = ["default"]\n[book]')
    (root / "book/decisions.tsv").write_text(
        "language\tphrase\ttarget\tbefore\tafter\tnote\nzh-Hant\t里\t裡\t\t\t\n"
    )
    commit_all(root)
    ready, reported = look(root)
    assert reported == []
    assert "default" not in ready.undecided["zh-Hant-TW"]


def test_an_error_of_the_source_is_told_and_nothing_is_undecided(root):
    change(root, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    commit_all(root)
    ready, reported = look(root)
    assert [each.split(": ")[0] for each in reported] == ["book/chapters/two.md:5:25"]
    assert (ready.undecided, ready.notes) == ({}, None)
    assert ready.project is not None


def test_a_project_that_cannot_be_read_is_reported(root):
    (root / "book/book.toml").write_text("[book\n")
    ready, reported = look(root)
    assert ready.project is None
    unsaved, broken = reported
    assert unsaved == "book/book.toml: This file differs from the commit. Commit it, or stash it."
    assert broken.startswith("book/book.toml:1:")


def test_a_version_must_be_there_and_in_the_changelog(root):
    change(root, "book/book.toml", 'version = "1.0.0"\n', "")
    commit_all(root)
    assert look(root)[1] == [
        'book/book.toml:1: A release needs a version, and [book] has none. Write one: version = "1.0.0".'
    ]
    change(root, "book/book.toml", "[editions.zh-Hant-TW]\n", '[editions.zh-Hant-TW]\nversion = "2.0.0"\n')
    change(root, "book/book.toml", 'slug = "hair"\n', 'slug = "hair"\nversion = "1.0.0"\n')
    commit_all(root)
    ready, reported = look(root)
    assert reported == [
        "book/book.toml:14:1: CHANGELOG.md says nothing of version 2.0.0. "
        "Write what is new in it below “## [2.0.0]”."
    ]
    assert ready.notes == "- The first.\n"
