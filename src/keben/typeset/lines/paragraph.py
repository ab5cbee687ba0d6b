"""A paragraph as numbers: how wide each character stands, what it may give up, where a line may end.

All lists have an entry for each character of the paragraph's text, widths in the unit of the measure that is passed
in. A word in another script is one piece: its first character has its whole width, the others have none.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import accumulate, chain, groupby
from math import inf

from keben.core.patterns import later
from keben.core.values import dataclass
from keben.typeset.lines.marks import (
    BREAK,
    DASH,
    DOT,
    NARROW,
    SIGN,
    SPACE,
    WIDE,
    RegionMarks,
)
from keben.typeset.lines.neighbours import (
    between,
    blank_of,
    closed_up,
    given_by,
    no_line_ends,
    rigid_at,
    with_gaps,
    with_neighbours,
)
from keben.typeset.lines.symbols import full_width_symbols
from keben.typeset.lines.words import PLAIN, Measure, WordKind, WordRun, inner_breaks, run_of, spaces_of_units

_SPECIAL = re.compile(f"{NARROW}+|{DASH}+|[^{WIDE}{NARROW}{DASH}]")
_WORDS = re.compile(f"{NARROW}+|{DASH}+|[{SPACE}{DOT}{BREAK}]")
"""What is not as wide as it is high, in classes; marks are, till something is taken from them."""
_ATTACHED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302d\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef\u200b-\u200f\u2060]+"
)
_APOSTROPHE = later(r"(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")


@dataclass(frozen=True, slots=True)
class LinePiece:
    """Text of one style."""

    text: str
    em: float
    measure: Measure
    """The width of a text of other characters than full-width ones."""
    unbroken: bool = False
    """No line ends inside it."""
    joined: bool = False
    """No line ends before it: the call of a note."""
    pad: float = 0.0
    """What a wider reading over it adds, half on each side."""
    aside: float = 0.0
    """What a reading takes beside its last character, wherever that stands; or what follows the mark of a note."""
    leads: bool = False
    """The mark that begins a note: what follows it stands where it stands in all notes."""
    upright: bool = False
    """All of it stands in one em, as one Chinese character: a number in a column."""
    words: WordKind = PLAIN
    """What its words are: code is divided where code is."""
    is_latin: bool = False
    """Its quotation marks are those of Latin text."""
    is_gloss: bool = False
    """It stands in two rows, with the pieces beside it that do: see `Gloss`."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A note within the lines of a paragraph, in two rows (`keben.typeset.lines.glosses`)."""

    start: int
    end: int
    """Its characters in the paragraph."""
    text: "Paragraph"
    """What its rows are made from: as a paragraph of its own."""
    pieces: tuple[LinePiece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a paragraph's lines are made from."""

    text: str
    kinds: str
    marks: RegionMarks
    ems: list[float]
    widths: list[float]
    """Of each character with what stands after it: without the blank that it gives up to a neighbour."""
    before: dict[int, float]
    """What a mark gives up on its left to the mark before it."""
    after: dict[int, float]
    """What stands after a character beside its own width: a gap, or (negative) what it gives up to the next mark."""
    pads: dict[int, tuple[float, float]]
    """What a reading adds before and after a character."""
    asides: dict[int, float]
    """What a reading takes beside a character. It is part of the character's own width."""
    spare: dict[int, tuple[float, float]]
    """What a mark, a space or a gap can still give up, on its left and on its right."""
    rigid: frozenset[int]
    """Characters after which nothing is stretched."""
    stuck: frozenset[int]
    """Characters after which no line may end."""
    at: list[float]
    """Where each character begins, if all stood in one line; one entry more than there are characters."""
    given: list[float]
    """What all characters before each could give up."""
    gaps: list[int]
    """How many gaps before each could be stretched."""
    torn: frozenset[int] = frozenset()
    """Letters of addresses, of code and of what is wider than a line, after which a line may end where it must."""
    kerns: Mapping[int, float] = field(default_factory=dict)
    """Of all characters of addresses and code but the last of each, in order: how much nearer or farther the next is by
    its form."""
    letters: tuple[int, ...] = ()
    """Those of addresses: where nothing else can be stretched, what follows them is."""
    hyphens: Mapping[int, float] = field(default_factory=dict)
    """Letters of words, after which a line may end with a hyphen where it must, and how wide that is."""
    own: Sequence[float] = ()
    """How wide each character is by itself."""
    glosses: tuple[Gloss, ...] = ()
    """A character of these counts half its width, as there are two rows."""


def paragraph(pieces: Sequence[LinePiece], marks: RegionMarks, measure: float = inf) -> Paragraph:
    """The numbers of a paragraph. A word that is wider than the measure can be divided, if it must, anywhere."""
    text = "".join(piece.text for piece in pieces)
    placed = tuple(_placed(pieces))
    glosses = tuple(_glosses(placed, marks))
    glossed = [at for each in glosses for at in range(each.start, each.end)]
    apostrophes = _apostrophes(text, placed, glossed)
    kinds, attached = _kinds(text, placed, apostrophes, marks, glossed)
    ems = [each.piece.em for each in placed for _ in each.piece.text]
    runs = [list(_runs(each, text, kinds, measure)) for each in placed]
    widths = _own_widths(ems, placed, runs, attached, apostrophes, glosses)
    letters = [
        run.letters
        for each, found in zip(placed, runs, strict=True)
        for run in found
        if not each.piece.unbroken
    ]
    special = sorted({at for match in _SPECIAL.finditer(kinds) for at in range(*match.span())})
    borders = sorted({at for index in special for at in (index - 1, index) if 0 <= at < len(text) - 1})
    stuck = {*_stuck_in_pieces(placed, runs, glosses), *_stuck_between_pieces(placed, text, kinds)}
    stuck |= {*(at - 1 for at in attached), *spaces_of_units(text)}
    stuck |= {at for at in borders if no_line_ends(text, kinds, marks, at, is_in_word=at in stuck)}
    stuck = stuck.union(apostrophes, (at - 1 for at in apostrophes)).difference(
        *(each.free for each in letters)
    )
    rigid = {*_rigid_in_pieces(placed, glosses), *(at - 1 for at in attached), *rigid_at(kinds, borders)}
    rigid = rigid.union(apostrophes, (at - 1 for at in apostrophes))
    before, after = between(text, kinds, ems, marks, borders)
    after = closed_up(after, ems, widths, apostrophes, _joints(placed))
    pads = dict(_pads(placed))
    blanks = {index: blank_of(index, kinds, ems[index], widths, marks) for index in special}
    widths = with_neighbours(widths, before, after, pads)
    hyphens = {at: width for each in letters for at, width in each.hyphens.items()}
    torn = {*chain.from_iterable(each.torn for each in letters)}
    torn.update(_overlong(stuck, widths, measure, hyphens))
    return Paragraph(
        text=text,
        kinds=kinds,
        marks=marks,
        ems=ems,
        widths=widths,
        before=before,
        after=after,
        pads=pads,
        asides={each.end - 1: each.piece.aside for each in placed if each.piece.text and each.piece.aside},
        spare=with_gaps(blanks, after),
        rigid=frozenset(rigid),
        stuck=frozenset(stuck),
        at=list(accumulate(widths, initial=0.0)),
        given=list(accumulate(given_by(len(text), blanks, after), initial=0.0)),
        gaps=list(accumulate((at not in rigid for at in range(len(text))), initial=0)),
        torn=frozenset(torn),
        kerns={at: kern for each in letters for at, kern in each.kerns.items()},
        letters=tuple(chain.from_iterable(each.loose for each in letters)),
        hyphens=hyphens,
        own=_by_themselves(widths, before, after, pads),
        glosses=glosses,
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece, and which characters of the paragraph it is."""

    piece: LinePiece
    start: int
    end: int


def _placed(pieces: Sequence[LinePiece]) -> Iterator[_Placed]:
    start = 0
    for piece in pieces:
        yield _Placed(piece, start, start + len(piece.text))
        start += len(piece.text)


def _glosses(placed: Sequence[_Placed], marks: RegionMarks) -> Iterator[Gloss]:
    for is_gloss, group in groupby(placed, key=lambda each: each.piece.is_gloss):
        found = list(group)
        if is_gloss and found[-1].end > found[0].start:
            pieces = tuple(replace(each.piece, is_gloss=False) for each in found)
            yield Gloss(found[0].start, found[-1].end, paragraph(pieces, marks), pieces)


def _apostrophes(text: str, placed: Sequence[_Placed], glossed: Sequence[int]) -> list[int]:
    if "’" not in text:
        return []
    latin = {at for each in placed if each.piece.is_latin for at in range(each.start, each.end)}
    own = latin.union(glossed)
    return [match.start() for match in _APOSTROPHE.finditer(text) if match.start() not in own]


def _kinds(
    text: str,
    placed: Sequence[_Placed],
    apostrophes: Sequence[int],
    marks: RegionMarks,
    glossed: Sequence[int],
) -> tuple[str, list[int]]:
    """The class of each character, and which are accents of Chinese ones."""
    kinds = _as(WIDE, marks.classes(text), apostrophes)
    kinds = _as(
        NARROW, kinds, [at for each in placed if each.piece.is_latin for at in range(each.start, each.end)]
    )
    kinds = _as(SIGN, kinds, [*chain.from_iterable(_symbols(each, kinds) for each in placed)])
    attached = _attached(text, kinds)
    upright = [at for each in placed if each.piece.upright for at in range(each.start, each.end)]
    return _as(WIDE, kinds, [*attached, *upright, *glossed]), attached


def _symbols(each: "_Placed", kinds: str) -> Iterator[int]:
    piece = each.piece
    if piece.words.is_code or NARROW not in kinds[each.start : each.end]:
        return iter(())
    return (each.start + at for at in full_width_symbols(piece.text, piece.em, piece.measure))


def _as(kind: str, kinds: str, places: Sequence[int]) -> str:
    if not places:
        return kinds
    found = list(kinds)
    for at in places:
        found[at] = kind
    return "".join(found)


def _runs(each: _Placed, text: str, kinds: str, measure: float) -> Iterator[WordRun]:
    """What stands in a piece that is not as wide as it is high."""
    for match in _WORDS.finditer(kinds, each.start, each.end):
        yield run_of(match, text, each.piece.measure, measure, each.piece.words)


def _own_widths(
    ems: Sequence[float],
    placed: Sequence[_Placed],
    runs: Sequence[Sequence[WordRun]],
    attached: Sequence[int],
    apostrophes: Sequence[int],
    glosses: Sequence[Gloss],
) -> list[float]:
    """How wide each character is by itself, with a reading that stands beside it."""
    widths = list(ems)
    for at in attached:
        widths[at] = 0.0
    for each, found in zip(placed, runs, strict=True):
        if each.piece.upright:
            widths[each.start : each.end] = [each.piece.em, *[0.0] * (len(each.piece.text) - 1)][
                : len(each.piece.text)
            ]
        for run in found:
            for at, width in run.widths.items():
                widths[at] = width
        for at in apostrophes:
            if each.start <= at < each.end:
                widths[at] = each.piece.measure("’")
        if each.piece.aside and each.piece.text:
            widths[each.end - 1] += each.piece.aside
    for gloss in glosses:
        widths[gloss.start : gloss.end] = [width / 2 for width in gloss.text.widths]
    return widths


def _stuck_in_pieces(
    placed: Sequence[_Placed], runs: Sequence[Sequence[WordRun]], glosses: Sequence[Gloss]
) -> Iterator[int]:
    """Characters after which no line may end, by what piece or run they are of."""
    yield from (each.start + at for each in glosses for at in each.text.stuck)
    for each, found in zip(placed, runs, strict=True):
        if each.piece.joined and each.start:
            yield each.start - 1
        if each.piece.unbroken or each.piece.upright:
            yield from range(each.start, each.end - 1)
        yield from chain.from_iterable(run.stuck for run in found)


def _stuck_between_pieces(placed: Sequence[_Placed], text: str, kinds: str) -> Iterator[int]:
    """Characters before a change of style inside a word, where the word itself has no place for a line to end."""
    for each in placed[1:]:
        at = each.start
        if at == len(text) or not kinds[at - 1] == NARROW == kinds[at]:
            continue
        first, last = at, at
        while first and kinds[first - 1] == NARROW:
            first -= 1
        while last < len(text) and kinds[last] == NARROW:
            last += 1
        if at - first not in inner_breaks(text[first:last]):
            yield at - 1


def _rigid_in_pieces(placed: Sequence[_Placed], glosses: Sequence[Gloss]) -> Iterator[int]:
    """Characters after which nothing is stretched, by what piece they are of."""
    yield from chain.from_iterable(range(each.start, each.end - 1) for each in glosses)
    for each in placed:
        if each.piece.leads and each.piece.text:
            yield each.end - 1
        if each.piece.upright:
            yield from range(each.start, each.end - 1)


def _joints(placed: Sequence[_Placed]) -> Iterator[int]:
    """Characters that a raised figure follows, and those that end one."""
    for each in placed:
        if each.piece.joined and each.start:
            yield each.start - 1
        if each.piece.leads and each.piece.text:
            yield each.end - 1


def _pads(placed: Sequence[_Placed]) -> Iterator[tuple[int, tuple[float, float]]]:
    for each in placed:
        half = each.piece.pad / 2
        if half and each.piece.text:
            yield each.start, (half, half if each.end - each.start == 1 else 0.0)
            if each.end - each.start > 1:
                yield each.end - 1, (0.0, half)


def _overlong(
    stuck: Iterable[int], widths: Sequence[float], measure: float, hyphens: Mapping[int, float]
) -> Iterator[int]:
    """After which characters a line may end where it must, in what is wider than a line and no line may end in.

    A word that can be hyphenated is divided there.
    """
    if measure == inf:
        return
    run: list[int] = []
    wide = 0.0
    for at in (*sorted(each for each in stuck if each + 1 < len(widths)), len(widths)):
        if run and at != run[-1] + 1:
            if wide + widths[run[-1] + 1] > measure and not any(each in hyphens for each in run):
                # A character without a width belongs to the one before it.
                yield from (each for each in run if widths[each + 1] > 0)
            run, wide = [], 0.0
        run.append(at)
        wide += widths[at] if at < len(widths) else 0.0


def _attached(text: str, kinds: str) -> list[int]:
    """The accents and variation selectors of Chinese characters: they take no room, and nothing parts them from one."""
    found: list[int] = []
    for match in _ATTACHED.finditer(text):
        if match.start() and kinds[match.start() - 1] in (WIDE, SIGN):
            found += range(*match.span())
    return found


def _by_themselves(
    widths: Sequence[float],
    before: Mapping[int, float],
    after: Mapping[int, float],
    pads: Mapping[int, tuple[float, float]],
) -> list[float]:
    """How wide each character is without what its neighbours and a reading give it or take from it."""
    own = list(widths)
    for at in {*before, *after, *pads}:
        own[at] = widths[at] - after.get(at, 0.0) + before.get(at, 0.0) - sum(pads.get(at, (0.0, 0.0)))
    return own
