"""The picture of docs/vertical.md: a page of columns by Chromium, from the EPUB, and by Keben, from the PDF.

usage: python tools/columns.py FOLDER

Draws FOLDER/vertical-page.png from one small project that `keben build` makes. Chromium is the machine's own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import sync_playwright
from samplebook import EPOCH

SCALE = 2.0
"""Pixels to a point."""

INK, GAP, LABEL, PAD = (125, 35, 32), 26, 26, 14
EDITION = "zh-Hant-TW-vertical"

SETTINGS = f"""[book]
title = "樣張"
language = "zh-Hant"
slug = "sample"
chapters = ["chapters/one.md"]

[editions.{EDITION}]
language = "zh-Hant-TW"
writing = "vertical"
quotes = "corner"
names = "lined"
works = "wavy"

[editions.{EDITION}.print]
measure = 30
lines = 20
"""

CHAPTER = """---
title: 直排樣張
label: 第一章
---

他說：「這本書第12頁寫著：『書要直排，才像一本書！』」（見[紅樓夢]{.work}第3回。）——不過，2026年以後，誰知道呢……[曹雪芹]{.name}
沒有說。[^one]A組的人讀{國語|ㄍㄨㄛˊ ㄩˇ}，B組的人讀{饕餮|tāo tiè}，*每個字都讀*；WeasyPrint和PDF，
只好側著讀，佔全書的35%。

![方塊](images/box.svg "一張站著的圖。")

圖在欄裡站著；比爾‧蓋茲的名字，中間有一個點。

[^one]: 注文在一頁的左邊，也是直排。
"""

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="48pt" viewBox="0 0 90 60">
<rect x="1" y="1" width="88" height="58" fill="none" stroke="#7d2320" stroke-width="2"/>
<path d="M10 50 L35 15 L55 40 L65 30 L80 50 Z" fill="#d9b7b5"/><circle cx="70" cy="14" r="7" fill="#7d2320"/></svg>
"""

# What the PDF's page has, so that the two are compared column by column: the reader of an e-book chooses these.
STYLE = """
html { font: 10.5pt/1.7 "Noto Serif CJK TC"; background: #fff }
body { margin: 0 !important; height: 315pt; width: 340pt; position: absolute; right: 0; text-align: justify }
.chapter-head { margin: 0 8.9pt 0 8.9pt !important; padding-top: 2em; width: 70pt }
h1 { font-size: 20pt !important }
figure { margin: 0 17.85pt !important }
figcaption { margin: 0 !important; line-height: 17.85pt; font-size: 8.5pt }
.notes { margin: 0 8pt 0 0 !important; font-size: 8.5pt; line-height: 13.5pt }
p { margin: 0 }
"""


def main(arguments: list[str]) -> int:
    """Draw the picture."""
    if len(arguments) != 1:
        sys.exit("usage: python tools/columns.py FOLDER")
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        write(root)
        subprocess.run(
            [sys.executable, "-m", "keben", "build", str(root)],
            check=True, env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        )  # fmt: skip
        ours = page_of(root / "build" / f"sample-{EDITION}.pdf")
        theirs = by_chromium(root / "build" / f"sample-{EDITION}.epub", root / "epub", ours.height)
    save(folder / "vertical-page.png", theirs, ours)
    return 0


def write(root: Path) -> None:
    """The project."""
    for name, text in (
        ("book.toml", SETTINGS),
        ("chapters/one.md", CHAPTER),
        ("images/box.svg", PICTURE),
    ):
        path = root / "book" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def page_of(pdf: Path) -> Image.Image:
    """The chapter's page, cut down to what is on it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        number = next(
            mark.get_dest().get_index() for mark in document.get_toc() if "樣張" in mark.get_title()
        )
        return trimmed(document[number].render(scale=SCALE).to_pil().convert("L"))
    finally:
        document.close()


def by_chromium(epub: Path, folder: Path, height: int) -> Image.Image:
    """The chapter's page of the EPUB."""
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            page = browser.new_page(
                viewport={"width": 900, "height": round(height / SCALE / 0.75) + 80},
                device_scale_factor=SCALE * 0.75,
            )
            page.goto((folder / "EPUB" / "text" / "one.xhtml").as_uri())
            page.add_style_tag(content=STYLE)
            page.wait_for_timeout(500)
            data = page.screenshot(full_page=True)
        finally:
            browser.close()
    path = folder / "page.png"
    path.write_bytes(data)
    with Image.open(path) as picture:
        return trimmed(picture.convert("L"))


def trimmed(picture: Image.Image) -> Image.Image:
    """Without the white around it."""
    box = picture.point(lambda value: 255 if value < 200 else 0).getbbox()
    return picture.crop(box) if box else picture


def save(path: Path, theirs: Image.Image, ours: Image.Image) -> None:
    """Both beside each other, in sixteen greys."""
    width = theirs.width + ours.width + 2 * PAD + GAP
    made = Image.new("RGB", (width, max(theirs.height, ours.height) + LABEL + 2 * PAD), (255, 255, 255))
    draw, font = ImageDraw.Draw(made), ImageFont.load_default(16)
    x = PAD
    for label, picture in (("Chromium, the EPUB", theirs), ("Keben, the PDF", ours)):
        draw.text((x, PAD // 2), label, INK, font)
        made.paste(picture.convert("RGB"), (x, PAD + LABEL))
        x += picture.width + GAP
    made.quantize(16, dither=Image.Dither.NONE).save(path, optimize=True, bits=4)
    print(f"{path} {made.width} × {made.height}, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
