"""Where a line of code ends: after a sign between two names, where there is one, else between any two characters.

A number stays whole. Nothing is added where a line ends, as it would be read as a part of the code.
"""

import re

from keben.typeset.lines.addresses import Address, letters_between

ELEMENTS = frozenset(("code", "kbd", "samp"))

_SIGNS = "_./:,;=&|+?@#%\\~-"

_BREAK = re.compile(
    rf"(?<=[{re.escape(_SIGNS)}(\[{{])(?<![0-9]\.(?=[0-9]))(?![{re.escape(_SIGNS)}()\[\]{{}}<>'\"\s])"
)

_LONG = 16
"""Letters of what differs from a word by how it is spelled."""

_NAME = re.compile(r"[_\\]|[0-9][A-Za-z]|[A-Za-z][0-9]|[a-z][A-Z]|[A-Za-z0-9][.:=&+][A-Za-z0-9]|^[~.]{0,2}/")

_FULL = 0.75
"""The share of a line that is filled well enough."""


def code_word(word: str, *, is_code: bool) -> Address | None:
    """A run of letters and signs that is parted as an address is; None for a word of a language.

    ``is_code``: it is marked up as code. What is not is taken for it only where it is long and spelled as no word is.
    """
    if len(word) < 4 or not (is_code or (len(word) >= _LONG and _NAME.search(word))):
        return None
    breaks = tuple(found.start() for found in _BREAK.finditer(word, 1) if found.start() < len(word))
    return Address(0, len(word), breaks, tuple(letters_between(word, (0, *breaks, len(word)))))


def line_end(text: str, fits: int, usual: int, before: int = 0) -> int:
    """How many characters of a text stand in its first line.

    ``fits`` is how many have room, ``usual`` how many would stand in it if it were text, and ``before`` how many
    stand in the line already: words of code are texts of their own.
    """
    full = (fits + before) * _FULL - before
    if full <= usual <= fits:
        return usual
    breaks = [found.start() for found in _BREAK.finditer(text, 1) if found.start() <= fits]
    if breaks and breaks[-1] >= full:
        return breaks[-1]
    return fits


def hanging(line: str) -> int:
    """How many characters the second line of a line of code begins further in than its first one."""
    return len(line) - len(line.lstrip()) + 2
