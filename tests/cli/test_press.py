"""The format ``press``, as a user meets it."""

import hashlib
import json
import shutil

import pikepdf
import pytest
from commands import run
from profiles import profile
from projects import change, write_project


def ask(root):
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n",
        '[press]\npaper = "1mm"\n[editions.zh-Hans]\nformats = ["pdf", "press"]\n',
    )
    change(
        root,
        "book/book.toml",
        'vocabulary = "regional"\n',
        'vocabulary = "regional"\nwriting = "vertical"\nformats = ["press"]\n',
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with files for a printer, built in two processes."""
    root = write_project(tmp_path_factory.mktemp("press") / "demo")
    ask(root)
    (root / "book" / "press").mkdir()
    (root / "book" / "press" / "offset.icc").write_bytes(profile())
    change(root, "book/book.toml", 'paper = "1mm"\n', 'paper = "1mm"\nprofile = "press/offset.icc"\n')
    result = run("build", root, "-j", 2)
    assert result.exit_code == 0, result.output
    return root


def entries(root):
    manifest = json.loads((root / "build" / "manifest.json").read_text(encoding="utf-8"))
    return {entry["name"]: entry for entry in manifest["artifacts"]}


def test_a_printer_gets_an_interior_and_a_cover(built):
    made = entries(built)
    assert sorted(made) == [
        "hair-zh-Hans-cover.pdf",
        "hair-zh-Hans-press.pdf",
        "hair-zh-Hans.pdf",
        "hair-zh-Hant-TW-cover.pdf",
        "hair-zh-Hant-TW-press.pdf",
    ]
    interior, cover = made["hair-zh-Hans-press.pdf"], made["hair-zh-Hans-cover.pdf"]
    assert interior["format"] == "press"
    assert interior["pages"] == made["hair-zh-Hans.pdf"]["pages"] == cover["book-pages"]
    assert interior["standard"] == cover["standard"] == "PDF/X-4"
    assert interior["trim"] == [148, 210]
    assert cover["spine"] == (interior["pages"] + 1) // 2 * 1 + 0.5
    assert cover["trim"] == [296 + cover["spine"], 210]
    sums = (built / "build" / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(f"{entry['sha256']}  {name}\n" in sums for name, entry in made.items())


def test_the_vertical_interior_stands_upright_and_reads_from_the_right(built):
    with pikepdf.open(built / "build" / "hair-zh-Hant-TW-press.pdf") as pdf:
        assert all("/Rotate" not in page.obj for page in pdf.pages)
        assert str(pdf.Root.ViewerPreferences.Direction) == "/R2L"
        left, bottom, right, top = (float(side) for side in pdf.pages[0].trimbox)
        assert round((right - left) / 72 * 25.4, 1) == 148
        assert round((top - bottom) / 72 * 25.4, 1) == 210


def test_nothing_is_made_anew_where_nothing_changed(built):
    result = run("build", built)
    assert result.exit_code == 0
    assert "0 made, 5 unchanged" in result.stdout


def test_the_same_bytes_in_one_process_and_asked_for_alone(built, tmp_path):
    result = run("build", built, "-f", "press", "-o", tmp_path, "-j", 1)
    assert result.exit_code == 0, result.output
    for name in ("hair-zh-Hans-cover.pdf", "hair-zh-Hans-press.pdf", "hair-zh-Hant-TW-cover.pdf"):
        assert (tmp_path / name).read_bytes() == (built / "build" / name).read_bytes()


def test_a_change_for_the_printer_leaves_the_pdf_as_it_is(built, tmp_path):
    root = tmp_path / "demo"
    shutil.copytree(built, root)
    change(root, "book/book.toml", 'paper = "1mm"\n', 'paper = "1.5mm"\n')
    result = run("build", root, "-j", 1)
    assert result.exit_code == 0, result.output
    assert "4 made, 1 unchanged" in result.stdout
    before, after = entries(built), entries(root)
    assert before["hair-zh-Hans-press.pdf"]["sha256"] == after["hair-zh-Hans-press.pdf"]["sha256"]
    assert after["hair-zh-Hans-cover.pdf"]["spine"] > before["hair-zh-Hans-cover.pdf"]["spine"]


def test_check_looks_at_them(built):
    result = run("check", built)
    assert result.exit_code == 0, result.output
    said = "boxes, fonts, black and output intent are as a printer needs them"
    assert f"hair-zh-Hans-press.pdf: {said}" in result.stdout
    assert f"hair-zh-Hant-TW-cover.pdf: {said}" in result.stdout
    assert "hair-zh-Hans-press.pdf: nothing of the text is lost" in result.stdout
    assert "hair-zh-Hans-cover.pdf: nothing" not in result.stdout


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "book/book.toml:13:1: There is no profile “press.icc”. Its path begins at the book's folder."),
        (b"PK", "book/book.toml:13:1: “press.icc”: This is not an ICC profile. Ask the printer"),
        (
            profile(kind=b"mntr"),
            "“press.icc”: This profile is of a screen, a camera or a colour space, not of a press.",
        ),
        (profile(space=b"Lab "), "“press.icc”: This profile is neither for CMYK, nor for RGB, nor for grey."),
    ],
)
def test_a_profile_that_is_none_is_told_with_its_place(tmp_path, data, message):
    root = write_project(tmp_path / "demo")
    change(
        root, "book/book.toml", "[editions.zh-Hans]\n", '[press]\nprofile = "press.icc"\n[editions.zh-Hans]\n'
    )
    if data:
        (root / "book" / "press.icc").write_bytes(data)
    result = run("build", root)
    assert result.exit_code == 1
    assert message in result.stderr
    assert not (root / "build").exists()


def test_a_profile_outside_the_project_is_refused(tmp_path):
    root = write_project(tmp_path / "demo")
    change(
        root,
        "book/book.toml",
        "[editions.zh-Hans]\n",
        '[press]\nprofile = "../../x.icc"\n[editions.zh-Hans]\n',
    )
    result = run("build", root)
    assert result.exit_code == 1
    assert "“../../x.icc” leaves the book's folder." in result.stderr


@pytest.mark.parametrize("name", ["hair-zh-Hans-press.pdf", "hair-zh-Hant-TW-press.pdf"])
def test_pages_in_another_order_are_seen_beside_a_pdf_and_without_one(built, tmp_path, name):
    # Whoever changes a file and its sums can deceive an audit, and no proof.
    root = tmp_path / "demo"
    shutil.copytree(built, root)
    assert run("check", root).exit_code == 0
    path = root / "build" / name
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[4])
        del pdf.pages[4]
        pdf.save(path)
    summed(root / "build", before, hashlib.sha256(path.read_bytes()).hexdigest())
    result = run("check", root)
    assert result.exit_code == 1
    assert f"{name}: Page 5 does not say what the book says there" in result.stderr


def summed(folder, before, after):
    for name in ("manifest.json", "SHA256SUMS"):
        path = folder / name
        old = hashlib.sha256(path.read_bytes()).hexdigest()
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
        if name == "manifest.json":
            before_sums = (folder / "SHA256SUMS").read_text("utf-8")
            new = hashlib.sha256(path.read_bytes()).hexdigest()
            (folder / "SHA256SUMS").write_text(before_sums.replace(old, new), "utf-8")
