"""Two pages of PDFs as an open book."""

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
