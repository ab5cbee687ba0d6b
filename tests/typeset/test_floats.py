"""Figures and tables that move, by the glyphs and pictures in finished PDFs."""

import io
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf
from PIL import Image

from keben.check import measure_holes
from keben.core.book import Asset
from keben.core.paper import TypeArea
from keben.formats import check_completeness
from keben.typeset import typeset
from keben.typeset.page import lay_out

DIRECTIONS = pytest.mark.parametrize("vertical", [False, True], ids=["lines", "columns"])
COLUMN_AREA = TypeArea(measure=30, lines=17)
COLUMNS = (ROOT / "styles" / "print-vertical.css").read_text("utf-8")


def paragraphs(count, mark="文"):
    return "".join(f"<p>{number % 10}{mark * 99}</p>" for number in range(count))


def figure(name="图甲", height=10, classes="figure", caption=True):
    """A figure of so many lines."""
    said = f"<figcaption>{name}</figcaption>" if caption else f"<p>{name}</p>"
    return (
        f'<figure class="{classes}"><div style="height: calc(var(--line) * {height})">　</div>{said}</figure>'
    )


def printed(body, vertical=False, more=(), assets=()):
    composition = book(chapter(body), *more, language="zh-Hant-TW" if vertical else "zh-Hans-CN")
    composition = replace(composition, assets={each.path: each for each in assets})
    if vertical:
        edition = replace(composition.edition, writing="vertical", area=COLUMN_AREA)
        composition = replace(composition, edition=edition, styles=STYLES | {"print-vertical.css": COLUMNS})
    artifact = typeset(composition)
    assert check_completeness(composition, artifact) == ()
    layout = lay_out(composition.edition.area, composition.edition.writing)
    return layout, artifact, Pdf(artifact.data)


def picture(height, vertical):
    """A picture that takes so many points of the lines of a page; in columns it stands upright beside them."""
    size = round(height / 0.75), 150
    stream = io.BytesIO()
    Image.new("RGB", size if vertical else size[::-1], "navy").save(stream, "PNG")
    return Asset("images/small.png", "image/png", stream.getvalue())


def heights_of_pictures(data):
    """The page of each picture, and its longer side, in points."""
    with pypdfium2.PdfDocument(data) as document:
        return [
            (number, max(right - left, top - bottom))
            for number, page in enumerate(document, 1)
            for left, bottom, right, top in (each.get_bounds() for each in page.get_objects(filter=[3]))
        ]


def where(pdf, layout, text):
    """The page of a text, and how many lines below the top of its page it stands."""
    for page in range(1, pdf.pages + 1):
        for line in pdf.lines(page):
            if text in line.text:
                return page, (line.y - layout.first_lines[page % 2 == 0]) / layout.line
    raise AssertionError(f"{text} is on no page")


@DIRECTIONS
def test_a_figure_without_room_lets_the_text_go_on_and_stands_on_the_next_page(vertical):
    height = 9 if vertical else 14
    layout, artifact, pdf = printed(
        paragraphs(1 if vertical else 2) + figure(height=height) + paragraphs(8, "后"), vertical
    )
    page, line = where(pdf, layout, "图甲")
    assert page == 2
    assert line == pytest.approx(height + 0.6, abs=1)
    assert where(pdf, layout, "后")[0] == 1
    assert measure_holes(artifact.data, artifact.facts).holes == ()


@DIRECTIONS
def test_a_source_below_a_figure_moves_with_it(vertical):
    height = 9 if vertical else 14
    noted = f'<figure class="noted">{figure(height=height)}<p class="figure-note">来源</p></figure>'
    layout, _, pdf = printed(paragraphs(1 if vertical else 2) + noted + paragraphs(8, "后"), vertical)
    (page, line), (its_page, its_line) = where(pdf, layout, "图甲"), where(pdf, layout, "来源")
    assert (page, its_page) == (2, 2) and line < its_line < line + 1.5
    assert where(pdf, layout, "后")[0] == 1


