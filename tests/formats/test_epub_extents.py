"""How large a picture is, by its file's first bytes."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from keben.core.book import Encoded
from keben.formats.epub.extents import extent_of

KINDS = {"PNG": "image/png", "GIF": "image/gif", "JPEG": "image/jpeg"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "options", [{}, {"progressive": True, "comment": b"c" * 70, "exif": b"Exif\0\0" * 9}]
)
def test_pictures_of_pixels(kind, options):
    out = io.BytesIO()
    Image.new("RGB", (301, 77)).save(out, kind, **(options if kind == "JPEG" else {}))
    assert extent_of(Encoded(KINDS[kind], out.getvalue())) == (301, 77)


def test_drawings():
    text = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><g/></svg>'
    assert extent_of(Encoded("image/svg+xml", text.encode())) == (30, 20)
    assert extent_of(Encoded("image/svg+xml", b'<svg width="9" height="0"/>')) is None
    assert extent_of(Encoded("image/svg+xml", b"<g/>")) is None


@given(st.sampled_from([*KINDS.values(), "image/svg+xml"]), st.binary(max_size=40))
def test_what_is_broken_has_no_size_or_some(kind, data):
    for start in (b"", b"\xff\xd8\xff\xc0", b"<svg "):
        found = extent_of(Encoded(kind, start + data))
        assert found is None or min(found) > 0
