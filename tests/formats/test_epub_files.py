"""What stands beside the pages of an EPUB: pictures, fonts, covers, under safe names."""

import io
import zipfile
from dataclasses import replace
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ownfonts import small_font
from PIL import Image
from samples import PNG, sample_composition

from keben.check import check_epubs
from keben.core.book import Asset
from keben.core.composition import Document
from keben.core.markup import Element, parse
from keben.formats.epub import package
from keben.formats.epub.names import package_names
from keben.pictures import Studio

NAMES = ("图 1.png", "图1.png", "100%.png", "a#b.png", "a?b.png", "a&b.png", "a|b.png", "a:b.png", 'a"b.png',
         "a%41b.png", "a\tb.png", "a\nb.png", "a\\b.png", "Map.png", "map.png", "长" * 60 + ".png", "con.png",
         "-a.png", "a..png", "a b  c.png", "(x).png")  # fmt: skip


def encoded(image, form):
    stream = io.BytesIO()
    image.save(stream, form)
    return stream.getvalue()


def composed(assets, cover="", styles=None, shown=None):
    """A chapter that shows all the pictures among some assets."""
    names = [path for path, asset in assets.items() if asset.media_type.startswith("image/")]
    images = tuple(Element("img", {"src": path, "alt": "图"}) for path in (names if shown is None else shown))
    root = parse('<section epub:type="chapter" id="one"><h1>甲</h1></section>')
    root = root.with_children((*root.children, Element("p", {}, images or ("字",))))
    base = sample_composition()
    chapter = Document("one", "chapter", "甲", root, "book/chapters/one.md")
    contents = parse(
        '<nav epub:type="toc" id="contents"><h1>目录</h1><ol><li><a href="#one">甲</a></li></ol></nav>'
    )
    documents = (*base.documents[1:3], Document("contents", "contents", "目录", contents), chapter)
    edition = replace(base.edition, cover=cover)
    composition = replace(
        base, edition=edition, documents=documents, assets=assets, styles=styles or base.styles
    )
    return Studio().ready(composition)[0]


def packed(composition):
    cover = composition.assets.get(composition.edition.cover)
    return package(composition, cover)


def names_in(artifact):
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return [name.removeprefix("EPUB/") for name in archive.namelist() if "." in name]


def read(artifact, name):
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return archive.read(f"EPUB/{name}").decode()


def shown_in(artifact):
    tree = etree.fromstring(read(artifact, "text/one.xhtml").encode())
    return [node.get("src") for node in tree.iter("{http://www.w3.org/1999/xhtml}img")]


def test_epubcheck_takes_pictures_of_any_name_and_kind(tmp_path):
    assets = {f"images/{name}": Asset(f"images/{name}", "image/png", PNG) for name in NAMES}
    photo = Image.new("RGB", (20, 10), "navy")
    for name, form in (
        ("a.webp", "WEBP"),
        ("b.png", "JPEG"),
        ("c.gif", "GIF"),
        ("d.avif", "AVIF"),
        ("e", "TIFF"),
    ):
        kind = f"image/{form.lower()}"
        assets[f"images/{name}"] = Asset(f"images/{name}", kind, encoded(photo, form))
    svg = '<!DOCTYPE svg><svg onload="x()"><SCRIPT>1</SCRIPT><rect id="1" fill="url(#x)" width="9" height="9"/></svg>'
    assets["images/f.svg"] = Asset("images/f.svg", "image/svg+xml", svg.encode())
    assets["fonts/甲.ttf"] = Asset("fonts/甲.ttf", "font/ttf", small_font())
    styles = {
        "base.css": "",
        "epub.css": f'@font-face {{ font-family: a; src: url("{quote("fonts/甲.ttf")}") }}',
    }
    artifact = packed(composed(assets, cover="images/图 1.png", styles=styles))
    path = tmp_path / artifact.name
    path.write_bytes(artifact.data)
    assert check_epubs((path,)) == ()
    assert "fonts/font-1.ttf" in names_in(artifact)
    assert 'url("../fonts/font-1.ttf")' in read(artifact, "styles/epub.css")
    assert {"images/a.jpg", "images/b.jpg", "images/c.gif", "images/d.jpg", "images/f.svg"} <= set(
        names_in(artifact)
    )
    assert "../images/cover.png" in shown_in(artifact)


