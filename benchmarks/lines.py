"""How well the lines of a PDF are set, whichever program set them: a row of a Markdown table.

python benchmarks/lines.py PDF LANGUAGE BODY MEASURE [LEADING]

BODY is the text's size in points, MEASURE a line's length in characters, LEADING (1.7) what is from one line to the
next, in body sizes. Where the lines begin is found from the lines.
"""

import sys
from pathlib import Path

from common import table

from keben.check import measure_lines
from keben.core.language import canonical
from keben.core.paper import TypeArea

HEAD = (
    "PDF",
    "lines",
    "full",
    "flush ±0.05 em",
    "kinsoku faults",
    "loose pairs",
    "one-character last lines",
    "largest stretch, em",
)


def main() -> None:
    if len(sys.argv) not in (5, 6) or not Path(sys.argv[1]).is_file() or not canonical(sys.argv[2]):
        sys.exit("usage: python benchmarks/lines.py PDF LANGUAGE BODY MEASURE [LEADING]")
    path, language = Path(sys.argv[1]), canonical(sys.argv[2])
    leading = float(sys.argv[5]) if len(sys.argv) == 6 else 1.7
    area = TypeArea(body_pt=float(sys.argv[3]), measure=int(sys.argv[4]), leading=leading)
    report = measure_lines(path.read_bytes(), area, language or "")
    row = (
        path.name,
        f"{len(report.lines):,}",
        f"{report.full:,}",
        f"{report.share:.4f}",
        report.kinsoku,
        f"{report.loose:,} of {report.pairs:,}",
        report.lonely,
        f"{report.largest_stretch:.2f}",
    )
    print(table(HEAD, [row]))


if __name__ == "__main__":
    main()
