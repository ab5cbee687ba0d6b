"""Where the letters of a zhuyin reading stand: one over the other beside a character, the tone beside the last.

Sources: CLREQ 5.5.3; 教育部《國語注音符號手冊》 (the light tone stands over the letters).
"""

from collections.abc import Iterator

CENTRE = 0.38
"""How far the middle of an em box is above the baseline, in em of its face."""

ASIDE = 0.5
"""What a reading takes beside its character, in em of the text: the letters, and a column for the tone."""

LIGHT = "˙"
TONES = "ˊˇˋˉ"

# In em of the text.
_LETTERS, _TONE = 1.16, 1.37
"""Where the middle of the letters' column and of the tone's is, from the character's left edge."""
_PITCH = 0.31
"""From a letter to the next: less than the reading's em, for a letter fills six tenths of it."""

# In em of the reading: how far above the middle of the last letter a tone is, and the light one above the first's.
_TONE_UP, _LIGHT_UP = 0.26, 0.43

# In em of the reading: where a letter or the ink of a tone has its middle, from where its glyph begins.
_LETTER_INK, _TONE_INK, _LIGHT_INK = (0.5, CENTRE), (0.28, 0.65), (0.25, 0.385)
# The same in a font of columns, as it lies: along the column, and up towards its right.
_LETTER_LYING, _TONE_LYING, _LIGHT_LYING = (0.5, CENTRE), (0.23, 0.36), (0.495, CENTRE)

_TOP = 1 - 0.5 + CENTRE
"""The upper edge of an em box over its baseline, in em."""


def places(reading: str, size: float, em: float, *, vertical: bool = False) -> list[tuple[float, float]]:
    """How far right and up of a character's left edge and its baseline each letter of its reading begins.

    ``size`` is the reading's em and ``em`` the text's; places are in the unit of both. In a ``vertical`` book right and
    up are those of the page as it lies, down the column and to its right.
    """
    found: list[tuple[float, float]] = []
    for each, (right, up) in zip(reading, _middles(reading, size, em), strict=True):
        is_light, is_tone = each == LIGHT, each in TONES
        if vertical:
            right, up = _TOP * em - up, right - (1 - _TOP) * em
            ink = _LIGHT_LYING if is_light else _TONE_LYING if is_tone else _LETTER_LYING
        else:
            ink = _LIGHT_INK if is_light else _TONE_INK if is_tone else _LETTER_INK
        found.append((right - ink[0] * size, up - ink[1] * size))
    return found


def _middles(reading: str, size: float, em: float) -> Iterator[tuple[float, float]]:
    """How far right and up of a character's left edge and its baseline the middle of each letter is, upright."""
    count = sum(each not in TONES and each != LIGHT for each in reading)
    top = (CENTRE + (count - 1) / 2 * _PITCH) * em
    at = 0
    for each in reading:
        if each == LIGHT:
            yield _LETTERS * em, top + _LIGHT_UP * size
        elif each in TONES:
            yield _TONE * em, top - max(0, at - 1) * _PITCH * em + _TONE_UP * size
        else:
            yield _LETTERS * em, top - at * _PITCH * em
            at += 1
