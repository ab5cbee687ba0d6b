"""Redrawn charstrings draw what a pen draws of the original, turned."""

from types import SimpleNamespace

import pytest
from fontTools.misc.psCharStrings import T2CharString
from fontTools.misc.transform import Transform
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from hypothesis import given
from hypothesis import strategies as st

from keben.typeset.fonts.vertical.charstrings import UnusualError, redraw

STEP = st.integers(-3000, 3000)


def counted(name, *counts):
    """An operator after as many numbers as it may have."""
    return st.sampled_from(counts).flatmap(lambda count: st.tuples(*[STEP] * count)).map(lambda n: [*n, name])


MOVES = st.one_of(counted("rmoveto", 2), counted("hmoveto", 1), counted("vmoveto", 1))
PATHS = st.one_of(
    counted("rlineto", 2, 4, 8),
    counted("hlineto", 1, 2, 3, 6),
    counted("vlineto", 1, 2, 3, 6),
    counted("rrcurveto", 6, 12),
    counted("rcurveline", 8, 14),
    counted("rlinecurve", 8, 10),
    counted("vvcurveto", 4, 5, 8, 9),
    counted("hhcurveto", 4, 5, 8, 9),
    counted("vhcurveto", 4, 5, 8, 9, 12, 13),
    counted("hvcurveto", 4, 5, 8, 9, 12, 13),
    counted("flex", 13),
    counted("hflex", 7),
    counted("hflex1", 9),
    counted("flex1", 11),
)
CONTOURS = st.lists(st.tuples(MOVES, st.lists(PATHS, min_size=1, max_size=5)), min_size=1, max_size=3)


def flat(contours):
    return [
        token for move, paths in contours for token in [*move, *(each for path in paths for each in path)]
    ]


def compiled(program):
    charstring = T2CharString(program=list(program))
    charstring.compile()
    return charstring.bytecode


def drawn(code, subroutines=(), matrix=Transform()):  # noqa: B008
    called = [T2CharString(each) for each in subroutines]
    private = SimpleNamespace(defaultWidthX=0, nominalWidthX=0, Subrs=called)
    charstring = T2CharString(code, private=private, globalSubrs=called)
    pen = RecordingPen()
    charstring.draw(TransformPen(pen, matrix))
    return [
        (name, [tuple(map(float, point)) for point in points]) for name, points in pen.value
    ], charstring.width


def none(number):
    raise AssertionError(number)


TURN = Transform(0, 1, -1, 0, 880, -120)


@given(CONTOURS)
def test_turned_outlines_are_the_outlines_turned(contours):
    code = compiled([*flat(contours), "endchar"])
    redrawn = redraw(code, none, none, turned=True, shift=(880, -120), width=1000)
    assert drawn(redrawn) == (drawn(code, matrix=TURN)[0], 1000)


@given(CONTOURS)
def test_moved_outlines_are_the_outlines_moved(contours):
    code = compiled([*flat(contours), "endchar"])
    redrawn = redraw(code, none, none, turned=False, shift=(0, 7), width=None)
    assert drawn(redrawn) == (drawn(code, matrix=Transform(1, 0, 0, 1, 0, 7))[0], 0)


@given(CONTOURS)
def test_hints_and_widths_are_left_out_and_subroutines_written_out(contours):
    # Eight stems before the mask and one that it implies: two bytes of mask.
    hints = [555, *[10, 20] * 4, "hstemhm", *[10, 20] * 5, "hintmask", b"\xff\x80"]
    inner = compiled([*flat(contours), "return"])
    outer = compiled([-107, "callgsubr", "return"])
    code = compiled([*hints, -106, "callsubr", "endchar"])
    subroutines = (inner, outer)
    redrawn = redraw(
        code,
        lambda number: subroutines[number + 107],
        lambda number: subroutines[number + 107],
        turned=True,
        shift=(880, -120),
        width=None,
    )
    assert redrawn == redraw(
        compiled([*flat(contours), "endchar"]), none, none, turned=True, shift=(880, -120), width=None
    )
    assert drawn(redrawn)[0] == drawn(code, subroutines, TURN)[0]


def test_fractions_stay():
    code = compiled([10.5, -0.25, "rmoveto", 3.75, "hlineto", "endchar"])
    redrawn = redraw(code, none, none, turned=True, shift=(0, 0), width=None)
    assert drawn(redrawn)[0] == [
        ("moveTo", [(0.25, 10.5)]),
        ("lineTo", [(0.25, 14.25)]),
        ("closePath", []),
    ]


@pytest.mark.parametrize(
    "program",
    [
        [1, 2, "add", "hmoveto", "endchar"],
        [0, 0, 65, 66, "endchar"],
        [1, "hmoveto", 1, "hlineto"],
        [32767, "hmoveto", 1, "hlineto", "endchar"],
    ],
    ids=["arithmetic", "accent", "no end", "too far"],
)
def test_what_a_pen_must_draw_is_refused(program):
    with pytest.raises(UnusualError):
        redraw(compiled(program), none, none, turned=True, shift=(880, 880), width=None)


def test_subroutines_that_call_themselves_are_refused():
    with pytest.raises(UnusualError):
        redraw(
            compiled([-107, "callsubr"]),
            lambda _: compiled([-107, "callsubr"]),
            none,
            turned=True,
            shift=(0, 0),
            width=None,
        )
