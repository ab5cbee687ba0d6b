"""Pictures of pixels: decoded once, and encoded again where a book could not show them as they are.

What every page, reader and store takes is JPEG (grey or RGB), PNG of 8 bits a channel, and for e-books GIF; colours are
sRGB. What is so already stays byte for byte.
"""

import io
import math
import warnings
from dataclasses import field, replace
from typing import Any

from PIL import Image, ImageCms, UnidentifiedImageError

from keben.core.book import Encoded
from keben.core.foreign import foreign
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.pictures.damaged import reading, rescued
from keben.pictures.kinds import FORMATS
from keben.pictures.motion import Motion, motion_of

MOST_PIXELS = 80_000_000
"""Of one picture: A3 at 600 dots to the inch is 70 million."""

MOST_SCREEN_PIXELS, LONGEST_SCREEN_SIDE = 4_000_000, 3200
"""Of a picture in an EPUB: Apple Books takes 4 million pixels, Google Play 3200 on the longer side."""

_QUALITY = 92
_LARGE_FILE = 2_000_000
"""Bytes from which on a picture without loss is no file for an e-book."""
_OPAQUE = 250
"""Of 255: what is less can be seen through."""
_ORIENTATION = 0x0112
_FIRST_TURNED = 5
"""From this orientation on a picture's rows are columns (EXIF 2.32, 4.6.4)."""
_PLAIN_MODES = frozenset(("L", "LA", "RGB", "RGBA"))


