"""Lines of help by the cells of a terminal: a Chinese character takes two, and a line may end behind each."""

import re
import unicodedata
from collections.abc import Iterator

from keben.core.patterns import later

_NO_BEGIN = frozenset("，。、；：？！”’）》」』】〉…—％～·)]}>,.;:?!%")
"""What no line begins with (CLREQ, Prohibition rules for line start)."""
_NO_END = frozenset("“‘（《「『【〈([{<")
_PIECE = later(r"\s+|[!-~]+|.")


def cells(text: str) -> int:
    """How many cells of a terminal a text takes (Unicode Standard Annex 11)."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—" else 1


def wrap(
    text: str,
    width: int = 78,
    initial_indent: str = "",
    subsequent_indent: str = "",
    preserve_paragraphs: bool = False,
) -> str:
    """Text in lines of at most ``width`` cells, with the parameters of click's ``wrap_text``."""
    paragraphs = re.split(r"\n[ \t]*\n", text) if preserve_paragraphs else [text]
    return "\n\n".join(
        "\n".join(_lines(" ".join(paragraph.split()), width, initial_indent, subsequent_indent))
        for paragraph in paragraphs
    )


def _lines(text: str, width: int, initial: str, subsequent: str) -> Iterator[str]:
    line, taken = initial, cells(initial)
    is_empty = True
    for piece in _pieces(text):
        size = cells(piece.rstrip())
        if not is_empty and taken + size > width:
            yield line.rstrip()
            line, is_empty = subsequent, True
            taken = cells(line)
        if is_empty:
            piece = piece.lstrip()
        line += piece
        taken += cells(piece)
        is_empty = is_empty and not piece
    if not is_empty:
        yield line.rstrip()


def _pieces(text: str) -> list[str]:
    """What no line is broken in."""
    pieces: list[str] = []
    for piece in _PIECE.findall(text):
        last = pieces[-1] if pieces else ""
        if last and (piece.isspace() or piece[0] in _NO_BEGIN or last[-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces
