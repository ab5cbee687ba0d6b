"""Changes tried on the sources until a build says what is wanted, and nothing else than before.

That is what makes the way back sound: whatever `mapping` guesses, an edit stays only if the book, built with it, has
the text that the document has in that paragraph, and in every other one the text that it had.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from keben.core.values import dataclass
from keben.formats.docx.keys import Token
from keben.review.word.baseline import Built
from keben.review.word.mapping import WordEdit
from keben.review.word.proposals import Proposal

_ROUNDS = 60

Shape = tuple[tuple[str, int], tuple[Token, ...]]
"""What a paragraph is among others, and what the source says of it."""


@dataclass(frozen=True, slots=True)
class SettledSources:
    """The sources with all changes that could be made, and those that could not."""

    texts: Mapping[str, str] = field(repr=False)
    """Of the sources that changed."""
    made: tuple[Proposal, ...]
    refused: tuple[Proposal, ...]


def settle(
    built: Built,
    proposals: Sequence[Proposal],
    texts: Mapping[str, str],
    build: Callable[[Mapping[str, str]], Built],
) -> SettledSources:
    """Make the changes that can be made. ``build`` gives what other texts of the sources would make."""
    ways = dict.fromkeys(range(len(proposals)), 0)
    for _ in range(_ROUNDS):
        chosen = {number: proposals[number].ways[way] for number, way in ways.items()}
        dropped = _overlapping(chosen, proposals)
        if not dropped:
            changed = _applied(chosen, proposals, texts)
            if not ways:
                break
            wrong = _wrong(built, build(changed), {number: proposals[number] for number in ways})
            if not wrong:
                break
            dropped = wrong
        for number in dropped:
            ways[number] += 1
            if ways[number] >= len(proposals[number].ways):
                del ways[number]
    else:
        ways, changed = {}, {}
    made = tuple(proposals[number] for number in sorted(ways))
    refused = tuple(each for number, each in enumerate(proposals) if number not in ways)
    return SettledSources(changed, made, refused)


def _overlapping(chosen: Mapping[int, tuple[WordEdit, ...]], proposals: Sequence[Proposal]) -> set[int]:
    """The changes whose edits meet those of another one."""
    spans = sorted(
        (proposals[number].path, edit.start, edit.end, number)
        for number, edits in chosen.items()
        for edit in edits
    )
    return {
        other[3]
        for one, other in itertools.pairwise(spans)
        if one[0] == other[0] and one[3] != other[3] and other[1] < one[2]
    }


def _applied(
    chosen: Mapping[int, tuple[WordEdit, ...]], proposals: Sequence[Proposal], texts: Mapping[str, str]
) -> dict[str, str]:
    """The texts of the sources that change, with the edits made."""
    edits: dict[str, list[tuple[int, int, int, str]]] = {}
    for number, own in chosen.items():
        edits.setdefault(proposals[number].path, []).extend((e.start, e.end, number, e.text) for e in own)
    changed: dict[str, str] = {}
    for path, several in edits.items():
        text, at = texts[path], 0
        parts: list[str] = []
        for start, end, _, put in sorted(several):
            parts += (text[at:start], put)
            at = end
        whole = "".join((*parts, text[at:]))
        if whole != text:
            changed[path] = whole
    return changed


def _wrong(built: Built, made: Built, proposals: Mapping[int, Proposal]) -> set[int]:
    """The changes after which a build says something else than is wanted."""
    expected, owners = _expected(built, proposals)
    found = [(each.shape, each.written) for each in made.written]
    errors = made.errors - built.errors
    if errors:
        return {
            number for number, each in proposals.items() if each.path in {path for path, _ in errors}
        } or set(proposals)
    if len(expected) == len(found):
        differing = [at for at, (one, other) in enumerate(zip(expected, found, strict=True)) if one != other]
        own = {owners[at] for at in differing} - {-1}
        if own or not differing:
            return own
        return {_nearest(owners, differing[0])}
    at = next(
        (at for at, (one, other) in enumerate(zip(expected, found, strict=False)) if one != other), len(found)
    )
    return {_nearest(owners, min(at, len(expected) - 1))}


def _expected(built: Built, proposals: Mapping[int, Proposal]) -> tuple[list[Shape], list[int]]:
    """What each paragraph is to be, and the change that it owes this to (-1: none); a lost one gives its neighbour."""
    by_place: dict[int, list[int]] = {}
    for number, each in proposals.items():
        by_place.setdefault(each.at, []).append(number)
    expected: list[Shape] = []
    owners: list[int] = []
    lost = -1
    for at, own in enumerate(built.paragraphs):
        if not own.is_written:
            continue
        shape, owner, is_lost = (own.shape, own.written), -1, False
        later: list[int] = []
        for number in by_place.get(at, ()):
            each = proposals[number]
            if each.kind == "changed":
                shape, owner = (each.shape, each.wanted), number
            elif each.kind == "lost":
                is_lost, lost = True, number
            else:
                later.append(number)
        if not is_lost:
            expected.append(shape)
            owners.append(owner if owner >= 0 else lost)
            lost = -1
        if owner >= 0 and proposals[owner].rest:
            expected.append((shape[0], proposals[owner].rest))
            owners.append(owner)
        for number in later:
            expected.append((proposals[number].shape, proposals[number].wanted))
            owners.append(number)
    return expected, owners


def _nearest(owners: Sequence[int], at: int) -> int:
    """The change that is nearest to a paragraph, rather before it."""
    before = next((owners[each] for each in range(at, -1, -1) if owners[each] >= 0), -1)
    if before >= 0:
        return before
    return next(owner for owner in owners if owner >= 0)