def test_the_paragraph_goes_on_below_a_figure_at_the_top_and_loses_nothing():
    body = paragraphs(2) + figure(height=14) + f"<p>{'前' * 27 * 12}</p>" + paragraphs(4, "后")
    layout, _, pdf = printed(body)
    assert where(pdf, layout, "图甲")[0] == 2
    assert sum(pdf.text(page).count("前") for page in (1, 2)) == 27 * 12
    above, below = (
        (line for line in pdf.lines(2) if "图甲" in line.text or "前前" in line.text[:3]),
        pdf.lines(2),
    )
    caption = next(line for line in above if "图甲" in line.text)
    assert next(line for line in below if "前前" in line.text).y > caption.y
    steps = {round((line.y - layout.top) / layout.line % 1, 1) % 1 for line in below if "后后" in line.text}
    assert len(steps) == 1


@DIRECTIONS
def test_figures_keep_their_order(vertical):
    height = 9 if vertical else 13
    body = (
        paragraphs(1 if vertical else 2) + figure("图甲", height) + figure("图乙", 3) + paragraphs(12, "后")
    )
    layout, _, pdf = printed(body, vertical)
    assert where(pdf, layout, "图甲") < where(pdf, layout, "图乙")
    assert where(pdf, layout, "图甲")[0] == 2


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (paragraphs(3) + figure(height=6), "leaves no hole"),
        (paragraphs(2) + figure(height=14, classes="figure here"), "is reported to stay"),
        (paragraphs(2) + figure(height=14, caption=False), "has no caption"),
        (f"<p>{'文' * 200}</p><blockquote>{figure(height=14)}</blockquote>", "stands in a quotation"),
    ],
)
def test_a_figure_stays_that(body, why):
    layout, _, pdf = printed(body + paragraphs(6, "后"))
    assert where(pdf, layout, "图甲") < where(pdf, layout, "后"), why


def test_a_float_goes_to_the_foot_of_its_page():
    layout, _, pdf = printed(paragraphs(1) + figure(height=5, classes="figure float") + paragraphs(8, "后"))
    page, line = where(pdf, layout, "图甲")
    assert page == 1
    assert line > layout.lines - 1.2
    assert where(pdf, layout, "后") == (1, pytest.approx(12, abs=2))
    lowest = max(each.y for each in pdf.lines(1) if "后" in each.text)
    assert lowest < layout.top + (layout.lines - 6) * layout.line


def test_a_float_stands_above_the_notes_of_its_page():
    note = '<a class="noteref" href="#n1" id="r1">①</a>'
    said = '<aside class="footnote" id="n1"><p><a class="backlink" href="#r1">①</a>注文</p></aside>'
    notes = f'<section class="notes">{said}</section>'
    body = f"<p>文{note}</p>" + figure(height=5, classes="figure float") + paragraphs(8, "后") + notes
    layout, _, pdf = printed(body)
    assert where(pdf, layout, "图甲")[0] == where(pdf, layout, "注文")[0] == 1
    assert where(pdf, layout, "图甲")[1] < where(pdf, layout, "注文")[1]


@DIRECTIONS
def test_a_figure_at_the_end_of_a_chapter_goes_above_its_last_text(vertical):
    count, height = (4, 9) if vertical else (5, 14)
    body = paragraphs(count) + figure(height=height)
    layout, artifact, pdf = printed(body, vertical, [chapter(paragraphs(1, "又"), "two", "又")])
    assert measure_holes(artifact.data, artifact.facts).holes == ()
    assert where(pdf, layout, "图甲")[0] == 2


