"""What the benchmarks share: the text that is measured, tables, and a measure in a process of its own."""

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def paragraphs(path: Path) -> list[str]:
    """A text's lines."""
    return path.read_text("utf-8").split("\n")


def described(path: Path) -> str:
    """Which text it is, so that a figure can be traced to it."""
    text = path.read_text("utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"Text: {path.name}, {len(text) - text.count(chr(10)):,} characters, sha256 {digest}."


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def apart(script: str, *arguments: str) -> dict[str, float]:
    """Run a script with arguments in a process of its own: what it printed as JSON, and the wall time of it all."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, script, *arguments], check=True, capture_output=True, text=True)
    return {"whole": time.perf_counter() - start, **json.loads(done.stdout)}
