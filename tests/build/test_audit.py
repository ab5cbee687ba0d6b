"""What stands in an output folder, held against its manifest and its sums."""

import json

import pytest

from keben.build.audit import look_at
from keben.build.output import Release, make_manifest, record_entry, release
from keben.core.composition import Artifact

NAMES = ["a.epub", "a.pdf"]


@pytest.fixture
def folder(tmp_path):
    artifacts = [Artifact(name, "zh-Hans", "epub", name.encode()) for name in NAMES]
    records = {"a.record.tsv": b"place"}
    manifest = make_manifest(
        artifacts, [], {"manifest": 1}, {"tw": record_entry("a.record.tsv", b"place", {})}
    )
    release(tmp_path, Release(tuple(artifacts), manifest, records))
    return tmp_path


def reported(folder, names=NAMES):
    return [
        str(finding).replace(f"{folder}/", "").replace(" Build it again.", "")
        for finding in look_at(folder, names).findings
    ]


def test_a_folder_as_a_build_left_it_has_nothing_to_report(folder):
    standing = look_at(folder, NAMES)
    assert (standing.findings, standing.changed, sorted(standing.entries)) == ((), frozenset(), NAMES)


def test_an_empty_folder_has_nothing_to_report(tmp_path):
    assert look_at(tmp_path / "nowhere", NAMES).findings == ()


@pytest.mark.parametrize("name", ["a.epub", "a.record.tsv"])
def test_a_changed_or_missing_file_is_told_and_nothing_else(folder, name):
    (folder / name).write_bytes(b"other")
    changed = "It was changed after it was built: its bytes are not those that manifest.json names."
    assert reported(folder) == [f"{name}: {changed}"]
    assert look_at(folder, NAMES).changed == {name}
    (folder / name).unlink()
    assert reported(folder) == [f"{name}: It is missing."]


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda text: None, ["SHA256SUMS: It is missing."]),
        (lambda text: "", [f"SHA256SUMS: It does not name {name}." for name in (*NAMES, "a.record.tsv", "manifest.json")]),
        (lambda text: text + "junk\n", ["SHA256SUMS:5: This is not a sum and a name."]),
        (lambda text: text + f"{'0' * 64}  b.pdf\n", ["SHA256SUMS:5: It names b.pdf, which manifest.json does not list."]),
        (lambda text: text + text.splitlines()[0] + "\n", ["SHA256SUMS:5: It names a.epub twice."]),
        (lambda text: f"{'0' * 64}{text[64:]}",
         ["SHA256SUMS:1: Its sum of a.epub is not the right one: manifest.json says another."]),
    ],
)  # fmt: skip
def test_sums_that_are_not_those_of_the_manifest_are_reported(folder, change, wanted):
    path = folder / "SHA256SUMS"
    text = change(path.read_text())
    path.unlink()
    if text is not None:
        path.write_text(text)
    assert reported(folder) == wanted


def test_sums_that_are_no_text_are_reported(folder):
    (folder / "SHA256SUMS").write_bytes(b"\xff\xfe\x00")
    assert reported(folder)[0].startswith("SHA256SUMS: It cannot be read")


def rewritten(folder, change):
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    path.write_text(json.dumps(manifest))


def test_a_changed_manifest_is_reported(folder):
    rewritten(folder, lambda manifest: manifest.update(version="2"))
    assert reported(folder) == [
        "SHA256SUMS:4: Its sum of manifest.json is not the right one: manifest.json was changed."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"artifacts": [{"name": 1, "sha256": "x"}], "conversions": {}}',
        "\xff",
        "null",
    ],
)
def test_a_manifest_that_is_none_is_reported(folder, text):
    (folder / "manifest.json").write_bytes(text.encode("latin-1"))
    (finding,) = look_at(folder, NAMES).findings
    assert (finding.code, finding.severity) == ("no-manifest", "error")
    assert "It is not a manifest" in finding.message


def test_a_missing_manifest_is_told_where_something_is_built(folder):
    (folder / "manifest.json").unlink()
    (finding,) = look_at(folder, NAMES).findings
    assert "It is missing: nothing says what was built" in finding.message
    assert look_at(folder, NAMES).changed == {*NAMES}


def test_an_artifact_that_the_book_no_longer_has_is_reported(folder):
    message = "a.pdf: warning: manifest.json lists it, and the book has no such artifact now."
    assert reported(folder, ["a.epub"]) == [f"{message} `keben clean` and a build take it away."]


def test_a_file_that_no_manifest_lists_is_reported(folder):
    (folder / "b.epub").write_bytes(b"mine")
    assert reported(folder, [*NAMES, "b.epub"]) == [
        "b.epub: manifest.json does not list it: it is not what a build wrote."
    ]


def test_a_name_that_is_no_file_name_is_reported(folder):
    rewritten(folder, lambda manifest: manifest["artifacts"][0].update(name="../a\0b"))
    findings = reported(folder)
    assert any("It is missing." in finding for finding in findings)
    assert not any("\0" in finding for finding in findings)
