"""The doubtful places of a text: what an editor should look at before the conversion is signed.

Each kind of doubt has a rank. Their worth was measured on texts whose right conversion is known; the figures are in
docs/conversion.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from keben.core.edition import Vocabulary
from keben.core.editorial.values import DoubtKind
from keben.script.ambiguity import ambiguity
from keben.script.context import Segmenter
from keben.script.dictionaries import recipe
from keben.script.engine import converter
from keben.script.marks import CLAUSE, LOCKED
from keben.script.names import is_name
from keben.script.offsets import INEXACT
from keben.script.passages import Converter, Passage, through
from keben.script.reverse import reverse_suspicions
from keben.script.stages import Match
from keben.script.suspicions import ALONE, COMMON, IN_WORD, Suspicion, distinct

_DOUBLED = re.compile(r"(.)\1")


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines passages that a converter made."""

    converter: Converter
    vocabulary: Vocabulary

    def suspicions(self, passage: Passage, masked: str) -> list[Suspicion]:
        """The doubtful spans of a passage, each once, in order.

        ``masked`` is its source with `LOCKED` for each character of what is settled, of the same length.
        """
        known = self.converter.context()
        found: list[Suspicion] = []
        for clause in CLAUSE.finditer(masked):
            if known is None:
                found += self._reverse(clause[0], clause.start())
                continue
            found += _Clause(self, known, passage, clause[0], clause.start()).suspicions()
        return distinct(found)

    def _reverse(self, clause: str, offset: int) -> Iterator[Suspicion]:
        name = self.converter.configurations[0]
        if not name.endswith(("2s", "2sp")):
            return
        for each in reverse_suspicions(name, clause, self.converter.rare):
            if LOCKED not in clause[each.start : each.end]:
                yield replace(each, start=each.start + offset, end=each.end + offset)

    def words(self, passage: Passage, masked: str) -> Iterator[tuple[int, int, str]]:
        """The words of a passage whose conversion is not a matter of course: start, end and what each came out as."""
        known = self.converter.context()
        if known is None:
            return
        open_to_change = ambiguity(self.converter.configurations[0]).targets.keys()
        for clause in CLAUSE.finditer(masked):
            text, offset = clause[0], clause.start()
            for start, end in known.lattice.segments(text):
                if end - start > 1 and not open_to_change.isdisjoint(text[start:end]):
                    first, last = passage.offsets[start + offset], passage.offsets[end + offset]
                    if INEXACT not in (first, last):
                        yield start + offset, end + offset, passage.output[first:last]


