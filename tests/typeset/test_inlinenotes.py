"""Notes within a line in two rows (夹注), and faint text, in a finished PDF."""

import pytest
from books import STYLES, book, chapter
from pdfs import Pdf

from keben.formats import check_completeness
from keben.typeset import typeset

BODY = 10.5
GLOSS = '<span class="gloss">今江西南昌</span>'


def set_text(body, style=""):
    composition = book(chapter(f"<p>{body}</p>"), styles=STYLES | {"print.css": STYLES["print.css"] + style})
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    return Pdf(artifact.data)


def placed(pdf, text):
    glyphs = pdf.glyphs(1)
    return [next(each for each in glyphs if each.text == character) for character in text]


def test_a_gloss_stands_in_two_rows_of_half_the_size():
    pdf = set_text(f"豫州{GLOSS}太守")
    first, after = placed(pdf, "州太")
    rows = placed(pdf, "今江西"), placed(pdf, "南昌")
    for row in rows:
        assert len({round(each.y, 1) for each in row}) == 1
        assert [each.size for each in row] == pytest.approx([BODY / 2] * len(row), abs=0.05)
        assert [each.x - first.x - BODY for each in row] == pytest.approx(
            [at * BODY / 2 for at in range(len(row))], abs=0.05
        )
    assert rows[1][0].y - rows[0][0].y == pytest.approx(0.54 * BODY, abs=0.05)
    assert after.x - first.x == pytest.approx(BODY * 2.5, abs=0.05)
    assert (
        "".join(each.text for each in pdf.glyphs(1) if each.text in "豫州今江西南昌太守")
        == "豫州今江西南昌太守"
    )


def test_a_theme_can_have_it_in_one_row():
    pdf = set_text(f"豫州{GLOSS}太守", ".gloss { --gloss: none; font-size: .72em }")
    assert len({round(each.y, 1) for each in placed(pdf, "今江西南昌")}) == 1


def test_a_reading_in_it_follows_its_text_in_parentheses():
    ruby = "<ruby>顗<rp>（</rp><rt>yǐ</rt><rp>）</rp></ruby>"
    pdf = set_text(f'周侯<span class="gloss">周{ruby}字伯仁</span>中坐')
    assert [each.size for each in placed(pdf, "顗yǐ")] == pytest.approx([BODY / 2] * 3, abs=0.05)


def test_faint_text_is_tagged():
    pdf = set_text("一段<b>半透明</b>的字", "b { opacity: .5 }")
    assert [each.text for each in placed(pdf, "半透明")] == ["半", "透", "明"]


def test_a_running_head_that_is_too_long_stays_in_one_line():
    head = "一部书名很长很长的书" * 6
    style = (
        f'@page {{ @top-left {{ content: "{head}"; font-size: 8pt; letter-spacing: 0; width: 100%;'
        " white-space: nowrap; overflow: hidden; text-overflow: ellipsis }}"
        " @top-right { content: none } }"
    ).replace("}}", "}")
    pdf = set_text("正文", style)
    small = [each for each in pdf.glyphs(1) if abs(each.size - 8) < 0.1]
    assert len({round(each.y, 1) for each in small}) == 1
