"""Outlines of CFF fonts, turned or moved without drawing them: a turn swaps the two halves of each step.

Every path operator of a Type 2 charstring has a counterpart of the same length after a quarter turn (Adobe Technical
Note 5177, 4.1): ``hlineto`` becomes ``vlineto``, ``hhcurveto`` becomes ``vvcurveto``. Subroutines are written out and
hints left out.
"""

from collections.abc import Callable, Iterator
from struct import error as StructError  # noqa: N812
from struct import pack, unpack_from

_MASKS = frozenset((19, 20))
_HINTS = frozenset((1, 3, 18, 23)) | _MASKS
_TURNED_OPERATOR = {6: 7, 7: 6, 26: 27, 27: 26, 30: 31, 31: 30}
_LOCAL, _GLOBAL, _RETURN, _ESCAPE = 10, 29, 11, 12
_CALLS = frozenset((_LOCAL, _GLOBAL))

_R_MOVE, _H_MOVE, _V_MOVE, _R_CURVE, _END = 21, 22, 4, 8, 14
_DEEPEST = 10
"""Subroutines within one another, at most (Technical Note 5177, appendix B)."""


class UnusualError(ValueError):
    """A charstring that draws by arithmetic or by accents of other glyphs; a pen can draw it."""


def redraw(
    charstring: bytes,
    local: Callable[[int], bytes],
    common: Callable[[int], bytes],
    *,
    turned: bool,
    shift: tuple[int, int],
    width: int | None,
) -> bytes:
    """The charstring of the same outline, turned 90° counter-clockwise about the origin if asked, and then moved.

    Args:
        charstring: Type 2 bytes.
        local: the local subroutine that a biased number calls.
        common: the global one.
        turned: whether (x, y) becomes (-y, x).
        shift: what is added to both after that, in units.
        width: what is written as the width; None: the font's default.

    Raises:
        UnusualError: the outline cannot be redrawn so.
    """
    out = bytearray() if width is None else bytearray(_encode(width))
    started = False
    try:
        for operator, numbers in _steps(charstring, local, common):
            if not started and operator in (_R_MOVE, _H_MOVE, _V_MOVE):
                x, y = _move(operator, numbers)
                numbers, operator = [x, y], _R_MOVE
                if turned:
                    numbers = [-y, x]
                numbers = [numbers[0] + shift[0], numbers[1] + shift[1]]
                started = True
            elif turned:
                operator, numbers = _turn(operator, numbers)
            for number in numbers:
                out += _CODES[number] if number in _CODES else _encode(number)
            out.append(operator)
    except (IndexError, StructError) as error:
        raise UnusualError from error
    out.append(_END)
    return bytes(out)


def _steps(
    charstring: bytes, local: Callable[[int], bytes], common: Callable[[int], bytes]
) -> Iterator[tuple[int, list[float]]]:
    """Path operators with their numbers, and nothing else; the width is dropped."""
    stack: list[float] = []
    stems = 0
    calls: list[tuple[bytes, int]] = []
    code, at = charstring, 0
    while at < len(code):
        byte = code[at]
        at += 1
        if 32 <= byte < 247:
            # Most bytes are such numbers.
            stack.append(byte - 139)
        elif byte in _NUMBERS:
            number, at = _NUMBERS[byte](code, at)
            stack.append(number)
        elif byte in _CALLS:
            if len(calls) == _DEEPEST:
                raise UnusualError
            calls.append((code, at))
            code, at = (local if byte == _LOCAL else common)(int(stack.pop())), 0
        elif byte == _RETURN:
            code, at = calls.pop()
        elif byte in _HINTS:
            stems += len(stack) // 2
            at += (stems + 7) // 8 if byte in _MASKS else 0
            stack = []
        elif byte == _END:
            _require_no_accent(stack)
            return
        elif byte == _ESCAPE:
            yield _R_CURVE, _flex(code[at], stack)
            at += 1
            stack = []
        else:
            yield byte, _without_width(byte, stack)
            stack = []
    raise UnusualError


def _require_no_accent(stack: list[float]) -> None:
    """``endchar`` with more than a width composes a glyph of two others (Technical Note 5177, appendix C)."""
    if len(stack) > 1:
        raise UnusualError


Reader = Callable[[bytes, int], tuple[float, int]]
"""Reads what follows a number's first byte in a charstring, from an offset: gives the number, and where it ends."""


