"""What stands elsewhere on purpose is no loss: text that a style moves, and lines that run from right to left.

Readers of PDFs do not agree in which order they give the words and marks of a line that runs from right to left
(Unicode Standard Annex 9). Of a block with such lines the characters are counted, not their order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from keben.check.blame import cut
from keben.check.expected import ExpectedText
from keben.check.hidden import HiddenKind, kinds_in
from keben.check.matching import Alignment, Difference
from keben.check.reading import Reading
from keben.check.turnedround import characters_of
from keben.core.characters import has_rtl
from keben.core.errors import Finding, Place
from keben.core.saying import series, wording
from keben.core.values import dataclass

LEFTWARD = "direction: rtl"
"""What a style says of lines that run from right to left."""

_COUNTS = ("counter-reset", "counter-set", "counter-increment", "content", "list-style-type")
"""What gives the items of lists other numbers, or prints something else in their place."""

_NOTE = "float: footnote"
_FLOAT = "--float"


@dataclass(frozen=True, slots=True)
class Moved:
    """What a style moves in a book, as an artifact's facts have it."""

    kinds: tuple[HiddenKind, ...] = ()

    @classmethod
    def of(cls, facts: Mapping[str, object]) -> "Moved":
        """Of an artifact."""
        return cls(tuple(kinds_in(facts, "moved")))

    def by_element(self) -> Mapping[tuple[str, str, int], int]:
        """The number of each element's kind, by its document, its tag and its text's digest."""
        return {
            (name, kind.tag, text): number
            for number, kind in enumerate(self.kinds)
            if not kind.how.startswith(_FLOAT)
            for name, text in kind.texts
        }

    def floats(self) -> tuple[tuple[str, str, int], ...]:
        """The figures that were moved, by their document, their tag and their text's digest."""
        return tuple(
            (name, kind.tag, text)
            for kind in self.kinds
            if kind.how.startswith(_FLOAT)
            for name, text in kind.texts
        )

    def renumbering(self, number: int) -> HiddenKind | None:
        """A kind, if it is one that counts the items of lists otherwise."""
        return self.kinds[number] if number >= 0 and self.kinds[number].how.startswith(_COUNTS) else None

    def is_free(self, number: int) -> bool:
        """Whether text of a kind may stand anywhere."""
        return number >= 0 and self.kinds[number].how != LEFTWARD and self.renumbering(number) is None


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One of the two texts of a PDF, the running text or the notes, and what differs in it."""

    text: ExpectedText
    wanted: Sequence[str]
    alignment: Alignment
    found: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left to report when all that a style moves has been found."""

    alignments: tuple[Alignment, ...]
    findings: tuple[Finding, ...]


def settle(
    parts: Sequence[ComparedText], moved: Moved, elsewhere: str, reading: Reading, name: str
) -> Settled:
    """Take out of the differences what a style moved, and what lines that run from right to left put in another order.

    ``elsewhere`` is what the PDF says beside its two texts. Gives a notice for each kind that moved something, and an
    error for each text that is nowhere.
    """
    used: set[int] = set()
    left = {
        (number, index): part.wanted[index]
        for number, part in enumerate(parts)
        for index, kind in part.text.moved.items()
        if moved.is_free(kind)
        and part.alignment.places[index] < 0
        and part.wanted[index]
        and not part.text.pieces[index].optional
    }
    alignments: list[Alignment] = []
    for part in parts:
        differences, turned = _in_any_order(part, moved)
        used |= turned
        kept: list[Difference] = []
        for each in differences:
            gone = _consumed(each, left, moved) if each.found and moved.kinds else None
            if gone is None:
                kept.append(each)
                continue
            used |= {parts[number].text.moved[index] for number, index in gone}
            left = {key: text for key, text in left.items() if key not in gone}
        alignments.append(replace(part.alignment, differences=tuple(kept)))
    whole = reading(elsewhere + "".join(part.found for part in parts)) if left else ""
    lost = {key for key, text in left.items() if text not in whole}
    used |= {parts[number].text.moved[index] for number, index in left.keys() - lost}
    findings = (*_lost(parts, lost, moved, name), *_reported(moved, used, name))
    return Settled(tuple(alignments), findings)


