"""Running heads of titles in two halves, by the glyphs of pages."""

from dataclasses import replace

import pytest
from books import PARAGRAPH, ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.paper import TypeArea
from keben.typeset import typeset

ONE, TWO = "宴桃园豪杰三结义", "斩黄巾英雄首立功"
COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")


def head(title, measure, *, vertical=False):
    """What stands over the third page, or beside it."""
    made = book(
        chapter(PARAGRAPH * 12, title=title),
        language="zh-Hant-TW" if vertical else "zh-Hans-CN",
        styles=STYLES | {"print-vertical.css": COLUMNS},
    )
    edition = replace(
        made.edition,
        area=TypeArea(measure=measure, lines=10),
        writing="vertical" if vertical else "horizontal",
    )
    pdf = Pdf(typeset(replace(made, edition=edition)).data)
    return "".join(glyph.text for glyph in pdf.glyphs(3) if glyph.text not in "字。3三一二四五六七八九〇")


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("gap", [" ", "\u3000"])
def test_a_head_ends_with_the_half_that_fits(gap, vertical):
    said = head(f"{ONE}{gap}{TWO}", 18, vertical=vertical)
    assert said.endswith(ONE.replace("三", ""))
    assert not set(said) & set(TWO)


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
def test_a_head_that_fits_has_both_halves(vertical):
    assert head(f"{ONE}\u3000{TWO}", 27, vertical=vertical).endswith(TWO)


def test_of_a_head_without_room_for_a_half_the_number_is_left():
    # 第一章 (一 is a folio too in columns).
    assert head(f"{ONE}\u3000{TWO}", 11).endswith("第章")


def test_a_title_without_halves_is_cut_as_its_style_says():
    # The text is whole for those who copy it; the style draws as much of it as has room.
    assert head("很" * 40, 18).count("很") == 40
