"""Titles in two halves (回目): 宴桃园豪杰三结义　斩黄巾英雄首立功. Where they have no room on a line, each begins one.

The halves are parted by a space, mostly a wide one. They are about as long as one another: so the number that stands
before a title, 一　点灯, is none.
"""

import re

from keben.typeset.lines.breaking import Line
from keben.typeset.lines.marks import NARROW, SIGN, WIDE, classes
from keben.typeset.lines.paragraph import Paragraph

_SPACES = " \u3000"
_GAP = re.compile("[ \u3000]+")
_LEAST = 4
"""Characters of a half."""
_ALIKE = 0.6
"""How long the shorter of two halves is at least, as a share of the longer."""


def half_ends(text: str, start: int = 0) -> tuple[int, ...]:
    """Before which characters, from one on, another half of a title begins; nothing for other titles."""
    gaps = [match.span() for match in _GAP.finditer(text, start)]
    begins = [start, *(end for _, end in gaps)]
    stops = [*(begin for begin, _ in gaps), len(text)]
    lengths = [_length(text[begin:stop]) for begin, stop in zip(begins, stops, strict=True)]
    return tuple(
        begin
        for begin, one, two in zip(begins[1:], lengths, lengths[1:], strict=False)
        if min(one, two) >= _LEAST and min(one, two) >= _ALIKE * max(one, two)
    )


def shorter_heads(text: str) -> tuple[str, ...]:
    """What a running head may be of a title in halves, from the longest on; nothing for other titles.

    The last is the number that stands before the first half.
    """
    ends = half_ends(text)
    numbered = _GAP.search(text)
    places = [*reversed(ends), *((numbered.end(),) if ends and numbered else ())]
    return tuple(dict.fromkeys(text[:end].rstrip() for end in places))


def without_spaces(text: Paragraph, line: Line, start: int = 0) -> Line:
    """A line without the wide spaces at its edges; ``start``: where the title begins, whose own spaces stay."""
    first, last = line.first, line.last
    while line.start > start and first < last and text.text[first] in _SPACES:
        first += 1
    while last > first and not line.is_last and text.text[last - 1] in _SPACES:
        last -= 1
    return line if (first, last) == (line.first, line.last) else line._replace(first=first, last=last)


def _length(part: str) -> float:
    """How many characters a part has, without marks; two letters count as one."""
    kinds = classes(part)
    return sum(
        1.0 if kind == WIDE else 0.5
        for sign, kind in zip(part, kinds, strict=True)
        if kind in (WIDE, NARROW, SIGN) and sign.isalnum()
    )