class _Clause:
    """One clause under examination."""

    def __init__(
        self, examiner: Examiner, known: Segmenter, passage: Passage, text: str, offset: int
    ) -> None:
        self.name = examiner.converter.configurations[0]
        self.examiner, self.known, self.passage = examiner, known, passage
        self.text, self.offset = text, offset
        self.hits = list(known.hits(text))
        self.recipe = recipe(self.name, examiner.converter.rare)
        self.phrases = self.recipe.chain[0].phrases(text)
        """What greedy matching takes."""

    @cached_property
    def segments(self) -> list[tuple[int, int]]:
        """How the clause is parted in context, whether or not it is converted so."""
        return self.known.lattice.segments(self.text)

    def suspicions(self) -> Iterator[Suspicion]:
        if self.hits:
            yield from self.overlaps()
            yield from self.rivals()
            yield from self.weak()
            if self.examiner.vocabulary == "regional":
                yield from self.regional()
        yield from self.several()
        yield from self.doubled()
        yield from self.by_default()

    def output(self, start: int, end: int) -> str | None:
        """What a span of the clause came out as; None where its edges are not exact, or something in it is settled."""
        if LOCKED in self.text[start:end]:
            return None
        first, last = self.passage.offsets[start + self.offset], self.passage.offsets[end + self.offset]
        return None if INEXACT in (first, last) else self.passage.output[first:last]

    def suspicion(
        self, start: int, end: int, kind: DoubtKind, others: Sequence[str], reason: str
    ) -> Iterator[Suspicion]:
        output = self.output(start, end)
        candidates = tuple(dict.fromkeys((output, *others))) if output is not None else ()
        if output is not None and len(candidates) > 1:
            yield Suspicion(start + self.offset, end + self.offset, kind, (output, *candidates[1:]), reason)

    def whole(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span around one that cuts neither a word nor a phrase that was taken."""
        edges = [*self.segments, *((match.start, match.end) for match in self.phrases)]
        grown = True
        while grown:
            grown = False
            for first, last in edges:
                if (first < start < last) or (first < end < last):
                    start, end, grown = min(start, first), max(end, last), True
        return start, end

    def overlaps(self) -> Iterator[Suspicion]:
        """Where another way to part the clause gives something else: matching from the left, or weighing in context."""
        if not any(self.known.rival(self.text, *hit) for hit in self.hits):
            return
        greedy = _parts(self.phrases, len(self.text))
        weighed = self.examiner.converter.segmentation == "context"
        present = self.segments if weighed else greedy
        others = (greedy if weighed else self.segments, self.known.cautious.segments(self.text))
        for other in others:
            output, offsets = through(self.recipe.chain, [self.text[start:end] for start, end in other])
            edges = {start for start, _ in present} & {start for start, _ in other}
            if other is greedy or present is greedy:
                inside = {at for match in self.phrases for at in range(match.start + 1, match.end)}
                edges = {start for start, _ in self.segments} - inside
            differ: list[tuple[int, int]] = []
            for start, end in pairwise([*sorted(edges), len(self.text)]):
                now = self.output(start, end)
                if now is None or INEXACT in (offsets[start], offsets[end]):
                    continue
                if now != output[offsets[start] : offsets[end]]:
                    if differ and differ[-1][1] == start:
                        start = differ.pop()[0]
                    differ.append((start, end))
            for start, end in differ:
                instead = output[offsets[start] : offsets[end]]
                reason = f"Parted as {self._parts(present, start, end)} it gives {self.output(start, end)}; "
                reason += f"as {self._parts(other, start, end)}, {instead}."
                yield from self.suspicion(start, end, "overlap", (instead,), reason)

    def _parts(self, parts: Sequence[tuple[int, int]], start: int, end: int) -> str:
        inside = [
            (max(first, start), min(last, end)) for first, last in parts if first < end and last > start
        ]
        return "|".join(self.text[first:last] for first, last in inside)

    def weak(self) -> Iterator[Suspicion]:
        """Where a phrase was taken that changes something and is no common word: 是只 in 是只能."""
        counts = self.known.lattice.words.counts
        for start, end in self.hits:
            if (start, end) in self.segments and self.text[start:end] not in counts:
                plain = "".join(map(self._by_default, self.text[start:end]))
                reason = f"The dictionary has the phrase {self.text[start:end]}, and no list of words has it."
                yield from self.suspicion(start, end, "phrase", (plain,), reason)

    def rivals(self) -> Iterator[Suspicion]:
        """Where a phrase that was not taken would give a character another form than it has now."""
        taken = {(match.start, match.end) for match in self.phrases} | set(self.segments)
        for start, end in self.hits:
            if (start, end) in taken or any(first <= start and end <= last for first, last in taken):
                continue
            span = self.whole(start, end)
            targets = self.recipe.chain[0].targets(self.text[start:end])
            if not targets or len(targets[0]) != end - start:
                continue
            finished = self._finished(targets[0])
            now = self.output(start, end)
            if now is not None and now != finished:
                around = self.output(span[0], start), self.output(end, span[1])
                if None not in around:
                    reason = f"The phrase {self.text[start:end]} would give {finished} here."
                    other = f"{around[0]}{finished}{around[1]}"
                    yield from self.suspicion(*span, "phrase", (other,), reason)

    def several(self) -> Iterator[Suspicion]:
        """Phrases that the dictionaries give several targets."""
        for match in self.phrases:
            if len(match.targets) > 1:
                yield from self.suspicion(
                    match.start,
                    match.end,
                    "several",
                    [self._finished(target) for target in match.targets],
                    "The dictionary gives this phrase several forms.",
                )

    def doubled(self) -> Iterator[Suspicion]:
        """A character that stands twice and came out in two ways: 一隻只 for 一只只."""
        for match in _DOUBLED.finditer(self.text):
            start, end = match.span()
            now = self.output(start, end)
            if now is not None and len(now) == 2 and now[0] != now[1]:
                reason = f"{match[0]} came out in two ways."
                yield from self.suspicion(start, end, "phrase", (now[0] * 2, now[1] * 2), reason)

    def regional(self) -> Iterator[Suspicion]:
        """Regional words that are common words too, and so may be meant otherwise; and those with several forms."""
        counts = self.known.lattice.words.counts
        plain = converter((self.name.removesuffix("p"),))
        later = self.recipe.chain[1]
        for start, end in self.hits:
            phrase = self.text[start:end]
            standard = self.recipe.chain[0].apply(phrase)
            targets = later.targets(standard)
            if not targets or self.output(start, end) not in targets or plain(phrase) in targets[:1]:
                continue
            if len(targets) > 1:
                reason = "The regional word has several forms."
                yield from self.suspicion(start, end, "several", (*targets, plain(phrase)), reason)
            elif int(counts.get(phrase, 0)) >= COMMON or self._inside_word(start, end):
                reason = "This is the regional word for a technical term; the common word may be meant."
                yield from self.suspicion(start, end, "regional", (plain(phrase),), reason)

    def _inside_word(self, start: int, end: int) -> bool:
        """Whether a word of the list goes further than a phrase: 丘比特 around 比特."""
        words = self.known.lattice.words_of(self.text)
        return any(first <= start and end <= last and last - first > end - start for first, last in words)

    def by_default(self) -> Iterator[Suspicion]:
        """Characters of several forms that no phrase decided, and names."""
        uncertain = ambiguity(self.name)
        if uncertain.targets.keys().isdisjoint(self.text):
            return
        decided = {at for match in self.phrases for at in range(match.start, match.end)}
        open_at = [
            at
            for at, character in enumerate(self.text)
            if character in uncertain.targets and at not in decided
        ]
        if not open_at:
            return
        for index, (start, end) in enumerate(self.segments):
            inside = [at for at in open_at if start <= at < end]
            if not inside:
                continue
            named = is_name(self.text, self.segments, index)
            for at in inside:
                character = self.text[at]
                targets = uncertain.targets[character]
                if named and at == start:
                    last = self._name_end(index)
                    rest = self.output(start + 1, last) or ""
                    others = [target + rest for target in (character, *targets)]
                    reason = f"This reads like a name; {character} has several forms."
                    yield from self.suspicion(start, last, "name", others, reason)
                elif (
                    uncertain.doubt(self.text, at) >= ALONE
                    if end - start == 1
                    else uncertain.others[character] >= IN_WORD
                ):
                    before, after = self.output(start, at) or "", self.output(at + 1, end) or ""
                    others = [f"{before}{target}{after}" for target in targets]
                    share = round(100 * uncertain.others[character])
                    reason = (
                        f"No phrase decides {character}; in words it has another form {share} % of the time."
                    )
                    yield from self.suspicion(start, end, "default", others, reason)

    def _name_end(self, index: int) -> int:
        """Where a name that begins at a segment ends: a given name goes with its surname, a title does not."""
        start, end = self.segments[index]
        following = self.segments[index + 1 : index + 2]
        if end - start > 1 or not following or following[0][1] - following[0][0] > 1:
            return end
        return following[0][1] if is_given(self.text[following[0][0]]) else end

    def _by_default(self, character: str) -> str:
        return self._finished(self.recipe.chain[0].apply(character))

    def _finished(self, target: str) -> str:
        for stage in self.recipe.chain[1:]:
            target = stage.apply(target)
        return target


def is_given(character: str) -> bool:
    """Whether a character after a surname is the given name, rather than 氏 or 某."""
    return character not in "氏某姓总"


def _parts(phrases: Sequence[Match], size: int) -> list[tuple[int, int]]:
    """How OpenCC parts a text: its phrases, and what stands between them."""
    parts: list[tuple[int, int]] = []
    end = 0
    for phrase in phrases:
        if end < phrase.start:
            parts.append((end, phrase.start))
        parts.append((phrase.start, phrase.end))
        end = phrase.end
    if end < size:
        parts.append((end, size))
    return parts
