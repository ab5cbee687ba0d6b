"""Files of others in an output folder: refused, never written over; and Keben's own, known without a manifest."""

import json
import zipfile
from pathlib import Path

import pytest
from commands import run
from projects import change, write_project

from keben.build.ownership import is_keben_s


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write_project(tmp_path_factory.mktemp("own") / "p")
    formats = '[editions.zh-Hans]\nformats = ["epub", "pdf", "booklet", "press"]\n'
    change(root, "book/book.toml", "[editions.zh-Hans]\n", formats)
    result = run("build", root, "-j", 1)
    assert result.exit_code == 0, result.output
    return root


def test_each_file_of_a_build_says_that_keben_made_it(built: Path) -> None:
    files = sorted((built / "build").iterdir())
    assert len(files) == 10
    assert [path.name for path in files if not is_keben_s(path)] == []


def test_a_build_goes_on_where_its_manifest_was_deleted(built: Path) -> None:
    for name in ("manifest.json", "SHA256SUMS"):
        (built / "build" / name).unlink()
    result = run("build", built, "-f", "epub", "-j", 1)
    assert (result.exit_code, "2 made" in result.stdout) == (0, True), result.output


def other_epub(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "EPUB/content.opf",
            '<package><metadata><meta name="generator" content="Sigil"/></metadata></package>',
        )


def other_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n<</Producer (Keben 1 of another kind)>>")


def other_manifest(path: Path) -> None:
    path.write_text(json.dumps({"name": "a web application", "icons": []}), "utf-8")


def other_sums(path: Path) -> None:
    path.write_text(f"{'0' * 64}  thesis.pdf\n", "utf-8")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("hair-zh-Hans.epub", other_epub),
        ("hair-zh-Hans.epub", other_pdf),
        ("hair-zh-Hans.pdf", other_pdf),
        ("hair-zh-Hant-TW.record.tsv", other_sums),
        ("manifest.json", other_manifest),
        ("SHA256SUMS", other_sums),
    ],
)
def test_a_file_of_another_origin_is_not_written_over(name: str, write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    root = write_project(tmp_path / "p")
    out = tmp_path / "out"
    out.mkdir()
    write(out / name)
    before = (out / name).read_bytes()
    result = run("build", root, "-o", out, "-j", 1)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{out / name}: Keben did not make this file, and would write another one over it. "
        "Move it elsewhere, or name another folder with -o.\n",
    )
    assert [path.name for path in out.iterdir() if not path.name.startswith(".")] == [name]
    assert (out / name).read_bytes() == before


def test_what_is_not_to_be_written_is_no_matter(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p")
    out = tmp_path / "out"
    out.mkdir()
    other_pdf(out / "hair-zh-Hans.pdf")
    other_pdf(out / "thesis.pdf")
    assert run("build", root, "-o", out, "-f", "epub", "-j", 1).exit_code == 0


def test_a_built_file_that_was_changed_is_made_again(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p")
    assert run("build", root, "-f", "epub", "-j", 1).exit_code == 0
    (root / "build/hair-zh-Hans.epub").write_bytes(b"broken")
    assert "1 made, 1 unchanged" in run("build", root, "-f", "epub", "-j", 1).stdout


def test_clean_takes_a_review_away_of_what_was_never_built(tmp_path: Path) -> None:
    root = write_project(tmp_path / "p")
    run("review", root)
    (root / "build/review/notes.html").write_text("<p>My own.</p>", "utf-8")
    (root / "build/review/notes.tsv").write_text("my\town\n", "utf-8")
    assert run("clean", root).stdout == "2 files deleted.\n"
    assert sorted(path.name for path in (root / "build/review").iterdir()) == ["notes.html", "notes.tsv"]
