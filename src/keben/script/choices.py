"""Which form a word or a character has where OpenCC's dictionaries give another or leave it open.

Each choice has a reason that can be shown: what Taiwan's counts say, what was added by hand, or surrounding text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.script.dictionaries import Recipe, entries, recipe, usual_forms
from keben.script.engine import converter
from keben.script.foreign import is_spelt
from keben.script.grammar import told_form
from keben.script.marks import CHOSEN, JOINT
from keben.script.stages import Stage
from keben.script.taiwan import taiwan
from keben.script.telling import Around

By = Literal["counts", "own", "around"]

CLEARLY = 2
"""Of several forms of the dictionary one is chosen that was counted so many times as often as the first."""
ALWAYS = 8
"""The dictionary's only form gives way to one that was counted so many times as often."""
SAID = 0.3
"""Taiwan says a word itself that was counted so many times as often as the one that OpenCC has for it."""
KNOWN = 10
"""Words that were counted more seldom are mostly names of places, which follow the region."""
OFTEN = 5
"""A form that was counted more seldom proves nothing."""


LEFT = "="
"""What stands in the list by hand for a word that is left to OpenCC."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A span of a text and what it comes out as, of the same length."""

    start: int
    end: int
    target: str
    by: By
    reason: str
    is_certain: bool = True
    """Whether an editor need not look."""

    def moved(self, by: int) -> "Choice":
        """The same in a text that has a number of characters more before it."""
        return Choice(self.start + by, self.end + by, self.target, self.by, self.reason, self.is_certain)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a text OpenCC is asked for, and what becomes of the rest (`keben.script.plainforms`)."""

    spans: tuple[tuple[int, int], ...]
    """Clauses, in order."""
    forms: Mapping[int, str]
    """Character → its form, for `str.translate`."""

    def converted(self, text: str, convert: Callable[[str], str]) -> str:
        """The text converted: its clauses by OpenCC, the rest character by character."""
        plain = text.translate(self.forms)
        if not self.spans:
            return plain
        # A line's end is in no clause and in no dictionary: they are converted as one text, and parted again.
        clauses = convert("\n".join(text[start:end] for start, end in self.spans)).split("\n")
        parts, done = [], 0
        for (start, end), clause in zip(self.spans, clauses, strict=True):
            parts += [plain[done:start], clause]
            done = end
        return "".join([*parts, plain[done:]])


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A text as it goes to OpenCC."""

    text: str
    """With `JOINT` between parts, and `CHOSEN` for each character of what is chosen."""
    choices: tuple[Choice, ...]
    """In order, by offsets in the text as it was."""
    asked: Asked | None = None
    """What of it OpenCC is asked for; None: all."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen in it, and OpenCC need not be asked."""
        return self.asked is not None and not self.asked.spans and not self.choices

    def converted(self, convert: Callable[[str], str]) -> str:
        """The text converted by OpenCC, with what is chosen put in."""
        made = convert(self.text) if self.asked is None else self.asked.converted(self.text, convert)
        return self.filled(made.replace(JOINT, ""))

    def filled(self, converted: str) -> str:
        """A converted text with what is chosen put in."""
        if not self.choices:
            return converted
        letters = (*"".join(each.target for each in self.choices), "")
        pieces = zip(converted.split(CHOSEN), letters, strict=True)
        return "".join(piece for pair in pieces for piece in pair)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A form that holds wherever its word stands as a word."""

    target: str
    by: By
    reason: str


@dataclass(frozen=True, slots=True)
class Chooser:
    """Chooses forms for one configuration from Simplified."""

    words: Mapping[str, Chosen]
    """Words of two characters and more."""
    characters: Mapping[str, Chosen]
    """Characters that no phrase decides."""
    finish: Mapping[str, str]
    """Form of a character in OpenCC's standard, or a character in Simplified → the edition's; where they differ."""
    regional_names: frozenset[str] = frozenset()
    """Foreign names that the region spells otherwise: they are left to OpenCC."""

    def choices(self, around: Around, among: Iterable[int] | None = None) -> Iterator[Choice]:
        """The choices for a clause that was parted, in order, by offsets in the clause.

        ``among``: the segments that anything can be chosen for; None: all.
        """
        for index in range(len(around.segments)) if among is None else among:
            start, end = around.segments[index]
            word = around.clause[start:end]
            decided = told_form(around, index) if word not in self.regional_names else None
            if decided is not None:
                target = "".join(self.finish.get(each, each) for each in decided.target)
                yield Choice(start, end, target, "around", decided.reason, decided.is_certain)
                continue
            chosen = self.words.get(word) if end - start > 1 else self.characters.get(word)
            if chosen is not None:
                yield Choice(start, end, chosen.target, chosen.by, chosen.reason)
            elif is_spelt(word) and word not in self.regional_names:
                target = "".join(each if each == "里" else usual_forms().get(each, each) for each in word)
                target = "".join(self.finish.get(each, each) for each in target)
                yield Choice(start, end, target, "around", _SPELLING)


_SPELLING = wording("Among characters that spell a foreign name 里 is a sound.")


@cache
def chooser(name: str, everyday: bool = False) -> Chooser:
    """The chooser of a configuration. Kept for the life of the process.

    ``everyday``: words that Taiwan says as the source does stay, where OpenCC has another for them.
    """
    chosen = dict(_by_hand())
    if name != "s2t":
        # OpenCC's own standard is not Taiwan's.
        chosen |= dict(_counted(recipe("s2t")))
    # A word that has another in the region is left to the dictionaries; any other keeps its own.
    regional = recipe(name).chain[1:2] if name.endswith("p") else ()
    chosen = {
        word: each
        for word, each in chosen.items()
        if not any(stage.targets(each.target) for stage in regional)
    }
    if everyday and name == "s2twp":
        chosen |= dict(_everyday(recipe("s2t")))
    later = recipe(name.removesuffix("p")).chain[1:]
    finished = _finished([each.target for each in chosen.values()], later)
    usable = {
        word: Chosen(target, each.by, each.reason)
        for (word, each), target in zip(chosen.items(), finished, strict=True)
        if len(target) == len(word)
    }
    forms = {target for targets in entries("STCharacters.txt").values() for target in targets}
    ordered = sorted(forms)
    finish = {
        form: made
        for form, made in zip(ordered, _finished(ordered, later), strict=True)
        if made != form and len(made) == len(form) == 1
    }
    # What a rule leaves as the source has it comes out in its usual way.
    for source, targets in entries("STCharacters.txt").items():
        if source not in forms:
            finish[source] = finish.get(targets[0], targets[0])
    return Chooser(
        {word: each for word, each in usable.items() if len(word) > 1},
        {word: each for word, each in usable.items() if len(word) == 1},
        finish,
        frozenset(_regional_names(regional)),
    )


def _regional_names(stages: Sequence[Stage]) -> Iterator[str]:
    for stage in stages:
        for tier in stage.tiers:
            for _, dictionary in tier:
                names = [name for name in dictionary if "里" in name or "裏" in name]
                yield from converter(("t2s",))("\n".join(names)).split("\n") if names else ()


def _finished(texts: Sequence[str], later: Sequence[object]) -> list[str]:
    joined = "\n".join(texts)
    for stage in later:
        joined = stage.apply(joined)  # type: ignore[attr-defined]
    return joined.split("\n")


def _by_hand() -> Iterator[tuple[str, Chosen]]:
    for word, form in taiwan().own.items():
        if form != LEFT:
            yield word, Chosen(form, "own", wording("Keben's own list has {form}.", form=form))


def _counted(standard: Recipe) -> Iterator[tuple[str, Chosen]]:
    known, first = taiwan(), standard.chain[0]
    for word, counts in known.forms.items():
        printed = first.apply(word)
        best = max(counts, key=lambda form: (counts[form], form))
        if word in known.own or _one(best) == _one(printed) or counts[best] < OFTEN:
            continue
        times = CLEARLY if best in first.targets(word) else ALWAYS
        if counts[best] >= times * counts.get(printed, 0):
            said = series(f"{form} {count}" for form, count in counts.items())
            yield word, Chosen(best, "counts", wording("Taiwan's own text has: {said}.", said=said))


def _everyday(standard: Recipe) -> Iterator[tuple[str, Chosen]]:
    for word, counts in taiwan().regional.items():
        plain, *others = counts.values()
        if plain >= KNOWN and plain >= SAID * max(others):
            said = series(f"{form} {count}" for form, count in counts.items())
            yield (
                word,
                Chosen(
                    standard.chain[0].apply(word), "counts", wording("Taiwan says both: {said}.", said=said)
                ),
            )


def _one(form: str) -> str:
    """A form with one character for the two that Taiwan takes for one."""
    return form.replace("臺", "台")
