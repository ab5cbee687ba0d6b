"""Where a line of code ends: after a sign between two names, where there is one, else between any two characters.

A number stays whole. Nothing is added where a line ends, as it would be read as a part of the code.
"""

import re

from keben.typeset.lines.addresses import Address, letters_between

ELEMENTS = frozenset(("code", "kbd", "samp"))

_SIGNS = "_./:,;=&|+?@#%\\~-"

_BREAK = re.compile(
    rf"(?<=[{re.escape(_SIGNS)}(\[{{])(?<![0-9]\.(?=[0-9]))(?![{re.escape(_SIGNS)}()\[\]{{}}<>\s])"
    r"(?:(?<=[(\[{])|(?!['\"]))"
)
"""After a sign, and before no other one; before a quotation mark only where a bracket opens, as it may end a string."""

_HUMP = re.compile("(?<=[a-z0-9])(?=[A-Z][a-z])")
"""Between the words of a name that is written as one."""

_LONG = 16
"""Letters of what differs from a word by how it is spelled."""

_NAME = re.compile(r"[_\\]|[0-9][A-Za-z]|[A-Za-z][0-9]|[a-z][A-Z]|[A-Za-z0-9][.:=&+][A-Za-z0-9]|^[~.]{0,2}/")

_TORN = re.compile("[0-9A-Za-z_][0-9A-Za-z_]")

_FULL = 0.75
"""The share of a line that is filled well enough where it ends between words."""
_FILLED = 0.5
"""The share of a line that is filled well enough for a word to stay whole."""


def code_word(word: str, *, is_code: bool) -> Address | None:
    """A run of letters and signs that is parted as an address is; None for a word of a language.

    ``is_code``: it is marked up as code. What is not is taken for it only where it is long and spelled as no word is.
    """
    if len(word) < 4 or not (is_code or (len(word) >= _LONG and _NAME.search(word))):
        return None
    breaks = tuple(found.start() for found in _BREAK.finditer(word, 1) if found.start() < len(word))
    return Address(0, len(word), breaks, tuple(letters_between(word, (0, *breaks, len(word)))))


def line_end(text: str, fits: int, usual: int) -> int:
    """How many characters of a text stand in its first line.

    ``fits`` is how many have room, and ``usual`` how many would stand in it if it were text; a space at its end needs
    none.
    """
    is_torn = _TORN.match(text, usual - 1) is not None
    if not is_torn and len(text[:usual].rstrip(" ")) <= fits and usual >= fits * _FULL:
        return usual
    for places in (_BREAK, _HUMP):
        breaks = [found.start() for found in places.finditer(text, 1) if found.start() <= fits]
        if breaks and breaks[-1] >= fits * _FILLED:
            return breaks[-1]
    return fits


def hanging(line: str) -> int:
    """How many characters the second line of a line of code begins further in than its first one."""
    return len(line) - len(line.lstrip()) + 2
