"""Where a clause's words part: the cheapest way through it, over OpenCC's phrases and a list of words.

Greedy matching takes the longest phrase from the left, and so finds 被发 (被髮, loose hair) in 被发明. Here every
phrase and every word is an edge from its first to its last character that costs the negative logarithm of its
frequency, and the cheapest path from end to end is the segmentation (the unigram model; Viterbi). OpenCC's phrases are
known to be good where their borders are: one costs less than any way to put it together from parts, and less than its
count says. A phrase that was counted often is worth more than one that was counted seldom, so 脱发 wins over 发去.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from keben.core.values import dataclass
from keben.script.words import WordList

COUNTED = 3.0
"""How much less than its count says a phrase costs, in nats, if the list of words has it."""

BONUS = 2.0
"""How much less than its parts such a phrase costs at least."""

UNCOUNTED = 3.0
"""How much less than its parts a phrase costs that the list does not have, and one more for each character over two.

A short one, as 是只 or 封后, more often stands by chance between two others.
"""

LONGEST = 5
"""The longest words of the list that are tried, in characters."""

_RECENT = 1 << 13
"""How many clauses are remembered."""

_NUMERALS = frozenset("零〇一二三四五六七八九十百千万萬亿億两兩几幾数數")


@dataclass(frozen=True, slots=True)
class Lattice:
    """Segments clauses. Keeps the costs that it has worked out."""

    words: WordList
    phrases: frozenset[str]
    """OpenCC's."""
    starts: "Starts"
    longer: Mapping[str, Sequence[int]]
    """First two characters → the lengths of the phrases that are longer than `LONGEST`."""
    trust: float = 0.0
    """What is added to `BONUS` and `COUNTED`."""
    _costs: dict[str, float] = field(default_factory=dict)
    _inner: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    _recent: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, words: WordList, phrases: frozenset[str]) -> "Lattice":
        """A lattice of a word list and of OpenCC's phrases."""
        longer: dict[str, set[int]] = {}
        for phrase in phrases:
            if len(phrase) > LONGEST:
                longer.setdefault(phrase[:2], set()).add(len(phrase))
        ordered = {pair: sorted(lengths) for pair, lengths in longer.items()}
        return cls(words, phrases, Starts(words, beginnings(phrases)), ordered)

    def words_of(self, clause: str) -> list[tuple[int, int]]:
        """The borders (start, end) of a clause's words, in order."""
        return _steps(self._path(clause, whole=True)[1])

    def cost_of(self, clause: str) -> float:
        """What the cheapest way through a clause costs, in nats."""
        return self._path(clause, whole=True)[0]

    def cost_of_part(self, part: str) -> float:
        """What a piece of a clause costs as one word or phrase, or else as those that it is made of."""
        if len(part) == 1:
            return self._single(part)
        cost = self._costs.get(part)
        if cost is None:
            cost = self._cost(part)
        return self._path(part, whole=False)[0] if cost is None else cost

    def segments(self, clause: str) -> list[tuple[int, int]]:
        """The borders of what is converted by itself: phrases, and the words of the list divided again in the same way.

        So 相冲突, which is a word and no phrase, is 相|冲突 and not 相冲|突.
        """
        known = self._recent.get(clause)
        if known is not None:
            return known
        parts: list[tuple[int, int]] = []
        for start, end in self.words_of(clause):
            word = clause[start:end]
            if end - start <= 2 or word in self.phrases:
                parts.append((start, end))
            else:
                inner = self._inner.get(word)
                if inner is None:
                    inner = self._inner[word] = [
                        (first + at, first + to)
                        for first, last in _steps(self._path(word, whole=False)[1])
                        for at, to in self.segments(word[first:last])
                    ]
                parts += [(start + first, start + last) for first, last in inner]
        # The same clause is asked for again soon: by the conversion, by the review, by the words that it lists.
        if len(self._recent) >= _RECENT:
            self._recent.clear()
        self._recent[clause] = parts
        return parts

    def with_trust(self, trust: float) -> "Lattice":
        """A lattice of the same words that trusts OpenCC's phrases more or less."""
        return Lattice(self.words, self.phrases, self.starts, self.longer, trust)

    def is_edge(self, text: str) -> bool:
        """Whether a text of two or more characters is a phrase or a word."""
        return text in self.phrases or (not _is_number(text) and text in self.words.counts)

    def edges(self, text: str, start: int, least: int, most: int) -> Iterator[int]:
        """Where the phrases and words of two or more characters end that begin at an offset of a text.

        No end is before ``least``, and none after ``most``.
        """
        listed = self.starts[text[start : start + 2]]
        if listed is not None:
            phrases = self.phrases
            for end in range(max(start + 2, least), min(start + LONGEST, most) + 1):
                word = text[start:end]
                if word in phrases or (word in listed and not _is_number(word)):
                    yield end

    def _path(self, text: str, *, whole: bool) -> tuple[float, list[int]]:
        """The least cost of a text, and for each position where the word that begins there ends.

        ``whole``: the text as one edge is allowed too.
        """
        size = len(text)
        costs = [0.0] * (size + 1)
        ends = [size] * size
        starts, longer, single, known = self.starts, self.longer, self._single, self._costs
        phrases = self.phrases
        for start in range(size - 1, -1, -1):
            best, best_end = single(text[start]) + costs[start + 1], start + 1
            pair = text[start : start + 2]
            listed = starts[pair]
            if listed is not None:
                most = min(LONGEST, size - start)
                lengths: Iterable[int] = range(2, most + 1)
                if pair in longer:
                    lengths = (*lengths, *longer[pair])
                for length in lengths:
                    end = start + length
                    if end > size or (length == size and not whole):
                        continue
                    word = text[start:end]
                    # Most are no word, and are passed at the price of two looks.
                    if word not in listed and word not in phrases:
                        continue
                    cost = known.get(word)
                    if cost is None:
                        cost = self._cost(word)
                        if cost is None:
                            continue
                    cost += costs[end]
                    # Of equals the longer word, so that the order in which they are tried does not count.
                    if cost < best or (cost == best and end > best_end):
                        best, best_end = cost, end
            costs[start], ends[start] = best, best_end
        return costs[0], ends

    def _single(self, character: str) -> float:
        cost = self._costs.get(character)
        if cost is None:
            known = self.words.cost(character)
            cost = self._costs[character] = self.words.most if known is None else known
        return cost

    def _cost(self, text: str) -> float | None:
        cost = None if _is_number(text) else self.words.cost(text)
        if text in self.phrases:
            parts = self._path(text, whole=False)[0] - self.trust
            if cost is None:
                cost = parts - UNCOUNTED - (len(text) - 2)
            else:
                cost = min(cost, cost - COUNTED - self.trust, parts - BONUS)
        if cost is not None:
            self._costs[text] = cost
        return cost