def test_a_cover_that_the_text_shows_too_is_packed_once():
    assets = {
        "images/c.png": Asset("images/c.png", "image/png", PNG),
        "images/d.png": Asset("images/d.png", "image/jpeg", encoded(Image.new("L", (9, 9)), "JPEG")),
    }
    artifact = packed(composed(assets, cover="images/c.png"))
    assert shown_in(artifact) == ["../images/cover.png", "../images/d.jpg"]
    artifact = packed(composed(assets, cover="images/d.png"))
    assert shown_in(artifact) == ["../images/c.png", "../images/cover.jpg"]
    assert [name for name in names_in(artifact) if "images" in name] == ["images/cover.jpg", "images/c.png"]


def test_a_picture_called_as_the_cover_is_does_not_take_its_place():
    assets = {
        "images/cover.jpg": Asset("images/cover.jpg", "image/jpeg", encoded(Image.new("L", (9, 9)), "JPEG"))
    }
    drawn = Asset("images/cover.jpg", "image/jpeg", encoded(Image.new("L", (5, 5)), "JPEG"))
    artifact = package(composed(assets), drawn)
    assert shown_in(artifact) == ["../images/picture-1.jpg"]


def test_only_what_pages_and_styles_of_an_epub_name_is_packed():
    assets = {
        "images/a.png": Asset("images/a.png", "image/png", PNG),
        "images/b.png": Asset("images/b.png", "image/png", PNG),
        "fonts/a.ttf": Asset("fonts/a.ttf", "font/ttf", small_font()),
    }
    styles = {
        "base.css": "",
        "epub.css": "hr { background: url('images/b.png') }",
        "print.css": "a { b: url(fonts/a.ttf) }",
    }
    artifact = packed(composed(assets, styles=styles, shown=["images/a.png"]))
    assert [name for name in names_in(artifact) if name.startswith(("images", "fonts"))] == [
        "images/a.png",
        "images/b.png",
    ]
    artifact = packed(composed(assets, styles={**styles, "epub.css": ""}, shown=["images/a.png"]))
    assert [name for name in names_in(artifact) if name.startswith(("images", "fonts"))] == ["images/a.png"]


@pytest.mark.parametrize(
    ("colours", "hazards"),
    [
        (("white",), ["none"]),
        (("white", "#eee"), ["unknown"]),
        (("white", "black") * 4, ["flashing", "noSoundHazard"]),
    ],
)
def test_hazards_are_claimed_by_what_the_pictures_do(colours, hazards):
    first, *rest = (Image.new("RGB", (9, 9), colour) for colour in colours)
    stream = io.BytesIO()
    first.save(stream, "GIF", save_all=True, append_images=rest, duration=60)
    artifact = packed(composed({"images/a.gif": Asset("images/a.gif", "image/gif", stream.getvalue())}))
    tree = etree.fromstring(read(artifact, "content.opf").encode())
    metas = tree.iter("{http://www.idpf.org/2007/opf}meta")
    assert [node.text for node in metas if node.get("property") == "schema:accessibilityHazard"] == hazards


@given(
    st.dictionaries(
        st.text(min_size=1), st.sampled_from(["image/png", "image/jpeg", "font/ttf"]), max_size=20
    )
)
def test_names_are_safe_and_no_two_are_the_same(files):
    files = {path.replace("\0", "x"): kind for path, kind in files.items()}
    names = package_names(files, {"cover": "images/cover.jpg"})
    assert names == package_names(dict(reversed(files.items())), {"cover": "images/cover.jpg"})
    assert {*files, "cover"} == names.keys()
    assert len({name.lower() for name in names.values()}) == len(names)
    for path, name in names.items():
        assert name.isascii()
        assert not set(name) & set(" %#?&:|\"'<>\\*\t\n")
        assert path == "cover" or name.endswith(
            {"image/png": "png", "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"), "font/ttf": "ttf"}[files[path]]
        )


def test_in_columns_a_share_of_the_width_is_one_of_the_page():
    composition = composed({"images/a.png": Asset("images/a.png", "image/png", PNG)})
    root = composition.documents[-1].root
    sized = Element("img", {"src": "images/a.png", "alt": "图", "style": "width: 50%"})
    chapter = replace(
        composition.documents[-1], root=root.with_children((*root.children, Element("p", {}, (sized,))))
    )
    documents = (*composition.documents[:-1], chapter)
    text = read(package(replace(composition, documents=documents), None), "text/one.xhtml")
    assert 'style="width: 50%; width: min(50%, ' in text
    edition = replace(composition.edition, writing="vertical")
    text = read(package(replace(composition, documents=documents, edition=edition), None), "text/one.xhtml")
    assert 'style="width: 45vw; width: min(45vw, ' in text
