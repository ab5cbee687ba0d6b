"""Where the letters of a gloss stand: in two rows, one over the other."""

from collections.abc import Iterator, Mapping
from itertools import chain
from math import inf

from keben.typeset.lines.breaking import Line
from keben.typeset.lines.glosses import GlossRows, rises
from keben.typeset.lines.paragraph import Gloss, LinePiece
from keben.typeset.lines.spacing import UNIT, space


def places_of(gloss: Gloss, rows: GlossRows, em: float) -> Mapping[int, tuple[float, float]]:
    """How far right and up of where the rows begin, and of the line's baseline, each character of them begins.

    ``em`` is the size of the text around. Lengths are in the unit of the measure.
    """
    found: dict[int, tuple[float, float]] = {}
    for (first, last), up in zip(rows.spans(), rises(em, gloss.text.ems[rows.first]), strict=False):
        found |= {at: (right, up) for at, right in _row(gloss, first, last)}
    return found


def _row(gloss: Gloss, first: int, last: int) -> Iterator[tuple[int, float]]:
    text = gloss.text
    spacing = space(text, Line(first, last, first, last, True), inf, justify=False)
    owners = list(chain.from_iterable(((start, each) for _ in each.text) for start, each in _started(gloss)))
    x = begin = 0.0
    word = first
    for offset, at in enumerate(range(first, last)):
        em = text.ems[at]
        x -= spacing.before.get(offset, 0) * em / UNIT
        if text.own[at] or owners[at][1].upright:
            word, begin = at, x
            yield at, x
        else:
            # A letter of a word: the first one has the width of all.
            start, piece = owners[at]
            word = max(word, start)
            yield at, begin + piece.measure(piece.text[word - start : at - start])
        x += text.own[at] + spacing.after[offset] * em / UNIT


def _started(gloss: Gloss) -> Iterator[tuple[int, LinePiece]]:
    start = 0
    for piece in gloss.pieces:
        yield start, piece
        start += len(piece.text)
