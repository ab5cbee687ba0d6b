"""Emphasis dots and lines under names, by the paths in a finished PDF."""

import re

import pytest
from books import STYLES, book, chapter
from insides import forget
from pdfs import Pdf, strokes

from keben.formats import check_completeness
from keben.typeset import typeset

BODY = 10.5


def set_text(body, style=""):
    """The PDF of a body, and the strokes of its first page: the points of each, in points from the top left."""
    composition = book(chapter(f"<p>{body}</p>"))
    if style:
        composition = book(
            chapter(f"<p>{body}</p>"), styles=STYLES | {"print.css": STYLES["print.css"] + style}
        )
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    return Pdf(artifact.data), strokes(artifact.data)


def glyph(pdf, character):
    return next(each for each in pdf.glyphs(1) if each.text == character and abs(each.size - BODY) < 0.1)


def dots(found):
    return [points[0] for points in found if len(points) == 2 and points[0] == points[1]]


def lines(found):
    return [points for points in found if len(points) == 2 and points[0] != points[1]]


def test_emphasis_has_a_dot_under_the_middle_of_each_chinese_character():
    pdf, found = set_text("他说<em>重要，Keben“记”</em>的")
    places = [glyph(pdf, character) for character in "重要记"]
    assert [x for x, _ in dots(found)] == pytest.approx([each.x + BODY / 2 for each in places], abs=0.05)
    assert {round(y - places[0].y, 1) for _, y in dots(found)} == {round(0.29 * BODY, 1)}


def test_dots_go_with_a_line_that_is_broken_and_stretched():
    pdf, found = set_text(
        "这是，一段Latin很长的正文，" + "<em>" + "永和九年岁在癸丑暮春之初会于会稽山阴之兰亭" * 4 + "</em>完"
    )
    marked = [
        each
        for each in pdf.glyphs(1)
        if abs(each.size - BODY) < 0.1 and re.match("[永和九年岁在癸丑暮春之初会于稽山阴兰亭]", each.text)
    ]
    assert len({each.y for each in marked}) == 4
    assert len(marked) == 84
    assert dots(found) == [
        pytest.approx((each.x + BODY / 2, each.y + 0.29 * BODY), abs=0.06) for each in marked
    ]


def test_a_theme_can_take_the_dots_off():
    _, found = set_text("他说<em>重要</em>的", "em { --emphasis: none }")
    assert dots(found) == []


def test_other_languages_and_calls_of_notes_have_no_dots():
    note = '<a class="noteref" href="#one">注</a>'
    _, found = set_text(f'<em lang="en">字</em>和<em>字{note}</em>')
    assert len(dots(found)) == 1


def test_names_side_by_side_have_two_lines():
    pdf, found = set_text('楚<span class="name lined">屈原</span><span class="name lined">宋玉</span>人')
    (one, two) = lines(found)
    first, last = glyph(pdf, "屈"), glyph(pdf, "玉")
    assert first.x < one[0][0] < first.x + 1
    assert last.x + BODY - 1 < two[1][0] < last.x + BODY
    assert 1 < two[0][0] - one[1][0] < 2
    assert {point[1] > first.y for line in (one, two) for point in line} == {True}


def test_a_line_ends_with_the_ink_and_not_with_a_gap():
    pdf, found = set_text('见<span class="name lined">比尔·盖茨</span>Gates说')
    ((_, end),) = lines(found)
    assert end[0] == pytest.approx(glyph(pdf, "茨").x + BODY * 0.93, abs=0.05)


def test_a_title_has_a_wavy_line():
    _, found = set_text('读<span class="work lined">离骚</span>了')
    (wave,) = [points for points in found if len(points) > 2]
    assert len(wave) == 1 + 2 * 7
    assert wave[-1][0] - wave[0][0] == pytest.approx((2 - 0.14) * BODY, abs=0.05)
    assert {y for _, y in wave} == {wave[0][1]}


def test_marks_are_drawn_where_weasyprint_sets_the_line():
    pdf, found = set_text("说<em>重要</em>", "em { padding-left: 3pt }")
    assert [x for x, _ in dots(found)] == pytest.approx(
        [glyph(pdf, each).x + BODY / 2 for each in "重要"], abs=0.1
    )


def test_another_weasyprint_draws_no_marks(monkeypatch):
    forget(monkeypatch, "weasyprint.draw.text.draw_text")
    artifact = typeset(book(chapter("<p>他说<em>重要</em>的</p>")))
    assert [finding.code for finding in artifact.findings] == ["no-marks-beside", "slow-leaders"]
    assert dots(strokes(artifact.data)) == []
