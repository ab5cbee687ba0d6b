"""The doubtful places of a text: what an editor should look at before the conversion is signed.

Each kind of doubt has a rank. Their worth was measured on texts whose right conversion is known; the figures are in
docs/conversion.md.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.edition import Vocabulary
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.script.ambiguity import ambiguity
from keben.script.clauses import ExaminedClause
from keben.script.context import Segmenter
from keben.script.marks import CLAUSE, LOCKED
from keben.script.names import ONE_FORM
from keben.script.offsets import INEXACT
from keben.script.opentext import open_text
from keben.script.ownwords import OwnWord, forms_of, own_words
from keben.script.particles import PARTICLE, WRITTEN, doubtful
from keben.script.passages import Converter, Passage
from keben.script.reverse import reverse_suspicions
from keben.script.second import weighed
from keben.script.suspicions import Standing, Suspicion, distinct
from keben.script.taste import is_taste


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines passages that a converter made."""

    converter: Converter
    vocabulary: Vocabulary

    def suspicions(self, passage: Passage, masked: str) -> list[Suspicion]:
        """The doubtful spans of a passage, each once, in order.

        ``masked`` is its source with `LOCKED` for each character of what is settled, of the same length.
        """
        found, standings = self.raw(passage, masked)
        return weighed(self.converter.configurations[0], passage, masked, found, standings)

    def raw(self, passage: Passage, masked: str) -> tuple[list[Suspicion], dict[int, Standing]]:
        """Suspicions before they are weighed; and how sure the characters are that may have several forms."""
        known = self.converter.context()
        looked_at = open_text(self.converter.configurations[0]) if known else None
        found: list[Suspicion] = []
        standings: dict[int, Standing] = {}
        for clause in CLAUSE.finditer(masked):
            if known is None or looked_at is None:
                found += self._reverse(passage, clause[0], clause.start())
                continue
            # Most clauses hold nothing that could come out otherwise.
            if not looked_at.search(clause[0]) and next(known.hits(clause[0]), None) is None:
                continue
            examined = ExaminedClause(self.converter, known, passage, clause[0], clause.start())
            found += examined.suspicions()
            standings.update(examined.standings())
        return distinct(found), standings

    def _reverse(self, passage: Passage, clause: str, offset: int) -> Iterator[Suspicion]:
        name = self.converter.configurations[0]
        if not name.endswith(("2s", "2sp")):
            return
        weighed = self.converter.segmentation == "context" and name.startswith("tw2s")
        for each in reverse_suspicions(name, clause, self.converter.rare):
            word = clause[each.start : each.end]
            if LOCKED not in word and not (weighed and word == WRITTEN):
                yield replace(each, start=each.start + offset, end=each.end + offset)
        for at in doubtful(clause) if weighed else ():
            first = passage.offsets[at + offset]
            if first != INEXACT:
                now = passage.output[first]
                other = WRITTEN if now == PARTICLE else PARTICLE
                reason = wording("The words of the clause are about as likely with 着 as with 著.")
                yield Suspicion(at + offset, at + offset + 1, "default", (now, other), reason)

    def own_words(self, masked: Sequence[str]) -> list[tuple[OwnWord, list[str]]]:
        """The words that a book alone has, each with the forms that it can have, the usual one first.

        ``masked`` are all its passages' sources, as `suspicions` takes them.
        """
        known = self.converter.context()
        if known is None:
            return []
        targets = ambiguity(self.converter.configurations[0]).common
        found = [
            (word, self._named(word.text, targets))
            for word in own_words(masked, targets.keys(), known.lattice.is_edge)
            if self._stands_alone(known, word.text, targets.keys())
        ]
        # Which of two spellings a name has is a matter of taste, and no question that must be answered.
        return [(word, forms) for word, forms in found if not is_taste(forms)]

    def _named(self, word: str, targets: Mapping[str, Sequence[str]]) -> list[str]:
        """The forms of a book's own word; a surname that begins it has one."""
        forms = forms_of(word, targets, self.converter.convert(word))
        if word[0] in ONE_FORM:
            return [form for form in forms if form[:1] == forms[0][:1]]
        return forms

    def _stands_alone(self, known: Segmenter, word: str, open_to_change: Collection[str]) -> bool:
        """Whether a character of several forms is in no listed word of a book's own word."""
        parts = known.lattice.words_of(word)
        return any(end - start == 1 and word[start] in open_to_change for start, end in parts)

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
