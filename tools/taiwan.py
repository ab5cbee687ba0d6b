"""Renews what Keben knows of Taiwan's own writing: taiwan.tsv and settled.tsv in src/keben/script/data.

    python tools/taiwan.py MCBOPOMOFO

MCBOPOMOFO is a checkout of https://github.com/openvanilla/McBopomofo (MIT). Its `Source/Data/phrase.occ` counts how
often each of 161,000 words stands in text that was written in Taiwan. Of these the table keeps what decides something:

- `form`: a word in Simplified that OpenCC's dictionary gives several forms, or that Taiwan writes otherwise than OpenCC
  would print it; with the count of each form;
- `character`: a character of several forms that no phrase decides; with the count of each form, standing by itself;
- `regional`: a word that OpenCC has another word for in Taiwan; with the counts of both, the plain one first.

Forms are in OpenCC's standard for Traditional, which each edition's variants are made from.

`settled.tsv` has the words in Simplified with a character of several forms that Taiwan writes as OpenCC prints them,
and hardly in any other way: no editor need look at them.
"""

import hashlib
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from keben.script.ambiguity import ambiguity
from keben.script.dictionaries import entries
from keben.script.engine import converter

TABLE = Path(__file__).resolve().parent.parent / "src" / "keben" / "script" / "data" / "taiwan.tsv"
SETTLED = TABLE.with_name("settled.tsv")
SOURCE = "Source/Data/phrase.occ"
OFTEN = 5
"""A word that was counted more seldom proves nothing."""
HARDLY = 0.05
"""Another form that is not more than this share of a word's usual one settles nothing."""
A_LINE = 100
"""Words in a line of `settled.tsv`."""

STAYS = frozenset(("注释", "标注", "加注", "注定"))
"""Words whose 註 stays: the list's texts are of the 1990s, and Taiwan writes 註釋 and 標註 since."""

Forms = dict[str, Counter[str]]


def main() -> None:
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/taiwan.py MCBOPOMOFO")
    checkout = Path(sys.argv[1])
    raw = _git(checkout, "show", f"HEAD:{SOURCE}")
    commit = _git(checkout, "rev-parse", "HEAD").decode().strip()
    counts = _counts(raw.decode("utf-8"))
    head = (
        "# Counts of words in text written in Taiwan, from McBopomofo (MIT; see taiwan.LICENSE).",
        f"# https://github.com/openvanilla/McBopomofo {commit}",
        f"# {SOURCE} sha256 {hashlib.sha256(raw).hexdigest()}",
        "# Made by tools/taiwan.py.",
    )
    forms = _forms(counts)
    rows = [*_differing(forms), *_characters(counts), *_regional(counts)]
    lines = [*head, *("\t".join((kind, word, _written(several))) for kind, word, several in rows)]
    TABLE.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    words = list(_settled(forms))
    groups = ("\t".join(words[at : at + A_LINE]) for at in range(0, len(words), A_LINE))
    SETTLED.write_text("".join(f"{line}\n" for line in (*head, *groups)), encoding="utf-8")
    TABLE.with_suffix(".LICENSE").write_bytes(_git(checkout, "show", "HEAD:LICENSE.txt"))


def _git(checkout: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(checkout), *arguments], check=True, stdout=subprocess.PIPE).stdout


def _counts(text: str) -> dict[str, int]:
    rows = (line.split() for line in text.splitlines())
    return {row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdigit()}


def _forms(counts: dict[str, int]) -> Forms:
    """Word in Simplified → its forms with their counts."""
    written = list(counts)
    # Every step keeps line breaks, so all words go through it at once.
    simplified = converter(("tw2s",))("\n".join(written)).split("\n")
    standard = _standard(written)
    forms: Forms = defaultdict(Counter)
    for word, short, form in zip(written, simplified, standard, strict=True):
        if len(word) == len(short) == len(form):
            # 臺 and 台 are one character to Taiwan, and OpenCC always prints 臺.
            forms[short][form.replace("台", "臺")] += counts[word]
    return forms


def _standard(words: list[str]) -> list[str]:
    return converter(("tw2t",))("\n".join(words)).split("\n")


def _settled(forms: Forms) -> Iterator[str]:
    open_to_change = ambiguity("s2tw").targets.keys()
    words = sorted(word for word in forms if len(word) > 1 and not open_to_change.isdisjoint(word))
    printed = converter(("s2tw",))("\n".join(words)).split("\n")
    taiwan = converter(("t2tw",))
    for word, form in zip(words, printed, strict=True):
        found = forms[word]
        usual = sum(count for each, count in found.items() if taiwan(each) == form)
        # A measure word, or only: no count tells.
        if "只" not in word and usual >= OFTEN and sum(found.values()) - usual <= HARDLY * usual:
            yield word


def _differing(forms: Forms) -> Iterator[tuple[str, str, Counter[str]]]:
    several = {word for word, targets in entries("STPhrases.txt").items() if len(targets) > 1}
    words = sorted(word for word in forms if len(word) > 1)
    printed = converter(("s2t",))("\n".join(words)).split("\n")
    taiwan = converter(("t2tw",))
    for word, form in zip(words, printed, strict=True):
        found = forms[word]
        best = max(found, key=lambda each: (found[each], each))
        # To sink is 沉 by the Ministry of Education's standard, however often 沈 is written for it.
        is_norm = word in STAYS or best.replace("沈", "沉") == form
        # What Taiwan prints alike says nothing: the way back to the standard is a guess there (核 for 核 and 覈).
        if best != form and (is_norm or taiwan(best) == taiwan(form)):
            continue
        differs = best != form and found[best] >= OFTEN and len(form) == len(word)
        if (word in several and any(found.values())) or differs:
            yield "form", word, Counter({form: found.get(form, 0), **found})


def _characters(counts: dict[str, int]) -> Iterator[tuple[str, str, Counter[str]]]:
    for source, targets in sorted(entries("STCharacters.txt").items()):
        taiwan = converter(("t2tw",))
        found = {target: counts.get(taiwan(target), 0) for target in targets if len(target) == 1}
        if len(found) > 1 and any(found.values()):
            yield "character", source, Counter(found)


def _regional(counts: dict[str, int]) -> Iterator[tuple[str, str, Counter[str]]]:
    taiwan, simplified = converter(("t2tw",)), converter(("t2s",))
    for plain, targets in sorted(entries("TWPhrases.txt").items()):
        found = {plain: counts.get(taiwan(plain), 0)}
        found |= {target: counts.get(target, 0) for target in targets}
        if len(found) > 1 and any(found.values()):
            yield "regional", simplified(plain), Counter(found)


def _written(forms: Counter[str]) -> str:
    return " ".join(f"{form}:{count}" for form, count in forms.items())


if __name__ == "__main__":
    main()
