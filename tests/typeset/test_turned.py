"""Pictures of vertical books: how large they stand, and that they are turned."""

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
from books import ROOT, STYLES, book, chapter
from pdfs import Pdf
from PIL import Image
from samples import sample_composition

from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.markup import parse, walk
from keben.core.paper import TypeArea
from keben.typeset import typeset
from keben.typeset.page import lay_out
from keben.typeset.turned import turn_pictures

AREA = TypeArea(measure=44, lines=16)
MOST = (10 * 10.5 * 1.7, 44 * 10.5)


def raster(width, height, orientation=1):
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", (width, height)).save(stream, "JPEG", exif=exif)
    return Asset("images/a.jpeg", "image/jpeg", stream.getvalue())


def svg(attributes):
    return Asset(
        "images/a.svg", "image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>'.encode()
    )


def size_of(*, asset=None, drawing=None):
    """Width and height of the only picture, in points."""
    name = asset.path if asset else "images/a.toml.svg"
    assets = {asset.path: asset} if asset else {}
    documents = (Document(name, "drawing", "", parse(drawing)),) if drawing else ()
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, documents=documents, assets=assets)
    root = parse(f'<section><figure><img src="{name}" alt="圖"/></figure></section>')
    made = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    frame = next(node for node in walk(made) if "turned" in node.classes)
    picture = next(node for node in walk(made) if node.tag == "img")
    width, height = (
        float(re.search(rf"\b{side}: ([\d.]+)pt", picture.get("style"))[1]) for side in ("width", "height")
    )
    assert f"width: {height:.2f}pt; height: {width:.2f}pt" in frame.get("style")
    assert f"translateY({width:.2f}pt) rotate(-90deg)" in picture.get("style")
    return width, height


@pytest.mark.parametrize(
    ("asset", "expected"),
    [
        (raster(100, 40), (75, 30)),
        # A camera's note says that it is shown upright.
        (raster(100, 40, orientation=6), (30, 75)),
        (raster(1000, 1000), (MOST[0], MOST[0])),
        # What is low and wide leaves half of the page to the text.
        (raster(1000, 500), (MOST[0] / 2, MOST[0] / 4)),
        (raster(100, 20), (75, 15)),
        (raster(100, 2000), (MOST[1] / 20, MOST[1])),
        (svg('width="80pt" height="20pt"'), (80, 20)),
        (svg('width="80" viewBox="0 0 4 1"'), (60, 15)),
        (svg('height="1in" viewBox="0 0 2 1"'), (MOST[0] / 2, MOST[0] / 4)),
        (svg('height=".7in" viewBox="0 0 2 1"'), (100.8, 50.4)),
        (Asset("images/a.svg", "image/svg+xml", b"<svg"), (1, 1)),
    ],
)
def test_a_picture_is_as_large_as_it_is_and_the_page_has_room_for(asset, expected):
    assert size_of(asset=asset) == pytest.approx(expected, abs=0.01)


def test_a_chart_is_as_large_as_it_was_drawn():
    assert size_of(drawing='<svg viewBox="0 0 90 60" width="90pt" height="60pt"/>') == (90, 60)


@pytest.mark.parametrize(
    ("style", "width"),
    [
        ("width: 50%", MOST[0] / 2),
        ("width: 2cm", 144 / 2.54),
        ("width: 100px", 75.0),
        ("width: 4em", 42.0),
        ("height: 20pt", 40.0),
        ("width: 900pt", MOST[0]),
    ],
)
def test_a_picture_stands_as_large_as_it_is_said_to(style, width):
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, assets={"images/a.jpeg": raster(200, 100)})
    root = parse(f'<section><p><img src="images/a.jpeg" alt="圖" style="{style}"/></p></section>')
    turned = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    (picture,) = [node for node in walk(turned) if node.tag == "img"]
    found = re.search(r"width: ([\d.]+)pt; height: ([\d.]+)pt", picture.get("style"))
    assert [float(found[1]), float(found[2])] == pytest.approx([width, width / 2], abs=0.02)


def test_a_wide_picture_lies_along_the_columns():
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, assets={"images/a.jpeg": raster(2000, 500)})
    root = parse(
        '<section><figure class="figure wide"><img src="images/a.jpeg" alt="圖"/></figure></section>'
    )
    made = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    assert not [node for node in walk(made) if "turned" in node.classes]
    (picture,) = [node for node in walk(made) if node.tag == "img"]
    found = re.search(r"width: ([\d.]+)pt; height: ([\d.]+)pt", picture.get("style"))
    assert [float(found[1]), float(found[2])] == pytest.approx([MOST[1], MOST[1] / 4], abs=0.02)
    assert set(picture.classes) == {"lying"}


def test_a_wide_picture_that_is_high_leaves_room_for_its_caption():
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, assets={"images/a.jpeg": raster(1000, 1000)})
    root = parse('<section><figure class="wide"><img src="images/a.jpeg" alt="圖"/></figure></section>')
    made = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    (picture,) = [node for node in walk(made) if node.tag == "img"]
    found = re.search(r"height: ([\d.]+)pt", picture.get("style"))
    assert float(found[1]) == pytest.approx(0.7 * MOST[0], abs=0.02)


def test_a_small_picture_among_text_stands_in_its_column():
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, assets={"images/a.jpeg": raster(12, 8)})
    image = '<img src="images/a.jpeg" alt="圖"/>'
    root = parse(f"<section><p>文{image}字</p><p>{image}</p><figure>{image}</figure></section>")
    turned = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    frames = [node.get("style") for node in walk(turned) if "turned" in node.classes]
    # 9 points across the column: its middle is where that of a character is, 0.38 em above the baseline.
    assert frames[0] == "display: inline-block; width: 6.00pt; height: 9.00pt; vertical-align: -0.51pt"
    assert frames[1:] == ["display: block; width: 6.00pt; height: 9.00pt"] * 2


def test_a_large_picture_among_text_stands_by_itself():
    composition = sample_composition("zh-Hant-TW", writing="vertical", area=AREA)
    composition = replace(composition, assets={"images/a.jpeg": raster(60, 20)})
    root = parse('<section><p>文<img src="images/a.jpeg" alt="圖"/>字</p></section>')
    turned = turn_pictures(root, composition, lay_out(AREA, "vertical"))
    (frame,) = [node.get("style") for node in walk(turned) if "turned" in node.classes]
    assert frame == "display: block; width: 15.00pt; height: 45.00pt"


def test_a_picture_in_columns_stands_on_the_axis_of_its_caption():
    body = (
        '<figure class="figure"><img src="images/a.jpeg" alt="圖"/><figcaption>題注題注</figcaption></figure>'
    )
    sheets = STYLES | {"print-vertical.css": (ROOT / "styles" / "print-vertical.css").read_text("utf-8")}
    composition = book(chapter(f"<p>字</p>{body}"), language="zh-Hant-TW", styles=sheets)
    edition = replace(composition.edition, writing="vertical", area=AREA)
    composition = replace(composition, edition=edition, assets={"images/a.jpeg": raster(200, 40)})
    data = typeset(composition).data
    document = pypdfium2.PdfDocument(data)
    (picture,) = document[0].get_objects(filter=[3])
    left, _, right, _ = picture.get_bounds()
    said = [glyph for glyph in Pdf(data).glyphs(1) if glyph.text in "題注"]
    assert (left + right) / 2 == pytest.approx((said[0].x + said[-1].x + said[0].size) / 2, abs=0.6)
