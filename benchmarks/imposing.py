"""What it costs to impose a book of 1,000 pages: wall time and memory of `keben impose`'s work, file to file.

python benchmarks/imposing.py BOOK.pdf

BOOK is a real book; its first 1,000 pages are taken, or all of them again and again until there are so many.
"""

import json
import resource
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from common import apart, table

RUNS = 2
PAGES = 1000
WAYS = {
    "stapled": {"creep": 0.0},
    "signatures of 16, on a larger sheet, with marks and creep": {
        "width": 320.0, "height": 250.0, "signature": 16, "creep": 0.1, "gutter": 3.0,
    },
}  # fmt: skip
"""Ways of imposing; and what their booklets say."""


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] in WAYS:
        print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        sys.exit("usage: python benchmarks/imposing.py BOOK.pdf")
    with tempfile.TemporaryDirectory() as scratch:
        book, out = Path(scratch) / "book.pdf", Path(scratch) / "booklet.pdf"
        pages = cut(Path(sys.argv[1]), book)
        size = book.stat().st_size
        print(f"{Path(sys.argv[1]).name}, {pages} pages made to {PAGES}, {size / 1e6:.1f} MB.\n")
        rows = []
        for way in WAYS:
            runs = [apart(__file__, way, str(book), str(out)) for _ in range(RUNS)]
            best = {key: min(run[key] for run in runs) for key in runs[0]}
            digest = sha256(out.read_bytes()).hexdigest()[:16]
            megabytes = f"{out.stat().st_size / 1e6:.1f}"
            rows.append((way, f"{best['whole']:.2f}", f"{best['memory']:.0f}", megabytes, digest))
    print(table(("", "seconds", "peak MB", "size, MB", "sha256"), rows))


def cut(source: Path, target: Path) -> int:
    """Write a PDF of `PAGES` pages; gives how many the source has."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        count = len(pdf.pages)
        while len(pdf.pages) < PAGES:
            pdf.pages.extend(list(pdf.pages)[: PAGES - len(pdf.pages)])
        del pdf.pages[PAGES:]
        pdf.save(target, deterministic_id=True)
    return count


def measured(way: str, source: Path, target: Path) -> dict[str, float]:
    """One run, file to file; its time is that of the whole process."""
    from keben.core.binding import Booklet
    from keben.impose import impose

    target.write_bytes(impose(source.read_bytes(), Booklet(**WAYS[way]), source.name).data)
    return {"memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    main()
