"""What a build costs as its user pays it: whole processes, cold, warm and after one edit, beside other programs.

python benchmarks/building.py TEXT [--growth] [--runs N] [--only WORD]...

TEXT is plain text in Simplified Chinese, a paragraph a line; it is made a book of 120 chapters. Peers are measured in
the same run (`peers`). Programs take turns, and times are medians of N rounds (3 if left out); the ratios count, for
what else the machine does changes the seconds. ``--growth`` also builds books of 30, 60, 120 and 240 chapters, once
each. ``--only`` leaves out what has none of the words in its name.
"""

import argparse
import multiprocessing
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from common import described, paragraphs, table
from peers import PANDOC, PLAIN, TAGGED, TYPST, peers

sys.path.append(str(Path(__file__).parents[1] / "tools"))

CHAPTERS = 120
GROWTH = (30, 60, 120, 240)
PICTURES = 20

AREA = {"trim": "A5", "body": "10.5pt", "leading": 1.7, "measure": 27, "lines": 26}
FOUR = """[editions.zh-Hans]
formats = ["epub", "pdf", "booklet"]
[editions.zh-Hant-TW]
vocabulary = "regional"
formats = ["epub", "pdf", "booklet"]
[editions.zh-Hant-HK]
formats = ["epub", "pdf", "booklet"]
[editions.vertical]
language = "zh-Hant-TW"
writing = "vertical"
formats = ["epub", "pdf", "booklet"]"""
TWO = "[editions.zh-Hans]\n[editions.zh-Hant-TW]"

COLD, SAME, EDITED = "Keben, PDF, cold", "Keben, PDF, nothing changed", "Keben, PDF, one paragraph changed"
EPUB_COLD, EPUB_EDITED = "Keben, EPUB, cold", "Keben, EPUB, one paragraph changed"
CONVERTED, CONVERTED_EDITED = (
    "Keben, EPUB for Taiwan, cold",
    "Keben, EPUB for Taiwan, one paragraph changed",
)
ALL = "Keben, four editions × EPUB, PDF, booklet, cold"
PICTURED = f"Keben, two editions × EPUB, PDF with {PICTURES} large pictures, nothing changed"

RATIOS = (
    (COLD, PLAIN, "wall", 0.6),
    (COLD, PLAIN, "cpu", 1.0),
    (COLD, TAGGED, "cpu", 0.5),
    (COLD, PLAIN, "size", 1.1),
    (EDITED, TYPST, "wall", 0.7),
    (EPUB_COLD, PANDOC, "cpu", 1.0),
    (CONVERTED, PANDOC, "cpu", 1.6),
    (ALL, COLD, "wall", 3.0),
)
"""What is held against what, by which measure, and the most that is aimed at."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process and its children: seconds, seconds of all processors, megabytes of the largest and of what it
    made."""

    wall: float
    cpu: float
    memory: float
    size: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("text", type=Path)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", action="append", default=[])
    asked = parser.parse_args()
    print(described(asked.text))
    print(f"{os.cpu_count()} × {processor()}, Python {platform.python_version()}.\n")
    texts = [text for line in paragraphs(asked.text) if (text := line.strip())]
    with tempfile.TemporaryDirectory() as scratch:
        steps = {
            name: step
            for name, step in steps_on(texts, Path(scratch)).items()
            if not asked.only or any(word in name for word in asked.only)
        }
        found = measured(steps, asked.runs)
        show(found)
        show_ratios(found)
        if asked.growth:
            show_growth({number: growth(texts, number, Path(scratch)) for number in GROWTH})


