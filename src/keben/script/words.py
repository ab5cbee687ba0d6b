"""How often words are used: the word list that comes with jieba (https://github.com/fxsjy/jieba, MIT).

It is in Simplified.
"""

import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import distribution
from itertools import pairwise
from pathlib import Path
from typing import Any

from keben.core.errors import MachineError
from keben.core.packing import packed, unpacked
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.script.tables import table_there


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
    spans: Mapping[str, tuple[tuple[int, int], ...]]
    """First character → where in the text the lines are of the words that begin with it."""
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
    except ValueError:
        raise _unreadable() from None
    # Its text is enough.
    _file_bytes.cache_clear()
    return KeptWords(text, _spans(*(_known_starts() or starts_of(text)), len(text)), total)


STARTS = "words.starts"
"""The table of where the lines are, of the list of jieba 0.42.1; ``tools/readymade.py`` makes it."""


def starts_of(text: str) -> tuple[str, tuple[int, ...]]:
    """The first characters of a list's lines, each once for lines that follow one another, and where these begin."""
    found = [(match[1], match.start()) for match in _SAME_START.finditer(text)]
    return "".join(first for first, _ in found), tuple(start for _, start in found)


def _known_starts() -> tuple[str, tuple[int, ...]] | None:
    """What the package knows of the starts in the list that is installed."""
    data = table_there(STARTS)
    kept = unpacked(zlib.decompress(data)) if data is not None else None
    match kept:
        case (digest, str(firsts), tuple(starts)) if digest == words_digest():
            return firsts, starts
        case _:
            return None


def starts_file(firsts: str, starts: tuple[int, ...]) -> bytes:
    """The table of the starts in the list that is installed."""
    return zlib.compress(packed((words_digest(), firsts, starts)) or b"", 9)


def _spans(firsts: str, starts: Sequence[int], size: int) -> dict[str, tuple[tuple[int, int], ...]]:
    pairs = [*pairwise((*starts, size))]
    # A few characters begin lines in several places.
    several = {first for first, number in Counter(firsts).items() if number > 1}
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    for first, pair in zip(firsts, pairs, strict=True):
        spans[first] = (*spans[first], pair) if first in several and first in spans else (pair,)
    return spans


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


_SAME_START = re.compile(r"^(.).*\n?(?:\1.*\n?)*", re.MULTILINE)


class WordCounts(Mapping[str, str]):
    """Word → how often it was counted, in digits: most are never asked for, and are not made numbers.

    The lines of a character are read when a word is asked for that begins with it.
    """

    def __init__(self, kept: KeptWords) -> None:
        self._kept = kept
        self._read: dict[str, dict[str, str]] = {}

    def __getitem__(self, word: str) -> str:
        return self._of(word[:1])[word]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and word in self._of(word[:1])

    def get(self, word: str, default: Any = None) -> Any:
        """The count of a word."""
        # Of most characters nothing is asked but how often it was counted itself.
        if len(word) == 1 and word not in self._read:
            return self._alone(word) or default
        return self._of(word[:1]).get(word, default)

    def _alone(self, character: str) -> str:
        """The count of a character that is a word; empty: it is none."""
        text, line = self._kept.text, f"{character} "
        for start, end in self._kept.spans.get(character, ()):
            at = start if text.startswith(line, start) else text.find(f"\n{line}", start, end)
            if at >= 0:
                return text[at:end].split(None, 2)[1]
        return ""

    def beginning(self, character: str) -> Mapping[str, str]:
        """The words that begin with a character, with their counts."""
        return self._of(character)

    def begins(self, pair: str) -> bool:
        """Whether a word begins with two characters, or is the one."""
        # Most pairs are asked for once: a search takes less than a set of what follows a character.
        text, line = self._kept.text, f"\n{pair}"
        for start, end in self._kept.spans.get(pair[:1], ()):
            if text.startswith(pair, start) or text.find(line, start, end) >= 0:
                return True
        return False

    def __iter__(self) -> Iterator[str]:
        for character in self._kept.spans:
            yield from self._of(character)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _of(self, character: str) -> dict[str, str]:
        read = self._read.get(character)
        if read is None:
            spans = self._kept.spans.get(character, ())
            fields = "".join(self._kept.text[start:end] for start, end in spans).split()
            read = self._read[character] = dict(zip(fields[::3], fields[1::3], strict=True))
        return read


def _file() -> Path:
    # The file alone is read: importing the package would set up a segmenter that is not used.
    return Path(str(distribution("jieba").locate_file("jieba/dict.txt")))
