"""Kinds of pictures and fonts: by a file's name, and by its first bytes, which are right where the two differ."""

import re
from pathlib import PurePosixPath

from keben.core.patterns import later

MEDIA_TYPES = {
    ".apng": "image/png",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".jfif": "image/jpeg",
    ".jpe": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
}
"""Pictures that a book may show, by a file's suffix."""

FONT_TYPES = {
    ".otc": "font/collection",
    ".otf": "font/otf",
    ".ttc": "font/collection",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Fonts that a style sheet may name (RFC 8081), by a file's suffix."""

SUFFIXES = {
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/webp": ".webp",
    "font/otf": ".otf",
    "font/ttf": ".ttf",
    "font/woff": ".woff",
    "font/woff2": ".woff2",
}
"""The suffix that a file of an EPUB has, by its media type (EPUB 3.3, section 3.2: core media types)."""

FORMATS = {
    "image/avif": "AVIF",
    "image/bmp": "BMP",
    "image/gif": "GIF",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
}
"""Pillow's names."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"wOFF", "font/woff"),
    (b"wOF2", "font/woff2"),
    (b"ttcf", "font/collection"),
    (b"OTTO", "font/otf"),
    (b"\0\1\0\0", "font/ttf"),
    (b"true", "font/ttf"),
)
_SVG = later(
    r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>\s*)*<(?:[\w.-]+:)?svg[\s>/]",
    re.DOTALL,
)
_HEAD = 65536


def media_type(path: str) -> str | None:
    """The media type of a picture by its name; None where it is no picture."""
    return MEDIA_TYPES.get(PurePosixPath(path).suffix.lower())


def font_type(path: str) -> str | None:
    """The media type of a font by its name; None where it is none."""
    return FONT_TYPES.get(PurePosixPath(path).suffix.lower())


def sniff(data: bytes) -> str | None:
    """The media type of a picture or a font by its first bytes; None where they are of no known kind."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    head = data[:_HEAD]
    for encoding in ("utf-16",) if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1"):
        try:
            text = head.decode(encoding, "ignore")
        except UnicodeDecodeError:
            continue
        if _SVG.match(text):
            return "image/svg+xml"
    return None
