"""Whether a picture's bytes are what their name says, and safe to put in a book."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from PIL import Image, ImageFile, UnidentifiedImageError

from keben.errors import Finding, Place
from keben.markup import Element, MarkupError, parse, walk

MEDIA_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
"""EPUB 3.3's core media types for pictures (section 3.2), by a file's suffix."""

_FORMATS = {"image/gif": "GIF", "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ACTIVE = frozenset(("script", "foreignObject", "iframe", "audio", "video", "handler", "set", "animate"))


def media_type(path: str) -> str | None:
    """The media type of a picture by its name; None where it is no picture."""
    return MEDIA_TYPES.get(PurePosixPath(path).suffix.lower())


@contextmanager
def _strictly() -> Iterator[None]:
    # WeasyPrint sets this for the whole process when it is imported: then half a picture would pass.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def check_picture(path: str, kind: str, data: bytes) -> Iterator[Finding]:
    """What is wrong with a picture: it does not decode, or an SVG brings more than drawings.

    ``path`` is what messages call it; ``kind`` its media type.
    """
    if kind == "image/svg+xml":
        yield from _check_svg(path, data)
        return
    try:
        with _strictly(), Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as picture:
            picture.load()
    except UnidentifiedImageError:
        # Its own message names an object of this run.
        message = f"This is not a picture that Keben can read as {_FORMATS[kind]}."
        yield Finding(
            Place(path), "broken-picture", message, "Save it again, or rename it after its real format."
        )
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        message = f"This picture cannot be read as {_FORMATS[kind]}: {_one_line(error)}."
        yield Finding(
            Place(path), "broken-picture", message, "Save it again, or rename it after its real format."
        )


def _check_svg(path: str, data: bytes) -> Iterator[Finding]:
    advice = "Save it as plain SVG, without scripts, links and embedded pages."
    try:
        root = parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield Finding(Place(path), "broken-picture", "This SVG is not UTF-8.", "Save it as UTF-8.")
        return
    except MarkupError as error:
        place = Place(path, error.line, error.column)
        yield Finding(
            place, "broken-picture", f"This SVG is not well-formed: {error}.", "Save it again as plain SVG."
        )
        return
    if root.tag.rpartition(":")[2] != "svg":
        yield Finding(Place(path), "broken-picture", f"This is not an SVG: its root is <{root.tag}>.", advice)
    for node in walk(root):
        for problem in _active_parts(node):
            yield Finding(
                Place(path), "active-picture", f"This SVG has {problem}, which no book may bring.", advice
            )


def _active_parts(node: Element) -> Iterator[str]:
    if node.tag.rpartition(":")[2] in _ACTIVE:
        yield f"<{node.tag}>"
    for name, value in node.attributes.items():
        target = value.strip()
        if name.lower().startswith("on"):
            yield f"the event handler {name}"
        elif name in ("href", "xlink:href") and not target.startswith(("#", "data:image/")):
            yield f"a link to “{target}”"
        elif re.search(r"url\(\s*['\"]?(?!#)", value) or "@import" in value:
            yield f"a reference to the outside in {name}"
    if node.tag.rpartition(":")[2] == "style":
        style = "".join(child for child in node.children if isinstance(child, str))
        if "@import" in style or re.search(r"url\(\s*['\"]?(?!#)", style):
            yield "a reference to the outside in <style>"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
