"""What pdfimpose, another program, puts on the sheets of a booklet: the table of tests/data/pdfimpose.tsv.

usage: python tools/pdfimpose_orders.py > tests/data/pdfimpose.tsv

Run it where pdfimpose 2.10.0, pikepdf and pypdfium2 are installed; it is no dependency of Keben's, because it brings
PyMuPDF and what that needs. Each sheet is folded by itself and laid in the others (its group=1), and the last page
stays the last (last=1). A side is written from its highest row down, 0 for a blank, and - before a page that stands on
its head.
"""

import ctypes
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
from pdfimpose.schema import saddle
from pypdfium2 import raw

sys.path.append(str(Path(__file__).parents[1] / "tests"))

FOLDS = {2: ("h", 2, 1), 4: ("vh", 2, 2), 8: ("hvh", 4, 2)}


def words(page: pypdfium2.PdfPage) -> Iterator[tuple[float, float, bool, int]]:
    """Where each “page N” begins, whether it is upright, and N."""
    text = page.get_textpage()
    starts: list[tuple[float, float]] = []
    numbers: list[str] = []
    upright: list[bool] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        if character == "p":
            starts.append((x.value, y.value))
            numbers.append("")
        elif character == "a":
            upright.append(x.value > starts[-1][0])
        elif character.isdigit():
            numbers[-1] += character
    text.close()
    for (left, low), up, number in zip(starts, upright, numbers, strict=True):
        yield left, low, up, int(number)


def side(page: pypdfium2.PdfPage, columns: int, rows: int) -> str:
    """A side of a sheet as it is written in the table."""
    width, height = page.get_size()
    cells = [["0"] * columns for _ in range(rows)]
    for x, y, upright, number in words(page):
        row = rows - 1 - int(y / height * rows)
        cells[row][int(x / width * columns)] = str(number if upright else -number)
    return "/".join(" ".join(row) for row in cells)


def main() -> None:
    """Print the table."""
    from leaflets import leaflet, saved

    print("up\tbinding\tpages\tsides")
    for up, (folds, columns, rows) in FOLDS.items():
        for binding in ("left", "right"):
            for pages in (*range(2, 34), 64, 100):
                out = BytesIO()
                saddle.impose(
                    [BytesIO(saved(leaflet(pages)))], out, folds=folds, bind=binding, last=1, group=1
                )
                document = pypdfium2.PdfDocument(out.getvalue())
                sides = "|".join(side(page, columns, rows) for page in document)
                print(up, binding, pages, sides, sep="\t")


if __name__ == "__main__":
    main()
