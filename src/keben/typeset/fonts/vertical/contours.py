"""Outlines of TrueType fonts, turned or moved as they lie in the file: no point is made an object for it.

A simple glyph is a flag for each point, and steps from one point to the next, first all to the right and then all
upwards (OpenType, ``glyf``). A quarter turn swaps the two.
"""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from struct import error as StructError  # noqa: N812
from struct import pack, unpack_from
from typing import Any

from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]

_KEPT = 0x41
"""Of a point's flags: that it is on the curve, and that contours overlap."""
_SHORT_X, _SHORT_Y, _REPEATED, _SAME_X, _SAME_Y = 0x02, 0x04, 0x08, 0x10, 0x20
_MOST = 255

Box = tuple[int, int, int, int]
"""Left, bottom, right, top."""


def header(data: bytes) -> tuple[int, Box] | None:
    """The number of contours (negative for a glyph of others) and the bounds that a glyph says; None for a blank."""
    if len(data) < 10:
        return None
    contours, *bounds = unpack_from(">5h", data)
    left, bottom, right, top = bounds
    return contours, (left, bottom, right, top)


class MovedGlyph(Glyph):  # type: ignore[misc]
    """A simple glyph that is written already, as fontTools' writers ask for it."""

    def __init__(self, ends: Sequence[int], flags: bytes, steps: Sequence[tuple[int, int]]) -> None:
        """``ends``: the last point of each contour; ``steps`` to each point, the first one from the origin."""
        super().__init__()
        xs = [*accumulate(x for x, _ in steps)]
        ys = [*accumulate(y for _, y in steps)]
        self.numberOfContours = len(ends)
        self.xMin, self.yMin, self.xMax, self.yMax = min(xs), min(ys), max(xs), max(ys)
        self.flags = b""
        self._points = len(steps)
        head = pack(">5h", len(ends), self.xMin, self.yMin, self.xMax, self.yMax)
        self._written = b"".join((head, pack(f">{len(ends)}H", *ends), b"\0\0", *_packed(flags, steps)))

    def compile(self, *_: Any, **__: Any) -> bytes:
        """The glyph's bytes."""
        return self._written

    def recalcBounds(self, *_: Any, **__: Any) -> None:  # noqa: N802 - fontTools calls it so
        """Do nothing: they are known."""

    def getMaxpValues(self) -> tuple[int, int]:  # noqa: N802 - fontTools calls it so
        """The numbers of points and of contours."""
        return self._points, self.numberOfContours


def moved(data: bytes, *, turned: bool, shift: tuple[int, int], start: int) -> MovedGlyph | None:
    """A simple glyph turned 90° counter-clockwise about the origin if asked, and then moved; None for any other.

    Args:
        data: the glyph in ``glyf``.
        turned: whether (x, y) becomes (-y, x).
        shift: what is added to both after that, in units.
        start: what is added to x before that.
    """
    try:
        read = _read(data)
    except (IndexError, StructError):
        # fontTools says what is wrong with it.
        return None
    if read is None:
        return None
    ends, flags, xs, ys = read
    steps = [(-y, x) for x, y in zip(xs, ys, strict=True)] if turned else [*zip(xs, ys, strict=True)]
    x, y = steps[0]
    steps[0] = (x + shift[0], y + start + shift[1]) if turned else (x + start + shift[0], y + shift[1])
    return MovedGlyph(ends, flags, steps)


def _read(data: bytes) -> tuple[tuple[int, ...], bytes, list[int], list[int]] | None:
    """Ends of contours, flags of points, and steps to them; None for what is no simple glyph."""
    known = header(data)
    if known is None or known[0] <= 0:
        return None
    contours = known[0]
    ends = unpack_from(f">{contours}H", data, 10)
    at = 10 + 2 * contours
    at += 2 + unpack_from(">H", data, at)[0]
    points = ends[-1] + 1
    flags = bytearray()
    while len(flags) < points:
        flag = data[at]
        at += 1
        if flag & _REPEATED:
            flags += bytes((flag,)) * (data[at] + 1)
            at += 1
        else:
            flags.append(flag)
    if len(flags) != points:
        return None
    xs, at = _steps(data, at, flags, _SHORT_X, _SAME_X)
    ys, at = _steps(data, at, flags, _SHORT_Y, _SAME_Y)
    return ends, bytes(flags), xs, ys


def _steps(data: bytes, at: int, flags: Iterable[int], short: int, same: int) -> tuple[list[int], int]:
    """The steps in one direction, and where the next thing stands."""
    steps: list[int] = []
    for flag in flags:
        if flag & short:
            steps.append(data[at] if flag & same else -data[at])
            at += 1
        elif flag & same:
            steps.append(0)
        else:
            steps.append(unpack_from(">h", data, at)[0])
            at += 2
    return steps, at


def _packed(flags: bytes, steps: Sequence[tuple[int, int]]) -> tuple[bytes, bytes, bytes]:
    """Flags and steps in both directions, each step as short as it can be: as fontTools writes them."""
    written, xs, ys = bytearray(), bytearray(), bytearray()
    last, repeated = -1, 0
    for known, (x, y) in zip(flags, steps, strict=True):
        flag = known & _KEPT
        if x == 0:
            flag |= _SAME_X
        elif -_MOST <= x <= _MOST:
            flag |= _SHORT_X | _SAME_X if x > 0 else _SHORT_X
            xs.append(abs(x))
        else:
            xs += pack(">h", x)
        if y == 0:
            flag |= _SAME_Y
        elif -_MOST <= y <= _MOST:
            flag |= _SHORT_Y | _SAME_Y if y > 0 else _SHORT_Y
            ys.append(abs(y))
        else:
            ys += pack(">h", y)
        if flag == last and repeated != _MOST:
            repeated += 1
            if repeated == 1:
                written.append(flag)
            else:
                written[-2:] = flag | _REPEATED, repeated
        else:
            repeated = 0
            written.append(flag)
        last = flag
    return bytes(written), bytes(xs), bytes(ys)
