"""One text held against another: where what is expected stands, and where the two differ.

Where the texts agree this is one pass. Where they do not, the place where they agree again is looked for: nearby, and
else at one of the passages that each of the two has once and both have in the same order. What is between is compared
character by character. So the work grows with the length of a book, not with its square, however much differs.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import Literal

from keben.core.values import dataclass

Kind = Literal["lost", "changed", "added", "moved"]

ANCHOR = 16
"""So many characters in a row tell one place of a book from another."""

_FAR = 2000
"""How far a place is first looked for, in characters."""

_TRIES = 400
"""How many texts are looked for near a place."""

_COMPARED = 40_000
"""The product of two lengths up to which texts are compared character by character."""

_LONGEST = 200_000
"""Characters of what is looked into any further: texts that differ for longer are different books."""

_SHARED = 6
"""So many characters in a row, which each of two longer texts has once, part them into shorter ones."""

_MOST = 200
"""Differences after which no more are looked for: the two are different books."""

_NEAR = 3
"""Characters between two differences that make them two."""

_AROUND = 8
"""Characters that are shown on both sides of a difference."""

_LONG = 8
"""Characters of a text whose place, and not whose words, may be wrong."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where what is found is not what is expected."""

    kind: Kind
    piece: int
    """The expected text that it is in, or before which it is; the number of texts: behind all of them."""
    expected: str
    found: str
    before: str
    """What is found right before it."""
    after: str
    """What is found right behind it."""
    at: int
    """Where it is in what is found."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How two texts lie on one another."""

    places: tuple[int, ...]
    """Where each expected text begins in what is found; -1: it is not known."""
    differences: tuple[Difference, ...]


def align(expected: Sequence[str], optional: Sequence[bool], found: str) -> Alignment:
    """Hold expected texts, in their order, against what is found; the optional ones may be missing."""
    places = [-1] * len(expected)
    differences: list[Difference] = []
    texts = _Texts(expected, optional, found)
    at = index = 0
    while index < len(expected):
        text = expected[index]
        if found.startswith(text, at):
            places[index] = at
            at += len(text)
            index += 1
        elif optional[index]:
            index += 1
        else:
            following, place = texts.agreeing(index, at)
            differences += _differences(expected, optional, found, (index, following), (at, place))
            index, at = following, place
            if len(differences) >= _MOST:
                break
    else:
        if at < len(found):
            differences.append(_difference("added", len(expected), "", found, (at, len(found))))
    return Alignment(tuple(places), tuple(_with_moves(differences[:_MOST], expected, found)))


def _with_moves(
    differences: Sequence[Difference], expected: Sequence[str], found: str
) -> Iterator[Difference]:
    """Differences, those that are lost in their place and stand in another as ``moved``."""
    whole = "".join(expected) if differences else ""
    for each in differences:
        text = each.expected
        is_moved = each.kind == "lost" and len(text) >= _LONG and text in found
        if is_moved and found.count(text) >= whole.count(text):
            each = replace(each, kind="moved")
        yield each


@dataclass(frozen=True)
class _Texts:
    """Two texts, and where they agree again after a place."""

    expected: Sequence[str]
    optional: Sequence[bool]
    found: str

    def agreeing(self, index: int, at: int) -> tuple[int, int]:
        """The next expected text, and its place, from where on the two agree again."""
        between = tried = 0
        for following in range(index + 1, min(len(self.expected), index + _TRIES)):
            between += len(self.expected[following - 1])
            if self.optional[following]:
                continue
            place = self.found.find(self.anchor(following), at, at + between + _FAR)
            if place >= 0:
                return following, place
            tried += 1
            if tried > 40 and between > 4 * _FAR:
                break
        return self.far(index, at)

    def far(self, index: int, at: int) -> tuple[int, int]:
        """The next of the passages that both have once, or the ends."""
        pieces, places = self.passages
        number = max(bisect_right(pieces, index), bisect_left(places, at))
        return (
            (pieces[number], places[number])
            if number < len(pieces)
            else (len(self.expected), len(self.found))
        )

    @cached_property
    def passages(self) -> tuple[list[int], list[int]]:
        """Expected texts that begin with what both have once, and their places; both rise."""
        wanted = {
            number: self.anchor(number)[:ANCHOR]
            for number in range(len(self.expected))
            if not self.optional[number]
        }
        pairs = _once({number: text for number, text in wanted.items() if len(text) == ANCHOR}, self.found)
        return [number for number, _ in pairs], [place for _, place in pairs]

    def anchor(self, index: int) -> str:
        """The next characters that must stand in a row."""
        anchor = ""
        while len(anchor) < ANCHOR and index < len(self.expected):
            if not self.optional[index]:
                anchor += self.expected[index]
            elif anchor:
                break
            index += 1
        return anchor[: 2 * ANCHOR]