@pytest.mark.parametrize(
    ("vertical", "count", "before", "lines", "is_small"),
    [(False, 5, 12, 9, True), (False, 5, 14, 10, False), (True, 4, 3, 6, True), (True, 4, 4, 8, False)],
)
def test_a_picture_that_lacks_a_little_room_below_another_is_set_smaller(
    vertical, count, before, lines, is_small
):
    layout, *_ = printed(paragraphs(1), vertical)
    high = layout.line * lines
    small = picture(high, vertical)
    body = (
        paragraphs(count)
        + figure("图甲", before)
        + f'<figure class="figure"><img src="{small.path}" alt="图"/><figcaption>图乙</figcaption></figure>'
    )
    _, artifact, pdf = printed(body, vertical, assets=[small])
    assert where(pdf, layout, "图甲")[0] == 2
    ((page, height),) = heights_of_pictures(artifact.data)
    assert page == where(pdf, layout, "图乙")[0] == (2 if is_small else 3)
    if is_small:
        assert 0.75 * high < height < high - 1


@pytest.mark.parametrize(
    ("vertical", "lines", "classes", "page", "is_small"),
    [
        (False, 8, "figure", 1, False),
        (False, 10, "figure", 1, True),
        (False, 16, "figure", 2, False),
        (False, 10, "figure here", 2, False),
        (True, 8, "figure", 1, True),
        (True, 10, "figure here", 2, False),
    ],
)
def test_a_picture_without_a_caption_is_set_smaller_where_it_stands(vertical, lines, classes, page, is_small):
    """Where it lacks a little of the room; where it lacks more it goes to the next page, as it is."""
    layout, *_ = printed(paragraphs(1), vertical)
    high = layout.line * lines
    small = picture(high, vertical)
    pictured = f'<figure class="{classes}"><img src="{small.path}" alt="图"/></figure>'
    body = paragraphs(1 if vertical else 2) + pictured + paragraphs(6, "后")
    _, artifact, _ = printed(body, vertical, assets=[small])
    ((place, height),) = heights_of_pictures(artifact.data)
    assert place == page
    assert 0.6 * high < height < high - 1 if is_small else height == pytest.approx(high, abs=1.5)


def test_no_figure_at_the_end_of_a_chapter_goes_above_another_one():
    layout, _, pdf = printed(paragraphs(5) + figure("图甲", 12) + figure("图乙", 10))
    assert where(pdf, layout, "图甲")[0] == 2
    assert where(pdf, layout, "图乙")[0] == 3


def test_a_chapter_of_a_title_and_a_figure_begins_with_its_title():
    layout, _, pdf = printed(
        paragraphs(2) + figure(height=16), more=[chapter(paragraphs(1, "又"), "two", "又")]
    )
    assert where(pdf, layout, "里程")[0] == 1
    assert where(pdf, layout, "图甲")[0] == 2


def test_without_floats_a_page_has_a_hole_that_is_measured():
    body = paragraphs(2) + figure(height=14, classes="figure here") + paragraphs(8, "后")
    _, artifact, _ = printed(body)
    report = measure_holes(artifact.data, artifact.facts)
    assert [hole.page for hole in report.holes] == [1]
    assert report.holes[0].share > 1 / 3
    assert [finding.code for finding in report.findings("x.pdf")] == ["hole"]
    assert report.summary().startswith("1 of ")


QUOTED = "<blockquote><p>" + "引" * 60 + "</p><footer>——出处</footer></blockquote>"


def empty_at_foot(artifact):
    return [round(hole.share, 2) for hole in measure_holes(artifact.data, artifact.facts).holes]


def test_a_page_may_end_before_a_quotation():
    body = (
        "".join(f"<p>第{number}行。</p>" for number in range(11))
        + "<h2>节</h2>"
        + f"<p>{'文' * 80}</p>"
        + QUOTED
    )
    layout, _, pdf = printed(body)
    assert where(pdf, layout, "文文")[0] == 1
    assert where(pdf, layout, "引引")[0] == 2


def test_a_chain_of_blocks_that_are_kept_together_does_not_empty_a_page():
    kept = '<p style="break-after: avoid">' + "链" * 80 + "</p>"
    layout, artifact, pdf = printed(paragraphs(1) + "<h2>节</h2>" + kept * 5 + paragraphs(3, "后"))
    assert empty_at_foot(artifact) == []
    assert where(pdf, layout, "节")[0] == 1


