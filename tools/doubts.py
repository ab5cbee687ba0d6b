"""Renews what makes a doubtful place likely wrong: src/keben/script/data/doubts.tsv.

    python tools/doubts.py BIBLE LAWS NOVELS

BIBLE, LAWS and NOVELS are the checkouts that `tools/running.py` takes its texts from (tests/data/running/README.md).
The weights are learnt from part `a` of them and of modern prose, which is for choosing, and which goes on where the
file in tests/data/running ends; and from laws that are in no part and that `tools/around.py` has not read. Nothing of
part `b` is read. Each doubtful place of a text that was made Simplified and back is wrong or not; a logistic
regression with a penalty on its weights, by AdaGrad's steps, learns what tells the two apart. The order is fixed, so
the same texts give the same table.
"""

import hashlib
import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import running

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from accuracy import errors, place, slips_of  # noqa: E402 - found by the line above

from keben.script.ambiguity import ambiguity  # noqa: E402
from keben.script.engine import converter  # noqa: E402
from keben.script.examine import Examiner  # noqa: E402
from keben.script.likelihood import TABLE, features  # noqa: E402
from keben.script.passages import Passage, converter_for  # noqa: E402
from keben.script.second import least_likely, unlike  # noqa: E402

OUTPUT = ROOT / "src" / "keben" / "script" / "data" / TABLE
SIZE = 260_000
"""Characters of a text that are read."""
NAME = "s2tw"
PENALTY = 0.5
ROUNDS = 300
STEP = 0.5
LEAST = 0.05
"""A feature whose weight is less says nothing."""

Sample = tuple[tuple[str, ...], bool]


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 4:
        sys.exit("usage: python tools/doubts.py BIBLE LAWS NOVELS")
    bible, laws, novels = map(Path, sys.argv[1:])
    texts = [
        [*chosen(running.read_bible(bible))],
        [*chosen(running.read_laws(laws))],
        [*chosen(_unread(laws))],
    ]
    texts += [
        [*chosen(running.read_novel(novels / "Project_Gutenberg" / f"{name}.txt"))] for name in running.NOVELS
    ]
    texts.append(lzma.decompress((running.FOLDER / "modern.a.txt.xz").read_bytes()).decode().splitlines())
    lines = [line for text in texts for line in text]
    samples = [sample for line in lines for sample in collected(line)]
    weights = descent(samples)
    head = (
        "# How likely a doubtful place is wrong: weights of what is known of it.",
        "# Learnt by tools/doubts.py from part a of the running texts (public domain, or no work of authorship):",
        f"# {len(samples)} places, {sum(wrong for _, wrong in samples)} of them wrong; "
        f"sha256 of the text {hashlib.sha256(''.join(lines).encode()).hexdigest()}.",
    )
    rows = [f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()) if abs(weight) >= LEAST]
    OUTPUT.write_text("".join(f"{line}\n" for line in (*head, *rows)), encoding="utf-8")


def _unread(checkout: Path) -> Iterator[str]:
    for number, path in enumerate(sorted((checkout / "FalVMingLing").glob("*.json"))):
        # Every 37th is what conversion is measured on, and every 6th was read for what stands around.
        if number % 37 and number % 30 == 1:
            for article in json.loads(path.read_text("utf-8-sig")).get("法規內容", ()):
                yield re.sub(r"\s", "", article.get("條文內容") or "")


def chosen(paragraphs: Iterable[str]) -> Iterator[str]:
    """What of a text is in part a, up to a size."""
    size = 0
    for number, paragraph in enumerate(paragraphs):
        if running.part_of(number) == "a" and paragraph:
            yield paragraph
            size += len(paragraph)
            if size > SIZE:
                return


def collected(text: str) -> Iterator[Sample]:
    """The doubtful places of a paragraph: what is known of each, and whether it came out wrong."""
    source, wanted = converter(("t2s",))(text), converter(("t2tw",))(text)
    if not len(source) == len(text) == len(wanted):
        return
    using = converter_for((NAME,), "context")
    passage: Passage = using.trace(source)
    slips = slips_of("a")
    wrong = {at for at in errors(passage.output, wanted, source) if place(source, at) not in slips}
    found, ordinary = Examiner(using, "characters").raw(passage, source)
    asked = [(each, each.kind, least_likely(NAME, passage, each)) for each in found]
    for each, kind, heard in [*asked, *unlike(NAME, passage, source, found, ordinary)]:
        phrase = source[each.start : each.end]
        known = features(ambiguity(NAME), kind, phrase, each.candidates[0], heard.present if heard else None)
        yield tuple(known), not wrong.isdisjoint(range(each.start, each.end))


def descent(samples: Sequence[Sample]) -> dict[str, float]:
    """The weight of each feature."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    counts = Counter(samples)
    for _ in range(ROUNDS):
        gradients: dict[str, float] = defaultdict(float)
        for (known, wrong), count in counts.items():
            share = 1 / (1 + math.exp(-sum(weights[each] for each in known)))
            for each in known:
                gradients[each] += count * (share - wrong)
        for each in sorted(gradients):
            slope = gradients[each] + (PENALTY * weights[each] if each != "all" else 0.0)
            squares[each] += slope * slope
            weights[each] -= STEP * slope / math.sqrt(squares[each])
    return weights


if __name__ == "__main__":
    main()
