import io
import warnings
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageFile
from samples import PNG, sample_composition

from keben.core.book import Asset, Encoded
from keben.core.store import Store
from keben.pictures import Studio, is_openable, media_type, pixel_size, prepare, sniff
from keben.pictures.keeping import packed, unpacked
from keben.pictures.raster import PictureError

GREY = Image.linear_gradient("L").resize((120, 80))
PHOTO = Image.merge("RGB", (GREY, GREY.transpose(Image.Transpose.FLIP_TOP_BOTTOM), GREY))


def encoded(image, form, **options):
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def made(data, *, kind=None, is_cover=False):
    """A picture as a book takes it, and its findings as people read them."""
    asset, findings = prepare(Asset("images/a", kind or sniff(data), data), is_cover=is_cover)
    return asset, [str(finding) for finding in findings]


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def frames(*colours, duration=500, size=(60, 60), form="GIF"):
    first, *rest = (Image.new("RGB", size, colour) for colour in colours)
    return encoded(first, form, save_all=True, append_images=rest, duration=duration, loop=0)


def turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_media_types_by_name():
    assert media_type("a/B.JPG") == "image/jpeg"
    assert media_type("a.svg") == "image/svg+xml"
    assert media_type("a.tiff") == "image/tiff"
    assert media_type("a.psd") is None


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (encoded(PHOTO, "PNG"), "image/png"),
        (encoded(PHOTO, "JPEG"), "image/jpeg"),
        (encoded(PHOTO, "WEBP"), "image/webp"),
        (encoded(PHOTO, "AVIF"), "image/avif"),
        (encoded(PHOTO, "BMP"), "image/bmp"),
        (encoded(PHOTO, "TIFF"), "image/tiff"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg>\n<svg/>', "image/svg+xml"),
        ('<?xml version="1.0" encoding="UTF-16"?><s:svg/>'.encode("utf-16"), "image/svg+xml"),
        (b"<html><svg/></html>", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data, kind):
    assert sniff(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        encoded(PHOTO, "JPEG"),
        encoded(GREY, "JPEG"),
        encoded(PHOTO, "JPEG", progressive=True),
        encoded(PHOTO, "PNG"),
        encoded(GREY.convert("LA"), "PNG"),
        encoded(PHOTO.convert("RGBA"), "PNG"),
        encoded(PHOTO.convert("P"), "GIF"),
    ],
)
def test_what_every_page_and_reader_shows_stays_byte_for_byte(data):
    asset, findings = made(data)
    assert (asset.data, asset.screen, asset.motion, findings) == (data, None, "none", [])


@pytest.mark.parametrize(
    "data",
    [
        encoded(PHOTO.convert("P"), "PNG"),
        encoded(PHOTO.convert("P"), "PNG", transparency=3),
        encoded(PHOTO, "PNG", transparency=(0, 0, 0)),
        encoded(GREY.convert("1"), "PNG"),
    ],
)
def test_palettes_and_single_colours_made_transparent_are_spelled_out_for_pages_alone(data):
    asset, findings = made(data)
    assert findings == []
    assert asset.electronic.data == data
    page = opened(asset.data)
    assert (page.format, page.mode in ("L", "RGB", "RGBA"), "transparency" in page.info) == (
        "PNG",
        True,
        False,
    )
    assert list(page.convert("RGBA").tobytes()) == list(opened(data).convert("RGBA").tobytes())


