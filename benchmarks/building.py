"""What a build costs as its user pays it: whole processes, cold, warm and after one edit, beside other programs.

python benchmarks/building.py TEXT [--growth]

TEXT is plain text in Simplified Chinese, a paragraph a line. Peers are measured in the same run where they are
installed (``pip install typst pypandoc_binary``): WeasyPrint by itself on plain HTML, Typst, and pandoc's EPUB.
``--growth`` also sets books of a quarter, a half and all of the text. Times are medians of three; the ratios count,
for what else the machine does changes the seconds.
"""

import importlib.util
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from common import described, paragraphs, table

sys.path.append(str(Path(__file__).parents[1] / "tools"))

RUNS = 3
CHAPTER = 50
"""Paragraphs in a chapter."""

AREA = {"trim": "A5", "body": "10.5pt", "leading": 1.7, "measure": 27, "lines": 26}
CSS = """@page { size: A5; margin: 18mm 15mm; @bottom-center { content: counter(page) } }
body { font: 10.5pt/1.7 "Noto Serif CJK SC", serif; text-align: justify } h1 { break-before: page }
p { margin: 0; text-indent: 2em }"""
TYPST = """#set page("a5", margin: (x: 15mm, y: 18mm), numbering: "1")
#set text(10.5pt, font: "Noto Serif CJK SC", lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
#outline()
"""
_PLAIN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~^&$:=@/\"'-])")


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process and its children: seconds, seconds of all processors, megabytes of the largest."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    arguments = [each for each in sys.argv[1:] if each != "--growth"]
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        sys.exit("usage: python benchmarks/building.py TEXT [--growth]")
    path = Path(arguments[0])
    print(described(path) + "\n")
    texts = [text for line in paragraphs(path) if (text := line.strip())]
    with tempfile.TemporaryDirectory() as scratch:
        show(measured(texts, Path(scratch)))
        if "--growth" in sys.argv:
            rows = {}
            for share in (4, 2, 1):
                some = texts[: len(texts) // share]
                rows[f"{len(some):,} paragraphs"] = growth(some, Path(scratch) / f"growth{share}")
            show(rows)


def measured(texts: Sequence[str], folder: Path) -> dict[str, Cost]:
    """Each program's cost on a text; programs take turns, so that what else the machine does counts alike."""
    write(texts, folder / "project")
    steps: dict[str, Callable[[], Cost]] = {
        "Keben, PDF, cold": lambda: keben(folder, "pdf", cold=True),
        "Keben, PDF, nothing changed": lambda: keben(folder, "pdf"),
        "Keben, PDF, one paragraph changed": lambda: keben(folder, "pdf", edited=True),
        "Keben, EPUB, cold": lambda: keben(folder, "epub", cold=True),
        "Keben, EPUB, one paragraph changed": lambda: keben(folder, "epub", edited=True),
        **peers(texts, folder),
    }
    found: dict[str, list[Cost]] = {name: [] for name in steps}
    for _ in range(RUNS):
        for name, step in steps.items():
            found[name].append(step())
    return {name: median(costs) for name, costs in found.items()}


def growth(texts: Sequence[str], folder: Path) -> Cost:
    write(texts, folder / "project")
    return median([keben(folder, "pdf", cold=True) for _ in range(RUNS)])


def write(texts: Sequence[str], root: Path) -> None:
    from samplebook import Chapter, write_project

    chapters = [
        Chapter(f"{start:05}", f"第{start // CHAPTER + 1}部分", tuple(texts[start : start + CHAPTER]))
        for start in range(0, len(texts), CHAPTER)
    ]
    write_project(root, chapters, AREA)


def keben(folder: Path, form: str, *, cold: bool = False, edited: bool = False) -> Cost:
    """A build; ``cold``: of a project that was never built here; ``edited``: with another first paragraph."""
    if cold:
        shutil.rmtree(folder / "out", ignore_errors=True)
        shutil.rmtree(folder / "cache", ignore_errors=True)
    if edited:
        chapters = sorted((folder / "project" / "book" / "chapters").iterdir())
        chapter = chapters[len(chapters) // 2]
        head, mark, text = chapter.read_text("utf-8").rpartition("---\n\n")
        chapter.write_text(f"{head}{mark}改{text}", "utf-8")
    command = [sys.executable, "-m", "keben", "build", str(folder / "project"), "-f", form]
    return run([*command, "-o", str(folder / "out")], {"XDG_CACHE_HOME": str(folder / "cache")})


def peers(texts: Sequence[str], folder: Path) -> dict[str, Callable[[], Cost]]:
    """Other programs on the same text, those that are installed."""
    starts = range(0, len(texts), CHAPTER)
    body = "".join(
        f"<h1>第{start // CHAPTER + 1}部分</h1>"
        + "".join(f"<p>{escape(text)}</p>" for text in texts[start : start + CHAPTER])
        for start in starts
    )
    page = f'<html lang="zh-Hans"><title>样张</title><style>{CSS}</style><body>{body}</body></html>'
    (folder / "plain.html").write_text(page, "utf-8")
    marked = [
        (
            f"第{start // CHAPTER + 1}部分",
            [_PLAIN.sub(r"\\\1", text) for text in texts[start : start + CHAPTER]],
        )
        for start in starts
    ]
    (folder / "plain.typ").write_text(
        TYPST + "".join(f"\n= {title}\n\n" + "\n\n".join(each) + "\n" for title, each in marked), "utf-8"
    )
    front = '---\ntitle: "样张"\nlang: zh-Hans\n---\n'
    (folder / "plain.md").write_text(
        front + "".join(f"\n# {title}\n\n" + "\n\n".join(each) + "\n" for title, each in marked), "utf-8"
    )
    python = [sys.executable, "-c"]
    html, pdf = str(folder / "plain.html"), str(folder / "peer.pdf")
    found = {
        "WeasyPrint by itself, plain HTML": [
            *python,
            f"import weasyprint; weasyprint.HTML({html!r}).write_pdf({pdf!r})",
        ]
    }
    if importlib.util.find_spec("typst"):
        source = str(folder / "plain.typ")
        found["Typst, with contents"] = [*python, f"import typst; typst.compile({source!r}, output={pdf!r})"]
    pandoc = pandoc_path()
    if pandoc:
        book = [str(folder / "plain.md"), "-o", str(folder / "peer.epub")]
        found["pandoc, EPUB with contents"] = [pandoc, "-t", "epub3", "--toc", *book]
    return {name: lambda command=command: run(command, {}) for name, command in found.items()}  # type: ignore[misc]


def pandoc_path() -> str:
    """pandoc, from PyPI or the machine; empty: there is none."""
    if importlib.util.find_spec("pypandoc"):
        import pypandoc  # type: ignore[import-not-found, import-untyped, unused-ignore]

        return str(pypandoc.get_pandoc_path())
    return shutil.which("pandoc") or ""


def run(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What a command costs.

    Raises:
        subprocess.CalledProcessError: it fails.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, megabytes(used))


def megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(each.wall for each in costs),
        statistics.median(each.cpu for each in costs),
        max(each.memory for each in costs),
    )


def show(found: Mapping[str, Cost]) -> None:
    rows = [
        (name, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", f"{cost.memory:.0f}") for name, cost in found.items()
    ]
    print(table(("", "wall, s", "CPU, s", "peak MB"), rows))


if __name__ == "__main__":
    main()
