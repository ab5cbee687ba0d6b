"""One text held against another: where what is expected stands, and where the two differ.

Where the texts agree this is one pass. Where they do not, the place where they agree again is looked for, and only
what is between is compared character by character.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["lost", "changed", "added", "moved"]

ANCHOR = 16
"""So many characters in a row tell one place of a book from another."""

_FAR = 2000
"""How far a place is first looked for, in characters."""

_TRIES = 2000
_COMPARED = 4_000_000
"""The product of two lengths up to which texts are compared character by character."""

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
            following, place = _agreeing(expected, optional, found, index, at)
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


def _agreeing(
    expected: Sequence[str], optional: Sequence[bool], found: str, index: int, at: int
) -> tuple[int, int]:
    """The next expected text, and its place, from where on the two agree again."""
    between = 0
    near: list[int] = []
    for following in range(index + 1, min(len(expected), index + _TRIES)):
        between += len(expected[following - 1])
        if optional[following]:
            continue
        near.append(following)
        place = found.find(_anchor(expected, optional, following), at, at + between + _FAR)
        if place >= 0:
            return following, place
        if len(near) > 40 and between > 4 * _FAR:
            break
    for following in (*near, *range(near[-1] + 1 if near else index + 1, len(expected))):
        if optional[following]:
            continue
        anchor = _anchor(expected, optional, following)
        if len(anchor) >= ANCHOR and (place := found.find(anchor, at)) >= 0:
            return following, place
    return len(expected), len(found)


def _anchor(expected: Sequence[str], optional: Sequence[bool], index: int) -> str:
    """The next characters that must stand in a row."""
    anchor = ""
    while len(anchor) < ANCHOR and index < len(expected):
        if not optional[index]:
            anchor += expected[index]
        elif anchor:
            break
        index += 1
    return anchor[: 2 * ANCHOR]


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
    if not there or sum(len(text) for _, text in wanted) * len(there) > _COMPARED:
        yield from _whole(wanted, found, span)
        return
    joined = "".join(text for _, text in wanted)
    starts: list[int] = []
    length = 0
    for _, text in wanted:
        starts.append(length)
        length += len(text)
    for first, last, begin, end in _spans(joined, there):
        number = max(at for at, start in enumerate(starts) if start <= first or at == 0)
        kind: Kind = "added" if first == last else "lost" if begin == end else "changed"
        place = span[0] + begin
        yield _difference(kind, wanted[number][0], joined[first:last], found, (place, span[0] + end))


def _spans(wanted: str, there: str) -> Iterator[tuple[int, int, int, int]]:
    """Where two texts differ, from where to where in each; what is nearly side by side is one difference."""
    spans: list[tuple[int, int, int, int]] = []
    for tag, first, last, begin, end in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if spans and first - spans[-1][1] <= _NEAR:
            first, begin = spans[-1][0], spans[-1][2]
            spans.pop()
        spans.append((first, last, begin, end))
    yield from spans


def _whole(wanted: Sequence[tuple[int, str]], found: str, span: tuple[int, int]) -> Iterator[Difference]:
    """Whole texts that are missing, or stand elsewhere, and what stands in their place."""
    there = found[slice(*span)]
    for index, text in wanted:
        if text in there:
            continue
        yield _difference("lost", index, text, found, (span[0], span[0]))
    rest = max((len(there) - sum(len(text) for _, text in wanted), 0))
    if rest or not any(text in there for _, text in wanted):
        first = wanted[0][0] if wanted else 0
        if there:
            yield _difference("added", first, "", found, span)


def _difference(kind: Kind, piece: int, expected: str, found: str, span: tuple[int, int]) -> Difference:
    first, last = span
    before, after = found[max(0, first - _AROUND) : first], found[last : last + _AROUND]
    return Difference(kind, piece, expected, found[first:last], before, after, first)