class PictureError(ValueError):
    """A picture that cannot be shown."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.advice = advice


def pixel_size(data: bytes) -> tuple[int, int]:
    """Width and height of a picture in pixels, as it is seen: turned, where its own note (EXIF) says so.

    Raises:
        PictureError: it cannot be read.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            width, height = picture.size
            is_turned = picture.getexif().get(_ORIENTATION, 1) >= _FIRST_TURNED
    except Exception as error:
        message, advice = wording("This picture cannot be read."), wording("Save it again as PNG or JPEG.")
        raise PictureError("broken-picture", message, advice) from error
    return (height, width) if is_turned else (width, height)


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as books take it."""

    page: Encoded
    """For a PDF: JPEG, PNG, or a GIF whose first picture is printed."""
    screen: Encoded
    """For an EPUB: JPEG, PNG or GIF."""
    size: tuple[int, int]
    """Width and height of ``page`` in pixels, as it is seen."""
    motion: Motion = "none"
    """Of ``screen``."""
    changes: tuple[str, ...] = ()
    """What was changed without visible loss, as a message says it: ``its CMYK colours``."""
    losses: tuple[tuple[str, str], ...] = ()
    """What may look otherwise, and what to do about it: two sentences each."""


def read_raster(data: bytes, kind: str, *, is_cover: bool = False, is_bare: bool = False) -> Raster:
    """A picture's bytes as they go into books; ``kind`` is their media type.

    Of a damaged file as much is shown as can be read. A picture that can be seen through has a white ground in an EPUB,
    for black lines are lost on a black page; not one that is ``is_bare``, as ornaments are.

    Raises:
        PictureError: it does not decode, or it is too large.
    """
    name = FORMATS[kind]
    advice = wording("Save it again, as PNG or JPEG.")
    try:
        with reading(), Image.open(io.BytesIO(data), formats=[name]) as picture:
            _require_size(picture.size)
            picture.load()
            return _settle(picture, data, kind, is_cover=is_cover, is_bare=is_bare)
    except UnidentifiedImageError:
        # Its own message names an object of this run.
        message = wording("This is not a picture that Keben can read as {name}.", name=name)
        raise PictureError("broken-picture", message, advice) from None
    except PictureError:
        raise
    except Exception as error:  # noqa: BLE001 - decoders raise anything on broken files
        if (whole := rescued(data, name)) is not None:
            raster = read_raster(whole, "image/png", is_cover=is_cover, is_bare=is_bare)
            message = wording("This file is damaged: a part of the picture is missing.")
            return replace(raster, losses=(*raster.losses, (message, advice)))
        message = wording(
            "This picture cannot be read as {name}: {one_line}.",
            name=name,
            one_line=foreign(_one_line(error)),
        )
        raise PictureError("broken-picture", message, advice) from None


def _require_size(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        message = wording(
            "This picture has {width} × {height} pixels; the most that a page can use is {most} million.",
            width=width,
            height=height,
            most=most,
        )
        raise PictureError(
            "large-picture",
            message,
            wording("Save it smaller: 300 to 600 pixels an inch are enough in print."),
        )


@dataclass(slots=True)
class _Work:
    """A picture on its way through the steps."""

    image: Any
    is_lossy: bool
    """Whether it was encoded with loss already: then it may be so again."""
    encode: bool = False
    """Whether the original bytes do not serve."""
    page_only: bool = False
    """Whether they do not serve a PDF alone."""
    changes: list[str] = field(default_factory=list)
    losses: list[tuple[str, str]] = field(default_factory=list)


def _settle(picture: Any, data: bytes, kind: str, *, is_cover: bool, is_bare: bool) -> Raster:
    frames = 1 if picture.format in ("JPEG", "MPO") else getattr(picture, "n_frames", 1)
    motion: Motion = "none"
    if frames > 1 and kind == "image/gif" and not is_cover:
        motion = motion_of(picture, MOST_PIXELS)
        picture.seek(0)
        picture.load()
    work = _Work(picture, is_lossy=_is_lossy(data, kind))
    if frames > 1 and (motion == "none"):
        _first_of_many(work, kind)
    if kind not in ("image/jpeg", "image/png", "image/gif"):
        work.encode = True
        work.changes.append(wording("its format, {formats}", formats=FORMATS[kind]))
    elif kind == "image/gif" and (is_cover or (frames > 1 and motion == "none")):
        work.encode = True
    _turn(work, picture)
    _straighten_depth(work, data, kind)
    _straighten_colours(work, picture.info.get("icc_profile"))
    if (
        kind == "image/png"
        and not work.encode
        and ("transparency" in picture.info or picture.mode not in _PLAIN_MODES)
    ):
        work.page_only = True
    original = Encoded(kind, data)
    if motion != "none":
        return Raster(original, original, picture.size, motion, tuple(work.changes), tuple(work.losses))
    return _encoded(work, original, has_ground=not is_bare and _is_seen_through(work.image))


def _is_lossy(data: bytes, kind: str) -> bool:
    return kind in ("image/jpeg", "image/avif") or (kind == "image/webp" and b"VP8L" not in data[:64])


def _first_of_many(work: _Work, kind: str) -> None:
    work.encode = True
    if kind == "image/tiff":
        work.losses.append(
            (
                wording("This file holds several pictures: the first is shown."),
                wording("Save the one that is meant by itself."),
            )
        )
    else:
        advice = wording("Save it as an animated GIF, or as the one picture that is meant.")
        work.losses.append((wording("This picture moves: the first of its frames is shown."), advice))


def _turn(work: _Work, picture: Any) -> None:
    """Turn the pixels as the camera's note says, and drop notes that cannot be read."""
    try:
        with warnings.catch_warnings():
            # What Pillow warns of here, others may stumble over.
            warnings.simplefilter("error")
            if picture.info.get("exif"):
                Image.Exif().load(picture.info["exif"])
            orientation = picture.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - as a decoder's
        work.encode = True
        work.changes.append(wording("its broken metadata"))
        return
    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(orientation)
    if method is not None:
        work.image = work.image.transpose(method)
        work.encode = True
        work.changes.append(wording("how it is turned"))


def _straighten_depth(work: _Work, data: bytes, kind: str) -> None:
    """Eight bits a channel."""
    mode = work.image.mode
    if mode.startswith("I"):
        # Sixteen bits, whatever Pillow's name for them.
        work.image = work.image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    elif mode == "F":
        low, high = work.image.getextrema()
        scale = 255 / (high - low) if high > low else 0.0
        work.image = work.image.point(lambda value: value * scale - low * scale).convert("L")
    is_deep = mode.startswith(("I", "F")) or (kind == "image/png" and data[24:25] == b"\x10")
    if is_deep:
        work.encode = True
        work.changes.append(wording("its 16 bits a channel"))


