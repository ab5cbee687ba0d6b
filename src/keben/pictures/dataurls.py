"""``data:`` URLs (RFC 2397): files that stand in a style sheet or an SVG themselves."""

import posixpath
import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from keben.core.book import Asset, Encoded
from keben.pictures.kinds import FORMATS, sniff
from keben.pictures.raster import PictureError, read_raster
from keben.pictures.svg import clean_svg
from keben.pictures.svgreading import SVGError

MOST_LINKED = 64_000_000
"""How many characters the pictures that a drawing links to may come to in it."""

_URL = re.compile(r"data:(?P<head>[^,]*),(?P<body>.*)", re.IGNORECASE | re.DOTALL)


def fetch_data(url: str) -> Encoded | None:
    """The picture or font in a ``data:`` URL, its type known by its bytes; None where there is none."""
    match = _URL.fullmatch(url.strip())
    if match is None:
        return None
    body = unquote_to_bytes(match["body"])
    if match["head"].lower().replace(" ", "").endswith(";base64"):
        try:
            body = b64decode(re.sub(rb"\s+", b"", body), validate=True)
        except (Base64Error, ValueError):
            return None
    kind = sniff(body)
    return Encoded(kind, body) if kind else None


def embedded(url: str) -> str | None:
    """A ``data:`` URL of a picture of pixels as a book takes it; None where it is none."""
    found = fetch_data(url)
    if found is None or found.media_type not in FORMATS:
        return None
    try:
        page = read_raster(found.data, found.media_type).page
    except PictureError:
        return None
    return _url(page)


def embedding(path: str, assets: Mapping[str, Asset]) -> Callable[[str], str | None]:
    """As `embedded`, for a drawing at a path of the book: what it links to among the book's pictures is embedded too.

    Paths are relative to the drawing, as in a browser. Nothing is looked for outside of ``assets``.
    """
    known: dict[str, str | None] = {}
    room = MOST_LINKED

    def embed(target: str) -> str | None:
        nonlocal room
        if target[:5].lower() == "data:":
            return embedded(target)
        name = _beside(path, target)
        if name not in known:
            known[name] = _picture(assets.get(name))
        found = known[name]
        # A drawing can show one picture thousands of times.
        room -= len(found or "")
        return found if room >= 0 else None

    return embed


def _picture(linked: Asset | None) -> str | None:
    if linked is None or linked.media_type not in FORMATS:
        return None
    try:
        return _url(read_raster(linked.data, linked.media_type).page)
    except PictureError:
        return None


def _beside(path: str, target: str) -> str:
    """The path in the book's folder that a relative URL (RFC 3986) leads to; empty for an absolute one."""
    try:
        parts = urlsplit(target.strip())
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))


def embedded_in_style(url: str) -> str | None:
    """A ``data:`` URL of a picture, a drawing or a font as a style sheet takes it; None where it is none."""
    found = fetch_data(url)
    if found is not None and found.media_type == "image/svg+xml":
        try:
            return _url(Encoded(found.media_type, clean_svg(found.data, embedded).data))
        except SVGError:
            return None
    if found is not None and found.media_type.startswith("font/"):
        return _url(found)
    return embedded(url)


def _url(file: Encoded) -> str:
    return f"data:{file.media_type};base64,{b64encode(file.data).decode('ascii')}"