class Starts(dict[str, Mapping[str, str] | None]):
    """The words that begin with two characters, or with the one, with their counts; None: no phrase does either.

    It is looked up once for each pair.
    """

    def __init__(self, words: WordList, begun: Mapping[str, str]) -> None:
        """``begun``: what phrases begin with, as `beginnings` gives it."""
        super().__init__()
        self.begun = begun
        self._counts = words.counts
        self._seconds: dict[str, str] = {}

    def __missing__(self, pair: str) -> Mapping[str, str] | None:
        first = pair[:1]
        seconds = self._seconds.get(first)
        if seconds is None:
            seconds = self._seconds[first] = self.begun.get(first, "") + self._counts.seconds(first)
        begins = seconds != "" and pair[1:] in seconds
        found = self[pair] = self._counts.beginning(pair) if begins else None
        return found


def beginnings(phrases: Iterable[str]) -> dict[str, str]:
    """First character → the characters that stand second in the phrases that begin with it, in order."""
    found: dict[str, set[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], set()).update(phrase[1:2])
    return {first: "".join(sorted(seconds)) for first, seconds in sorted(found.items())}


def _steps(ends: Sequence[int]) -> list[tuple[int, int]]:
    """The borders on a path, from where the word that begins at each position ends."""
    borders, start = [], 0
    while start < len(ends):
        borders.append((start, ends[start]))
        start = ends[start]
    return borders


def _is_number(text: str) -> bool:
    """Whether a word is no more than a number, or begins as one: there are too many for a list to have them all.

    The list has 八十 and 两万里, and would part 八十里 as 八十|里, where the phrase 十里 knows what 里 is.
    """
    return text[0] in _NUMERALS and text[1] in _NUMERALS
