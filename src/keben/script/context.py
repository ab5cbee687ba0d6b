"""Where greedy matching may have parted a text wrongly, and how to part it there.

OpenCC's matching is right nearly everywhere. It can go wrong only where a phrase that changes something (被发 → 被髮)
shares a character with another phrase or word (发明): such a clause is *contested*, and is parted by `Lattice`.
"""

import heapq
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from keben.core.packing import packed, unpacked
from keben.core.store import Store
from keben.core.values import dataclass
from keben.script.choices import Asked, Choice, Chooser, PreparedText, chooser
from keben.script.dictionaries import Recipe, recipe, usual_forms
from keben.script.engine import converter
from keben.script.grammar import WATCHED
from keben.script.lattice import LONGEST, Lattice, Starts
from keben.script.marks import CHOSEN, JOINT, PAUSE
from keben.script.plainforms import Phrases, PlainForms, plain_forms
from keben.script.readymade import ContextTables, ready_made
from keben.script.telling import Around
from keben.script.words import KeptWords, WordList, kept_words, words

CAUTIOUS = -6.0
"""How much less OpenCC's phrases are trusted for a second opinion, in nats."""

_REACH = LONGEST - 1


@dataclass(frozen=True, slots=True)
class Segmenter:
    """Parts the clauses of a text for one configuration."""

    lattice: Lattice
    cautious: Lattice
    """One that trusts OpenCC's phrases less: where it parts a clause otherwise, an editor should look."""
    chooser: Chooser
    anchors: re.Pattern[str]
    """The characters by which the phrases that change something are found."""
    changing: Mapping[str, tuple[tuple[int, int, frozenset[str]], ...]]
    """An anchor with the character after it, or else before it → offset of the two in a phrase, the phrase's length,
    and the phrases that have both."""
    plain: PlainForms | None
    """What comes out where no phrase changes anything."""

    def prepared(self, text: str) -> "PreparedText":
        """A text as it goes to OpenCC: parted where that is contested, and with what is chosen taken out."""
        parts: list[str] = []
        asked: list[tuple[int, int]] = []
        choices: list[Choice] = []
        size = end = 0
        hits = list(self.hits(text))
        parted = dict(self._looked_at(text, hits))
        for start, stop in sorted({**self._clauses(text, hits), **parted}.items()):
            clause = text[start:stop]
            if start in parted:
                # A line's end is an edge of the text: several are converted as the lines of one.
                before, after = text[start - 1 : start].strip("\n"), text[stop : stop + 1].strip("\n")
                clause, found = self._parted(clause, before, after)
                choices += [each.moved(start) for each in found]
            parts += [text[end:start], clause]
            size += start - end
            asked.append((size, size + len(clause)))
            size += len(clause)
            end = stop
        prepared = "".join([*parts, text[end:]]) if parts else text
        plain = self.plain
        return PreparedText(prepared, tuple(choices), Asked(tuple(asked), plain.forms) if plain else None)

    def _parted(self, clause: str, before: str, after: str) -> tuple[str, list[Choice]]:
        """A clause that is looked at as it goes to OpenCC, and what is chosen in it."""
        segments = self.lattice.segments(clause)
        pieces = [clause[first:last] for first, last in segments]
        choices = list(self.chooser.choices(Around(clause, segments, before, after)))
        if choices:
            taken = {each.start for each in choices}
            pieces = [
                CHOSEN * len(piece) if first in taken else piece
                for piece, (first, _) in zip(pieces, segments, strict=True)
            ]
        return JOINT.join(pieces), choices

    def _clauses(self, text: str, hits: Sequence[tuple[int, int]]) -> dict[int, int]:
        """The clauses, start → end, in which any phrase changes something; none where OpenCC takes all of a text."""
        found: dict[int, int] = {}
        if self.plain is not None:
            end = 0
            for first, last in sorted((*hits, *self.plain.hits(text))):
                if first >= end:
                    start, end = self._clause(text, first, last, end)
                    found[start] = end
        return found

    def looked_at(self, text: str) -> list[tuple[int, int]]:
        """The spans of the clauses that are parted: those that are contested, and where a form is to be chosen."""
        return self._looked_at(text, list(self.hits(text)))

    def _looked_at(self, text: str, hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        spans: list[tuple[int, int]] = []
        end = 0
        watched = [(match.start(), match.start() + 1) for match in WATCHED.finditer(text)]
        for first, last in heapq.merge(hits, watched) if watched else hits:
            if first >= end and (
                last - first == 1 or text[first:last] in self.chooser.words or self.rival(text, first, last)
            ):
                start, end = self._clause(text, first, last, end)
                spans.append((start, end))
        return spans

    def _clause(self, text: str, first: int, last: int, end: int) -> tuple[int, int]:
        """The clause around a span, no part of it before ``end``."""
        start = first
        while start > end and not PAUSE.match(text, start - 1):
            start -= 1
        pause = PAUSE.search(text, last)
        return start, pause.start() if pause else len(text)

    def rival(self, text: str, start: int, end: int) -> bool:
        """Whether a phrase or word shares a part with the one at a span, and does not stay inside it."""
        last = min(len(text), end + _REACH)
        return any(
            (at, to) != (start, end)
            for at in range(max(0, start - _REACH), end)
            for to in self.lattice.edges(text, at, (start if at < start else end) + 1, last)
        )

    def hits(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of all phrases that change something."""
        changing = self.changing
        # The anchor may be either character of a pair, and a pair may hold two anchors: each is looked at once.
        done = 0
        for match in self.anchors.finditer(text):
            at = match.start()
            if done != at and (found := changing.get(text[at - 1 : at + 1])):
                yield from _spans(text, at - 1, found)
            done = at + 1
            if found := changing.get(text[at : at + 2]):
                yield from _spans(text, at, found)


def _spans(text: str, pair: int, phrases: Iterable[Phrases]) -> Iterator[tuple[int, int]]:
    """The spans of those of some phrases that stand around a pair of a text."""
    for offset, length, several in phrases:
        first = pair - offset
        if first >= 0 and first + length <= len(text) and text[first : first + length] in several:
            yield first, first + length


def context(name: str, everyday: bool = False) -> Segmenter | None:
    """The context for a configuration; None for one that does not go from Simplified to Traditional.

    ``everyday``: see `keben.script.choices.chooser`.

    The other way there is next to nothing to weigh: nearly every Traditional character has one Simplified.

    Raises:
        MachineError: the dictionaries or the word list are not as they should be.
    """
    if not name.startswith("s2"):
        return None
    known = _context(name)
    return replace(known, chooser=chooser(name, everyday=True)) if everyday else known


@dataclass(frozen=True, slots=True)
class _KeptContext:
    """A `Segmenter` without its caches."""

    words: KeptWords
    phrases: str
    """Those of the tables, a line each: thousands of short texts are read faster so."""
    tables: ContextTables

    @classmethod
    def of(cls, made: Segmenter) -> "_KeptContext":
        tables = tables_of(made)
        return cls(kept_words(), "\n".join(tables.phrases), replace(tables, phrases=frozenset()))

    @property
    def segmenter(self) -> Segmenter:
        phrases = frozenset(self.phrases.split("\n"))
        return _with(replace(self.tables, phrases=phrases), self.words.list)


_known: dict[str, Segmenter] = {}
"""By configuration, for the life of the process."""


def make_ready(name: str, store: Store) -> None:
    """Have the context of a configuration from a store, or leave it there: made again it takes half a second.

    Raises:
        MachineError: the dictionaries or the word list are not as they should be.
    """
    if store.folder is None or name in _known or not name.startswith("s2") or ready_made(name):
        return
    # How many results of steps came from the store is reported; this is none of them.
    store = replace(store, lookups=None)
    key = store.key("context", name)
    entry = store.get(key)
    kept = unpacked(entry) if entry is not None else None
    if isinstance(kept, _KeptContext):
        _known[name] = kept.segmenter
        return
    entry = packed(_KeptContext.of(_context(name)))
    if entry is not None:
        store.put(key, entry)


def _context(name: str) -> Segmenter:
    if name not in _known:
        tables = ready_made(name)
        _known[name] = _with(tables, words()) if tables else made(name)
    return _known[name]


def _with(tables: ContextTables, counted: WordList) -> Segmenter:
    phrases, chooser = tables.phrases, tables.chooser
    lattice = Lattice(counted, phrases, Starts(counted, tables.begun), tables.longer)
    cautious, anchors = lattice.with_trust(CAUTIOUS), re.compile(tables.anchors)
    return Segmenter(lattice, cautious, chooser, anchors, tables.changing, tables.plain)


def tables_of(known: Segmenter) -> ContextTables:
    """What a segmenter looks in, to be kept."""
    lattice = known.lattice
    return ContextTables(
        lattice.phrases,
        lattice.starts.begun,
        dict(lattice.longer),
        known.chooser,
        known.anchors.pattern,
        known.changing,
        known.plain,
    )


def made(name: str) -> Segmenter:
    """The context of a configuration from the dictionaries and the word list.

    Raises:
        MachineError: the dictionaries or the word list are not as they should be.
    """
    chosen, counted = recipe(name), words()
    phrases, changing = _phrases(chosen)
    choosing = chooser(name)
    added = choosing.words.keys() - changing.keys()
    phrases |= choosing.words.keys()
    changing |= dict.fromkeys(sorted(added), -1)
    lattice = Lattice.of(counted, phrases)
    rarity = cache(partial(_rarity, counted=counted))
    anchors, pairs = _anchors(changing, rarity)
    pattern = re.compile(f"[{re.escape(''.join(sorted(anchors)))}]")
    plain = plain_forms(chosen, rarity)
    return Segmenter(lattice, lattice.with_trust(CAUTIOUS), choosing, pattern, pairs, plain)


def _phrases(chosen: Recipe) -> tuple[frozenset[str], dict[str, int]]:
    """All phrases as they stand in the source; and those that change something, each with its anchor's offset or -1."""
    usual = usual_forms()
    alone = str.maketrans({source: target for source, target in usual.items() if len(source) == 1})
    phrases: set[str] = set()
    changing: dict[str, int] = {}
    for tier in chosen.chain[0].tiers:
        for _, dictionary in tier:
            if max(map(len, dictionary)) > 1:
                phrases.update(dictionary)
                plain = "\n".join(dictionary).translate(alone).split("\n")
                for (phrase, targets), by_default in zip(dictionary.items(), plain, strict=True):
                    if targets[0] != by_default:
                        pairs = enumerate(zip(by_default, targets[0], strict=False))
                        changing[phrase] = next((at for at, (one, other) in pairs if one != other), -1)
    later = [
        phrase
        for stage in chosen.chain[1:]
        for tier in stage.tiers
        for _, dictionary in tier
        for phrase in dictionary
        if len(phrase) > 1
    ]
    # A later stage's phrases are in OpenCC's Traditional: they are matched with the source as it would write them.
    for phrase in converter(("t2s",))("\n".join(later)).split("\n") if later else ():
        phrases.add(phrase)
        changing.setdefault(phrase, -1)
    return frozenset(phrases), changing


def _anchors(
    changing: Mapping[str, int], rarity: Callable[[str], float]
) -> tuple[set[str], dict[str, tuple[tuple[int, int, frozenset[str]], ...]]]:
    """One character of each phrase, the one that changes or else the rarest; and phrases by two that hold it."""
    anchors: set[str] = set()
    found: dict[str, dict[tuple[int, int], set[str]]] = {}
    for phrase, at in changing.items():
        if at < 0:
            at = max(range(len(phrase)), key=lambda index: (rarity(phrase[index]), -index))
        anchors.add(phrase[at])
        pair = min(at, len(phrase) - 2)
        found.setdefault(phrase[pair : pair + 2], {}).setdefault((pair, len(phrase)), set()).add(phrase)
    pairs = {
        pair: tuple(
            (offset, length, frozenset(phrases)) for (offset, length), phrases in sorted(groups.items())
        )
        for pair, groups in found.items()
    }
    return anchors, pairs


def _rarity(character: str, counted: WordList) -> float:
    cost = counted.cost(character)
    return counted.most if cost is None else cost
