"""Pages of a small book look as they did: each is compared with a picture in tests/data/pages/.

``pytest tests/whole/test_page_pictures.py --refresh`` writes the pictures again; a person looks at them before they are
committed. A page that fails leaves ``NAME.failed.png`` there: the picture, the page as it is now, and what differs.
"""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pagepictures import beside, compare, draw, pack, unpack
from PIL import Image

from keben.build.editions import prepare, read_project
from keben.build.machine import machine_facts
from keben.build.request import Request, plan
from keben.core.composition import Artifact, Composition
from keben.formats import FORMATS, make, read_as
from keben.typeset import draw_cover, typeset

FOLDER = Path(__file__).parents[1] / "data" / "pages"

PAGES = {
    "title": ("zh-Hans", 1),
    "contents": ("zh-Hans", 3),
    "opening": ("zh-Hans", 4),
    "poem": ("zh-Hans", 5),
    "list": ("zh-Hans", 6),
    "table-code-picture": ("zh-Hans", 7),
    "ruby": ("zh-Hans", 8),
    "note": ("zh-Hans", 9),
    "note-overleaf": ("zh-Hans", 10),
    "columns-opening": ("zh-Hant-TW", 4),
    "columns-table": ("zh-Hant-TW", 8),
    "columns-zhuyin": ("zh-Hant-TW", 10),
    "columns-note": ("zh-Hant-TW", 11),
    "columns-note-overleaf": ("zh-Hant-TW", 12),
}
"""Each picture's edition and page, from 1."""

COVER = 250
"""The height of the cover's picture, in pixels."""


@pytest.fixture(scope="module")
def compositions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Composition]:
    project = read_project(FOLDER / "in", {"SOURCE_DATE_EPOCH": "1767225600"})
    assert project.findings == ()
    jobs = plan(Request(FOLDER / "in", tmp_path_factory.mktemp("out"), formats=("pdf",)), project.manuscript)
    prepared = prepare(project, jobs)
    assert prepared.findings == ()
    return dict(prepared.compositions)


@pytest.fixture(scope="module")
def books(compositions: dict[str, Composition]) -> dict[str, Artifact]:
    """Both editions as PDFs."""
    made = {name: make(composition, "pdf") for name, composition in compositions.items()}
    assert all(found == () for _, found in made.values())
    return {name: artifact for name, (artifact, _) in made.items()}


def require_alike(name: str, now: Image.Image, fonts: str, *, refresh: bool) -> None:
    """Fail where a picture is not as the one in the folder; with ``refresh`` write that."""
    kept, failed = FOLDER / f"{name}.png", FOLDER / f"{name}.failed.png"
    failed.unlink(missing_ok=True)
    if refresh:
        kept.write_bytes(pack(now))
    assert kept.is_file(), f"There is no picture of it: {kept}. Write it with --refresh."
    before = unpack(kept.read_bytes())
    difference = compare(before, now)
    if difference is None or difference.is_too_much:
        beside(before, now).save(failed)
        what = f"differs {difference}" if difference else f"has {now.size} pixels, and had {before.size}"
        pytest.fail(f"The page “{name}” {what}. See {failed}.\n{fonts}", pytrace=False)


def fonts_of(book: Artifact) -> str:
    """What set a book: pages differ where these do."""
    fonts = [f"{each['name']} {each.get('version', '')}".strip() for each in book.facts["fonts"]]
    return f"It was set with {', '.join(fonts)}; {', '.join(f'{name} {each}' for name, each in machine_facts().items())}."


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_did(
    name: str, books: dict[str, Artifact], request: pytest.FixtureRequest
) -> None:
    edition, page = PAGES[name]
    now = draw(books[edition].data, page - 1)
    require_alike(name, now, fonts_of(books[edition]), refresh=request.config.getoption("--refresh"))


def test_the_cover_looks_as_it_did(
    compositions: dict[str, Composition], books: dict[str, Artifact], request: pytest.FixtureRequest
) -> None:
    cover, found = draw_cover(compositions["zh-Hans"])
    assert found == ()
    assert cover is not None
    with Image.open(io.BytesIO(cover.data)) as picture:
        now = picture.convert("L").resize((round(COVER * picture.width / picture.height), COVER))
    require_alike("cover", now, fonts_of(books["zh-Hans"]), refresh=request.config.getoption("--refresh"))


def test_every_picture_is_of_a_page_and_they_are_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png") if ".failed" not in path.name}
    assert set(pictures) == {*PAGES, "cover"}
    assert sum(pictures.values()) < 400_000


FAULTY = """
#things ol > li:nth-child(2) { transform: translateY(1.5pt) }
#things table, #things thead, #things th { border-color: white !important }
#words p { font-family: "Noto Sans CJK SC" }
"""
"""On one page a line that is moved, on another a lost rule, on a third another font."""


def test_a_moved_line_a_lost_rule_and_another_font_are_seen_and_nothing_else(
    compositions: dict[str, Composition], books: dict[str, Artifact]
) -> None:
    composition = compositions["zh-Hans"]
    styles = {**composition.styles, "print.css": composition.styles["print.css"] + FAULTY}
    faulty = typeset(read_as(replace(composition, styles=styles), FORMATS["pdf"]))
    assert faulty.facts["pages"] == books["zh-Hans"].facts["pages"]
    seen = {}
    for name, (edition, page) in PAGES.items():
        if edition == "zh-Hans":
            difference = compare(draw(books[edition].data, page - 1), draw(faulty.data, page - 1))
            assert difference is not None
            seen[name] = difference
    assert {name for name, difference in seen.items() if difference.is_too_much} == {
        "list",
        "table-code-picture",
        "ruby",
    }


def test_a_failure_says_where_and_leaves_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "FOLDER", tmp_path)
    page = Image.new("L", (260, 378), 255)
    other = page.copy()
    other.paste(0, (160, 240, 200, 280))
    with pytest.raises(AssertionError, match="There is no picture of it: "):
        require_alike("page", page, "Set with a font.", refresh=False)
    require_alike("page", page, "Set with a font.", refresh=True)
    with pytest.raises(pytest.fail.Exception) as caught:
        require_alike("page", other, "Set with a font.", refresh=False)
    failed = tmp_path / "page.failed.png"
    assert str(caught.value) == (
        "The page “page” differs on average by 4.02 levels (allowed: 1.5), in one square by 255.0 (allowed: 12.0); "
        "25 squares differ, all between 68 and 85 mm from the left and 102 and 119 mm from the top. "
        f"See {failed}.\nSet with a font."
    )
    with Image.open(failed) as picture:
        assert picture.size == (3 * 260 + 8, 378)
    with pytest.raises(pytest.fail.Exception, match=r"has \(100, 100\) pixels, and had \(260, 378\)\."):
        require_alike("page", page.resize((100, 100)), "Set with a font.", refresh=False)
    require_alike("page", page, "Set with a font.", refresh=False)
    assert not failed.exists()


def test_edges_that_a_rasteriser_draws_otherwise_are_no_difference(books: dict[str, Artifact]) -> None:
    for edition, page in (("zh-Hans", 4), ("zh-Hans", 8), ("zh-Hant-TW", 11)):
        data = books[edition].data
        difference = compare(draw(data, page - 1), draw(data, page - 1, dpi=120).reduce(2))
        assert difference is not None
        assert difference.whole > 0
        assert not difference.is_too_much, difference
