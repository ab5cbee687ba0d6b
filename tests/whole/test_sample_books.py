"""The sample books in tests/data/books build without a word of complaint and are whole; their pictures are in the docs.

Their PDFs take long. Here is one in columns; `nox -s validate -- --samples` makes and checks all of them.
"""

import re
import shutil
from pathlib import Path

import pytest
from commands import run
from pdfs import Pdf

ROOT = Path(__file__).parents[2]
BOOKS = ROOT / "tests" / "data" / "books"
NAMES = ("classic", "play", "poems", "report", "textbook")
EDITIONS = ("columns", "zh-Hans", "zh-Hant-TW")


def built(name: str, root: Path, kind: str, edition: str = "") -> Path:
    """A copy of a sample book in one format, in one or all editions, that is built and checked with nothing to say."""
    shutil.copytree(BOOKS / name, root / name)
    settings = root / name / "book" / "book.toml"
    text = re.sub(r"(\[editions\.\S+\]\n)", rf'\1formats = ["{kind}"]\n', settings.read_text("utf-8"))
    if edition:
        tables = re.split(r"(?=^\[)", text, flags=re.MULTILINE)
        text = "".join(
            each
            for each in tables
            if not each.startswith("[editions.") or each.startswith(f"[editions.{edition}]")
        )
    settings.write_text(text, "utf-8")
    made = run("build", root / name, "-j", "1")
    assert made.exit_code == 0, made.output
    assert "warning" not in made.output, made.output
    checked = run("check", root / name)
    assert checked.exit_code == 0, checked.output
    assert "warning" not in checked.output, checked.output
    return root / name / "build"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_has_clean_e_books(name: str, tmp_path: Path) -> None:
    """`keben check` runs EPUBCheck too."""
    folder = built(name, tmp_path, "epub")
    assert {path.name for path in folder.glob("*.epub")} == {f"{name}-{edition}.epub" for edition in EDITIONS}


@pytest.fixture(scope="module")
def classic(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    folder = built("classic", tmp_path_factory.mktemp("classic"), "pdf", "columns")
    return Pdf((folder / "classic-columns.pdf").read_bytes())


def test_a_gloss_stands_in_two_rows_about_the_middle_of_its_column(classic: Pdf) -> None:
    page = next(number for number in range(1, 12) if "登車攬轡" in "".join(classic.text(number).split()))
    glyphs = classic.glyphs(page)
    text = "".join(glyph.text for glyph in glyphs)
    first, second, large = (glyphs[text.index(said)] for said in ("名蕃，", "位至太傅", "言為士則"))
    assert first.size == second.size == large.size / 2
    assert first.x == pytest.approx(second.x, abs=0.01)
    # The page lies on its side: a column is a line, and an em reaches from 0.12 below its baseline to 0.88 above.
    above, below, middle = (each.y - 0.38 * each.size for each in (first, second, large))
    assert (above + below) / 2 == pytest.approx(middle, abs=0.01)
    assert first.size <= below - above < 1.2 * first.size


def test_every_sample_is_in_the_docs_with_a_small_picture() -> None:
    text = (ROOT / "docs" / "samples.md").read_text("utf-8")
    assert {path.name for path in BOOKS.iterdir()} == set(NAMES)
    for name in NAMES:
        assert re.search(rf"!\[[^\]]{{20,}}\]\(images/samples-{name}\.png\)", text)
        assert (ROOT / "docs" / "images" / f"samples-{name}.png").stat().st_size <= 150_000
