"""Blocks that are kept together, by the glyphs of finished PDFs: they leave no page a third empty."""

from dataclasses import replace

import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf

from keben.check import measure_holes
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset

COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")
DIRECTIONS = pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
MEASURE, LINES = 20, 16


def printed(body, vertical=False, style=""):
    """The findings on holes, and for each page its text without spaces."""
    composition = book(chapter(body), language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    composition = replace(composition, styles=STYLES | {"print.css": STYLES["print.css"] + style})
    edition = replace(composition.edition, area=TypeArea(measure=MEASURE, lines=LINES))
    if vertical:
        edition = replace(edition, writing="vertical")
        composition = replace(composition, styles=STYLES | {"print-vertical.css": COLUMNS})
    composition = replace(composition, edition=edition)
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    pdf = Pdf(artifact.data)
    pages = ["".join(pdf.text(page).split()) for page in range(1, pdf.pages + 1)]
    return measure_holes(artifact.data, artifact.facts).holes, pages


def lines(count, sign):
    """A paragraph of so many lines."""
    return f"<p>{sign * (MEASURE * count - 5)}。</p>"


def page_of(pages, text):
    return next(number for number, page in enumerate(pages, 1) if text in page)


def kept(count, lines_each=3, tag="p"):
    return "".join(
        f'<{tag} style="break-after: avoid">{"链" * (MEASURE * lines_each - 9)}{number}。</{tag}>'
        for number in range(count)
    )


CONTAINERS = {
    "section": "{}",
    "play": '<div class="drama"><div class="speeches">{}</div></div>',
    "item": "<ul><li>{}</li></ul>",
    "explanation": "<dl><dt>词</dt><dd>{}</dd></dl>",
}


@DIRECTIONS
@pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS)
def test_a_chain_in_a_block_leaves_no_hole(container, vertical):
    body = lines(13, "先") + container.format(lines(3, "首") + kept(4) + lines(9, "尾")) + lines(20, "后")
    holes, _ = printed(body, vertical)
    assert holes == ()


LETTER = (
    '<div class="letter"><p class="salutation">某某：</p>{}<p>此致</p><p class="closing">敬礼</p>'
    '<p class="signature">过河的人</p><p class="signature">十二月</p></div>'
)


@DIRECTIONS
@pytest.mark.parametrize("above", [9, 12, 15])
def test_the_last_lines_of_a_letter_empty_no_page_and_stay_together(above, vertical):
    letter = LETTER.format(lines(5, "大") + lines(3, "小"))
    holes, pages = printed(lines(above, "先") + letter + lines(20, "后"), vertical)
    assert holes == ()
    assert len({page_of(pages, each) for each in ("此致", "敬", "过河的人", "十二月")}) == 1


@pytest.mark.parametrize("above", [7, 10, 12])
def test_what_stands_beside_a_block_goes_with_it(above):
    """The numbers of items, each on the page of its item, and only there."""
    items = "".join(
        f'<li style="break-after: {"auto" if sign == "子" else "avoid"}">{sign * (MEASURE * 2)}</li>'
        for sign in "子丑寅卯辰巳午未"
    )
    style = "ol { list-style-type: upper-alpha }"
    holes, pages = printed(f"{lines(above, '先')}<ol>{items}</ol>{lines(20, '后')}", style=style)
    assert holes == ()
    for letter, sign in zip("ABCDEFGH", "子丑寅卯辰巳午未", strict=True):
        assert [page for page, text in enumerate(pages, 1) if letter in text] == [page_of(pages, sign)]
