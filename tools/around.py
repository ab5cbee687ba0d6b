"""Renews what Keben knows of the text around a character of several forms: src/keben/script/data/around.tsv.

    python tools/around.py LAWS NOVELS

LAWS and NOVELS are the checkouts that `tools/running.py` takes its texts from (tests/data/running/README.md): laws of
Taiwan, and novels in the public domain, all written in Traditional. The texts that conversion is measured on are left
out, in whole. Each character that comes in several forms is learnt by itself: a multinomial logistic regression over
the text around it (`keben.script.around.features`), by stochastic gradient descent with AdaGrad's steps (Duchi,
Hazan, Singer 2011). The order is fixed, so the same texts give the same table. It takes some minutes.
"""

import hashlib
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from running import NOVELS

from keben.script.around import REACH, TABLE, features
from keben.script.dictionaries import entries
from keben.script.engine import converter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from norms import NORMS  # noqa: E402 - found by the line above

OUTPUT = ROOT / "src" / "keben" / "script" / "data" / TABLE
LEFT_OUT = (*NOVELS, "Bizarre Happenings Eyewitnessed Over Two Decades")
"""The last is the first again."""
SHORTEST = 2_000
"""Characters of a text that is worth reading."""
TRADITIONAL = 0.12
"""The share of a text's characters that Simplified writes otherwise, at least: some of the files are in Simplified."""
LAWS = 6
"""One law of so many is read; those that conversion is measured on are not among them."""
RARE = 12
"""A form that stands in the texts more seldom is none."""
MOST = 30_000
"""How many places of a character are looked at."""
ROUNDS = 4
STEP = 0.3
DECAY = 0.999
SEEN = 4
"""How often a feature must have been seen."""
LEAST = 0.4
"""A feature whose weight is less says nothing."""

Sample = tuple[str, str, int]


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 3:
        sys.exit("usage: python tools/around.py LAWS NOVELS")
    laws, novels = map(Path, sys.argv[1:])
    texts = [*_novels(novels), *_laws(laws)]
    samples = collect(texts)
    head = (
        "# How the text around a character of several forms speaks for each: weights of features, in tenths.",
        "# Learnt by tools/around.py from laws of Taiwan (no work of authorship) and novels in the public domain:",
        f"# sha256 of all of it {hashlib.sha256(''.join(texts).encode()).hexdigest()}.",
    )
    rows = []
    for character, groups in sorted(samples.items()):
        row = learnt(character, groups)
        if row:
            rows.append(row)
    OUTPUT.write_text("".join(f"{line}\n" for line in (*head, *rows)), encoding="utf-8")


def _novels(checkout: Path) -> Iterator[str]:
    for path in sorted((checkout / "Project_Gutenberg").glob("*.txt")):
        if path.stem not in LEFT_OUT:
            yield re.sub(r"\s", "", path.read_text("utf-8-sig", errors="replace"))


def _laws(checkout: Path) -> Iterator[str]:
    for number, path in enumerate(sorted((checkout / "FalVMingLing").glob("*.json"))):
        # Every 37th is what conversion is measured on.
        if number % 37 and number % LAWS == 0:
            articles = json.loads(path.read_text("utf-8-sig")).get("法規內容", ())
            yield "".join(re.sub(r"\s", "", each.get("條文內容") or "") for each in articles)


def collect(texts: Sequence[str]) -> dict[str, dict[str, list[Sample]]]:
    """Simplified character → form → what stood before and after it, and where in all texts."""
    simplified, taiwan, standard = converter(("t2s",)), converter(("t2tw",)), converter(("tw2t",))
    single = {each: forms for each, forms in entries("STCharacters.txt").items() if len(forms) > 1}
    found: dict[str, dict[str, list[Sample]]] = defaultdict(lambda: defaultdict(list))
    number = 0
    for text in texts:
        source = simplified(text)
        written = standard(taiwan(text))
        if len(text) < SHORTEST or not len(source) == len(text) == len(written):
            continue
        if sum(one != other for one, other in zip(source, text, strict=True)) < TRADITIONAL * len(text):
            continue
        for at, character in enumerate(source):
            if character in single and written[at] in single[character]:
                before, after = source[max(0, at - REACH) : at], source[at + 1 : at + 1 + REACH]
                found[character][written[at]].append((before, after, number))
                number += 1
    return found


def learnt(character: str, samples: dict[str, list[Sample]]) -> str:
    """A row of the table; empty where a character has one form only, or several by taste alone."""
    size = sum(map(len, samples.values()))
    common = [form for form in samples if len(samples[form]) >= max(RARE, size / 1000)]
    tastes: dict[str, list[str]] = defaultdict(list)
    for form in sorted(common, key=lambda form: -len(samples[form])):
        tastes[form.translate(NORMS)].append(form)
    groups = ["".join(several) for several in tastes.values()]
    if len(groups) < 2:
        return ""
    places = sorted(
        (number, before, after, index)
        for index, group in enumerate(groups)
        for form in group
        for before, after, number in samples[form]
    )
    step = max(1.0, len(places) / MOST)
    places = [places[int(index * step)] for index in range(int(len(places) / step))]
    described = [([*features(before, after)], index) for _, before, after, index in places]
    seen = Counter(feature for each, _ in described for feature in each)
    names = sorted(name for name, count in seen.items() if count >= SEEN and not re.search(r"[\s:/]", name))
    biases, weights = descent(described, names, len(groups))
    written = []
    for at, name in enumerate(names):
        relative = [weights[group][at] - weights[0][at] for group in range(1, len(groups))]
        if max(map(abs, relative)) >= LEAST:
            written.append(f"{name}:{_tenths(relative)}")
    relative = [bias - biases[0] for bias in biases[1:]]
    return "\t".join((character, " ".join(groups), _tenths(relative), " ".join(written)))


def descent(
    described: Sequence[tuple[Sequence[str], int]], names: Sequence[str], groups: int
) -> tuple[list[float], list[list[float]]]:
    """The bias of each group, and its weight for each feature."""
    index_of = {name: index for index, name in enumerate(names)}
    data = [([index_of[name] for name in each if name in index_of], group) for each, group in described]
    weights = [[0.0] * len(names) for _ in range(groups)]
    squares = [[1e-2] * len(names) for _ in range(groups)]
    counts = Counter(group for _, group in data)
    biases = [math.log((counts[group] + 1) / len(data)) for group in range(groups)]
    order, shuffled = list(range(len(data))), random.Random(1)
    for _ in range(ROUNDS):
        shuffled.shuffle(order)
        for at in order:
            active, right = data[at]
            scores = [
                bias + sum(map(row.__getitem__, active)) for bias, row in zip(biases, weights, strict=True)
            ]
            highest = max(scores)
            shares = [math.exp(score - highest) for score in scores]
            total = sum(shares)
            for group in range(groups):
                gradient = shares[group] / total - (group == right)
                if abs(gradient) < 0.02:
                    continue
                row, square = weights[group], squares[group]
                for feature in active:
                    square[feature] += gradient * gradient
                    row[feature] = DECAY * (row[feature] - STEP * gradient / math.sqrt(square[feature]))
    return biases, weights


def _tenths(values: Sequence[float]) -> str:
    return "/".join(str(round(10 * value)) for value in values)


if __name__ == "__main__":
    main()
