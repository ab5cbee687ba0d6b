"""``keben impose`` and the format ``booklet``, as a user meets them."""

import json
from io import BytesIO

import pikepdf
import pytest
from commands import run
from leaflets import leaflet, saved
from pdfs import Pdf
from projects import change, write_project


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.pdf"
    path.write_bytes(saved(leaflet(5, title="同舟")))
    return path


def test_a_pdf_becomes_a_booklet_and_a_proof(source, tmp_path):
    out, proof = tmp_path / "new" / "out.pdf", tmp_path / "proof.svg"
    result = run("impose", source, out, "--creep", "0.1", "--binding", "right", "--proof", proof)
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        f"{out}: 5 pages, 3 blank, on 2 sheets of 297 × 210 mm, bound on the right.\n"
        "Print on both sides, turned round the short edge, at 100 %.\n"
    )
    assert Pdf(out.read_bytes()).pages == 4
    assert proof.read_text(encoding="utf-8").startswith("<svg ")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in.pdf", "new", "out.pdf", "proof.svg"]


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (["--sheet", "A9"], 2, "“A9” is not a sheet size. Write A4, or a width and a height: '320mm 450mm'."),
        (["--creep", "thin"], 2, "“thin” is not a length. Write millimetres, such as 0.1."),
        (["--signature", "-4"], 2, "-4 is not in the range x>=0."),
        (["--binding", "top"], 2, "'top' is not one of 'left', 'right'."),
        (["--sheet", "A6"], 1, "in.pdf: Two of its pages side by side, 296 × 210 mm, do not fit on a sheet of 148 × 105 mm."),
        (["--signature", "6"], 1, "in.pdf: A signature of 6 pages cannot be folded from sheets with 2 pages on a side. Use a multiple of 4."),
    ],
)  # fmt: skip
def test_wrong_wishes_are_told_and_nothing_is_written(source, tmp_path, options, code, message):
    out = tmp_path / "out.pdf"
    out.write_bytes(b"earlier")
    result = run("impose", source, out, *options)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.split())
    assert out.read_bytes() == b"earlier"


def test_files_that_cannot_be_used_are_reported(source, tmp_path):
    missing = run("impose", tmp_path / "none.pdf", tmp_path / "out.pdf")
    assert (missing.exit_code, "none.pdf: No such file or directory." in missing.stderr) == (1, True)
    same = run("impose", source, source)
    assert same.exit_code == 2
    assert "IN, OUT and the proof must be different files. Give another name." in same.stderr
    assert Pdf(source.read_bytes()).pages == 5


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with booklets, built in two processes."""
    root = write_project(tmp_path_factory.mktemp("booklets") / "demo")
    change(
        root, "book/book.toml", "[editions.zh-Hans]\n", '[editions.zh-Hans]\nformats = ["pdf", "booklet"]\n'
    )
    change(root, "book/book.toml", 'vocabulary = "regional"', BOOKLET)
    assert run("build", root, "-j", 2).exit_code == 0
    return root


BOOKLET = """vocabulary = "regional"
formats = ["booklet"]
booklet = { signature = 4 }
[booklet]
creep = "0.1mm"
binding = "right"
"""


def manifest(folder):
    entries = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    return {entry["name"]: entry for entry in entries}


def test_a_build_imposes_the_pdf_that_it_made(built):
    entries = manifest(built / "build")
    assert sorted(entries) == ["hair-zh-Hans-booklet.pdf", "hair-zh-Hans.pdf", "hair-zh-Hant-TW-booklet.pdf"]
    whole, several = entries["hair-zh-Hans-booklet.pdf"], entries["hair-zh-Hant-TW-booklet.pdf"]
    assert whole["format"] == "booklet"
    assert whole["book-pages"] == entries["hair-zh-Hans.pdf"]["pages"]
    assert (whole["binding"], whole["signatures"], several["signatures"] > 1) == ("right", 1, True)
    assert whole["pages"] == 2 * whole["sheets"] == Pdf((built / "build" / whole["name"]).read_bytes()).pages
    assert (whole["book-pages"] + whole["blanks"]) == 4 * whole["sheets"]
    with pikepdf.open(BytesIO((built / "build" / several["name"]).read_bytes())) as pdf:
        assert str(pdf.docinfo.Title) == "頭髮的書"


def test_the_same_booklet_whether_its_pdf_was_there_or_not(built, tmp_path, monkeypatch):
    before = {path.name: path.read_bytes() for path in (built / "build").iterdir()}
    assert run("build", built, "-e", "zh-Hans", "-f", "booklet", "-o", tmp_path, "-j", 1).exit_code == 0
    name = "hair-zh-Hans-booklet.pdf"
    assert (tmp_path / name).read_bytes() == before[name]
    assert "hair-zh-Hans.pdf" not in manifest(tmp_path)
    # Now from the PDF that stands: nothing is set.
    monkeypatch.setattr("keben.typeset.typeset", None)
    (built / "build" / name).unlink()
    result = run("build", built, "-e", "zh-Hans", "-j", 1)
    assert result.exit_code == 0
    assert "1 made, 1 unchanged" in result.stdout
    assert {path.name: path.read_bytes() for path in (built / "build").iterdir()} == before


def test_a_change_of_the_booklet_alone_sets_nothing_anew(built, tmp_path):
    root = write_project(tmp_path / "demo")
    change(
        root, "book/book.toml", "[editions.zh-Hans]\n", '[editions.zh-Hans]\nformats = ["pdf", "booklet"]\n'
    )
    assert run("build", root, "-e", "zh-Hans", "-j", 1).exit_code == 0
    change(root, "book/book.toml", "[editions.zh-Hans]\n", '[booklet]\nsheet = "A3"\n[editions.zh-Hans]\n')
    result = run("build", root, "-e", "zh-Hans", "-j", 1)
    assert "1 made, 1 unchanged" in result.stdout
    kept = next(line for line in result.stdout.splitlines() if line.startswith("hair-zh-Hans.pdf"))
    assert kept.endswith("unchanged")


def test_check_looks_at_booklets_too(built):
    result = run("check", built)
    assert result.exit_code == 0, result.output
    assert "hair-zh-Hans-booklet.pdf: nothing of the text is lost" in result.stdout
    assert "hair-zh-Hans-booklet.pdf: 0" not in result.stdout


def test_a_sheet_that_is_too_small_is_told_before_anything_is_set(tmp_path):
    root = write_project(tmp_path / "demo")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n",
        '[booklet]\nsheet = "A5"\n[editions.zh-Hans]\nformats = ["booklet"]\n',
    )
    result = run("build", root, "-f", "booklet")
    assert result.exit_code == 1
    assert result.stderr == (
        f"{root}/book/book.toml: Booklet of zh-Hans: Two of its pages side by side, 296 × 210 mm, do not fit on a sheet "
        "of 210 × 148 mm. Choose a larger sheet, or smaller pages: these are 148 × 210 mm.\n"
    )
    assert not (root / "build").exists()
