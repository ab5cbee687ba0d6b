"""Where in a word list the lines are of the words that begin with two characters.

A list has 190,000 such pairs, of which a novel asks for a few thousand. So what is known of them is held as texts, and
read for a first character when it is asked for.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from keben.core.values import dataclass

Run = tuple[str, Sequence[int]]
"""Second characters, and where the lines of each begin; one place more, where those of the last end."""


@dataclass(frozen=True, slots=True)
class WordPlaces:
    """The places of a list's lines. Lines that follow one another and begin with one character are a run."""

    firsts: str
    """The first character of each run."""
    sizes: str
    """How many pairs each run has, as the character with that number."""
    seconds: str
    """The second characters of all pairs, run by run. Behind a word of one character stands a space."""
    lengths: str
    """How long the lines of each pair are together, as the character with that number."""
    starts: tuple[int, ...]
    """Where in the list each run begins."""

    def runs(self) -> dict[str, list[tuple[int, int, int]]]:
        """First character → its runs: where each begins in the list, and its span among the pairs."""
        found: dict[str, list[tuple[int, int, int]]] = {}
        end = 0
        for first, size, start in zip(self.firsts, self.sizes, self.starts, strict=True):
            found.setdefault(first, []).append((start, end, end + ord(size)))
            end += ord(size)
        return found

    def run(self, place: tuple[int, int, int]) -> Run:
        """One of the `runs`, read."""
        start, first, last = place
        return self.seconds[first:last], [*accumulate(map(ord, self.lengths[first:last]), initial=start)]


def places_of(text: str) -> WordPlaces:
    """The places of a list's lines.

    Raises:
        ValueError: a pair has more lines than any list has.
    """
    pairs = [(match[1], match[2], match.end() - match.start()) for match in _SAME_PAIR.finditer(text)]
    runs = [(first, [*several]) for first, several in groupby(pairs, lambda pair: pair[0])]
    sizes = [sum(length for _, _, length in several) for _, several in runs]
    return WordPlaces(
        "".join(first for first, _ in runs),
        "".join(chr(len(several)) for _, several in runs),
        "".join(second for _, second, _ in pairs),
        "".join(chr(length) for _, _, length in pairs),
        tuple(accumulate(sizes[:-1], initial=0)) if sizes else (),
    )


def spans(runs: Sequence[Run], second: str) -> Iterator[tuple[int, int]]:
    """Where the lines are that have a second character, in the runs of a first one. None have an empty one."""
    for seconds, places in runs:
        at = seconds.find(second) if second else -1
        while at >= 0:
            yield places[at], places[at + 1]
            at = seconds.find(second, at + 1)


_SAME_PAIR = re.compile(r"^(.)(.).*\n?(?:\1\2.*\n?)*", re.MULTILINE)
