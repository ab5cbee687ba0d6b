"""The pictures of the README, from the book in tests/data/books/classic: pages, and what readers and editors see.

usage: python tools/readme.py OUT-FOLDER
"""

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from spread import GROUND, MARGIN, page_picture, spread

ROOT = Path(__file__).parent.parent
BOOK = ROOT / "tests" / "data" / "books" / "classic"
LINES, COLUMNS = 6, 8
"""The even page of the PDF in lines, and of that in columns, that the spreads show with the one that faces it."""
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1180, "height": 640}


def keben(*arguments: str) -> None:
    """Run Keben; a review ends with 1 where something must still be decided."""
    done = subprocess.run([sys.executable, "-m", "keben", *arguments], check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.returncode)


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row, each as high as the lowest."""
    height = min(each.height for each in pictures)
    scaled = [
        each.resize((each.width * height // each.height, height), Image.Resampling.LANCZOS)
        for each in pictures
    ]
    sheet = Image.new(
        "RGB", (sum(each.width for each in scaled) + MARGIN * (len(scaled) - 1), height), GROUND
    )
    left = 0
    for each in scaled:
        sheet.paste(each, (left, 0))
        left += each.width + MARGIN
    return sheet


def pages(build: Path) -> Image.Image:
    """A spread in lines and one in columns; that one is bound on the right."""
    lines = [page_picture(build / "classic-zh-Hans.pdf", LINES + at) for at in (0, 1)]
    columns = [page_picture(build / "classic-columns.pdf", COLUMNS + at) for at in (1, 0)]
    return beside([spread(*lines), spread(*columns)])


def screens(build: Path, browser: Browser, folder: Path) -> Image.Image:
    """The review as an editor has it, and the EPUB on a telephone, by day and at night."""
    shots = [_shot(browser, build / "review" / "zh-Hant-TW.html", folder / "review.png", DESK, keys="jjj")]
    with zipfile.ZipFile(build / "classic-zh-Hant-TW.epub") as archive:
        archive.extractall(folder / "epub")
    page = next(
        path for path in sorted((folder / "epub").rglob("*.xhtml")) if "過江諸人" in path.read_text("utf-8")
    )
    shots.append(_shot(browser, page, folder / "day.png", PHONE))
    night = "html, body { background: #121212 !important; color: #d8d8d8 !important }"
    shots.append(_shot(browser, page, folder / "night.png", PHONE, style=night))
    return beside([_framed(Image.open(each).convert("RGB")) for each in shots])


def _shot(
    browser: Browser, page: Path, out: Path, size: dict[str, int], *, style: str = "", keys: str = ""
) -> Path:
    context = browser.new_context(viewport=size, device_scale_factor=1.6)  # type: ignore[arg-type]
    shown = context.new_page()
    shown.goto(page.as_uri())
    if size is PHONE:
        shown.add_style_tag(content=f"{style} body {{ padding: 0 14px }}")
    for key in keys:
        shown.keyboard.press(key)
    shown.wait_for_timeout(500)
    shown.screenshot(path=out)
    context.close()
    return out


def _framed(picture: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (picture.width + 4, picture.height + 4), (120, 116, 108))
    sheet.paste(picture, (2, 2))
    return sheet


def main(arguments: list[str]) -> int:
    """Draw the pictures."""
    target = Path(arguments[0])
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        build = folder / "build"
        keben("build", str(BOOK), "-o", str(build), "-f", "pdf", "-f", "epub")
        keben("review", str(BOOK), "-o", str(build))
        browser = playwright.chromium.launch(executable_path=arguments[1] if len(arguments) > 1 else None)
        drawn = {"readme-pages.png": pages(build), "readme-screens.png": screens(build, browser, folder)}
        browser.close()
    for file, picture in drawn.items():
        small = picture.resize((1600, picture.height * 1600 // picture.width), Image.Resampling.LANCZOS)
        small.quantize(96).save(target / file, optimize=True)
        print(target / file)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