def _consumed(
    difference: Difference, left: Mapping[tuple[int, int], str], moved: Moved
) -> set[tuple[int, int]] | None:
    """The moved texts that what is found at a difference is made of; None: it is more, or something else."""
    rest, gone = difference.found, set[tuple[int, int]]()
    for key, text in sorted(left.items(), key=lambda item: -len(item[1])):
        if text in rest:
            rest = rest.replace(text, "", 1)
            gone.add(key)
    if any(kind.how == _NOTE for kind in moved.kinds) and not difference.expected:
        # A style that makes a note of something gives it a number.
        rest = rest.strip("0123456789.")
    elif not gone:
        return None
    return gone if rest == difference.expected else None


def _in_any_order(part: ComparedText, moved: Moved) -> tuple[Sequence[Difference], set[int]]:
    """The differences but for those in lines that run from right to left whose characters are all there."""
    leftward = _leftward(part, moved)
    if not leftward:
        return part.alignment.differences, set()
    kept: list[Difference] = []
    used: set[int] = set()

    def block_of(difference: Difference) -> int:
        pieces = part.text.pieces
        return pieces[difference.piece].block if difference.piece < len(pieces) else len(part.text.blocks)

    # What is added behind a block is reported for the one after it.
    def is_leftward(difference: Difference) -> bool:
        block = block_of(difference)
        return block in leftward or (not difference.expected and block - 1 in leftward)

    for is_of_them, group in groupby(part.alignment.differences, is_leftward):
        those = list(group)
        if not is_of_them:
            kept += those
            continue
        # Some of a block may be found in its neighbour; but where one is at fault another need not be.
        whole = _same_characters(those)
        for block, of_block in groupby(those, block_of):
            differences = list(of_block)
            if not (whole or _same_characters(differences)):
                kept += differences
            elif leftward.get(block, -1) >= 0:
                used.add(leftward[block])
    return kept, used


def _same_characters(differences: Iterable[Difference]) -> bool:
    """Whether what is found is what is expected, in any order."""
    lost, found = Counter[str](), Counter[str]()
    for each in differences:
        lost += characters_of(each.expected)
        found += characters_of(each.found)
    return lost == found


def _leftward(part: ComparedText, moved: Moved) -> Mapping[int, int]:
    """The blocks with lines that run from right to left, and the kind of the style that has them so; -1: none does."""
    found: dict[int, int] = {}
    for index, piece in enumerate(part.text.pieces):
        kind = part.text.moved.get(index, -1)
        if kind >= 0 and moved.kinds[kind].how == LEFTWARD:
            found[piece.block] = kind
        elif piece.block not in found and has_rtl(piece.text):
            found[piece.block] = -1
    return found


def _lost(
    parts: Sequence[ComparedText], lost: Iterable[tuple[int, int]], moved: Moved, name: str
) -> Iterator[Finding]:
    for number, index in sorted(lost):
        text = parts[number].text
        kind = moved.kinds[text.moved[index]]
        begin = cut(" ".join(text.pieces[index].text.split()))
        message = wording(
            "This text is not whole in {name}: “{begin}”. A style moves it (`{how}`).",
            name=name,
            begin=begin,
            how=kind.how,
        )
        where = kind.place(name)
        advice = wording(
            "Look at {path}{line}.",
            path=where.path,
            line=wording(", line {line}", line=where.line) if where.line else "",
        )
        yield Finding(text.blocks[text.pieces[index].block].place, "lost-text", message, advice)


def _reported(moved: Moved, used: Iterable[int], name: str) -> Iterator[Finding]:
    """A notice for each rule that moves something."""
    rules: dict[tuple[str, str], list[HiddenKind]] = {}
    for number in sorted(used):
        kind = moved.kinds[number]
        rules.setdefault((kind.sheet, kind.how), []).append(kind)
    for (_, how), kinds in rules.items():
        elements = series(f"`{kind.element}`" for kind in kinds)
        message = wording(
            "A style moves text of {elements} in {name} (`{how}`).", elements=elements, name=name, how=how
        )
        yield Finding(kinds[0].place(name), "moved-text", message, "", "notice")


def renumbered(place: Place, message: str, kind: HiddenKind, name: str) -> Finding:
    """A warning of an item that a style gives another number."""
    where = kind.place(name)
    advice = wording(
        "{path}{line} numbers otherwise (`{how}`).",
        path=where.path,
        line=wording(", line {line}", line=where.line) if where.line else "",
        how=kind.how,
    )
    return Finding(place, "list-number", message, advice, "warning")
