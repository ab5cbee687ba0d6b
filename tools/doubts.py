"""Renews what makes a doubtful place likely wrong: src/keben/script/data/doubts.tsv.

    python tools/doubts.py BIBLE LAWS NOVELS

BIBLE, LAWS and NOVELS are the checkouts that `tools/running.py` takes its texts from (tests/data/running/README.md).
The weights are learnt from part `a` of them and of modern prose, which is for choosing, and which goes on where the
file in tests/data/running ends; and from laws that are in no part and that `tools/around.py` has not read. Nothing of
part `b` is read. Each doubtful place of a text that was made Simplified and back is wrong or not; a logistic
regression with a penalty on its weights, by AdaGrad's steps, learns what tells the two apart. The order is fixed, so
the same texts give the same table.

The two bounds, `WORTH` and `LIKELY`, are chosen by what is printed: for each text, places scored by weights that were
learnt from the other texts. `WORTH` is the highest bound that still shows 85 % of what is wrong; `LIKELY` is the
lowest one at which 65 % of rank 1 are wrong. Every text weighs the same, however long it is.
"""

import hashlib
import json
import lzma
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import running

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from accuracy import errors, place, slips_of  # noqa: E402 - found by the line above

from keben.script.ambiguity import ambiguity  # noqa: E402
from keben.script.engine import converter  # noqa: E402
from keben.script.examine import Examiner  # noqa: E402
from keben.script.likelihood import TABLE, features, least_worth  # noqa: E402
from keben.script.passages import Passage, converter_for  # noqa: E402
from keben.script.second import least_likely, standing_of, unlike  # noqa: E402
from keben.script.suspicions import Standing  # noqa: E402
from keben.script.taste import is_taste  # noqa: E402

OUTPUT = ROOT / "src" / "keben" / "script" / "data" / TABLE
SIZE = 260_000
"""Characters of a text that are read."""
NAME = "s2tw"
PENALTY = 4.0
ROUNDS = 300
STEP = 0.5
LEAST = 0.05
"""A feature whose weight is less says nothing."""

BOUNDS = (0.005, 0.01, 0.015, 0.02, 0.03, 0.4, 0.45, 0.5, 0.55, 0.6)
"""What `WORTH` and `LIKELY` are chosen among."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A doubtful place."""

    known: tuple[str, ...]
    """What is known of it."""
    wrong: int
    """How many characters of it came out wrong."""
    standing: Standing
    """How sure its form is by the words it stands in."""
    is_taste: bool
    """Whether its forms differ by taste alone: it is never in rank 1."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that weights are learnt from."""

    name: str
    size: int
    """Its characters."""
    wrong: int
    """How many of them came out wrong."""
    samples: tuple[Sample, ...]


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 4:
        sys.exit("usage: python tools/doubts.py BIBLE LAWS NOVELS")
    sources = [*_sources(*map(Path, sys.argv[1:]))]
    texts = [_text(name, lines) for name, lines in sources]
    for row in _left_out(texts):
        print(row)
    samples = [sample for text in texts for sample in text.samples]
    weights = descent(samples)
    read = "".join(line for _, lines in sources for line in lines)
    head = (
        "# How likely a doubtful place is wrong: weights of what is known of it.",
        "# Learnt by tools/doubts.py from part a of the running texts (public domain, or no work of authorship):",
        f"# {len(samples)} places, {sum(sample.wrong > 0 for sample in samples)} of them wrong; "
        f"sha256 of the text {hashlib.sha256(read.encode()).hexdigest()}.",
    )
    rows = [f"{name}\t{weight:.2f}" for name, weight in sorted(weights.items()) if abs(weight) >= LEAST]
    OUTPUT.write_text("".join(f"{line}\n" for line in (*head, *rows)), encoding="utf-8")


