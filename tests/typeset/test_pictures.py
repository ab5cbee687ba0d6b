"""Pictures and fonts of the book's own on printed pages."""

import io
from dataclasses import replace

import pypdfium2
import pytest
from books import book, chapter
from ownfonts import small_font
from PIL import Image
from samples import PNG

from keben.core.book import Asset
from keben.core.paper import TypeArea
from keben.typeset import missing_glyphs, typeset
from keben.typeset.fonts import choose
from keben.typeset.resources import BASE, RefusedError, Resources

AREA = TypeArea()
MEASURE = AREA.measure * AREA.body_pt


def wide(width=900, height=300):
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(stream, "PNG")
    return stream.getvalue()


def boxes(artifact):
    """Page, left, right and height of each picture, in points."""
    with pypdfium2.PdfDocument(artifact.data) as document:
        return [
            (number, left, right, top - bottom)
            for number, page in enumerate(document, 1)
            for left, bottom, right, top in (thing.get_bounds() for thing in page.get_objects(filter=[3]))
        ]


def set_pictures(body, **changes):
    assets = {
        "images/宽 图%41#?.png": Asset("images/宽 图%41#?.png", "image/png", wide()),
        "images/dot.png": Asset("images/dot.png", "image/png", PNG),
    }
    composition = replace(book(chapter(body)), assets=assets)
    return typeset(replace(composition, **changes))


IMG = '<img src="images/宽 图%41#?.png" alt="图"{}/>'
HALF, FIXED = ' style="width: 50%"', ' style="width: 4cm"'


@pytest.mark.parametrize(
    ("body", "width"),
    [
        (f"<figure class='figure'>{IMG.format('')}</figure>", MEASURE),
        (f"<figure class='figure'>{IMG.format(HALF)}</figure>", MEASURE / 2),
        (f"<figure class='figure'>{IMG.format(FIXED)}</figure>", 4 / 2.54 * 72),
        (f"<p class='pictures'>{IMG.format('')}</p>", MEASURE),
        (f"<p>{IMG.format('')}字</p>", MEASURE - 2 * AREA.body_pt),
        (f"<p>字{IMG.format('')}字</p>", MEASURE - 2 * AREA.body_pt),
        (f"<ul><li>{IMG.format('')}</li></ul>", MEASURE - 2 * AREA.body_pt),
    ],
)  # fmt: skip
def test_pictures_stay_inside_the_measure(body, width):
    first, *_, last = boxes(set_pictures(f"<p>字</p><figure class='figure'>{IMG.format('')}</figure>{body}"))
    assert first[2] - first[1] == pytest.approx(MEASURE, abs=0.2)
    assert last[2] - last[1] == pytest.approx(width, abs=0.3)
    assert first[0] == last[0]
    assert first[1] - 0.2 <= last[1] < last[2] <= first[2] + 0.2


def test_a_tall_picture_with_a_width_is_not_distorted():
    asset = Asset("images/dot.png", "image/png", wide(300, 3000))
    body = '<figure class="figure"><img src="images/dot.png" alt="图" style="width: 100%"/></figure>'
    ((_, left, right, height),) = boxes(set_pictures(body, assets={"images/dot.png": asset}))
    assert height / (right - left) == pytest.approx(10, rel=0.01)


FACE = "@font-face { font-family: Mine; src: url(fonts/%E7%94%B2.ttf) } p { font-family: Mine, var(--serif) }"


def own(sheet=FACE, **changes):
    composition = book(chapter("<p>甲乙A</p>"), **changes)
    styles = {**composition.styles, "print.css": f"{composition.styles['print.css']}\n{sheet}"}
    assets = {"fonts/甲.ttf": Asset("fonts/甲.ttf", "font/ttf", small_font())}
    return replace(composition, styles=styles, assets=assets)


def test_a_font_of_the_books_own_sets_text_and_is_in_the_manifest():
    artifact = typeset(own())
    (fact,) = [font for font in artifact.facts["fonts"] if font["file"].startswith("book/")]
    assert (fact["name"], fact["style"], fact["file"]) == ("Own Test", "Regular", "book/fonts/甲.ttf")
    assert len(fact["sha256"]) == 64
    with pypdfium2.PdfDocument(artifact.data) as document:
        assert "甲乙 A" in "".join(page.get_textpage().get_text_range() for page in document)


def test_a_character_that_only_the_books_own_font_has_is_not_missing():
    # Of Unicode 18 or later, if ever: no installed font has it.
    rare = "\U0003fff0"
    composition = replace(own(), documents=(chapter(f"<p>{rare}</p>"),))
    assert [finding.code for finding in missing_glyphs(composition)] == ["missing-glyph"]
    font = Asset("fonts/甲.ttf", "font/ttf", small_font(rare))
    assert missing_glyphs(replace(composition, assets={"fonts/甲.ttf": font})) == ()


def test_a_style_loads_data_and_files_of_any_name_and_nothing_else():
    asset = Asset("images/100%#.png", "image/png", PNG)
    resources = Resources({asset.path: asset}, {}, choose("zh-Hans-CN"))
    assert resources.find(f"{BASE}images/100%25%23.png") == (PNG, "image/png")
    assert resources.find("data:image/png;base64,iVBORw0KGgo=") == (b"\x89PNG\r\n\x1a\n", "image/png")
    for url in ("data:text/html,x", f"{BASE}images/100.png", "file:///etc/passwd", "DATA:,x"):
        with pytest.raises(RefusedError):
            resources.find(url)
