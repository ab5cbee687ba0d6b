"""Soft line breaks: between Han characters they vanish, elsewhere they are a space (CSS Text 4, 4.1.3)."""

import unicodedata

BREAK = "\n"
"""How a soft line break stands in a tree that is being built."""

_WIDE_QUOTES = "“”‘’—…·"


def joins(before: str, after: str) -> bool:
    """Whether a line break between two characters vanishes: both are full-width. Empty: nothing is there."""
    return not before or not after or (_is_wide(before) and _is_wide(after))


def _is_wide(character: str) -> bool:
    if character in _WIDE_QUOTES:
        return True
    if "\uac00" <= character <= "\ud7a3" or "\u1100" <= character <= "\u11ff":
        return False  # Korean parts its words with spaces.
    return unicodedata.east_asian_width(character) in ("W", "F")
