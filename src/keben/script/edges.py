"""Where the words of a text begin and end, for what is matched as text and must not take a part of a word."""

from collections.abc import Iterator, Sequence

from keben.script.marks import CLAUSE
from keben.script.passages import Converter, greedy_segments
from keben.script.settled import Claim


def parts_of_words(converter: Converter, text: str, claims: Sequence[Claim]) -> dict[int, str]:
    """The claims (by their index) that take a part of a word, each with that word.

    Those outside of clauses, on marks, take none; nor does a claim on a phrase that OpenCC itself takes as one there,
    wherever words seem to part.
    """
    if not converter.configurations:
        return {}
    found: dict[int, str] = {}
    for clause in CLAUSE.finditer(text):
        start, end = clause.span()
        inside = [index for index, each in enumerate(claims) if start <= each.start and each.end <= end]
        if not inside:
            continue
        units = list(_units(converter, clause[0]))
        phrases = set(_phrases(converter, clause[0]))
        for index in inside:
            span = claims[index].start - start, claims[index].end - start
            around = grown(*span, units)
            if around != span and span not in phrases:
                found[index] = clause[0][around[0] : around[1]]
    return found


def grown(start: int, end: int, words: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A span grown to the edges of the words that one of its edges is inside of."""
    first, last = start, end
    for word_start, word_end in words:
        if word_start < start < word_end or word_start < end < word_end:
            first, last = min(first, word_start), max(last, word_end)
    return first, last


def words_of(converter: Converter, clause: str) -> Iterator[tuple[int, int]]:
    """The words of a clause, as a list of words has them, or else the phrases that OpenCC knows."""
    known = converter.context()
    if known is not None:
        yield from known.lattice.words_of(clause)
    else:
        yield from _phrases(converter, clause)


def _units(converter: Converter, clause: str) -> Iterator[tuple[int, int]]:
    """What is converted by itself."""
    known = converter.context()
    if known is not None:
        yield from known.lattice.segments(clause)
    else:
        yield from _phrases(converter, clause)


def _phrases(converter: Converter, clause: str) -> Iterator[tuple[int, int]]:
    """The phrases that OpenCC takes in a clause."""
    # Loaded where there is something to convert, as in `keben.script.passages`.
    from keben.script.dictionaries import recipe

    chosen = recipe(converter.configurations[0])
    start = 0
    for segment in greedy_segments(chosen, clause):
        # What lies between two phrases is no word: its characters stand alone.
        if chosen.segmentation is not None and chosen.segmentation.targets(segment):
            yield start, start + len(segment)
        start += len(segment)