def _once(wanted: Mapping[int, str], found: str) -> list[tuple[int, int]]:
    """Which texts of one length stand once among all of them and once in what is found, and where; both rise.

    Of those that stand in another order the most that rise are taken (a longest increasing subsequence).
    """
    numbers: dict[str, int] = {}
    for number, text in wanted.items():
        numbers[text] = -1 if text in numbers else number
    size = len(next(iter(wanted.values()), ""))
    places: dict[int, int] = {}
    for place in range(len(found) - size + 1 if size else 0):
        number = numbers.get(found[place : place + size], -1)
        if number >= 0:
            places[number] = -1 if number in places else place
    return rising_pairs([(number, place) for number, place in sorted(places.items()) if place >= 0])


def rising_pairs(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of some pairs, in the order of their first numbers, whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        last[length : length + 1] = [index]
    rising: list[tuple[int, int]] = []
    index = last[-1] if last else -1
    while index >= 0:
        rising.append(pairs[index])
        index = before[index]
    return rising[::-1]


def _differences(
    expected: Sequence[str],
    optional: Sequence[bool],
    found: str,
    pieces: tuple[int, int],
    span: tuple[int, int],
) -> Iterator[Difference]:
    """What differs between two places where the texts agree."""
    wanted = [(index, expected[index]) for index in range(*pieces) if not optional[index]]
    there = found[slice(*span)]
    joined = "".join(text for _, text in wanted)
    starts: list[int] = []
    length = 0
    for _, text in wanted:
        starts.append(length)
        length += len(text)
    for first, last, begin, end in _near_ones(_spans(joined, there)):
        number = max(bisect_right(starts, first) - 1, 0)
        place = (span[0] + begin, span[0] + end)
        # What is missing of each text is a difference of its own.
        cuts = [first, *(start for start in starts[number + 1 :] if start < last), last]
        for more, (one, two) in enumerate(pairwise(cuts)):
            kind: Kind = "added" if one == two else "changed" if place[0] < place[1] else "lost"
            piece = wanted[number + more][0] if wanted else pieces[1]
            yield _difference(kind, piece, joined[one:two], found, place)
            place = (place[1], place[1])


_Span = tuple[int, int, int, int]
"""From where to where in one text, and in another."""


def _near_ones(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Differences, those that are nearly side by side as one."""
    last: _Span | None = None
    for each in spans:
        if last and each[0] - last[1] <= _NEAR:
            last = (last[0], each[1], last[2], each[3])
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _spans(wanted: str, there: str) -> Iterator[_Span]:
    """Where two texts differ, from where to where in each."""
    todo = [(0, len(wanted), 0, len(there))]
    while todo:
        span = _inner(wanted, there, todo.pop())
        first, last, begin, end = span
        if first == last and begin == end:
            continue
        if first == last or begin == end:
            yield span
        elif (last - first) * (end - begin) <= _COMPARED:
            yield from _by_characters(wanted, there, span)
        else:
            parts = _parts(wanted, there, span) if last - first + end - begin <= _LONGEST else [span]
            if len(parts) == 1:
                yield span
            todo += reversed(parts if len(parts) > 1 else [])


def _inner(wanted: str, there: str, span: _Span) -> _Span:
    """A span without what is equal at its ends."""
    first, last, begin, end = span
    while first < last and begin < end and wanted[first] == there[begin]:
        first, begin = first + 1, begin + 1
    while first < last and begin < end and wanted[last - 1] == there[end - 1]:
        last, end = last - 1, end - 1
    return first, last, begin, end


def _by_characters(wanted: str, there: str, span: _Span) -> Iterator[_Span]:
    first, last, begin, end = span
    matcher = SequenceMatcher(None, wanted[first:last], there[begin:end], autojunk=False)
    for tag, one, two, three, four in matcher.get_opcodes():
        if tag != "equal":
            yield first + one, first + two, begin + three, begin + four


def _parts(wanted: str, there: str, span: _Span) -> list[_Span]:
    """The spans between what both texts have once."""
    first, last, begin, end = span
    passages = {at: wanted[at : at + _SHARED] for at in range(first, last - _SHARED + 1)}
    borders = [(number, begin + place) for number, place in _once(passages, there[begin:end])]
    spans: list[_Span] = []
    for number, place in [*borders, (last, end)]:
        if number >= first and place >= begin:
            spans.append((first, number, begin, place))
            first, begin = min(number + _SHARED, last), min(place + _SHARED, end)
    return spans


def _difference(kind: Kind, piece: int, expected: str, found: str, span: tuple[int, int]) -> Difference:
    first, last = span
    before, after = found[max(0, first - _AROUND) : first], found[last : last + _AROUND]
    return Difference(kind, piece, expected, found[first:last], before, after, first)