@pytest.mark.parametrize(
    ("data", "form", "change"),
    [
        (encoded(PHOTO, "WEBP"), "JPEG", "its format, WEBP"),
        (encoded(PHOTO, "WEBP", lossless=True), "PNG", "its format, WEBP"),
        (encoded(PHOTO, "AVIF"), "JPEG", "its format, AVIF"),
        (encoded(PHOTO, "BMP"), "PNG", "its format, BMP"),
        (encoded(PHOTO, "TIFF"), "PNG", "its format, TIFF"),
        (encoded(Image.new("I;16", (9, 9), 40000), "PNG"), "PNG", "its 16 bits a channel"),
        (encoded(PHOTO, "JPEG", exif=turned(3)), "JPEG", "how it is turned"),
        (encoded(PHOTO, "PNG", exif=turned(3)), "PNG", "how it is turned"),
        (encoded(PHOTO, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff"), "JPEG", "its broken metadata"),
        (encoded(PHOTO, "PNG", exif=b"Exif\0\0II"), "PNG", "its broken metadata"),
    ],
)
def test_what_not_every_reader_shows_is_converted_and_reported(data, form, change):
    asset, findings = made(data)
    assert findings == [f"book/images/a: notice: This picture is converted: {change}."]
    assert asset.media_type == f"image/{form.lower()}"
    image = opened(asset.data)
    assert (image.format, image.mode in ("L", "RGB")) == (form, True)
    assert image.getexif().get(0x0112, 1) == 1
    assert made(data)[0] == asset


def test_pictures_stand_as_the_camera_says():
    corner = Image.new("RGB", (40, 20), "white")
    corner.paste("black", (0, 0, 10, 10))
    for orientation, size, black in (
        (2, (40, 20), (35, 5)),
        (3, (40, 20), (35, 15)),
        (4, (40, 20), (5, 15)),
        (5, (20, 40), (5, 5)),
        (6, (20, 40), (15, 5)),
        (7, (20, 40), (15, 35)),
        (8, (20, 40), (5, 35)),
    ):
        image = opened(made(encoded(corner, "PNG", exif=turned(orientation)))[0].data)
        assert (image.size, image.getpixel(black)) == (size, (0, 0, 0))


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (40, 20)), (4, (40, 20)), (5, (20, 40)), (8, (20, 40))]
)
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_s_size_is_that_of_what_is_seen(form, orientation, size):
    picture = Image.new("RGB", (40, 20))
    assert pixel_size(encoded(picture, form, exif=turned(orientation))) == size
    assert pixel_size(encoded(picture, form)) == (40, 20)


@pytest.mark.parametrize("data", [b"", b"text", PNG[:20]])
def test_what_is_no_picture_has_no_size(data):
    with pytest.raises(PictureError, match="cannot be read"):
        pixel_size(data)


def test_sixteen_bits_keep_their_brightness():
    image = opened(made(encoded(Image.new("I;16", (4, 4), 257 * 200), "PNG"))[0].data)
    assert (image.mode, image.getpixel((0, 0))) == ("L", 200)


def test_cmyk_without_a_profile_is_a_guess_that_is_reported():
    asset, findings = made(encoded(Image.new("CMYK", (9, 9), (0, 255, 255, 0)), "JPEG"))
    assert findings == [
        "book/images/a: warning: This picture is in CMYK, and does not say of which inks: its colours are a guess. "
        "Save it in sRGB with a program that knows its inks.",
        "book/images/a: notice: This picture is converted: its CMYK colours.",
    ]
    red, green, blue = opened(asset.data).getpixel((4, 4))
    assert red > 240 and green < 15 and blue < 15


def test_colours_of_another_profile_become_srgb():
    lab = ImageCms.profileToProfile(
        PHOTO, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    image = opened(made(encoded(lab, "TIFF"))[0].data)
    before, after = PHOTO.getpixel((60, 60)), image.getpixel((60, 60))
    assert all(abs(one - other) < 6 for one, other in zip(before, after, strict=True))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert made(encoded(PHOTO, "JPEG", icc_profile=srgb))[1] == []


def test_a_large_picture_is_made_smaller_for_the_epub_alone():
    data = encoded(Image.new("L", (5000, 2000)), "PNG")
    asset, findings = made(data)
    assert findings == [
        "book/images/a: notice: This picture is converted: its size for the EPUB, 5000 × 2000 pixels."
    ]
    assert asset.data == data
    assert opened(asset.electronic.data).size == (3162, 1264)
    tall = opened(made(encoded(Image.new("L", (100, 6400)), "JPEG"))[0].electronic.data)
    assert (tall.format, tall.size) == ("JPEG", (50, 3200))


def test_more_pixels_than_a_page_can_use_are_refused_before_they_are_decoded(monkeypatch):
    monkeypatch.setattr("keben.pictures.raster.MOST_PIXELS", 99)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 50)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for size in ((10, 10), (20, 20)):
            (finding,) = made(encoded(Image.new("L", size), "PNG"))[1]
            assert finding.startswith("book/images/a: This picture")


