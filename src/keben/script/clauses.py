"""One clause under examination: what in it is doubtful.

Each kind of doubt is a method. `keben.script.examine` puts them together for a text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from keben.core.editorial.values import DoubtKind
from keben.core.saying import series, wording
from keben.script.ambiguity import ambiguity
from keben.script.choices import Choice
from keben.script.context import Segmenter
from keben.script.dictionaries import recipe
from keben.script.engine import converter
from keben.script.marks import LOCKED
from keben.script.names import is_name
from keben.script.offsets import INEXACT
from keben.script.opentext import open_text
from keben.script.partings import clipped, greedy_parts
from keben.script.passages import Converter, Passage
from keben.script.plainuses import PLAIN, is_plain
from keben.script.readings import cost, reading
from keben.script.suspicions import (
    ALONE,
    COMMON,
    DOUBTFUL,
    EVERYDAY,
    IN_WORD,
    MORE,
    ORDINARY,
    UNLIKELY,
    Standing,
    Suspicion,
)
from keben.script.taiwan import settled_words, taiwan
from keben.script.telling import Around

_DOUBLED = re.compile(r"(.)\1")


class ExaminedClause:
    """One clause under examination."""

    def __init__(self, using: Converter, known: Segmenter, passage: Passage, text: str, offset: int) -> None:
        self.name = using.configurations[0]
        self.converter, self.known, self.passage = using, known, passage
        self.text, self.offset = text, offset
        self.hits = list(known.hits(text))
        self.recipe = recipe(self.name, using.rare)
        self.phrases = self.recipe.chain[0].phrases(text)
        """What greedy matching takes."""

    @cached_property
    def segments(self) -> list[tuple[int, int]]:
        """How the clause is divided in context, whether or not it is converted so."""
        return self.known.lattice.segments(self.text)

    def around(self, segments: Sequence[tuple[int, int]]) -> Around:
        """The clause, divided in some way, and the text around it."""
        start, end = self.offset, self.offset + len(self.text)
        source = self.passage.source
        return Around(self.text, segments, source[start - 1 : start] if start else "", source[end : end + 1])

    @cached_property
    def chosen(self) -> set[int]:
        """The offsets of what was chosen by counts, or known from the surrounding text."""
        return {
            at
            for each in self.choices
            if each.is_certain and (each.by != "own" or each.end - each.start > 1)
            for at in range(each.start, each.end)
        }

    @cached_property
    def choices(self) -> list[Choice]:
        """What was chosen beside the dictionaries."""
        if self.converter.segmentation != "context":
            return []
        opened, segments, text = open_text(self.name), self.segments, self.text
        among = [index for index, (start, end) in enumerate(segments) if opened.search(text, start, end)]
        return list(self.known.chooser.choices(self.around(segments), among)) if among else []

    def suspicions(self) -> Iterator[Suspicion]:
        """All of them; some share characters."""
        if self.hits:
            yield from self.overlaps()
            if self.name.endswith("p"):
                yield from self.regional()
        yield from self.uncertain()
        yield from self.doubled()
        if self.hits:
            yield from self.rivals()
            yield from self.unchanged_rivals()
            yield from self.weak()
        yield from self.several()
        yield from self.counted()
        yield from self.by_default()

    def standings(self) -> Iterator[tuple[int, Standing]]:
        """How sure the form is of the characters that may have several, by the words they stand in."""
        open_to_change = ambiguity(self.name).targets.keys()
        for index, (start, end) in enumerate(self.segments):
            places = [at for at in range(start, end) if self.text[at] in open_to_change]
            if places:
                standing = self._standing(index)
                yield from ((at + self.offset, standing) for at in places)

    def _standing(self, index: int) -> Standing:
        start, end = self.segments[index]
        word, counts = self.text[start:end], self.known.lattice.words.counts
        if self.name in ("s2tw", "s2twp", "s2hk", "s2hkp"):
            if start in self._decided or (
                word in PLAIN and is_plain(self.text, self.segments, index, self.output(start, end), counts)
            ):
                return "certain"
            if word in settled_words():
                return "settled"
        count = int(counts.get(word, 0)) if end - start > 1 else 0
        return "everyday" if count >= EVERYDAY else "ordinary" if count >= ORDINARY else "free"

    @cached_property
    def _decided(self) -> set[int]:
        """Where a word begins whose form a rule or grammar tells."""
        return {
            each.start
            for each in self.choices
            if each.is_certain and (each.by == "around" or (each.by == "own" and each.end - each.start > 1))
        }

    def output(self, start: int, end: int) -> str | None:
        """What a span of the clause came out as; None where its edges are not exact, or something in it is settled."""
        if LOCKED in self.text[start:end]:
            return None
        first, last = self.passage.offsets[start + self.offset], self.passage.offsets[end + self.offset]
        return None if INEXACT in (first, last) else self.passage.output[first:last]

    def suspicion(
        self, start: int, end: int, kind: DoubtKind, others: Sequence[str], reason: str
    ) -> Iterator[Suspicion]:
        """A doubt about a span, unless it is settled or nothing else is possible."""
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
        greedy = greedy_parts(self.phrases, len(self.text))
        weighed = self.converter.segmentation == "context"
        present = self.segments if weighed else greedy
        others = (greedy if weighed else self.segments, self.known.cautious.segments(self.text))
        for other in others:
            output, offsets = reading(self.recipe, self.known if weighed else None, self.around(other))
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
                dearer = self._dearer(present, other, start, end) if weighed else 0.0
                if dearer > UNLIKELY:
                    continue
                kind: DoubtKind = "overlap" if dearer <= DOUBTFUL else "phrase"
                instead = output[offsets[start] : offsets[end]]
                reason = wording(
                    "Parted as {present} it gives {now}; as {other}, {instead}.",
                    present=self._parts(present, start, end),
                    now=self.output(start, end),
                    other=self._parts(other, start, end),
                    instead=instead,
                )
                yield from self.suspicion(start, end, kind, (instead,), reason)

    def _dearer(
        self, present: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]], start: int, end: int
    ) -> float:
        """How much more another way to part a span costs, in nats."""
        costs = [cost(self.known, self.text, clipped(parts, start, end)) for parts in (present, other)]
        return costs[1] - costs[0]

    def _parts(self, parts: Sequence[tuple[int, int]], start: int, end: int) -> str:
        return "|".join(self.text[first:last] for first, last in clipped(parts, start, end))

    def weak(self) -> Iterator[Suspicion]:
        """Where a phrase was taken that changes something and is no common word: 是只 in 是只能."""
        counts = self.known.lattice.words.counts
        for start, end in self.hits:
            word = self.text[start:end]
            if (start, end) in self.segments and word not in counts and start not in self.chosen:
                plain = "".join(map(self._by_default, self.text[start:end]))
                reason = wording(
                    "The dictionary has the phrase {text}, and no list of words has it.",
                    text=self.text[start:end],
                )
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
                    reason = wording(
                        "The phrase {text} would give {finished} here.",
                        text=self.text[start:end],
                        finished=finished,
                    )
                    other = f"{around[0]}{finished}{around[1]}"
                    yield from self.suspicion(*span, "phrase", (other,), reason)

    def unchanged_rivals(self) -> Iterator[Suspicion]:
        """Where a phrase's last character begins another phrase, in which it has another form: 一只 before 只读."""
        for start, end in self.hits:
            following = self.text[end - 1 : end + 1]
            if (start, end) not in self.segments or following not in self.known.lattice.phrases:
                continue
            targets, now = self.recipe.chain[0].targets(following), self.output(start, end)
            if now is not None and len(now) == end - start and targets and len(targets[0]) == 2:
                form = self._finished(targets[0])[0]
                if form != now[-1]:
                    reason = wording(
                        "The phrase {following} would give {form} here.", following=following, form=form
                    )
                    yield from self.suspicion(start, end, "phrase", (now[:-1] + form,), reason)

    def several(self) -> Iterator[Suspicion]:
        """Phrases that the dictionaries give several targets."""
        for match in self.phrases:
            if len(match.targets) > 1:
                yield from self.suspicion(
                    match.start,
                    match.end,
                    "several",
                    [self._finished(target) for target in match.targets],
                    wording("The dictionary gives this phrase several forms."),
                )

    def uncertain(self) -> Iterator[Suspicion]:
        """The text around a character tells its form, and may mislead."""
        for each in self.choices:
            if not each.is_certain:
                word = self.text[each.start : each.end]
                others = [self._by_default(word), word]
                yield from self.suspicion(each.start, each.end, "default", others, each.reason)

    def counted(self) -> Iterator[Suspicion]:
        """Words that Taiwan writes otherwise more often, and not so often that they were chosen."""
        forms = taiwan().forms
        for start, end in self.segments:
            counts = forms.get(self.text[start:end])
            if counts is not None and start not in self.chosen and self.name != "s2t":
                made = {self._finished(form): count for form, count in counts.items()}
                best = max(made, key=lambda form: made[form])
                now = self.output(start, end)
                if now is not None and made[best] >= MORE * made.get(now, 0) and best != now:
                    said = series(f"{form} {count}" for form, count in made.items())
                    reason = wording("Taiwan's own text has: {said}.", said=said)
                    yield from self.suspicion(start, end, "several", [best, *made], reason)

    def doubled(self) -> Iterator[Suspicion]:
        """A character that stands twice and came out in two ways: 一隻只 for 一只只."""
        for match in _DOUBLED.finditer(self.text):
            start, end = match.span()
            now = self.output(start, end)
            if now is not None and len(now) == 2 and now[0] != now[1]:
                reason = wording("{match} came out in two ways.", match=match[0])
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
                reason = wording("The regional word has several forms.")
                yield from self.suspicion(start, end, "several", (*targets, plain(phrase)), reason)
            elif int(counts.get(phrase, 0)) >= COMMON or self._inside_word(start, end):
                reason = wording(
                    "This is the regional word for a technical term; the common word may be meant."
                )
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
        decided = {at for match in self.phrases for at in range(match.start, match.end)} | self.chosen
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
                    reason = wording(
                        "This reads like a name; {character} has several forms.", character=character
                    )
                    yield from self.suspicion(start, last, "name", others, reason)
                elif character in uncertain.common and (
                    uncertain.doubt(self.text, at) >= ALONE
                    if end - start == 1
                    else uncertain.others[character] >= IN_WORD
                ):
                    before, after = self.output(start, at) or "", self.output(at + 1, end) or ""
                    others = [f"{before}{target}{after}" for target in targets]
                    share = round(100 * uncertain.others[character])
                    reason = wording(
                        "No phrase decides {character}; in words it has another form {share} % of the time.",
                        character=character,
                        share=share,
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
        return self.converter.finished(target)


def is_given(character: str) -> bool:
    """Whether a character after a surname is the given name, rather than 氏 or 某."""
    return character not in "氏某姓总"
