"""The pictures of docs/press.md, from the files for a printer in a build.

usage: python tools/press.py BUILD OUTPUT_FOLDER

Draws the covers of the first horizontal and the first vertical edition one over the other, and a page of an interior.
"""

import json
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

GROUND = (0x9A, 0xA4, 0xB0)
MARGIN = 20
PAGE = 8
"""Which page is drawn, from 0: a chapter's first."""


def draw(path: Path, page: int, scale: float) -> Image.Image:
    """A page with everything that is around it."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Pictures one over the other, on a ground that shows where their paper ends."""
    width = max(picture.width for picture in pictures) + 2 * MARGIN
    height = sum(picture.height + MARGIN for picture in pictures) + MARGIN
    sheet = Image.new("RGB", (width, height), GROUND)
    at = MARGIN
    for picture in pictures:
        sheet.paste(picture, ((width - picture.width) // 2, at))
        at += picture.height + MARGIN
    return sheet


def main(arguments: list[str]) -> int:
    """Draw the pictures."""
    build, folder = map(Path, arguments)
    entries = json.loads((build / "manifest.json").read_text(encoding="utf-8"))["artifacts"]
    covers = [build / entry["name"] for entry in entries if entry["format"] == "cover"]
    interiors = [build / entry["name"] for entry in entries if entry["format"] == "press"]
    if not covers or not interiors:
        print(f"{build} has no files for a printer. Run: nox -s book", file=sys.stderr)
        return 1
    beside([draw(path, 0, 0.8) for path in covers]).save(folder / "press-covers.png", optimize=True)
    beside([draw(interiors[0], PAGE, 1.1)]).save(folder / "press-page.png", optimize=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
