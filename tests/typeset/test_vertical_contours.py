"""TrueType outlines that are turned as they lie in the file are those that fontTools would write of the points."""

import pytest
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphCoordinates
from fontTools.ttLib.tables.ttProgram import Program
from hypothesis import given
from hypothesis import strategies as st

from keben.typeset.fonts.vertical.contours import header, moved


class Table:
    """What a glyph asks its table."""

    extended = False


def glyph(contours, flags, instructions=b"") -> Glyph:
    made = Glyph()
    points = [point for contour in contours for point in contour]
    made.numberOfContours = len(contours)
    made.coordinates = GlyphCoordinates(points)
    made.endPtsOfContours = [sum(map(len, contours[: n + 1])) - 1 for n in range(len(contours))]
    made.flags = bytearray(flags)
    made.program = Program()
    made.program.fromBytecode(instructions)
    return made


numbers = st.one_of(st.integers(-3, 3), st.integers(-300, 300), st.integers(-5000, 5000))
outlines = st.lists(
    st.lists(st.tuples(numbers, numbers, st.sampled_from((0, 1, 0x40, 0x41))), min_size=1, max_size=12),
    min_size=1,
    max_size=4,
)


@given(outlines, st.booleans(), st.tuples(numbers, numbers), numbers)
def test_they_are_written_as_fonttools_writes_them(outline, turned, shift, start):
    contours = [[(x, y) for x, y, _ in contour] for contour in outline]
    flags = [flag for contour in outline for *_, flag in contour]
    data = glyph(contours, flags, b"\x01\x02\x03").compile(Table())
    dx, dy = shift
    expected = glyph(
        [
            [(dx - y, dy + start + x) if turned else (dx + start + x, dy + y) for x, y in contour]
            for contour in contours
        ],
        flags,
    )
    written = expected.compile(Table())
    made = moved(data, turned=turned, shift=shift, start=start)
    assert made is not None
    assert made.compile(Table(), True) == written
    assert (made.xMin, made.yMin, made.xMax, made.yMax) == (
        expected.xMin,
        expected.yMin,
        expected.xMax,
        expected.yMax,
    )
    assert made.getMaxpValues() == expected.getMaxpValues()
    made.recalcBounds(Table())
    assert header(written) == (len(contours), (made.xMin, made.yMin, made.xMax, made.yMax))


def test_many_points_of_one_kind_are_counted():
    line = [(step, 0) for step in range(600)]
    data = glyph([line], [1] * 600).compile(Table())
    turned = glyph([[(0, x) for x, _ in line]], [1] * 600).compile(Table())
    made = moved(data, turned=True, shift=(0, 0), start=0)
    assert made is not None
    assert made.compile() == turned


COMPOSITE = b"\xff\xff" + bytes(8) + b"\x00\x02\x00\x05\x00\x00"
SIMPLE = glyph([[(0, 0), (500, 0), (500, 700)]], [1, 1, 1]).compile(Table())


@pytest.mark.parametrize("data", [b"", bytes(9), bytes(10), COMPOSITE, SIMPLE[:-1], SIMPLE[:14], SIMPLE[:12]])
def test_what_is_no_simple_glyph_is_left_to_fonttools(data):
    assert moved(data, turned=True, shift=(0, 0), start=0) is None


def test_a_glyph_of_others_says_its_bounds():
    assert header(COMPOSITE) == (-1, (0, 0, 0, 0))
    assert header(b"") is None