def _sources(bible: Path, laws: Path, novels: Path) -> Iterator[tuple[str, list[str]]]:
    """The name and the paragraphs of each text."""
    yield "bible", [*chosen(running.read_bible(bible))]
    yield "laws", [*chosen(running.read_laws(laws)), *chosen(_unread(laws))]
    for number, name in enumerate(running.NOVELS, 1):
        yield (
            f"novel{number}",
            [*chosen(running.read_novel(novels / "Project_Gutenberg" / f"{name}.txt"))],
        )
    packed = (running.FOLDER / "modern.a.txt.xz").read_bytes()
    yield "modern", lzma.decompress(packed).decode().splitlines()


def _unread(checkout: Path) -> Iterator[str]:
    for number, path in enumerate(sorted((checkout / "FalVMingLing").glob("*.json"))):
        # Every 37th is what conversion is measured on, and every 6th was read for the surrounding text.
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


def _text(name: str, lines: Sequence[str]) -> Text:
    found = [collected(line) for line in lines]
    samples = tuple(sample for _, several in found for sample in several)
    return Text(name, sum(map(len, lines)), sum(wrong for wrong, _ in found), samples)


def collected(text: str) -> tuple[int, list[Sample]]:
    """How many characters of a paragraph came out wrong; and its doubtful places."""
    source, wanted = converter(("t2s",))(text), converter(("t2tw",))(text)
    if not len(source) == len(text) == len(wanted):
        return 0, []
    using = converter_for((NAME,), "context")
    passage: Passage = using.trace(source)
    slips = slips_of("a")
    wrong = {at for at in errors(passage.output, wanted, source) if place(source, at) not in slips}
    found, standings = Examiner(using, "characters").raw(passage, source)
    asked = [(each, each.kind, least_likely(NAME, passage, each)) for each in found]
    samples = []
    for each, kind, heard in [*asked, *unlike(NAME, passage, source, found, standings, every=True)]:
        phrase, said = source[each.start : each.end], heard.present if heard else None
        standing = standing_of(each, standings)
        known = features(ambiguity(NAME), kind, phrase, each.candidates[0], said, standing)
        inside = wrong.intersection(range(each.start, each.end))
        samples.append(Sample(tuple(known), len(inside), standing, is_taste(each.candidates)))
    return len(wrong), samples


def _left_out(texts: Sequence[Text]) -> Iterator[str]:
    """For each bound, what weights say of a text that were learnt from the others."""
    scored: list[tuple[Text, list[float]]] = []
    for text in texts:
        weights = descent([sample for other in texts if other is not text for sample in other.samples])
        scored.append((text, [_share(weights, sample.known) for sample in text.samples]))
    # A few sentences of today say little of how often anything is so in a text.
    scored = [(text, shares) for text, shares in scored if text.size > SIZE / 10]
    yield "bound  shown of what is wrong  shown in 1,000  wrong in rank 1  rank 1 in 1,000"
    for bound in BOUNDS:
        # In 1,000 characters: wrong, wrong and shown, shown; in rank 1 and wrong, in rank 1.
        sums = [0.0] * 5
        for text, shares in scored:
            scores = [*zip(text.samples, shares, strict=True)]
            shown = [sample for sample, share in scores if share >= least_worth(sample.standing, bound)]
            first = [
                sample
                for sample, share in scores
                if share >= max(bound, least_worth(sample.standing)) and not sample.is_taste
            ]
            counts = (
                text.wrong,
                sum(sample.wrong for sample in shown),
                len(shown),
                sum(sample.wrong > 0 for sample in first),
                len(first),
            )
            sums = [one + 1000 * count / text.size for one, count in zip(sums, counts, strict=True)]
        yield (
            f"{bound:5}  {sums[1] / sums[0]:.1%}  {sums[2] / len(scored):.2f}  {sums[3] / sums[4]:.1%}  "
            f"{sums[4] / len(scored):.2f}"
        )


def _share(weights: Mapping[str, float], known: Iterable[str]) -> float:
    return 1 / (1 + math.exp(-sum(weights.get(each, 0.0) for each in known)))


def descent(samples: Sequence[Sample]) -> dict[str, float]:
    """The weight of each feature."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    counts = Counter((sample.known, sample.wrong > 0) for sample in samples)
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
