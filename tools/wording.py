"""Finds words that a native technical writer does not use, in code, messages and documentation; fails if there are any.

    python tools/wording.py

`nox -s lint` runs it. The words are in ``tools/wording.tsv``, each with what to write; CONTRIBUTING.md has the style.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("src", "docs", "tests", "tools", "benchmarks")
ENDINGS = (".py", ".md", ".js", ".html", ".css")
APART = ("tests/data", "tests/cases", "docs/upstream")
"""What others wrote, or what is a sample of something else."""


def words() -> Mapping[str, str]:
    """Each word that is not used, with what to write."""
    rows = (ROOT / "tools" / "wording.tsv").read_text("utf-8").splitlines()[1:]
    return dict(row.split("\t") for row in rows)


def faults(text: str, known: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """The line of each such word, the word, and what to write. What stands in quotes or backquotes is a value."""
    pattern = re.compile(rf"(?<![\w\"'`-])({'|'.join(map(re.escape, known))})(?![\w\"'`])", re.IGNORECASE)
    for number, line in enumerate(text.splitlines(), 1):
        for match in pattern.finditer(line):
            yield number, match[0], known[match[0].lower()]


def files() -> Iterator[Path]:
    """What is looked at."""
    yield from (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "noxfile.py"))
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.suffix in ENDINGS and not name.startswith(APART) and path.is_file():
                yield path


def main() -> int:
    """Print each fault."""
    known, found = words(), 0
    for path in files():
        for number, word, better in faults(path.read_text("utf-8"), known):
            print(f"{path.relative_to(ROOT)}:{number}: “{word}”: write {better}.")
            found += 1
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
