"""Which offset of a source text is which offset of its conversion.

An offset table has one entry more than the source has characters: the offset in the output that corresponds to each
in the source, or `INEXACT` inside a phrase whose conversion is of another length. Exact entries never descend. A table
that is a `range` says that every offset stays what it is, as nearly all do.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

INEXACT = -1

Offsets = Sequence[int]


def of_pieces(pieces: Iterable[tuple[int, int]]) -> list[int]:
    """The table for pieces of given lengths before and after. Inside a piece that keeps its length all is exact."""
    table: list[int] = []
    end = 0
    for before, after in pieces:
        if before == after:
            table.extend(range(end, end + after))
        elif before:
            table.append(end)
            table.extend([INEXACT] * (before - 1))
        end += after
    table.append(end)
    return table


def then(first: Offsets, second: Offsets) -> Offsets:
    """The table of one conversion after another."""
    if isinstance(first, range):
        return second
    if isinstance(second, range):
        return first
    return [INEXACT if offset == INEXACT else second[offset] for offset in first]


def around(offsets: Offsets, start: int, end: int) -> tuple[int, int]:
    """The smallest span around one whose edges are exact."""
    while offsets[start] == INEXACT:
        start -= 1
    while offsets[end] == INEXACT:
        end += 1
    return start, end


def cut(source: str, output: str, offsets: Offsets, borders: Sequence[int]) -> tuple[list[str], list[str]]:
    """Cut an output where the borders (ascending offsets in the source) fall.

    Gives the pieces, one more than borders, and the source phrases inside of which a border had to be moved to an
    edge, because the phrase changed its length.
    """
    places: list[int] = []
    moved: list[str] = []
    for border in borders:
        place = offsets[border]
        before = places[-1] if places else 0
        if place == INEXACT:
            start, end = around(offsets, border, border)
            moved.append(source[start:end])
            # To the nearer edge, but not so that the piece before it vanishes: the phrase goes to where it began.
            to_start = border - start <= end - border and offsets[start] > before
            place = offsets[start] if to_start else offsets[end]
        places.append(max(place, before))
    edges = [0, *places, len(output)]
    return [output[start:end] for start, end in pairwise(edges)], moved