def test_a_short_chain_is_kept_and_no_heading_ends_a_page():
    for count in range(12, 17):
        body = (
            "".join(f"<p>第{number}行。</p>" for number in range(count))
            + "<h2>节</h2>"
            + f"<p>{'文' * 80}</p>"
        )
        layout, _, pdf = printed(body)
        assert where(pdf, layout, "节")[0] == where(pdf, layout, "文文")[0]


@pytest.mark.parametrize("lines", (9, 10, 11))
def test_no_heading_stands_alone_below_a_figure_at_the_top(lines):
    body = paragraphs(1) + f"<p>{'文' * 150}</p>" + figure(height=14) + f"<p>{'前' * 27 * 6}</p>"
    body += f"<p>{'中' * 27 * lines}</p><h2>节</h2>" + paragraphs(4, "后")
    layout, _, pdf = printed(body)
    assert where(pdf, layout, "图甲")[0] == 2
    assert where(pdf, layout, "节")[0] == where(pdf, layout, "后")[0]


def wide(rows, name="t"):
    cells = "".join(f"<tr>{'<td>1,234,567.00</td>' * 9}</tr>" for _ in range(rows))
    head = f"<thead><tr>{'<th>栏</th>' * 9}</tr></thead>"
    caption = f'<figcaption><span class="number">表1-1</span> 宽表{name}</figcaption>'
    return f'<figure class="table wide" id="{name}">{caption}<table>{head}<tbody>{cells}</tbody></table></figure>'


def lying(pdf, text):
    """The pages on which a text runs from below to above."""
    found = []
    for page in range(1, pdf.pages + 1):
        glyphs = [glyph for glyph in pdf.glyphs(page) if glyph.text.strip()]
        for first, second in pairwise(glyphs):
            if first.text + second.text == text[:2] and abs(first.x - second.x) < 0.1 and second.y < first.y:
                found.append(page)
    return list(dict.fromkeys(found))


def test_a_wide_table_lies_on_a_page_of_its_own_and_the_text_goes_on():
    body = paragraphs(2) + wide(4) + paragraphs(9, "后")
    layout, artifact, pdf = printed(body)
    assert lying(pdf, "宽表") == [2]
    assert {pdf.size(page) for page in range(1, pdf.pages + 1)} == {pdf.size(1)}
    assert measure_holes(artifact.data, artifact.facts).holes == ()
    assert [where(pdf, layout, "后")[0], "后" in pdf.text(2), "后" in pdf.text(3)] == [1, False, True]
    assert not {each.code for each in artifact.findings} & {"narrow-table"}
    glyphs = [glyph for glyph in pdf.glyphs(2) if glyph.text.strip()]
    assert min(glyph.y for glyph in glyphs) > layout.top - 1
    assert max(glyph.y for glyph in glyphs) < layout.top + layout.lines * layout.line + 1


def test_a_wide_table_goes_on_over_several_pages():
    _, _, pdf = printed(paragraphs(2) + wide(60) + paragraphs(3, "后"))
    pages = lying(pdf, "宽表")
    assert len(pages) > 2
    assert all("续表" in pdf.text(page).replace(" ", "") for page in pages[1:])
    assert sum(pdf.text(page).count("1,234,567.00") for page in pages) == 60 * 9


def test_a_wide_table_at_the_end_of_a_chapter_is_followed_by_the_next_chapter():
    body = paragraphs(2) + wide(4) + wide(3, "u")
    _, _, pdf = printed(body, more=[chapter(paragraphs(1, "又"), "two", "又")])
    assert lying(pdf, "宽表") == [2, 3]
    assert [page for page in range(1, pdf.pages + 1) if "又" in pdf.text(page)] == [5]
    assert pdf.text(4).strip() == ""


def test_in_columns_nothing_is_turned():
    _, _, pdf = printed(paragraphs(1) + wide(3) + paragraphs(3, "后"), vertical=True)
    assert lying(pdf, "宽表") == []