def _readers() -> Iterator[tuple[int, Reader]]:
    """How numbers of several bytes are read, by their first byte (Technical Note 5177, 3.2)."""

    def positive(byte: int) -> Reader:
        return lambda code, at: ((byte - 247) * 256 + code[at] + 108, at + 1)

    def negative(byte: int) -> Reader:
        return lambda code, at: ((251 - byte) * 256 - code[at] - 108, at + 1)

    yield 28, lambda code, at: (unpack_from(">h", code, at)[0], at + 2)
    yield from ((byte, positive(byte)) for byte in range(247, 251))
    yield from ((byte, negative(byte)) for byte in range(251, 255))
    yield 255, lambda code, at: (unpack_from(">l", code, at)[0] / 65536, at + 4)


_NUMBERS = dict(_readers())


def _without_width(operator: int, numbers: list[float]) -> list[float]:
    if operator == _R_MOVE:
        return numbers[-2:]
    return numbers[-1:] if operator in (_H_MOVE, _V_MOVE) else numbers


def _move(operator: int, numbers: list[float]) -> tuple[float, float]:
    if operator == _R_MOVE:
        return numbers[0], numbers[1]
    return (numbers[0], 0) if operator == _H_MOVE else (0, numbers[0])


def _flex(operator: int, n: list[float]) -> list[float]:
    """Two curves as one ``rrcurveto`` has them (Technical Note 5177, 4.1, flex operators)."""
    if operator == 35:
        return n[:12]
    if operator == 34:
        return [n[0], 0, n[1], n[2], n[3], 0, n[4], 0, n[5], -n[2], n[6], 0]
    if operator == 36:
        back = -(n[1] + n[3] + n[7])
        return [n[0], n[1], n[2], n[3], n[4], 0, n[5], 0, n[6], n[7], n[8], back]
    if operator != 37:
        raise UnusualError
    dx, dy = sum(n[0:10:2]), sum(n[1:10:2])
    last = [n[10], -dy] if abs(dx) > abs(dy) else [-dx, n[10]]
    return [*n[:10], *last]


def _turn(operator: int, n: list[float]) -> tuple[int, list[float]]:
    if operator in (5, _R_CURVE, 24, 25, _R_MOVE):
        turned = n[:]
        turned[0::2] = [-y for y in n[1::2]]
        turned[1::2] = n[0::2]
        return operator, turned
    if operator == _H_MOVE:
        return _V_MOVE, n
    if operator == _V_MOVE:
        return _H_MOVE, [-n[0]]
    if operator in (6, 7):
        first = operator == 7
        return _TURNED_OPERATOR[operator], [-v if (i % 2 == 0) is first else v for i, v in enumerate(n)]
    if operator in (26, 27):
        return _TURNED_OPERATOR[operator], _turn_straight(n, vertical=operator == 26)
    if operator in (30, 31):
        return _TURNED_OPERATOR[operator], _turn_alternating(n, vertical=operator == 30)
    raise UnusualError


def _turn_straight(n: list[float], *, vertical: bool) -> list[float]:
    """``vvcurveto`` and ``hhcurveto``: an odd first number is the step across, of the other axis."""
    turned: list[float] = []
    at = len(n) % 4
    if at:
        turned.append(n[0] if vertical else -n[0])
    for i in range(at, len(n), 4):
        first, x, y, last = n[i : i + 4]
        turned += (-first, -y, x, -last) if vertical else (first, -y, x, last)
    return turned


def _turn_alternating(n: list[float], *, vertical: bool) -> list[float]:
    """``vhcurveto`` and ``hvcurveto``: every other curve begins across; an odd last number ends the last one."""
    turned: list[float] = []
    for i in range(0, len(n) - 3, 4):
        first, x, y, last = n[i : i + 4]
        turned += (-first, -y, x, last) if vertical else (first, -y, x, -last)
        vertical = not vertical
    if len(n) % 4:
        # After the last curve `vertical` says how a next one would begin, thus how the last one ended.
        turned.append(n[-1] if vertical else -n[-1])
    return turned


def _encode(number: float) -> bytes:
    if number != int(number):
        return pack(">Bl", 255, round(number * 65536))
    value = int(number)
    if -107 <= value <= 107:
        return bytes((value + 139,))
    if 108 <= value <= 1131:
        return bytes(((value - 108) // 256 + 247, (value - 108) % 256))
    if -1131 <= value <= -108:
        return bytes(((-value - 108) // 256 + 251, (-value - 108) % 256))
    return pack(">Bh", 28, value)


_CODES: dict[float, bytes] = {value: _encode(value) for value in range(-1131, 1132)}
