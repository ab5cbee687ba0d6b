"""Style sheets put in place of the ``@import`` that names them, and the way back from a line to its own file.

A comment before and after each piece says where it is from; so a sheet stays one text, and its faults have places.
"""

import re

_EDGE = re.compile(r"/\*! (?:from|back in) (\S+?)(?::(\d+))? \*/")


def pasted(text: str, path: str, around: str, line: int) -> str:
    """A sheet's text as it is in another: ``path`` is its own, ``around`` and ``line`` those of the ``@import``."""
    return f"/*! from {path} */\n{text}\n/*! back in {around}:{line} */"


def origin(text: str, path: str, line: int, column: int) -> tuple[str, int, int]:
    """The file, line and column (0: not known) that a place in a sheet with pasted ones came from.

    ``path`` is the sheet's own; lines and columns count from 1.
    """
    first = 1
    for number, written in enumerate(text.split("\n")[:line], 1):
        for match in _EDGE.finditer(written):
            if number == line and match.start() >= column > 0:
                break
            path = match[1]
            # The line after a “from” is the file's first; what follows “back in” is still on the line it names.
            first = number - int(match[2]) + 1 if match[2] else number + 1
            if number == line:
                column = 0
    return path, line - first + 1, column
