"""A note within a line in two rows is one thing to whoever measures the line."""

from keben.check.glossrows import with_glosses
from keben.check.linemarks import FORMULA
from keben.check.placedglyphs import Glyph, PlacedGlyph

BODY = 10.0


def row(text, x, y, size):
    return [
        PlacedGlyph(Glyph(sign, x + at * size, y, size, x + (at + 1) * size), "", 0)
        for at, sign in enumerate(text)
    ]


def seen(glyphs, *, centred=False):
    found = with_glosses(glyphs, 100.0, BODY, centred=centred)
    return sorted((each.glyph.text, each.glyph.x, each.glyph.end) for each in found)


def test_two_rows_are_one_thing_as_long_as_the_longer_one():
    line = [
        *row("豫", 0, 100, 10),
        *row("今江西", 10, 104.6, 5),
        *row("南昌", 10, 99.2, 5),
        *row("人", 25, 100, 10),
    ]
    assert seen(line) == [("人", 25, 35), ("豫", 0, 10), (FORMULA, 10, 25)]


def test_marks_at_its_edges_have_lost_their_blanks_where_they_give_them_up():
    line = [*row("（江", 7.5, 104.6, 5), *row("南。", 10, 99.2, 5)]
    assert seen(line) == [(FORMULA, 10, 17.5)]
    assert seen(line, centred=True) == [(FORMULA, 10, 20)]


def test_calls_of_notes_and_indices_stay():
    line = [*row("水", 0, 100, 10), *row("2", 10, 98.5, 5), *row("①", 15, 103.3, 7)]
    assert sorted(each[0] for each in seen(line)) == ["2", "①", "水"]
