"""Entries of a list of sources (参考文献) that are mostly Latin: their lines may be ragged."""

import re
from collections.abc import Sequence

from keben.check.lineparagraphs import PlacedLine

_TELLS = re.compile(r"\[[A-Z]{1,2}(/[A-Z]{2})?\]|https?://|\bdoi\b", re.ASCII | re.IGNORECASE)
"""The mark of a source's kind (GB/T 7714—2015, annex B), or an address."""

_MOSTLY = 0.5
"""The share of its letters and Chinese characters that are Latin."""


def may_be_ragged(lines: Sequence[PlacedLine]) -> bool:
    """Whether the lines of a paragraph are such an entry."""
    text = "".join(glyph.text for line in lines for glyph in line.glyphs)
    latin = sum(sign.isascii() and sign.isalnum() for sign in text)
    others = sum(sign.isalnum() and not sign.isascii() for sign in text)
    return latin > 0 and latin >= _MOSTLY * (latin + others) and _TELLS.search(text) is not None
