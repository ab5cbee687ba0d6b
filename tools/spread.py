"""A spread of the book in two scripts, as the README shows it, from the real PDFs.

usage: python tools/spread.py BUILD OUT.png LEFT.pdf RIGHT.pdf PAGE

PAGE counts from 1 and is even: the left PDF shows it, the right one the page that faces it.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw

SCALE = 1.6
MARGIN = 28
GROUND = (214, 210, 202)


def page_picture(path: Path, page: int) -> Image.Image:
    """A page of a PDF as a picture."""
    document = pypdfium2.PdfDocument(path)
    try:
        return document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()


def spread(left: Image.Image, right: Image.Image) -> Image.Image:
    """Two pages side by side as an open book."""
    width, height = left.width + right.width, max(left.height, right.height)
    sheet = Image.new("RGB", (width + 2 * MARGIN, height + 2 * MARGIN), GROUND)
    sheet.paste(left, (MARGIN, MARGIN))
    sheet.paste(right, (MARGIN + left.width, MARGIN))
    fold = MARGIN + left.width
    draw = ImageDraw.Draw(sheet)
    for offset in range(14):
        shade = 205 + 50 * offset // 14
        for x in (fold - 1 - offset, fold + offset):
            for y in range(MARGIN, MARGIN + height):
                if min(sheet.getpixel((x, y))) > shade:
                    draw.point((x, y), (shade, shade, shade))
    return sheet


def main(arguments: list[str]) -> int:
    """Draw the spread."""
    folder, out, left, right, page = arguments
    pages = [
        page_picture(Path(folder) / name, number)
        for name, number in ((left, int(page)), (right, int(page) + 1))
    ]
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    spread(*pages).save(out, optimize=True)
    print(out)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
