"""How many pixels the pictures of an EPUB have, from the first bytes of their files."""

import re
import struct
from contextlib import suppress

from keben.core.book import Encoded
from keben.core.markup import MarkupError, parse
from keben.core.screensizes import svg_size

_NO_FRAMES = (0xC4, 0xC8, 0xCC)
_FRAMES = range(0xC0, 0xD0)
"""Markers of a JPEG that begin a frame, with its size (ITU T.81, table B.1); not those in `_NO_FRAMES`."""
_ROOT = re.compile(rb"<svg\b[^>]*>")


def extent_of(file: Encoded) -> tuple[float, float] | None:
    """A picture's width and height in CSS pixels; None where its file does not say them."""
    found: tuple[float, float] | None = None
    with suppress(struct.error, IndexError, MarkupError, UnicodeDecodeError):
        if file.media_type == "image/png":
            found = struct.unpack(">II", file.data[16:24])
        elif file.media_type == "image/gif":
            found = struct.unpack("<HH", file.data[6:10])
        elif file.media_type == "image/jpeg":
            found = _of_jpeg(file.data)
        elif file.media_type == "image/svg+xml":
            found = _of_svg(file.data)
    return found if found and min(found) > 0 else None


def _of_jpeg(data: bytes) -> tuple[float, float] | None:
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES and marker not in _NO_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _of_svg(data: bytes) -> tuple[float, float] | None:
    match = _ROOT.search(data)
    if match is None:
        return None
    opening = match[0].removesuffix(b"/>").removesuffix(b">")
    return svg_size(parse(f"{opening.decode()}/>"))
