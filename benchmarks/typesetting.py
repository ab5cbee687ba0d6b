"""What Chinese lines cost: CPU time and memory of setting a long text as a PDF, by WeasyPrint alone and with them.

python benchmarks/typesetting.py TEXT [FOLDER]

TEXT is plain text in Simplified Chinese, a paragraph a line. The PDFs are kept in FOLDER, if one is named.
"""

import json
import resource
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from common import apart, described, paragraphs, table

sys.path.append(str(Path(__file__).parents[1] / "tools"))

RUNS = 2
CHAPTER = 50
"""Paragraphs in a chapter: a book has chapters, and each begins on a page of its own."""

AREA = {"trim": "A5", "body": "10.5pt", "leading": 1.7, "measure": 27, "lines": 26}
NAMES = {"weasyprint": "WeasyPrint alone", "keben": "with Keben's lines"}


def main() -> None:
    if len(sys.argv) == 4 and sys.argv[1] in NAMES:
        print(json.dumps(measured(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
        return
    if len(sys.argv) not in (2, 3) or not Path(sys.argv[1]).is_file():
        sys.exit("usage: python benchmarks/typesetting.py TEXT [FOLDER]")
    path = Path(sys.argv[1])
    print(described(path) + "\n")
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "project"
        folder = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        write(root, path)
        found: dict[str, dict[str, float]] = {}
        for _ in range(RUNS):
            # In turn, and the better of each: what else the machine does should count little, and alike.
            for lines in NAMES:
                run = apart(__file__, lines, str(root), str(folder / f"{lines}.pdf"))
                found[lines] = {key: min(run[key], found.get(lines, run)[key]) for key in run}
    print(
        table(
            ("", "layout, CPU s", "writing, CPU s", "both, CPU s", "÷", "peak MB", "÷", "pages"), rows(found)
        )
    )


def write(root: Path, path: Path) -> None:
    from samplebook import Chapter, write_project

    texts = [text for line in paragraphs(path) if (text := line.strip())]
    chapters = [
        Chapter(f"{start:05}", f"第{start // CHAPTER + 1}部分", tuple(texts[start : start + CHAPTER]))
        for start in range(0, len(texts), CHAPTER)
    ]
    write_project(root, chapters, AREA)


def rows(found: dict[str, dict[str, float]]) -> list[tuple[object, ...]]:
    made: list[tuple[object, ...]] = []
    base = found["weasyprint"]
    for lines, run in found.items():
        ratios = [
            (run["layout"] + run["write"]) / (base["layout"] + base["write"]),
            run["memory"] / base["memory"],
        ]
        both = run["layout"] + run["write"]
        made.append(
            (
                NAMES[lines],
                f"{run['layout']:.1f}",
                f"{run['write']:.1f}",
                f"{both:.1f}",
                f"{ratios[0]:.2f}",
                f"{run['memory']:.0f}",
                f"{ratios[1]:.2f}",
                f"{run['pages']:.0f}",
            )
        )
    return made


def measured(lines: str, root: Path, out: Path) -> dict[str, float]:
    """One measure; the text is read, converted to HTML and parsed before the clock starts."""
    from samplebook import composition_of, plain_html

    from keben.typeset.weasy.setting import chinese_lines

    html, options = plain_html(composition_of(root, "zh-Hans"))
    start = time.process_time()
    with chinese_lines() if lines == "keben" else nullcontext():
        rendering = html.render(**options)
    laid = time.process_time()
    data = rendering.write_pdf(pdf_variant=options["pdf_variant"])
    end = time.process_time()
    out.write_bytes(data)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"layout": laid - start, "write": end - laid, "memory": peak, "pages": len(rendering.pages)}


if __name__ == "__main__":
    main()