def _straighten_colours(work: _Work, profile: bytes | None) -> None:
    """sRGB, or grey."""
    mode = work.image.mode
    if mode in ("CMYK", "YCCK"):
        work.changes.append(wording("its CMYK colours"))
        made = _with_profile(work.image, profile) if profile else None
        if made is None:
            advice = wording("Save it in sRGB with a program that knows its inks.")
            work.losses.append(
                (
                    wording(
                        "This picture is in CMYK, and does not say of which inks: its colours are a guess."
                    ),
                    advice,
                )
            )
        work.image = made or work.image.convert("RGB")
        work.encode = True
    elif mode in ("LAB", "HSV", "YCbCr"):
        work.image = work.image.convert("RGB") if mode != "LAB" else _from_lab(work.image)
        work.changes.append(wording("its colours"))
        work.encode = True
    elif (
        profile
        and mode in ("RGB", "RGBA", "P")
        and "transparency" not in work.image.info
        and not _is_srgb(profile)
    ):
        colours = work.image.convert("RGB")
        made = _with_profile(colours, profile)
        if made is not None:
            if mode == "RGBA":
                made.putalpha(work.image.getchannel("A"))
            work.image = made
            work.changes.append(wording("its colours, which were not sRGB"))
            work.encode = True


def _with_profile(image: Any, profile: bytes) -> Any:
    """The image in sRGB; None where the profile does not serve."""
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _from_lab(image: Any) -> Any:
    lab, rgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, lab, rgb, outputMode="RGB")


def _is_srgb(profile: bytes) -> bool:
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).strip().lower()
    except (ImageCms.PyCMSError, OSError, ValueError):
        return True
    # “c2” is a small sRGB profile that many web tools embed.
    return "srgb" in name or name == "c2"


def _encoded(work: _Work, original: Encoded, *, has_ground: bool) -> Raster:
    image, size = work.image, work.image.size
    is_large = size[0] * size[1] > MOST_SCREEN_PIXELS or max(size) > LONGEST_SCREEN_SIDE
    page = screen = original
    if work.encode or work.page_only:
        page = _encode(image, is_lossy=work.is_lossy)
        screen = page if work.encode else original
    shown = _on_white(image) if has_ground else image
    if has_ground:
        work.changes.append(wording("its ground, white in the EPUB"))
    if is_large:
        screen = _encode(_smaller(shown), is_lossy=work.is_lossy, for_screen=True)
        width, height = size
        work.changes.append(
            wording("its size for the EPUB, {width} × {height} pixels", width=width, height=height)
        )
    elif has_ground or (work.encode and len(page.data) > _LARGE_FILE):
        screen = _encode(shown, is_lossy=work.is_lossy, for_screen=True)
    return Raster(page, screen, size, "none", tuple(work.changes), tuple(work.losses))


def _is_seen_through(image: Any) -> bool:
    """Whether any pixel is not opaque."""
    if image.mode not in ("RGBA", "LA", "PA", "La", "RGBa") and "transparency" not in image.info:
        return False
    return bool(image.convert("RGBA").getchannel("A").getextrema()[0] < _OPAQUE)


def _on_white(image: Any) -> Any:
    """The image without transparency; grey where all of it is."""
    colours = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(colours)
    return ground.convert("L" if image.mode in ("LA", "La", "L") else "RGB")


def _smaller(image: Any) -> Any:
    width, height = image.size
    scale = min(LONGEST_SCREEN_SIDE / max(width, height), math.sqrt(MOST_SCREEN_PIXELS / (width * height)))
    size = max(1, int(width * scale)), max(1, int(height * scale))
    return _plain(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _plain(image: Any) -> Any:
    """The image in a mode that pages take."""
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in _PLAIN_MODES else image.convert("RGB")


def _encode(image: Any, *, is_lossy: bool, for_screen: bool = False) -> Encoded:
    image = _plain(image)
    is_opaque = image.mode in ("L", "RGB")
    if is_lossy and is_opaque:
        return Encoded("image/jpeg", _jpeg(image))
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "PNG", optimize=image.width * image.height <= MOST_SCREEN_PIXELS)
    if for_screen and is_opaque and out.tell() > _LARGE_FILE:
        return Encoded("image/jpeg", _jpeg(image))
    return Encoded("image/png", out.getvalue())


def _jpeg(image: Any) -> bytes:
    out = io.BytesIO()
    image.info.clear()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__
