"""Characters that stand for something else while a text is on its way through the converter.

They are noncharacters (Unicode 16, 23.7), which are meant for a program's own use: `keben.markdown` refuses them in a
source, no dictionary has them, and none of them comes out.
"""

LOCKED = "\ufdd0"
"""A span whose conversion is settled."""

JOINT = "\ufdd5"
"""Where the engine itself parts a text that dictionaries are to take piece by piece."""

_MARKS = "“”‘’「」『』·‧・"
_SHIELDED = {ord(mark): 0xFDE0 + number for number, mark in enumerate(_MARKS)}
_UNSHIELDED = {shielded: mark for mark, shielded in _SHIELDED.items()}


def shield(text: str) -> str:
    """A settled text, with its quotation marks and dots kept from the step that sets them by edition."""
    return text.translate(_SHIELDED)


def unshield(text: str) -> str:
    """The text with those marks back."""
    return text.translate(_UNSHIELDED)
