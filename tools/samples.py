"""The pictures of docs/samples.md: pages of the books in tests/data/books, which `keben build` makes.

usage: python tools/samples.py OUT [--check] [--work FOLDER] [BOOK ...]

Draws OUT/samples-NAME.png. With --check each book is also checked, which takes a while. What was built stays in FOLDER.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from gallery import in_rows, keben, pages, scaled, spread
from PIL import Image

BOOKS = Path(__file__).parents[1] / "tests" / "data" / "books"


@dataclass(frozen=True, slots=True)
class Shown:
    """Spreads of a book: an edition, and the first page of each, on the left in lines and on the right in columns."""

    edition: str
    firsts: tuple[int, ...]


SHOWN = {
    "textbook": (Shown("zh-Hans", (8, 12)), Shown("columns", (14, 16))),
    "report": (Shown("zh-Hans", (6, 10)), Shown("columns", (6, 8))),
    "classic": (Shown("zh-Hans", (6,)), Shown("columns", (6,))),
    "poems": (Shown("zh-Hans", (12, 24)), Shown("columns", (14, 28))),
    "play": (Shown("zh-Hans", (10,)), Shown("columns", (14,))),
}
"""The rows of each picture."""


def row(folder: Path, book: str, shown: Shown) -> list[Image.Image]:
    """The spreads of an edition."""
    every = pages(folder / f"{book}-{shown.edition}.pdf")
    blank = Image.new("RGB", every[0].size, "white")
    made = []
    for first in shown.firsts:
        two = [*every[first - 1 : first + 1], blank][:2]
        made.append(scaled(spread(*(reversed(two) if shown.edition == "columns" else two))))
    return made


def draw(folder: Path, book: str) -> Image.Image:
    """The picture of a book: a row for each edition that it shows."""
    return in_rows([row(folder, book, shown) for shown in SHOWN[book]])


def main(arguments: list[str]) -> int:
    """Build, check, draw."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("books", nargs="*", metavar="BOOK")
    parser.add_argument("--check", action="store_true", help="check each book too")
    parser.add_argument("--work", type=Path, help="where the books are built")
    asked = parser.parse_intermixed_args(arguments)
    wrong = 0
    with tempfile.TemporaryDirectory() as made:
        for book in asked.books or SHOWN:
            folder = (asked.work or Path(made)) / book
            wrong += keben("build", str(BOOKS / book), "-o", str(folder))
            wrong += keben("check", str(BOOKS / book), "-o", str(folder)) if asked.check else 0
            path = asked.out / f"samples-{book}.png"
            draw(folder, book).save(path, optimize=True)
            print(path)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
