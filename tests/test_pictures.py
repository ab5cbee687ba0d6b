import io

import pytest
from PIL import Image, ImageFile
from samples import PNG

from keben.pictures import check_picture, media_type


def messages(data, kind, path="book/images/a"):
    return [str(finding) for finding in check_picture(path, kind, data)]


def encoded(form):
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(stream, form)
    return stream.getvalue()


def test_media_types_by_name():
    assert media_type("a/B.JPG") == "image/jpeg"
    assert media_type("a.svg") == "image/svg+xml"
    assert media_type("a.tiff") is None


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_good_pictures_pass_and_cut_ones_do_not(form):
    data = encoded(form)
    kind = f"image/{form.lower()}"
    assert messages(data, kind) == []
    (message,) = messages(data[: len(data) // 2], kind)
    assert message.startswith(f"book/images/a: This picture cannot be read as {form}: ")


def test_a_picture_of_another_format_than_its_name_is_told():
    (message,) = messages(encoded("PNG"), "image/jpeg")
    assert message.endswith("Save it again, or rename it after its real format.")
    assert messages(PNG, "image/png") == []


def test_half_a_picture_is_told_also_where_the_process_is_lenient(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert len(messages(PNG[: len(PNG) // 2], "image/png")) == 1
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_what_is_no_picture_is_told_the_same_way_each_time():
    assert messages(b"text", "image/png") == [
        "book/images/a: This is not a picture that Keben can read as PNG. "
        "Save it again, or rename it after its real format."
    ]


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "",
        '<defs><linearGradient id="g"/></defs><path fill="url(#g)" d="M0 0"/>',
        '<use href="#a"/>',
        '<image href="data:image/png;base64,AA=="/>',
        "<style>path { fill: url(#g) }</style>",
    ],
)
def test_plain_svg_passes(inside):
    assert messages(SVG.format(inside).encode(), "image/svg+xml") == []


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<script>1</script>", "<script>"),
        ('<path onclick="x()"/>', "the event handler onclick"),
        ('<a href="http://example.org"/>', "a link to “http://example.org”"),
        ('<image xmlns:xlink="x" xlink:href="file:///etc/passwd"/>', "a link to “file:///etc/passwd”"),
        ('<path fill="url(http://example.org/a)"/>', "a reference to the outside in fill"),
        ("<style>@import 'x.css';</style>", "a reference to the outside in &lt;style>".replace("&lt;", "<")),
        ("<foreignObject/>", "<foreignObject>"),
    ],
)
def test_svg_that_reaches_out_or_acts_is_refused(inside, problem):
    (message,) = messages(SVG.format(inside).encode(), "image/svg+xml")
    assert message.startswith(f"book/images/a: This SVG has {problem}, which no book may bring.")


def test_broken_svg_is_told_with_its_line():
    (message,) = messages(b"<svg>\n<a></svg>", "image/svg+xml")
    assert message.startswith("book/images/a:2:")
    (message,) = messages(b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "image/svg+xml")
    assert "a document type is not allowed" in message
    assert messages(b"<html/>", "image/svg+xml")[0].startswith("book/images/a: This is not an SVG")
    assert messages(b"<svg>\xff</svg>", "image/svg+xml") == [
        "book/images/a: This SVG is not UTF-8. Save it as UTF-8."
    ]
