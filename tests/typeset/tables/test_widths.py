"""Widths of columns from what their cells need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keben.typeset.tables.widths import CellWidths, column_widths

EM = 10.0
NUMBERS = st.floats(0, 60)


@st.composite
def tables(draw):
    columns = draw(st.integers(1, 5))
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        cells = []
        for column in range(columns):
            number = draw(NUMBERS)
            least = number + draw(NUMBERS)
            cells.append(CellWidths(column, 1, number, least, least + draw(st.floats(0, 600))))
        if columns > 1 and draw(st.booleans()):
            cells = [CellWidths(0, 2, 0, 40, draw(st.floats(40, 400))), *cells[2:]]
        rows.append(cells)
    return rows, columns, draw(st.floats(50, 500))


@given(tables())
def test_columns_fill_their_room_at_most_and_hold_their_numbers(table):
    rows, columns, room = table
    found = column_widths(rows, columns, room, EM)
    assert len(found.widths) == columns
    assert found.total <= room + 0.1
    assert all(width >= 0 for width in found.widths)
    if found.fits:
        for cell in (cell for row in rows for cell in row):
            assert sum(found.widths[cell.column : cell.column + cell.span]) >= cell.number - 0.1


@given(tables())
def test_a_table_that_is_filled_takes_its_room(table):
    rows, columns, room = table
    assert column_widths(rows, columns, room, EM, filled=True).total == pytest.approx(room, abs=0.1)


def test_a_small_table_is_no_wider_than_it_needs_with_some_white():
    found = column_widths([[CellWidths(0, most=30), CellWidths(1, most=40)]], 2, 280, EM)
    assert found.widths == (50, 40)


def test_numbers_stand_as_far_apart_as_words():
    """What stands at the end of its column has its white before it."""
    numbers = [[CellWidths(column, most=30, at_end=True) for column in range(3)]]
    assert column_widths(numbers, 3, 190, EM, filled=True).widths == (30, 80, 80)
    mixed = [
        [CellWidths(0, most=30), CellWidths(1, most=30, at_end=True), CellWidths(2, most=30, at_end=True)]
    ]
    assert column_widths(mixed, 3, 190, EM, filled=True).widths == (80, 30, 80)
    last = [[CellWidths(0, most=30, at_end=True), CellWidths(1, most=30)]]
    assert column_widths(last, 2, 190, EM, filled=True).widths == (30, 160)


def test_a_table_that_needs_most_of_its_room_takes_all_unless_it_may_not():
    rows = [[CellWidths(0, most=100), CellWidths(1, most=100), CellWidths(2, most=50)]]
    assert column_widths(rows, 3, 300, EM).widths == (125, 125, 50)
    assert column_widths(rows, 3, 300, EM, may_fill=False).widths == (120, 120, 50)


def test_a_column_takes_from_a_longer_one_what_it_lacks_to_stand_on_a_line():
    rows = [[CellWidths(0, most=62), CellWidths(1, most=440)] for _ in range(5)]
    assert column_widths(rows, 2, 300, EM).widths[0] >= 62


def test_numbers_come_before_words_and_words_before_the_rest():
    rows = [[CellWidths(0, number=60, least=60, most=60), CellWidths(1, least=110, most=200)]]
    assert column_widths(rows, 2, 180, EM).widths == pytest.approx((60, 120))
    narrow = column_widths(rows, 2, 100, EM)
    assert narrow.fits and narrow.widths[0] >= 60 and narrow.scale == pytest.approx(100 / 170)


def test_numbers_without_room_do_not_fit():
    rows = [[CellWidths(0, number=60, least=60, most=60), CellWidths(1, number=60, least=60, most=60)]]
    found = column_widths(rows, 2, 90, EM)
    assert not found.fits and found.widths == pytest.approx((45, 45)) and found.scale == pytest.approx(0.75)


def test_a_name_of_a_row_is_divided_after_all_words_and_before_numbers():
    rows = [
        [
            CellWidths(0, least=30, most=60, is_label=True),
            CellWidths(1, number=40, least=80, most=80),
            CellWidths(2, number=40, least=80, most=80),
        ]
    ]
    # All, the name, the words of it, the numbers.
    for room, first, has_labels in ((220, 60, True), (150, 60, True), (125, 30, False), (95, 10, False)):
        found = column_widths(rows, 3, room, EM)
        assert found.fits and found.has_labels is has_labels
        assert found.widths[0] >= first - 0.01
        assert min(found.widths[1:]) >= 40
    assert not column_widths(rows, 3, 80, EM).has_labels


def test_a_cell_over_several_columns_widens_them_alike():
    rows = [
        [CellWidths(0, 2, least=100, most=100)],
        [CellWidths(0, least=20, most=20), CellWidths(1, least=30, most=30)],
    ]
    assert column_widths(rows, 2, 100, EM).widths == (45, 55)


def test_a_table_in_which_names_are_divided_asks_for_smaller_type():
    """Every third name would stand in two lines, though nothing in it is too long for a line."""
    rows = [
        [CellWidths(0, least=45, most=68 if at % 2 else 45), CellWidths(1, least=60, most=200)]
        for at in range(9)
    ]
    found = column_widths(rows, 2, 120, EM)
    assert found.scale == pytest.approx(120 / (68 + 60))
    few = [[*rows[1]], *([CellWidths(0, least=45, most=45), row[1]] for row in rows)]
    assert column_widths(few, 2, 120, EM).scale == 1.0
    # So much smaller would be too small.
    wide = [[CellWidths(at, least=30, most=69) for at in range(2)] for _ in range(9)]
    assert column_widths(wide, 2, 100, EM).scale == 1.0
