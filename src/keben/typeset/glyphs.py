"""The proof, before typesetting, that every character of a book has a glyph in the fonts that set it."""

import unicodedata
from collections.abc import Iterator

from keben.errors import Finding, Place
from keben.model import Composition
from keben.printed import characters
from keben.typeset.fonts import LATIN, FontProfile, coverage
from keben.typeset.latin import is_latin

MOST_PLACES = 3
"""How many places are reported of one character; the last says how many more there are."""


def missing_in(
    composition: Composition, profile: FontProfile, own: frozenset[int] = frozenset()
) -> tuple[Finding, ...]:
    """A ``missing-glyph`` error for each character and place that no family has a glyph for, where it may set it.

    ``own``: the code points that fonts of the book's own have.
    """
    known = own.union(*(codes for _, codes in setters(profile)))
    places: dict[str, dict[Place, None]] = {}
    for character, place in characters(composition):
        if ord(character) not in known and not _is_invisible(character):
            places.setdefault(character, {})[place] = None
    asked = ", ".join(dict.fromkeys(family for family, _ in setters(profile)))
    return tuple(
        finding
        for character in sorted(places)
        for finding in _findings(character, tuple(places[character]), asked)
    )


def setters(profile: FontProfile) -> tuple[tuple[str, frozenset[int]], ...]:
    """The families that running text is looked up in, in order, each with the code points that it may set."""
    return tuple(
        (name.removesuffix(LATIN), _latin(profile.latin))
        if name == profile.latin + LATIN
        else (name, coverage(name))
        for name in profile.stack("serif")
    )


def setter(profile: FontProfile, character: str) -> str:
    """The family that sets a character in running text; empty where none does."""
    return next((family for family, codes in setters(profile) if ord(character) in codes), "")


def _latin(family: str) -> frozenset[int]:
    return frozenset(code for code in coverage(family) if is_latin(chr(code)))


def _findings(character: str, places: tuple[Place, ...], asked: str) -> Iterator[Finding]:
    name = unicodedata.name(character, "")
    shown = f"“{character}” (U+{ord(character):04X}{' ' + name if name else ''})"
    advice = f"Write it with another character, or install a font that has it; these do not: {asked}."
    rest = len(places) - MOST_PLACES
    for number, place in enumerate(places[:MOST_PLACES], 1):
        more = f", here and in {rest} more places" if rest > 0 and number == MOST_PLACES else ""
        yield Finding(place, "missing-glyph", f"No chosen font has {shown}{more}.", advice)


def _is_invisible(character: str) -> bool:
    # Cf: joiners and other marks of formatting; variation selectors are Mn and choose a glyph, they have none.
    return (
        character.isspace()
        or unicodedata.category(character) in ("Cf", "Zs", "Cc")
        or _is_selector(character)
    )


def _is_selector(character: str) -> bool:
    return 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
