"""Where the letters of a zhuyin reading stand: one over the other beside a character, the tone beside the last.

Sources: CLREQ, "Zhuyin (Bopomofo)"; 教育部《國語注音符號手冊》 (the light tone stands over the letters).
"""

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

# In em of the reading: where the ink of a tone's glyph has its middle, and how far above the middle of the last letter
# a tone is, or above that of the first the light one.
_TONE_X, _TONE_Y, _TONE_UP = 0.28, 0.65, 0.26
_LIGHT_X, _LIGHT_Y, _LIGHT_UP = 0.25, 0.385, 0.43


def places(reading: str, size: float, em: float) -> list[tuple[float, float]]:
    """How far right and up of a character's left edge and its baseline each letter of its reading begins.

    ``size`` is the reading's em and ``em`` the text's; places are in the unit of both.
    """
    count = sum(each not in TONES and each != LIGHT for each in reading)
    top = (CENTRE + (count - 1) / 2 * _PITCH) * em
    found: list[tuple[float, float]] = []
    at = 0
    for each in reading:
        middle = top - max(0, at - 1) * _PITCH * em
        if each == LIGHT:
            found.append((_LETTERS * em - _LIGHT_X * size, top + (_LIGHT_UP - _LIGHT_Y) * size))
        elif each in TONES:
            found.append((_TONE * em - _TONE_X * size, middle + (_TONE_UP - _TONE_Y) * size))
        else:
            found.append((_LETTERS * em - size / 2, top - at * _PITCH * em - CENTRE * size))
            at += 1
    return found
