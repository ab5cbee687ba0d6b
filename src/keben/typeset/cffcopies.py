"""Copies of glyphs in an embedded CFF font that is keyed by CIDs, made in its bytes.

A font of Chinese that was cut down to a book's glyphs still has a place for each of some 65 000, nearly all empty. What
reads it whole takes as long as it takes to lay out a chapter; here only the table's own parts are moved (Adobe
Technical Note 5176, "The Compact Font Format Specification").
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from typing import Any

from fontTools.ttLib.tables.DefaultTable import DefaultTable  # type: ignore[import-untyped]

from keben.core.values import dataclass

_ROS, _FD_ARRAY, _FD_SELECT = (12, 30), (12, 36), (12, 37)
_CHARSET, _CHARSTRINGS, _PRIVATE = (15,), (17,), (18,)

_EMPTY = b"\x0e"
"""A charstring that draws nothing: ``endchar``."""

_LONG = 29
"""Begins an integer of four bytes in a DICT. Only these can be changed where they stand."""

Operator = tuple[int, ...]


class OtherFontError(ValueError):
    """A font that is built in another way than those that are known."""


def with_keyed_copies(font: Any, copies: Mapping[int, int]) -> None:
    """Put copies of glyphs into an opened font (fontTools): the copy's number → the glyph's.

    Every glyph's number becomes its CID.

    Raises:
        OtherFontError: it is not keyed by CIDs, or its dictionaries cannot be changed in their place.
    """
    try:
        data = font.reader["CFF "]
        before, origins = _origins(data, copies)
        table = _copied(data, before, origins)
        metrics = {
            name: _metrics(font.reader[name], _count(font.reader[header]), origins)
            for name, header in (("hmtx", "hhea"), ("vmtx", "vhea"))
            if name in font.reader
        }
    except (struct.error, IndexError, KeyError) as error:
        raise OtherFontError from error
    _put(font, "CFF ", table)
    for name, values in metrics.items():
        _put(font, name, values)
        header = {"hmtx": "hhea", "vmtx": "vhea"}[name]
        _put(font, header, font.reader[header][:-2] + struct.pack(">H", len(origins)))
    largest = font.reader["maxp"]
    _put(font, "maxp", largest[:4] + struct.pack(">H", len(origins)) + largest[6:])


def _put(font: Any, name: str, data: bytes) -> None:
    table = DefaultTable(name)
    table.data = data
    font.tables[name] = table


def _count(header: bytes) -> int:
    (count,) = struct.unpack(">H", header[-2:])
    return int(count)


def _metrics(data: bytes, count: int, origins: Sequence[int | None]) -> bytes:
    """A table of metrics for each place of a font: those of the glyph that is put there, or none."""
    (last,) = struct.unpack_from(">H", data, 4 * (count - 1))

    def of(glyph: int | None) -> bytes:
        if glyph is None:
            return b"\0\0\0\0"
        if glyph < count:
            return data[4 * glyph : 4 * glyph + 4]
        at = 4 * count + 2 * (glyph - count)
        return struct.pack(">H", last) + data[at : at + 2]

    return b"".join(map(of, origins))


@dataclass(frozen=True, slots=True)
class _Index:
    """An INDEX: where it and what is in it begin and end."""

    begin: int
    end: int
    borders: Sequence[int]

    def items(self, data: bytes) -> Sequence[bytes]:
        """What is in it."""
        return [data[one:two] for one, two in zip(self.borders, self.borders[1:], strict=False)]


@dataclass(frozen=True, slots=True)
class _FontEntry:
    """The last operand of an operator in a DICT: its value, and where its four bytes are; -1: it has fewer."""

    value: int
    at: int


@dataclass(frozen=True, slots=True)
class _Font:
    """The parts of a CFF."""

    top: Mapping[Operator, _FontEntry]
    privates: Sequence[_FontEntry]
    outlines: _Index
    cids: Sequence[int]
    dictionaries: Sequence[int]
    """Of each glyph, its number in the array of fonts (FDSelect)."""


def _origins(data: bytes, copies: Mapping[int, int]) -> tuple[_Font, Sequence[int | None]]:
    """A font, and which of its glyphs is put into each place; None: an empty one."""
    font = _read(data)
    places = {cid: index for index, cid in enumerate(font.cids)}
    size = max(*places, *copies) + 1
    return font, [places.get(copies.get(number, number)) for number in range(size)]


def _read(data: bytes) -> _Font:
    names = _index(data, data[2])
    tops = _index(data, names.end)
    if len(tops.borders) != 2:
        raise OtherFontError
    top = dict(_dictionary(data, tops.borders[0], tops.borders[1]))
    if not {_ROS, _FD_ARRAY, _FD_SELECT, _CHARSET, _CHARSTRINGS} <= top.keys() or top[_CHARSET].value < 3:
        raise OtherFontError
    outlines = _index(data, top[_CHARSTRINGS].value)
    fonts = _index(data, top[_FD_ARRAY].value)
    privates = [
        entry
        for one, two in zip(fonts.borders, fonts.borders[1:], strict=False)
        for operator, entry in _dictionary(data, one, two)
        if operator == _PRIVATE
    ]
    count = len(outlines.borders) - 1
    cids = _charset(data, top[_CHARSET].value, count)
    return _Font(top, privates, outlines, cids, _dictionaries(data, top[_FD_SELECT].value, count))


def _index(data: bytes, at: int) -> _Index:
    (count,) = struct.unpack_from(">H", data, at)
    if not count:
        return _Index(at, at + 2, ())
    size, first = data[at + 2], at + 3
    start = first + size * (count + 1) - 1
    offsets = (data[first + size * each : first + size * (each + 1)] for each in range(count + 1))
    borders = [start + int.from_bytes(offset, "big") for offset in offsets]
    return _Index(at, borders[-1], borders)


def _dictionary(data: bytes, at: int, end: int) -> Iterator[tuple[Operator, _FontEntry]]:
    """The operators of a DICT, each with its last operand."""
    last = _FontEntry(0, -1)
    while at < end:
        code = data[at]
        if code <= 21:
            escaped = code == 12
            yield (code, data[at + 1]) if escaped else (code,), last
            at, last = at + 1 + escaped, _FontEntry(0, -1)
        elif code == _LONG:
            last = _FontEntry(int.from_bytes(data[at + 1 : at + 5], "big", signed=True), at + 1)
            at += 5
        elif code == 30:
            at += 1
            while data[at] & 15 != 15:
                at += 1
            at += 1
        else:
            # None of these can be an offset that is changed.
            last, at = _FontEntry(-1, -1), at + (3 if code == 28 else 2 if code >= 247 else 1)


def _charset(data: bytes, at: int, count: int) -> Sequence[int]:
    kind, at = data[at], at + 1
    if kind == 0:
        return [0, *struct.unpack_from(f">{count - 1}H", data, at)]
    cids, form = [0], ">HB" if kind == 1 else ">HH"
    while len(cids) < count:
        first, left = struct.unpack_from(form, data, at)
        cids += range(first, first + left + 1)
        at += struct.calcsize(form)
    return cids[:count]


def _dictionaries(data: bytes, at: int, count: int) -> Sequence[int]:
    if data[at] == 0:
        return data[at + 1 : at + 1 + count]
    if data[at] != 3:
        raise OtherFontError
    (ranges,) = struct.unpack_from(">H", data, at + 1)
    chosen = bytearray()
    for each in range(ranges):
        first, number, after = struct.unpack_from(">HBH", data, at + 3 + 3 * each)
        chosen += bytes([number]) * (after - first)
    return chosen


def _copied(data: bytes, font: _Font, origins: Sequence[int | None]) -> bytes:
    """The table with its outlines, its charset and its choice of dictionaries written again behind all else."""
    outlines = font.outlines.items(data)
    made = [_EMPTY if origin is None else outlines[origin] for origin in origins]
    gone = font.outlines.end - font.outlines.begin
    rest = bytearray(data)
    moved = (entry for entry in (*font.privates, font.top[_FD_ARRAY]) if entry.value > font.outlines.begin)
    for entry in moved:
        _change(rest, entry, entry.value - gone)
    charset = struct.pack(">BHH", 2, 1, len(origins) - 2)
    choice = _choice([font.dictionaries[origin or 0] for origin in origins])
    end = len(data) - gone
    _change(rest, font.top[_CHARSET], end)
    _change(rest, font.top[_FD_SELECT], end + len(charset))
    _change(rest, font.top[_CHARSTRINGS], end + len(charset) + len(choice))
    del rest[font.outlines.begin : font.outlines.end]
    return bytes(rest) + charset + choice + _written(made)


def _change(data: bytearray, entry: _FontEntry, value: int) -> None:
    if entry.at < 0:
        raise OtherFontError
    struct.pack_into(">l", data, entry.at, value)


def _choice(numbers: Sequence[int]) -> bytes:
    """An FDSelect of format 3."""
    ranges, at = [], 0
    for number, group in groupby(numbers):
        ranges.append(struct.pack(">HB", at, number))
        at += len(list(group))
    return struct.pack(">BH", 3, len(ranges)) + b"".join(ranges) + struct.pack(">H", at)


def _written(items: Sequence[bytes]) -> bytes:
    """An INDEX."""
    offsets = list(accumulate(map(len, items), initial=1))
    size = (offsets[-1].bit_length() + 7) // 8
    head = struct.pack(">HB", len(items), size)
    return head + b"".join(offset.to_bytes(size, "big") for offset in offsets) + b"".join(items)
