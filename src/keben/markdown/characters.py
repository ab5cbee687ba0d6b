"""Characters that no book can hold, or that hide what it says."""

from collections.abc import Iterator

from keben.characters import FORBIDDEN
from keben.errors import Finding, Place
from keben.model import Source

ADVICE = "Take it out, or write what it stands for."

_KINDS = (
    ("a private-use character", "\ue000", "\uf8ff"),
    ("a private-use character", "\U000f0000", "\U000ffffd"),
    ("a private-use character", "\U00100000", "\U0010fffd"),
    ("a bidirectional override", "\u202a", "\u202e"),
    ("a bidirectional override", "\u2066", "\u2069"),
    ("a line separator", "\u2028", "\u2029"),
    ("half of a character", "\ud800", "\udfff"),
    ("a replacement character: something was lost when this text was converted", "\ufffd", "\ufffd"),
    ("a control character", "\x00", "\x9f"),
    ("a special character", "\ufff9", "\ufffc"),
    ("a tag character", "\U000e0000", "\U000e00ff"),
)


def describe(character: str) -> str:
    """What is wrong with a character that `FORBIDDEN` found, as a sentence."""
    kind = next((kind for kind, first, last in _KINDS if first <= character <= last), "a noncharacter")
    return f"U+{ord(character):04X} is {kind}."


def forbidden_characters(source: Source) -> Iterator[Finding]:
    """Every control, private-use and other character that cannot stand in a book, with its place."""
    for number, line in enumerate(source.text.split("\n"), 1):
        for match in FORBIDDEN.finditer(line):
            place = Place(source.path, number, match.start() + 1)
            yield Finding(place, "forbidden-character", describe(match[0]), ADVICE)