def chaptered(texts: Sequence[str], number: int) -> list[tuple[str, Sequence[str]]]:
    """As many chapters as asked for, each as long as one of the book that is measured; the text begins again."""
    size = max(1, -(-len(texts) // CHAPTERS))
    starts = range(0, len(texts), size)
    return [
        (f"第{place + 1}部分", texts[starts[place % len(starts)] :][:size])
        for place in range(min(number, len(starts)) if number <= CHAPTERS else number)
    ]


def steps_on(texts: Sequence[str], folder: Path) -> dict[str, Callable[[], Cost]]:
    """What is measured, in its order: an edit comes after a build of the same."""
    chapters = chaptered(texts, CHAPTERS)
    taiwan = "[editions.zh-Hans]\n[editions.zh-Hant-TW]\nvocabulary = 'regional'"
    for name, editions in (("one", "[editions.zh-Hans]"), ("taiwan", taiwan), ("four", FOUR)):
        write(chapters, folder / name, editions)
    one, converted = folder / "one", folder / "taiwan"
    to_taiwan = ("-f", "epub", "-e", "zh-Hant-TW")
    return {
        COLD: lambda: keben(one, "-f", "pdf", cold=True),
        SAME: lambda: keben(one, "-f", "pdf"),
        EDITED: lambda: keben(one, "-f", "pdf", edited=True),
        EPUB_COLD: lambda: keben(one, "-f", "epub", cold=True),
        EPUB_EDITED: lambda: keben(one, "-f", "epub", edited=True),
        CONVERTED: lambda: keben(converted, *to_taiwan, cold=True),
        CONVERTED_EDITED: lambda: keben(converted, *to_taiwan, edited=True),
        ALL: lambda: keben(folder / "four", cold=True),
        PICTURED: lambda: pictured(folder / "pictures"),
        **{name: partial(peer, *each) for name, each in peers(chapters, folder).items()},
    }


def measured(steps: Mapping[str, Callable[[], Cost]], runs: int) -> dict[str, Cost]:
    found: dict[str, list[Cost]] = {name: [] for name in steps}
    for _ in range(runs):
        for name, step in steps.items():
            found[name].append(step())
    return {name: median(costs) for name, costs in found.items()}


def growth(texts: Sequence[str], number: int, folder: Path) -> dict[str, Cost]:
    root = folder / f"growth{number}"
    write(chaptered(texts, number), root, "[editions.zh-Hans]")
    return {form: keben(root, "-f", form, cold=True) for form in ("pdf", "epub")}


def write(chapters: Sequence[tuple[str, Sequence[str]]], root: Path, editions: str) -> None:
    from samplebook import Chapter, write_project

    made = [Chapter(f"{n:05}", title, tuple(texts)) for n, (title, texts) in enumerate(chapters)]
    write_project(root, made, AREA, editions=editions)


def keben(root: Path, *options: str, cold: bool = False, edited: bool = False) -> Cost:
    """A build; ``cold``: of a project that was never built here; ``edited``: with another paragraph in the middle."""
    out, caches = root.with_name(f"{root.name}-out"), root.with_name(f"{root.name}-caches")
    if cold:
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(caches, ignore_errors=True)
    if edited:
        chapters = sorted((root / "book" / "chapters").iterdir())
        chapter = chapters[len(chapters) // 2]
        head, mark, text = chapter.read_text("utf-8").rpartition("---\n\n")
        chapter.write_text(f"{head}{mark}改{text}", "utf-8")
    command = [sys.executable, "-m", "keben", "build", str(root), *options, "-o", str(out)]
    cost = run(command, {"XDG_CACHE_HOME": str(caches)})
    made = max(path.stat().st_size for path in out.iterdir() if path.suffix in (".pdf", ".epub"))
    return replace(cost, size=made / 1e6)


def peer(command: Sequence[str], made: Path) -> Cost:
    return replace(run(command, {}), size=made.stat().st_size / 1e6)


def pictured(root: Path) -> Cost:
    """A build of a book with large pictures in which nothing changed; the book is made and built when first asked."""
    if not root.is_dir():
        from samplebook import Chapter, write_project

        shown = tuple(
            f"图中是第{number}次试验。\n\n![杂色](../images/{number}.jpg)" for number in range(PICTURES)
        )
        write_project(root, [Chapter("one", "图", shown, markdown=True)], AREA, editions=TWO)
        (root / "book" / "images").mkdir()
        # A program that is measured begins with the memory of the one that starts it.
        drawing = multiprocessing.get_context("spawn").Process(target=draw, args=(root / "book" / "images",))
        drawing.start()
        drawing.join()
        keben(root)
        # Some disks count time in steps of two seconds, so that only later a file counts as left alone.
        time.sleep(3)
        keben(root)
    return keben(root)


def draw(folder: Path) -> None:
    """Large pictures of noise."""
    from PIL import Image

    for number in range(PICTURES):
        noise = Image.effect_noise((4000, 3000), 60 + number).convert("RGB")
        noise.save(folder / f"{number}.jpg", quality=90)


def run(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What a command costs.

    Raises:
        subprocess.CalledProcessError: it fails.
    """
    # An installed program has its modules compiled, and so has one that was run before.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**inherited, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, megabytes(used))


def megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def processor() -> str:
    try:
        known = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        known = None
    return known[1] if known else platform.processor() or platform.machine()


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(each.wall for each in costs),
        statistics.median(each.cpu for each in costs),
        max(each.memory for each in costs),
        max(each.size for each in costs),
    )


def show(found: Mapping[str, Cost]) -> None:
    rows = [
        (
            name,
            f"{cost.wall:.2f}",
            f"{cost.cpu:.2f}",
            f"{cost.memory:.0f}",
            f"{cost.size:.1f}" if cost.size else "",
        )
        for name, cost in found.items()
    ]
    print(table(("", "wall, s", "CPU, s", "peak MB", "file, MB"), rows))


def show_ratios(found: Mapping[str, Cost]) -> None:
    rows = [
        (
            one,
            other,
            measure,
            f"{getattr(found[one], measure) / getattr(found[other], measure):.2f}",
            f"{most:g}",
        )
        for one, other, measure, most in RATIOS
        if one in found and other in found and getattr(found[other], measure)
    ]
    if rows:
        print(table(("", "to", "of", "ratio", "aim, at most"), rows))


def show_growth(found: Mapping[int, Mapping[str, Cost]]) -> None:
    forms = ("pdf", "epub")
    head = ["chapters", *(f"{form.upper()}, {what}" for form in forms for what in ("CPU s", "peak MB"))]
    rows = [
        [
            number,
            *(cell for form in forms for cell in (f"{costs[form].cpu:.1f}", f"{costs[form].memory:.0f}")),
        ]
        for number, costs in found.items()
    ]
    first, last = found[GROWTH[0]], found[GROWTH[-1]]
    times = [(f"{last[form].cpu / first[form].cpu:.2f} ×", "") for form in forms]
    rows.append([f"{GROWTH[-1]} to {GROWTH[0]}", *(cell for pair in times for cell in pair)])
    print(table(head, rows))


if __name__ == "__main__":
    main()
