"""Characters that no book can hold, or that hide what it says."""

import re
from collections.abc import Iterator

from keben.core.patterns import later
from keben.core.saying import wording

_PLANE_ENDS = "".join(chr(plane * 0x10000 + end) for plane in range(1, 15) for end in (0xFFFE, 0xFFFF))
FORBIDDEN = later(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls, but for tab and line feed
    "\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line separators and bidirectional overrides
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufff9-\uffff"  # surrogates, private use, noncharacters, specials
    f"{_PLANE_ENDS}\U000e0000-\U000e00ff\U000f0000-\U0010ffff]"  # tags, private-use planes
)
"""Unicode 16, chapter 23: what is no text (control, private use, noncharacter), and what reorders or replaces it."""

_UNUSUAL = re.compile("[^\\t\\n\x20-\x7e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\uf900-\ufdcf\ufdf0-\ufff8]")
"""What may be forbidden; the rest of Unicode's first plane is not. Fewer ranges are searched for faster."""


def without_forbidden(text: str) -> str:
    """A text without the characters that no book can hold."""
    return FORBIDDEN.sub("", text) if has_forbidden(text) else text


def has_forbidden(text: str) -> bool:
    """Whether a text has one of them."""
    return _UNUSUAL.search(text) is not None and FORBIDDEN.search(text) is not None


ADVICE = wording("Take it out, or write what it stands for.")

_KINDS = (
    (wording("a private-use character"), "\ue000", "\uf8ff"),
    (wording("a private-use character"), "\U000f0000", "\U000ffffd"),
    (wording("a private-use character"), "\U00100000", "\U0010fffd"),
    (wording("a bidirectional override"), "\u202a", "\u202e"),
    (wording("a bidirectional override"), "\u2066", "\u2069"),
    (wording("a line separator"), "\u2028", "\u2029"),
    (wording("half of a character"), "\ud800", "\udfff"),
    (wording("a replacement character: something was lost when this text was converted"), "\ufffd", "\ufffd"),
    (wording("a control character"), "\x00", "\x9f"),
    (wording("a special character"), "\ufff9", "\ufffc"),
    (wording("a tag character"), "\U000e0000", "\U000e00ff"),
)


def describe(character: str) -> str:
    """What is wrong with a character that `FORBIDDEN` found, as a sentence."""
    kind = next(
        (kind for kind, first, last in _KINDS if first <= character <= last), wording("a noncharacter")
    )
    return wording("U+{character:04X} is {kind}.", character=ord(character), kind=kind)


def forbidden_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Line and column, from 1, of each forbidden character of a text, and what is wrong with it."""
    if not has_forbidden(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for match in FORBIDDEN.finditer(line):
            yield number, match.start() + 1, describe(match[0])


IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), to stand in a class of a regular expression:
what has no glyph of its own and shows only in what it does to others."""

SKIN_TONES = "\U0001f3fb-\U0001f3ff"
"""Emoji modifiers, which colour the emoji before them (Unicode Technical Standard 51, 2.4), for such a class."""

BLANK_BRAILLE = "\u2800"
"""A braille cell without dots. Its glyph is blank, and so texts use it as a space."""

UNSET = "\u0890\u0891\U000110bd\U000110cd\U00013430-\U0001343f"
"""Format characters (Cf) of Arabic, Kaithi and Egyptian hieroglyphs that are not ignorable, for such a class. Pango
looks for no font for them."""

RIGHT_TO_LEFT = (
    "\u0590-\u05ff\u0600-\u07bf\u07c0-\u085f\u0860-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
"""The blocks of scripts that run from right to left, for such a class."""

_RTL = later(f"[{RIGHT_TO_LEFT}]")
_CLOSING = ")]}’”>»›）］｝＞〉》」』】〕〗〙〛｠｣≥≧≫≳≷≻≽⊃⊇⊐⊒∋∌⊣⟩⟫⟧⌉⌋"
_OPENING = "([{‘“<«‹（［｛＜〈《「『【〔〖〘〚｟｢≤≦≪≲≶≺≼⊂⊆⊏⊑∈∉⊢⟨⟪⟦⌈⌊"
_MIRRORED = str.maketrans(_CLOSING, _OPENING)

UNSEEN = later(f"[{IGNORABLE}{SKIN_TONES}{BLANK_BRAILLE}{UNSET}]")
"""What a printed text may lack although its source has it: `keben.typeset.fonts.unseen` passes over it where no font
uses it, and extractors leave it out."""

_IGNORABLE = later(f"[{IGNORABLE}]")


def is_ignorable(character: str) -> bool:
    """Whether a character is Default_Ignorable_Code_Point."""
    return _IGNORABLE.match(character) is not None


def is_selector(character: str) -> bool:
    """Whether a character chooses a form of the one before it (Unicode 16, 23.4)."""
    code = ord(character)
    return (
        0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or (0x180B <= code <= 0x180F and code != 0x180E)
    )


def has_rtl(text: str) -> bool:
    """Whether a text has letters that run from right to left."""
    return _RTL.search(text) is not None


def unmirrored(text: str) -> str:
    """A text with one bracket, and one sign of relation, for each pair (those that texts use, of BidiMirroring.txt).

    Beside right-to-left letters an extractor takes a bracket for its mirror image (Unicode Standard Annex 9, L4), as it
    finds glyphs in a file and not which way they were written.
    """
    return text.translate(_MIRRORED)
