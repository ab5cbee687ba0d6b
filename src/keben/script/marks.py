"""Characters that stand for something else while a text is on its way through the converter.

They are noncharacters (Unicode 16, 23.7), which are meant for a program's own use: `keben.markdown` refuses them in a
source, no dictionary has them, and none of them comes out.
"""

import re

from keben.core.patterns import later

CLAUSE = re.compile(r"[^\s，。！？；：、…—“”‘’「」『』（）《》〈〉【】\ufdd5]+")
"""A stretch that no phrase of the dictionaries leaves."""

PAUSE = later(CLAUSE.pattern.replace("[^", "[").removesuffix("+"))
"""What stands between two."""

LOCKED = "\ufdd0"
"""A span whose conversion is settled."""

JOINT = "\ufdd5"
"""Where the engine itself parts a text that dictionaries are to take piece by piece."""

CHOSEN = "\ufdd6"
"""A character whose form was chosen, and is put in after the conversion."""

_MARKS = "“”‘’「」『』·‧・"
_SHIELDED = {ord(mark): 0xFDE0 + number for number, mark in enumerate(_MARKS)}
_UNSHIELDED = {chr(shielded): chr(mark) for mark, shielded in _SHIELDED.items()}
_SHIELD = re.compile(f"[{''.join(_UNSHIELDED)}]")


def shield(text: str) -> str:
    """A settled text, with its quotation marks and dots kept from the step that sets them by edition."""
    return text.translate(_SHIELDED)


def unshield(text: str) -> str:
    """The text with those marks back."""
    return _SHIELD.sub(lambda match: _UNSHIELDED[match[0]], text)