def test_a_gif_that_moves_stays_in_the_epub_and_is_reported():
    data = frames("white", "navy")
    asset, (finding,) = made(data)
    assert (asset.data, asset.screen, asset.motion) == (data, None, "moving")
    assert finding.startswith("book/images/a: notice: This picture moves in the EPUB")


@pytest.mark.parametrize(
    ("colours", "duration", "motion"),
    [
        (("white", "red") * 4, 80, "flashing"),
        (("black", "white"), 100, "flashing"),
        (("black", "white"), 500, "moving"),
        (("#888", "#898989") * 4, 50, "moving"),
        (("black", "#333", "#666", "#999", "#ccc", "white") * 2, 150, "moving"),
        (("black", "white"), 0, "flashing"),
    ],
)
def test_flashes_are_counted(colours, duration, motion):
    asset, findings = made(frames(*colours, duration=duration))
    assert asset.motion == motion
    assert ("warning" in findings[0]) == (motion == "flashing")


@pytest.mark.parametrize(
    "data",
    [
        frames("white", "navy", form="WEBP"),
        frames("white", "navy", form="PNG"),
        frames("white", "navy")[:-20],
    ],
)
def test_of_other_moving_pictures_the_first_frame_is_shown_and_reported(data):
    asset, findings = made(data)
    assert asset.motion == "none"
    assert not getattr(opened(asset.electronic.data), "is_animated", False)
    assert opened(asset.data).convert("RGB").getpixel((9, 9)) == (255, 255, 255)
    assert findings[0].startswith(
        "book/images/a: warning: This picture moves: the first of its frames is shown."
    )


