"""Titles in two halves on pages, by their glyphs."""

from dataclasses import replace

import pytest
from books import PARAGRAPH, ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset

ONE, TWO = "宴桃园豪杰三结义", "斩黄巾英雄首立功"
COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")


def titled(title, style="", *, vertical=False):
    """The lines of a page that has headings with a title, by their glyphs: where each begins and ends, and its text."""
    made = book(
        chapter(f"<h2>{title}</h2>{PARAGRAPH}", title="里程"),
        language="zh-Hant-TW" if vertical else "zh-Hans-CN",
        styles=STYLES | {"print.css": STYLES["print.css"] + style, "print-vertical.css": COLUMNS},
    )
    edition = replace(
        made.edition,
        area=TypeArea(measure=16, lines=16),
        writing="vertical" if vertical else "horizontal",
    )
    composition = replace(made, edition=edition)
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    glyphs = [glyph for glyph in Pdf(artifact.data).glyphs(1) if glyph.text in ONE + TWO]
    rows = {}
    for glyph in glyphs:
        rows.setdefault(round(glyph.y), []).append(glyph)
    lines = [sorted(row, key=lambda glyph: glyph.x) for _, row in sorted(rows.items())]
    found = [(row[0].x, row[-1].x, "".join(glyph.text for glyph in row)) for row in lines]
    return [line for line in found if len(line[2]) > 1]


@pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
@pytest.mark.parametrize("align", ["left", "center", "right"])
@pytest.mark.parametrize("gap", [" ", "\u3000"])
def test_halves_stand_below_one_another(gap, align, vertical):
    one, two = titled(
        f"{ONE}{gap}{TWO}",
        f"h2 {{ text-align: {align} !important; padding-left: 0 !important }}",
        vertical=vertical,
    )
    assert (one[2], two[2]) == (ONE, TWO)
    assert one[:2] == pytest.approx(two[:2], abs=0.05)


def test_a_numbered_heading_turns_over_between_its_halves():
    number = '<span class="section-number">1.1</span>'
    style = ".section-number { margin-right: .6em }"
    one, two = titled(f"{number}{ONE}\u3000{TWO}", style)
    assert (one[2], two[2]) == (ONE, TWO)
    # The number stands apart from the title by its margin.
    assert one[0] > two[0] + 12.5 * 0.6
