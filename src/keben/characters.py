"""Characters that no book can hold, or that hide what it says."""

import re
from collections.abc import Iterator

_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line separators and bidirectional overrides
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # surrogates, private use, noncharacters, specials
    f"{_PLANE_ENDS}\U000e0000-\U000e00ff\U000f0000-\U0010ffff]"  # tags, private-use planes
)
"""Unicode 16, chapter 23: what is no text (control, private use, noncharacter), and what reorders or replaces it."""

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


def forbidden_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column, from 1, of each forbidden character of a text, and what is wrong with it."""
    for number, line in enumerate(text.split("\n"), 1):
        for match in FORBIDDEN.finditer(line):
            yield number, match.start() + 1, describe(match[0])


_IGNORABLE_RANGES = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip

DEFAULT_IGNORABLE = frozenset(
    chr(code) for first, last in _IGNORABLE_RANGES for code in range(first, last + 1)
)
"""Characters that are not seen where they cannot be used (Unicode 16, Default_Ignorable_Code_Point)."""