def test_a_cover_is_a_jpeg_or_png_that_stands_still_and_is_large_enough():
    asset, findings = made(frames("white", "navy"), is_cover=True)
    assert (asset.media_type, asset.motion) == ("image/png", "none")
    assert findings[1] == (
        "book/images/a: warning: This cover has 60 × 60 pixels: stores ask for 640 on the shorter side. "
        "1500 × 2400 pixels are right."
    )
    assert made(encoded(Image.new("RGB", (640, 900)), "WEBP"), is_cover=True)[0].media_type == "image/jpeg"
    assert made(encoded(Image.new("L", (640, 900)), "JPEG"), is_cover=True)[1] == []


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_of_a_picture_that_is_cut_off_as_much_is_shown_as_there_is(form):
    data = encoded(PHOTO, form)
    asset, findings = made(data[: len(data) * 3 // 4])
    assert findings[0] == (
        "book/images/a: warning: This file is damaged: a part of the picture is missing. Save it again, as PNG or JPEG."
    )
    picture = opened(asset.data).convert("RGB")
    assert picture.size == PHOTO.size
    assert picture.getpixel((3, 3)) == opened(data).convert("RGB").getpixel((3, 3))


def test_a_picture_of_which_nothing_can_be_read_is_an_error():
    data = encoded(PHOTO, "WEBP")
    (message,) = made(data[: len(data) // 2])[1]
    assert message.startswith("book/images/a: This picture cannot be read as WEBP: ")
    assert not is_openable(PNG[:30])
    assert not is_openable(b"")
    assert is_openable(PNG)


def test_half_a_picture_is_told_also_where_the_process_is_lenient(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    assert len(made(PNG[: len(PNG) // 2])[1]) == 1
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_what_is_no_picture_is_told_the_same_way_each_time():
    assert made(b"text", kind="image/png")[1] == [
        "book/images/a: This is not a picture that Keben can read as PNG. Save it again, as PNG or JPEG."
    ]


def test_a_picture_is_decoded_once_for_all_editions(monkeypatch):
    data = encoded(PHOTO, "WEBP")
    assets = {path: Asset(path, "image/webp", data) for path in ("images/a.webp", "images/b.webp")}
    composition = replace(sample_composition(), assets=assets)
    studio = Studio()
    first, findings = studio.ready(composition)
    monkeypatch.setattr("keben.pictures.raster.read_raster", None)
    assert studio.ready(composition) == (first, findings)
    assert [finding.place.path for finding in findings] == ["book/images/a.webp", "book/images/b.webp"]
    assert {path: asset.path for path, asset in first.assets.items()} == {path: path for path in assets}


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "TIFF", "broken"])
def test_what_came_of_a_picture_is_kept_from_one_build_to_the_next(kind, tmp_path, monkeypatch):
    data = b"nothing" if kind == "broken" else encoded(PHOTO, kind)
    assets = {
        "images/a": Asset("images/a", f"image/{kind.lower()}" if data != b"nothing" else "image/png", data)
    }
    composition = replace(sample_composition(), assets=assets)
    cold = Studio().ready(composition)
    assert Studio(store=Store(tmp_path)).ready(composition) == cold
    monkeypatch.setattr("keben.pictures.raster.read_raster", None)
    assert Studio(store=Store(tmp_path)).ready(composition) == cold
    with pytest.raises(TypeError):
        Studio(store=Store(tmp_path, "other tools")).ready(composition)


@given(
    st.binary(max_size=4),
    st.none() | st.binary(max_size=4),
    st.none() | st.binary(max_size=4),
    st.lists(st.tuples(st.text(), st.text(), st.text(), st.just("notice"), st.integers(0), st.integers(0))),
)
def test_what_is_packed_is_unpacked(brought, page, screen, remarks):
    asset = Asset("images/a", "image/webp", brought)
    ready = replace(
        asset,
        media_type="image/png",
        data=brought if page is None else page,
        screen=None if screen is None else Encoded("image/jpeg", screen),
        motion="moving",
    )
    assert unpacked(asset, packed(asset, ready, remarks)) == (ready, tuple(remarks))


@given(st.binary(max_size=8) | st.sampled_from([b"{}", b"[]", b'{"data": 1, "screen": 2}', b"null\n"]))
def test_what_was_not_packed_is_not_unpacked(entry):
    assert unpacked(Asset("images/a", "image/webp", b"x"), entry) is None


RING = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
RING.paste((0, 0, 0, 255), (10, 10, 30, 30))


@pytest.mark.parametrize(
    "data",
    [
        encoded(RING, "PNG"),
        encoded(RING.convert("LA"), "PNG"),
        encoded(RING.quantize(), "PNG"),
        encoded(RING, "WEBP", lossless=True),
        encoded(RING, "GIF"),
    ],
    ids=["rgba", "grey", "palette", "webp", "gif"],
)
def test_a_picture_that_can_be_seen_through_has_a_white_ground_in_the_epub(data):
    asset, reported = made(data)
    screen = opened(asset.electronic.data)
    assert (screen.mode in ("RGB", "L"), "transparency" in screen.info) == (True, False)
    assert [screen.convert("RGB").getpixel(at) for at in ((0, 0), (20, 20))] == [(255, 255, 255), (0, 0, 0)]
    assert "its ground, white in the EPUB" in reported[0]
    page = opened(asset.data).convert("RGBA")
    assert page.getpixel((0, 0))[3] == 0


def test_an_ornament_and_what_is_opaque_keep_their_ground():
    ring, opaque = encoded(RING, "PNG"), encoded(PHOTO.convert("RGBA"), "PNG")
    asset, findings = prepare(Asset("images/a.png", "image/png", ring), is_bare=True)
    assert (asset.electronic.data, findings) == (ring, ())
    assert made(opaque)[0].electronic.data == opaque


def test_an_svg_has_a_ground_in_the_epub_alone_and_an_ornament_none():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0 9 9"/></svg>'
    asset, _ = made(svg)
    ground = b'<rect x="0" y="0" width="100%" height="100%" fill="#fff"/>'
    assert (ground in asset.electronic.data, ground in asset.data) == (True, False)
    bare, _ = prepare(Asset("images/a.svg", "image/svg+xml", svg), is_bare=True)
    assert bare.electronic.data == asset.data
