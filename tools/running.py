"""Renews the running texts that conversion is measured on: tests/data/running/*.txt.xz.

    python tools/running.py BIBLE LAWS NOVELS

Texts that were written in Traditional Chinese and that nobody owns, each in two parts: `a`, for choosing rules and
weights, and `b`, for telling how good they are. BIBLE, LAWS and NOVELS are checkouts of repositories that hold them
(tests/data/running/README.md).
"""

import csv
import hashlib
import json
import lzma
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "running"
SIZE = 45_000
"""Characters of a part."""
BLOCK = 20
"""Paragraphs that stay together in one part."""
NOVELS = ("二十年目睹之怪現狀", "兒女英雄傳", "九命奇冤")


def main() -> None:
    """Write the texts."""
    if len(sys.argv) != 4:
        sys.exit("usage: python tools/running.py BIBLE LAWS NOVELS")
    bible, laws, novels = map(Path, sys.argv[1:])
    _write("bible", read_bible(bible))
    _write("laws", read_laws(laws))
    for number, name in enumerate(NOVELS, 1):
        _write(f"novel{number}", read_novel(novels / "Project_Gutenberg" / f"{name}.txt"))


def read_bible(checkout: Path) -> Iterator[str]:
    """Every third verse."""
    with (checkout / "formats" / "csv" / "ChiUn.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))[1:]
    yield from (re.sub(r"\s", "", row[3]) for row in rows[::3])


def read_laws(checkout: Path) -> Iterator[str]:
    """The articles of every 37th law."""
    for path in sorted((checkout / "FalVMingLing").glob("*.json"))[::37]:
        for article in json.loads(path.read_text("utf-8-sig")).get("法規內容", ()):
            yield re.sub(r"\s", "", article.get("條文內容") or "")


def read_novel(path: Path) -> Iterator[str]:
    """The sentences of a novel."""
    text = path.read_text("utf-8-sig")
    # These files have a chapter in a line.
    sentences = re.findall(r"[^。！？]*[。！？」』]+", re.sub(r"\s", "", text))
    yield from sentences[BLOCK:]


def part_of(number: int) -> str:
    """Which part the paragraph of a number belongs to."""
    return "ab"[hashlib.sha256(str(number // BLOCK).encode()).digest()[0] % 2]


def _write(name: str, paragraphs: Iterable[str]) -> None:
    parts: dict[str, list[str]] = {"a": [], "b": []}
    for number, paragraph in enumerate(paragraphs):
        part = part_of(number)
        if len(re.findall("[\u3400-\u9fff]", paragraph)) >= 4 and sum(map(len, parts[part])) < SIZE:
            parts[part].append(paragraph)
    for part, texts in parts.items():
        data = "".join(f"{text}\n" for text in texts).encode()
        (FOLDER / f"{name}.{part}.txt.xz").write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main()
