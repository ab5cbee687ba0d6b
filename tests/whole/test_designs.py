"""Every design sets a book in lines and in columns without a word of complaint; an opening of each looks as it did.

``--refresh`` writes the pictures in tests/data/designs again: look at them before they are committed.
"""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pagepictures import beside, compare, draw, pack, unpack
from pdfs import Pdf
from projects import write_project

from keben.build.editions import Prepared, prepare, read_project
from keben.build.request import Request, plan
from keben.core.composition import Artifact
from keben.formats import make
from keben.project.designs import default_designs

PICTURES = Path(__file__).parents[1] / "data" / "designs"

CHAPTER = """# 渡口

船到渡口的时候，天还没有亮。雾很重，岸上的灯像浸在米汤里，一盏一盏，看得见，照不远。[^note]

> 水是往东去的，人是往西来的。
>
> ——渡工的话

## 上岸

“脚下当心，”撑船的老人说，“这块板子去年就朽了。”

> [!NOTE] 船期
> 每天两班，水大停开。

| 时辰 | 人 |
|---|---:|
| 早 | 12 |
| 晚 | 8 |

: 过渡的人 {#tab-ferry}

### 生火

1. 先拣干柴；
2. 再添湿的。

[^note]: 灯是渡口人家点的。
"""

BOOK = """[book]
title = "同舟"
authors = ["林一"]
language = "zh-Hans"
slug = "designs"
date = 2026
version = "1.0"

[print]
trim = "32开"
openings = "any"
"""

WAYS = {
    name: f'language = "zh-Hans"\n[editions.{name}.print]\ndesign = "{name}"\n' for name in default_designs()
}
WAYS |= {
    f"{name}-columns": f'language = "zh-Hant-TW"\nwriting = "vertical"\n'
    f'[editions.{name}-columns.print]\ndesign = "{name}"\n'
    for name in ("classic", "report")
}
WAYS["large"] = (
    'language = "zh-Hans"\n[editions.large.print]\ndesign = "textbook"\nbody = "16pt"\ntrim = "A5"\n'
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    root = write_project(tmp_path_factory.mktemp("designs"))
    for path in (root / "book" / "chapters").glob("*.md"):
        path.unlink()
    (root / "book" / "chapters" / "1.md").write_text(CHAPTER, "utf-8")
    editions = "".join(f"\n[editions.{name}]\n{text}" for name, text in WAYS.items())
    (root / "book" / "book.toml").write_text(BOOK + editions, "utf-8")
    project = read_project(root, {"SOURCE_DATE_EPOCH": "1767225600"})
    assert project.findings == ()
    jobs = plan(Request(root, root / "build", formats=("pdf",)), project.manuscript)
    made = prepare(project, jobs)
    assert made.findings == ()
    return made


@pytest.fixture(scope="module")
def books(prepared: Prepared) -> dict[str, Artifact]:
    made = {name: make(composition, "pdf") for name, composition in prepared.compositions.items()}
    assert {name: found for name, (_, found) in made.items() if found} == {}
    return {name: artifact for name, (artifact, _) in made.items()}


def opening(book: Artifact) -> int:
    """The page that the chapter begins on."""
    pdf = Pdf(book.data)
    return next(page for page in pages_of(book) if re.search("还没有亮|還沒有亮", pdf.text(page)))


def pages_of(book: Artifact) -> range:
    """The numbers of its pages."""
    return range(1, book.facts["pages"] + 1)


@pytest.mark.parametrize("name", WAYS)
def test_an_opening_looks_as_it_did(
    name: str, books: dict[str, Artifact], request: pytest.FixtureRequest
) -> None:
    now = draw(books[name].data, opening(books[name]) - 1)
    kept, failed = PICTURES / f"{name}.png", PICTURES / f"{name}.failed.png"
    failed.unlink(missing_ok=True)
    if request.config.getoption("--refresh"):
        kept.write_bytes(pack(now))
    before = unpack(kept.read_bytes())
    difference = compare(before, now)
    if difference is None or difference.is_too_much:
        beside(before, now).save(failed)
        pytest.fail(
            f"The opening of “{name}” differs {difference or 'in size'}. See {failed}.", pytrace=False
        )


def test_every_picture_is_of_a_design_and_they_are_small() -> None:
    pictures = {
        path.stem: path.stat().st_size for path in PICTURES.glob("*.png") if ".failed" not in path.name
    }
    assert set(pictures) == set(WAYS)
    assert sum(pictures.values()) < 200_000


@pytest.mark.parametrize(
    ("name", "section", "paragraph"),
    [
        ("novel", "上岸", "生火"),
        ("poetry", "上岸", "生火"),
        ("classic", "上岸", "生火"),
        ("textbook", "1.1 上岸", "1.1.1 生火"),
        ("report", "1.1 上岸", "1.1.1 生火"),
        ("report-columns", "1.1 上岸", "1.1.1 生火"),
    ],
)
def test_headings_have_numbers_where_the_design_asks_in_contents_and_outline_too(
    name: str, section: str, paragraph: str, books: dict[str, Artifact]
) -> None:
    pdf = Pdf(books[name].data)
    titles = [title for _, title, _ in pdf.outline()]
    assert section in titles and paragraph in titles
    texts = ("".join(pdf.text(page).split()) for page in pages_of(books[name]))
    assert section.replace(" ", "") in next(text for text in texts if "目" in text and "上岸" in text)


def test_everything_grows_with_the_text(books: dict[str, Artifact]) -> None:
    """A heading of large print is larger than its text, as that of small print is."""
    ratios = {}
    for name in ("textbook", "large"):
        pdf = Pdf(books[name].data)
        glyphs = pdf.glyphs(opening(books[name]))
        both = ["".join(each.text for each in pair) for pair in pairwise(glyphs)]
        heading, text = (glyphs[both.index(word)].size for word in ("渡口", "天还"))
        ratios[name] = heading / text
    assert ratios["large"] == pytest.approx(ratios["textbook"], rel=0.03)
    assert ratios["large"] > 1.1
