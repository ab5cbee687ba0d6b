"""Notes within a line in two rows: where they are divided, and how long their rows are."""

import pytest

from keben.typeset.lines.breaking import break_lines, slack
from keben.typeset.lines.glosses import rises, rows_of
from keben.typeset.lines.glossplaces import places_of
from keben.typeset.lines.marks import marks_of
from keben.typeset.lines.paragraph import LinePiece, paragraph

EM = 10.0


def half(text):
    return 2.5 * len(text)


def with_gloss(before, gloss, after, language="zh-Hans-CN", measure=100.0):
    pieces = [
        LinePiece(before, EM, lambda text: 5.0 * len(text)),
        LinePiece(gloss, EM / 2, half, is_gloss=True),
        LinePiece(after, EM, lambda text: 5.0 * len(text)),
    ]
    return paragraph(pieces, marks_of(language), measure)


def said(text, line):
    """The rows of a line's only gloss."""
    gloss = text.glosses[0]
    rows = rows_of(gloss, line.first, line.last)
    return tuple(gloss.text.text[start:end] for start, end in rows.spans())


def test_a_gloss_takes_half_its_length_and_its_first_row_is_the_longer_one():
    text = with_gloss("豫章", "今江西南昌", "人")
    rows = rows_of(text.glosses[0], 0, len(text.text))
    assert (rows.middle, rows.width) == (3, 15.0)
    [line] = break_lines(text, 100, 100)
    assert said(text, line) == ("今江西", "南昌")
    assert slack(text, line, 100)[0] == pytest.approx(100 - 20 - 15 - 10)


def test_it_goes_on_in_two_rows_of_the_next_line():
    text = with_gloss("甲" * 8, "一二三四五六七八九十", "乙" * 8)
    lines = break_lines(text, 100, 100)
    assert [said(text, line) for line in lines] == [("一二三四", "五六七八"), ("九", "十")]
    assert slack(text, lines[0], 100)[0] == pytest.approx(0)


@pytest.mark.parametrize(
    ("gloss", "rows"),
    [
        ("名蕃，汝南人。", ("名蕃，", "汝南人。")),
        ("官舍。", ("官", "舍。")),
        ("一作“暇日”是", ("一作“暇", "日”是")),
        ("见 Legge 译本", ("见 Legge ", "译本")),
        ("一", ("一",)),
        ("Confucius", ("Confucius",)),
    ],
)
def test_no_row_begins_or_ends_with_what_no_line_does(gloss, rows):
    text = with_gloss("甲", gloss, "乙")
    assert said(text, break_lines(text, 200, 200)[0]) == rows


def test_a_mark_after_it_never_begins_a_line():
    text = with_gloss("甲" * 9, "一二三四", "，乙丙丁戊己庚辛")
    for line in break_lines(text, 100, 100):
        assert text.text[line.first] != "，"


def test_its_letters_stand_in_two_rows_in_the_order_of_reading():
    text = with_gloss("甲", "一二三四五", "乙")
    rows = rows_of(text.glosses[0], 0, len(text.text))
    upper, lower = rises(EM, EM / 2)
    assert places_of(text.glosses[0], rows, EM) == {
        0: (0.0, upper),
        1: (5.0, upper),
        2: (10.0, upper),
        3: (0.0, lower),
        4: (5.0, lower),
    }
    # The rows stand evenly about the middle of the line, which is .38 em above its baseline.
    assert (upper + lower) / 2 + 0.38 * EM / 2 == pytest.approx(0.38 * EM)


def test_letters_of_a_word_follow_one_another():
    text = with_gloss("甲", "见Li", "乙")
    rows = rows_of(text.glosses[0], 0, len(text.text))
    places = places_of(text.glosses[0], rows, EM)
    assert rows.spans() == ((0, 1), (1, 3))
    assert [places[at][0] for at in (0, 1, 2)] == [0.0, 0.0, 2.5]


def test_two_glosses_in_a_line_are_each_by_itself():
    pieces = [
        LinePiece("甲", EM, half),
        LinePiece("一二三", EM / 2, half, is_gloss=True),
        LinePiece("乙", EM, half),
        LinePiece("四五", EM / 2, half, is_gloss=True),
    ]
    text = paragraph(pieces, marks_of("zh-Hant-TW"))
    [line] = break_lines(text, 100, 100)
    assert slack(text, line, 100)[0] == pytest.approx(100 - 10 - 10 - 10 - 5)
