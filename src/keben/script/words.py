"""How often words are used: the word list that comes with jieba (https://github.com/fxsjy/jieba, MIT).

It is in Simplified.
"""

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from keben.core.errors import MachineError
from keben.core.packing import packed, unpacked
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.script.tables import table_there
from keben.script.wordplaces import Run, WordPlaces, places_of, spans


@dataclass(frozen=True, slots=True)
class WordList:
    """A word list with counts."""

    counts: "WordCounts"
    total: int

    def cost(self, word: str) -> float | None:
        """What a word costs: the negative logarithm of its share in all words; None for no word."""
        count = self.counts.get(word)
        return None if count is None else math.log(self.total / max(1, int(count)))

    @property
    def most(self) -> float:
        """The cost of what was counted less than once: a character that is in no list."""
        return math.log(self.total) + 1.0


@cache
def words() -> WordList:
    """The word list. Kept for the life of the process.

    Raises:
        MachineError: the list is not where its distribution says, or has another form.
    """
    return kept_words().list


@dataclass(frozen=True, slots=True)
class KeptWords:
    """A word list to be kept: it is ready at once, and read as it is asked."""

    text: str
    """The list's file: a word, its count and its kind on each line."""
    places: WordPlaces
    total: int

    @property
    def list(self) -> WordList:
        """The list."""
        return WordList(WordCounts(self), self.total)


@cache
def kept_words() -> KeptWords:
    """The word list, as it is kept: a word, its count and its kind on each line, with one space between them.

    Raises:
        MachineError: the list is not where its distribution says, or has another form.
    """
    data = _file_bytes()
    try:
        text = data.decode("utf-8").rstrip("\n")
        total = _TOTALS.get(words_digest().hex()) or _total(text)
        places = _known_places() or places_of(text)
    except ValueError:
        raise _unreadable() from None
    # Its text is enough.
    _file_bytes.cache_clear()
    return KeptWords(text, places, total)


PLACES = "words.places"
"""The table of where the lines are, of the list of jieba 0.42.1; ``tools/readymade.py`` makes it."""


def _known_places() -> WordPlaces | None:
    """What the package knows of the list that is installed."""
    data = table_there(PLACES)
    kept = unpacked(zlib.decompress(data)) if data is not None else None
    match kept:
        case (digest, WordPlaces() as places) if digest == words_digest():
            return places
        case _:
            return None


def places_file(places: WordPlaces) -> bytes:
    """The table of the places in the list that is installed."""
    return zlib.compress(packed((words_digest(), places)) or b"", 9)


@cache
def words_digest() -> bytes:
    """The SHA-256 of the word list's file.

    Raises:
        MachineError: the list is not where its distribution says.
    """
    return sha256(_file_bytes()).digest()


@cache
def _file_bytes() -> bytes:
    try:
        return _file().read_bytes()
    except OSError:
        raise _unreadable() from None


def _unreadable() -> MachineError:
    message = wording("The word list of jieba cannot be read.")
    return MachineError.at(str(_file()), "word-list", message, wording("Reinstall jieba."))


_TOTALS = {"7197c3211ddd98962b036cdf40324d1ea2bfaa12bd028e68faa70111a88e12a8": 60101967}
"""SHA-256 of a list → all its counts together, for the list of jieba 0.42.1: adding up 350,000 figures takes four times
as long as reading them."""


def _total(text: str) -> int:
    """All counts of a list together.

    Raises:
        ValueError: it has another form.
    """
    parts = text.split(" ")
    if len(parts) != 2 * text.count("\n") + 3:
        raise ValueError("a line has other than three parts")
    return sum(map(int, parts[1::2]))


class WordCounts(Mapping[str, str]):
    """Word → how often it was counted, in digits: most are never asked for, and are not made numbers.

    The lines of two characters are read when a word is asked for that begins with them.
    """

    def __init__(self, kept: KeptWords) -> None:
        self._kept = kept
        self._places = kept.places.runs()
        self._runs: dict[str, Sequence[Run]] = {}
        self._read: dict[str, dict[str, str]] = {}

    def __getitem__(self, word: str) -> str:
        return self.beginning(_pair(word))[word]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word in self.beginning(_pair(word))

    def get(self, word: str, default: Any = None) -> Any:
        """The count of a word."""
        return self.beginning(_pair(word)).get(word, default)

    def beginning(self, pair: str) -> Mapping[str, str]:
        """The words that begin with two characters, with their counts."""
        read = self._read.get(pair)
        if read is None:
            text = self._kept.text
            lines = [text[start:end] for start, end in spans(self._of(pair[:1]), pair[1:2])]
            fields = "".join(lines).split() if lines else ()
            read = self._read[pair] = dict(zip(fields[::3], fields[1::3], strict=True))
        return read

    def seconds(self, first: str) -> str:
        """The second characters of the words that begin with one; a space stands for the end of a word."""
        places = self._kept.places
        return "".join(places.seconds[start:end] for _, start, end in self._places.get(first, ()))

    def _of(self, first: str) -> Sequence[Run]:
        """What is known of a first character."""
        runs = self._runs.get(first)
        if runs is None:
            places = self._kept.places
            runs = self._runs[first] = [places.run(each) for each in self._places.get(first, ())]
        return runs

    def __iter__(self) -> Iterator[str]:
        for first in self._places:
            for second in dict.fromkeys(self.seconds(first)):
                yield from self.beginning(first + second)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _pair(word: str) -> str:
    """What the lines of a word begin with."""
    return word[:2] if len(word) > 1 else f"{word} "


def _file() -> Path:
    # The file alone is read: importing the package would set up a segmenter that is not used.
    return Path(str(distribution("jieba").locate_file("jieba/dict.txt")))
