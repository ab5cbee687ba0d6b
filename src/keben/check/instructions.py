"""The instructions of a PDF's content stream (ISO 32000-1, 7.8.2), those that a book's pages are drawn with.

What is rare is not known here: strings in parentheses, pictures within the stream, comments. Whoever asks for such a
stream gets an error, and asks PDFium.
"""

import re
from collections.abc import Iterator

Numbers = tuple[float, ...]


class RareContentError(Exception):
    """A stream, or something in it, that is not known here."""


_WHITE = rb"[ \n\r\t\f\0]"
_NUMBER = rb"[-+]?+(?:\d++(?:\.\d*+)?+|\.\d++)(?=[ \n\r\t\f\0\[\]<>/])"
_NAME = rb"/[!-$&'*-.0-;=?-Z\\^-z|~]*+"
_HEX = rb"<[0-9A-Fa-f]*+>"
_ARRAY = rb"\[[-+.\d \n\r\t\f\0]*+(?:" + _HEX + rb"[-+.\d \n\r\t\f\0]*+)*+\]"
_PROPERTIES = rb"<<[A-Za-z0-9/ \n\r\t\f\0]*+>>"
_OPERAND = rb"(?:" + rb"|".join((_NUMBER, _NAME, _HEX, _ARRAY, _PROPERTIES)) + rb")" + _WHITE + rb"*+"
_INSTRUCTION = re.compile(
    rb"((?:" + _OPERAND + rb")*+)([A-Za-z][A-Za-z0-9]*+\*?+)(" + _WHITE + rb"++|\Z)|.+", re.DOTALL
)
"""An instruction; or all the rest, so that what is none is not looked for behind it."""
_IN_ARRAY = re.compile(rb"<([0-9A-Fa-f]*+)>|([-+.\d]++)")


def instructions(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The operands, as they are written, and the operator of each instruction.

    Raises:
        RareContentError: it has something else in it than instructions that are known here.
    """
    content = content.lstrip(b" \n\r\t\f\0")
    found = _INSTRUCTION.findall(content)
    if sum([len(operands) + len(operator) + len(white) for operands, operator, white in found]) != len(
        content
    ):
        raise RareContentError
    return ((operands, operator) for operands, operator, _ in found)


def numbers_in(operands: bytes, count: int) -> Numbers:
    """The operands of an instruction that takes so many numbers.

    Raises:
        RareContentError: they are others.
    """
    try:
        found = tuple(map(float, operands.split()))
    except ValueError:
        raise RareContentError from None
    if len(found) != count:
        raise RareContentError
    return found


def shown(operands: bytes) -> list[tuple[bytes, bytes]]:
    """What ``TJ`` shows: strings in hexadecimal, and numbers between them; of each pair one is empty.

    Raises:
        RareContentError: it is no array of these.
    """
    if operands[:1] != b"[" or operands.rstrip()[-1:] != b"]":
        raise RareContentError
    return _IN_ARRAY.findall(operands)
