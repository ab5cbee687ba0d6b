"""The pictures of docs/designs.md: each design's cover and pages, from books that `keben build` makes of tools/gallery.

usage: python tools/gallery.py OUT [--all] [--work FOLDER] [DESIGN ...]

Draws OUT/designs-NAME.png. With --all each book is also built on three pages and checked, which takes a while.
"""

import argparse
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

TEXTS = Path(__file__).parent / "gallery"
EPOCH = "1767225600"
HIGH = 560
"""Pixels: of a page as it is shown."""
GAP, PAD = 22, 18
GROUND = (222, 219, 212)
COLOURS = 96


@dataclass(frozen=True, slots=True)
class Sample:
    """The book that shows a design."""

    title: str
    subtitle: str
    author: str
    trims: tuple[str, ...]
    """The first is the one that the picture shows."""
    shown: tuple[tuple[int, ...], tuple[int, ...]]
    """Left pages of the spreads in lines, and right pages of those in columns."""


SAMPLES = {
    "novel": Sample("渡口", "长篇小说", "苏河", ("大32开", "25開", "A6"), ((4, 6), (4, 6))),
    "textbook": Sample("物理初步", "力与机械", "教材编写组", ("16开", "JIS-B5", "A5"), ((4, 6), (4, 6))),
    "poetry": Sample("山水集", "唐诗与尺牍", "王维", ("A5", "32开", "18開"), ((6, 8), (6, 8))),
    "report": Sample("四镇饮水调查", "二〇二四年", "水务研究组", ("A4", "大16开", "B5"), ((4,), (4,))),
    "classic": Sample("陶文选评", "", "陶渊明", ("大32开", "16開", "GB-B6"), ((4,), (4,))),
}

SETTINGS = """[book]
title = "{title}"
{subtitle}authors = ["{author}"]
language = "zh-Hans"
publisher = "刻本"
date = 2026
version = "1.0"
slug = "{design}"
identifier = "urn:uuid:3f0f7d52-6f6e-4b8c-9a53-5f0c8b6f1d27"
description = "一本样书。"

[editions.lines]
language = "zh-Hans"

[editions.columns]
language = "zh-Hant-TW"
writing = "vertical"

[print]
trim = "{trim}"
design = "{design}"
openings = "any"
"""


def write_project(root: Path, design: str, trim: str) -> None:
    """The project that shows a design on a page."""
    sample = SAMPLES[design]
    chapters = root / "book" / "chapters"
    chapters.mkdir(parents=True, exist_ok=True)
    for path in sorted((TEXTS / design).glob("*.md")):
        (chapters / path.name).write_text(path.read_text("utf-8"), "utf-8")
    subtitle = f'subtitle = "{sample.subtitle}"\n' if sample.subtitle else ""
    text = SETTINGS.format(
        title=sample.title, subtitle=subtitle, author=sample.author, design=design, trim=trim
    )
    (root / "book" / "book.toml").write_text(text, "utf-8")


def keben(*arguments: str) -> int:
    """Run Keben's command line on this interpreter."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    return subprocess.run(
        [sys.executable, "-m", "keben", *arguments], env=environment, check=False
    ).returncode


def cover(path: Path) -> Image.Image:
    """The cover of an EPUB."""
    with zipfile.ZipFile(path) as archive:
        name = next(each for each in archive.namelist() if each.endswith("cover.jpg"))
        return Image.open(io.BytesIO(archive.read(name))).convert("RGB")


def pages(path: Path) -> list[Image.Image]:
    """The pages of a PDF."""
    document = pypdfium2.PdfDocument(path)
    try:
        scale = 2 * HIGH / document[0].get_height()
        return [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def scaled(picture: Image.Image) -> Image.Image:
    """A picture as high as a page is shown."""
    size = round(picture.width * HIGH / picture.height), HIGH
    return picture.resize(size, Image.Resampling.LANCZOS)


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages side by side, with a line at the fold."""
    left, right = scaled(left), scaled(right)
    sheet = Image.new("RGB", (left.width + right.width, HIGH), "white")
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))
    ImageDraw.Draw(sheet).line([(left.width, 0), (left.width, HIGH)], fill=(205, 202, 196))
    return sheet


def rows(folder: Path, design: str) -> Iterator[list[Image.Image]]:
    """The pictures of each row: those in lines, then those in columns."""
    lines, columns = SAMPLES[design].shown
    for edition, firsts in (("lines", lines), ("columns", columns)):
        every = pages(folder / f"{design}-{edition}.pdf")
        blank = Image.new("RGB", every[0].size, "white")
        shown = [scaled(cover(folder / f"{design}-{edition}.epub"))]
        for first in firsts:
            two = [*every[first - 1 : first + 1], blank][:2]
            shown.append(spread(*(reversed(two) if edition == "columns" else two)))
        yield shown


def draw(folder: Path, design: str) -> Image.Image:
    """The picture of a design."""
    return in_rows(list(rows(folder, design)))


def in_rows(found: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Pictures in rows, in few colours."""
    width = max(sum(each.width for each in row) + GAP * (len(row) - 1) for row in found) + 2 * PAD
    sheet = Image.new("RGB", (width, len(found) * (HIGH + GAP) - GAP + 2 * PAD), GROUND)
    for index, row in enumerate(found):
        left = PAD
        for picture in row:
            sheet.paste(picture, (left, PAD + index * (HIGH + GAP)))
            left += picture.width + GAP
    return sheet.quantize(COLOURS, dither=Image.Dither.NONE)


def main(arguments: list[str]) -> int:
    """Build, check, draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("designs", nargs="*", metavar="DESIGN")
    parser.add_argument("--all", action="store_true", help="build each book on three pages, and check it")
    parser.add_argument("--work", type=Path, help="where the books are built")
    asked = parser.parse_intermixed_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        work = asked.work or Path(made)
        for design in asked.designs or SAMPLES:
            trims = SAMPLES[design].trims
            for trim in trims if asked.all else trims[:1]:
                root = work / f"{design}-{trim}"
                write_project(root, design, trim)
                wrong += keben("build", str(root))
                wrong += keben("check", str(root)) if asked.all else 0
            path = asked.out / f"designs-{design}.png"
            draw(work / f"{design}-{trims[0]}" / "build", design).save(path, optimize=True)
            print(path)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
