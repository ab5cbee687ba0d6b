"""The pictures of a book as files of the package, with their sizes."""

import re
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TypeAlias

from keben.core.book import Encoded
from keben.core.markup import Element
from keben.core.values import dataclass

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_VIEW_BOX = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file of the package."""

    path: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as Word shows it: its file, and its size in pixels of 96 to the inch."""

    path: str
    width: float
    height: float
    vector: str = ""
    """The file of the drawing that it stands for, in programs that draw SVG."""


_NOTHING = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)
"""A picture of one clear pixel, for a drawing that this machine cannot draw."""

Vector: TypeAlias = tuple[bytes, tuple[float, float]]
"""An SVG, and its size in pixels."""


def shown_pictures(
    wanted: Iterable[str],
    pictures: Mapping[str, Encoded],
    vectors: Mapping[str, Vector],
    drawn: Mapping[str, Encoded],
) -> tuple[dict[str, Shown], tuple[PackedFile, ...]]:
    """The pictures that a book shows, by the paths that it knows them by, and the files of the package."""
    shown: dict[str, Shown] = {}
    files: list[PackedFile] = []
    for number, path in enumerate(wanted, 1):
        if path in vectors:
            data, (width, height) = vectors[path]
            file = _file(number, drawn.get(path, Encoded("image/png", _NOTHING)))
            vector = PackedFile(f"media/drawing{number}.svg", "image/svg+xml", data)
            files += (file, vector)
            shown[path] = Shown(file.path, width, height, vector.path)
        else:
            file = _file(number, pictures[path])
            files.append(file)
            shown[path] = Shown(file.path, *size_of(file.data))
    return shown, tuple(files)


def _file(number: int, encoded: Encoded) -> PackedFile:
    ending = _ENDINGS.get(encoded.media_type, "png")
    return PackedFile(f"media/image{number}.{ending}", encoded.media_type, encoded.data)


def size_of(data: bytes) -> tuple[float, float]:
    """A picture's size in pixels, as python-docx reads it from its head."""
    from docx.image.image import Image

    image = Image.from_blob(data)
    return max(image.px_width, 1), max(image.px_height, 1)


def view_of(root: Element) -> tuple[float, float]:
    """The size of a drawing in pixels: its view box, or its width and height."""
    numbers = [_number(text) for text in _VIEW_BOX.split(root.get("viewBox").strip()) if text]
    if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
        return numbers[2], numbers[3]
    return _number(root.get("width")) or 600, _number(root.get("height")) or 400


def _number(text: str) -> float:
    match = re.match(r"[\d.]+", text)
    try:
        return float(match[0]) if match else 0.0
    except ValueError:
        return 0.0
