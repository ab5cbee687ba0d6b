"""Soft line breaks: between full-width characters they vanish, elsewhere they are a space.

CSS Text Module Level 4, 4.1.3 (segment break transformation rules), for text whose language is Chinese. Two
ambiguous marks with a break between them (``”`` and ``“``), which the rules leave as a space, follow the
characters around them.
"""

import unicodedata

from keben.core.variants import own

_LOOK = 8
"""How many characters on each side can decide."""


def joins(before: str, after: str) -> bool:
    """Whether the break between two texts vanishes. Empty: nothing is there."""
    if not before or not after:
        return True
    left, right = _width(before[-1]), _width(after[0])
    if left == right == "ambiguous":
        left = next((width for c in before[:-_LOOK:-1] if (width := _width(c)) != "ambiguous"), "narrow")
        right = next((width for c in after[:_LOOK] if (width := _width(c)) != "ambiguous"), "narrow")
        return "wide" in (left, right)
    return {left, right} <= {"wide", "ambiguous"}


def fold(text: str) -> str:
    """Text of several lines in one; of a variant in it the form for the source's language decides."""
    first, *rest = (line.strip(" \t") for line in text.split("\n"))
    for line in rest:
        first += line if joins(own(first), own(line)) else f" {line}"
    return first


def _width(character: str) -> str:
    """``wide``, ``narrow``, or ``ambiguous``: a mark that is as wide as the text around it."""
    if "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff":
        return "narrow"  # Korean parts its words with spaces.
    width = unicodedata.east_asian_width(character)
    if width in ("W", "F", "H"):
        return "wide"
    if width == "A" and (unicodedata.category(character)[0] in "PS" or "①" <= character <= "⓿"):
        return "ambiguous"
    return "narrow"
