"""Where a word of Latin text may be hyphenated at a line's end (CLREQ 6.1.4), by the patterns of its language.

The patterns are those of the Hunspell dictionaries, in Pyphen.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

UNMARKED = "en"
"""The language of Latin words in a text that says nothing of them."""

LEAST = 6
"""Letters of the shortest word that is hyphenated."""

_BEFORE, _AFTER = 2, 3
"""Letters that stay together before and behind a hyphen."""

_WORD = re.compile(r"[^\W\d_]{6,}")
_EAST_ASIAN = ("zh", "ja", "ko", "und")

Positions = Callable[[str], list[int]]


def language_of(tag: str) -> str:
    """The language by which the Latin words of a text are hyphenated; empty: they are not.

    Args:
        tag: the language that the text says it has (BCP 47).
    """
    return UNMARKED if not tag or tag.lower().split("-")[0] in _EAST_ASIAN else tag


def hyphen_points(text: str, language: str, *, marked: bool) -> Iterator[int]:
    """What a line may begin with, where a hyphen ends the one before it, in a run of letters and signs.

    ``marked``: the text says that it is in this language. In one that does not, a word with a capital may be a name of
    any language, and stays whole. So does everywhere what is written in capitals, an abbreviation.
    """
    for word in _WORD.finditer(text):
        letters = word[0]
        if letters.isupper() or not (letters.islower() or (marked and letters.istitle())):
            continue
        yield from (word.start() + at for at in _points(letters.lower(), language))


@lru_cache(maxsize=4096)
def _points(word: str, language: str) -> tuple[int, ...]:
    positions = _positions(language)
    if positions is None:
        return ()
    return tuple(at for at in positions(word) if _BEFORE <= at <= len(word) - _AFTER)


@lru_cache(maxsize=32)
def _positions(language: str) -> Positions | None:
    """Gives the points of a word of a language; None where there are no patterns for it."""
    import pyphen  # type: ignore[import-untyped]

    name = pyphen.language_fallback(language.replace("-", "_"))
    # A point where the spelling changes with the hyphen is passed over: the text stays as it is written.
    patterns = pyphen.Pyphen(lang=name) if name else None
    return None if patterns is None else lambda word: [at for at in patterns.positions(word) if not at.data]


def parts(
    word: str, points: tuple[int, ...], measure: Callable[[str], float]
) -> Iterator[tuple[int, int, float, float, float]]:
    """The parts of a word: begin, end, width, by how much the next part stands nearer, and the width of a hyphen.

    The widths come to that of the whole word.
    """
    tails = {at: measure(word[at:]) for at in (0, *points)}
    tails[len(word)] = 0.0
    for begin, end in pairwise((0, *points, len(word))):
        width = tails[begin] - tails[end]
        if end == len(word):
            yield begin, end, width, 0.0, 0.0
            continue
        alone = measure(word[begin:end])
        yield begin, end, width, width - alone, measure(f"{word[begin:end]}-") - alone
