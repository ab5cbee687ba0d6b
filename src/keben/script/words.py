"""How often words are used: the word list that comes with jieba (https://github.com/fxsjy/jieba, MIT).

It is in Simplified.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from operator import itemgetter
from pathlib import Path

from keben.core.errors import MachineError


@dataclass(frozen=True, slots=True)
class WordList:
    """A word list with counts."""

    counts: Mapping[str, str]
    """Word → how often it was counted, in digits: most are never asked for, and are not made numbers."""
    total: int
    starts: frozenset[str]
    """The first two characters of every word, or its only one."""

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
    # The file alone is read: importing the package would set up a segmenter that is not used.
    path = Path(str(distribution("jieba").locate_file("jieba/dict.txt")))
    try:
        fields = path.read_text("utf-8").split()
        figures = fields[1::3]
        listed = fields[::3]
        counts = dict(zip(listed, figures, strict=True))
        total = sum(map(int, figures))
    except (OSError, ValueError):
        message = "The word list of jieba cannot be read."
        raise MachineError.at(str(path), "word-list", message, "Install jieba anew.") from None
    return WordList(counts, total, frozenset(map(itemgetter(slice(2)), listed)))
