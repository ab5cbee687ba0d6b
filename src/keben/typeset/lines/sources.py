"""Entries of a list of sources (参考文献): mostly Latin words, which leave wide gaps where their lines are all flush.

An entry of which a line would be stretched by more than a quarter of an em, or be left short, is ragged as a whole:
all of its gaps are alike then. GB/T 7714—2015 has no rule for it; books whose sources are foreign ones are set so.
"""

import re
from collections.abc import Iterable

from keben.typeset.lines.breaking import HAIR, STRETCH, Line, shares, slack
from keben.typeset.lines.marks import MARKS, NARROW, SPACE, WIDE
from keben.typeset.lines.paragraph import Paragraph

_SAID = re.compile(r"\[(?:[A-Z]{1,2})(?:/[A-Z]{2})?\]|https?://|\b(?i:doi)\b", re.ASCII)
"""What tells a source: the mark of its kind, as GB/T 7714 has it, [M], [J/OL]; an address."""

_LATIN = 0.6
"""The share of its characters that are Latin."""


def is_source(text: Paragraph) -> bool:
    """Whether a paragraph is an entry that is mostly Latin."""
    narrow, wide = (
        sum(text.kinds.count(kind) for kind in kinds) for kinds in ((NARROW, SPACE), (WIDE, *MARKS))
    )
    return narrow > 0 and narrow >= _LATIN * (narrow + wide) and _SAID.search(text.text) is not None


def is_uneven(text: Paragraph, lines: Iterable[Line], first_width: float, width: float) -> bool:
    """Whether some of the lines of a paragraph would be stretched too far, or left short; each has its width."""
    return any(
        _stretch(text, line, width if at else first_width) > STRETCH
        for at, line in enumerate(lines)
        if not line.is_last
    )


def _stretch(text: Paragraph, line: Line, width: float) -> float:
    """What each gap of a line gets, in em; 0 where it is full as it is."""
    left, _, gaps = slack(text, line, width)
    em = text.ems[line.first] if line.last > line.first else 1.0
    return shares(text, line, left, gaps)[0] / em if left > HAIR * em else 0.0
