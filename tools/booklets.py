"""The pictures of docs/booklets.md: a printed sheet of the book, and how sheets fold.

usage: python tools/booklets.py BOOK.pdf FOLDER
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

from keben.core.binding import Booklet
from keben.impose import draw_proof, impose
from keben.impose.plan import plan
from keben.impose.values import points

SHEET = Booklet(width=320, height=250, signature=16, creep=0.1)
FOLDED = Booklet(signature=16)
SCALE = 0.9
MARGIN = 20
GROUND = (214, 210, 202)


def sheet_picture(data: bytes) -> Image.Image:
    """Front and back of the first sheet of a booklet, one over the other."""
    document = pypdfium2.PdfDocument(data)
    try:
        sides = [document[index].render(scale=SCALE).to_pil().convert("RGB") for index in (0, 1)]
    finally:
        document.close()
    width, height = sides[0].size
    picture = Image.new("RGB", (width + 2 * MARGIN, 2 * height + 3 * MARGIN), GROUND)
    for row, side in enumerate(sides):
        picture.paste(side, (MARGIN, MARGIN + row * (height + MARGIN)))
    return picture


def main(arguments: list[str]) -> int:
    """Draw the pictures."""
    book, folder = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    sheet, fold = folder / "booklets-sheet.png", folder / "booklets-fold.svg"
    sheet_picture(impose(book.read_bytes(), SHEET, book.name).data).save(sheet, optimize=True)
    made = plan(21, points(105), points(148), FOLDED, "left")
    fold.write_text(draw_proof(made), encoding="utf-8")
    print(sheet, fold, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
