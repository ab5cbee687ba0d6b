"""Pictures of a vertical edition: the page lies on its side while it is laid out, so they are turned to stand on it."""

import re
from collections.abc import Mapping

from keben.core.book import Asset
from keben.core.composition import Composition
from keben.core.markup import Element, MarkupError, parse, transform
from keben.typeset.formulas import CLASS
from keben.typeset.page import PageLayout

_POINTS = 0.75
"""In a CSS pixel."""

_LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|mm|cm|in)?\s*")
_SAID = re.compile(r"(width|height): ([\d.]+)(px|pt|mm|cm|in|em|%)")
"""What `keben.markdown` writes of a picture's size."""
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}


def turn_pictures(root: Element, composition: Composition, layout: PageLayout) -> Element:
    """A document whose pictures stand upright on the turned page, as large as they are and the page has room for."""
    drawings = {name: drawing.root for name, drawing in composition.drawings.items()}
    most = composition.edition.area.across("vertical"), layout.measure * layout.body

    def turn(node: Element) -> Element:
        if node.tag != "img" or CLASS in node.classes:
            return node
        width, height = _size(node.get("src"), drawings, composition.assets)
        asked = _asked(node.get("style"), (width, height), most[0], layout.body)
        scale = min(asked, most[0] / width, most[1] / height)
        return _turned(node, width * scale, height * scale)

    return transform(root, turn)


def _asked(style: str, size: tuple[float, float], across: float, em: float) -> float:
    """How many times its own size a picture is said to have; ``across`` is what a percentage is of, in points."""
    match = _SAID.fullmatch(style)
    if match is None:
        return 1.0
    name, number, unit = match[1], float(match[2]), match[3]
    points = number * {**_UNITS, "%": across / 100, "em": em}[unit]
    return points / size[name == "height"]


def _turned(picture: Element, width: float, height: float) -> Element:
    own = (
        f"display: block; width: {width:.2f}pt; height: {height:.2f}pt; max-width: none; max-height: none; margin: 0; "
        f"transform-origin: 0 0; transform: translateY({width:.2f}pt) rotate(-90deg)"
    )
    frame = f"display: block; width: {height:.2f}pt; height: {width:.2f}pt; margin: 0 auto"
    return Element("span", {"class": "turned", "style": frame}, (picture.with_attributes(style=own),))


def _size(path: str, drawings: Mapping[str, Element], assets: Mapping[str, Asset]) -> tuple[float, float]:
    """A picture's width and height in points."""
    if path in drawings:
        return _svg_size(drawings[path])
    asset = assets.get(path)
    if asset is None:
        return 1.0, 1.0
    if asset.media_type == "image/svg+xml":
        try:
            return _svg_size(parse(asset.data.decode("utf-8-sig")))
        except (UnicodeDecodeError, MarkupError):
            return 1.0, 1.0
    from keben.pictures import pixel_size

    width, height = pixel_size(asset.data)
    return width * _POINTS, height * _POINTS


def _svg_size(root: Element) -> tuple[float, float]:
    box = [float(part) for part in re.findall(r"[-+.\deE]+", root.get("viewBox"))]
    width, height = (_length(root.get(name)) for name in ("width", "height"))
    ratio = box[3] / box[2] if len(box) == 4 and box[2] > 0 and box[3] > 0 else 0.5
    if width and not height:
        height = width * ratio
    if height and not width:
        width = height / ratio
    # CSS 2.1, 10.3.2: what has no size of its own is 300 pixels wide.
    return width or 300 * _POINTS, height or 300 * _POINTS * ratio


def _length(text: str) -> float:
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _UNITS[match[2] or ""] if match else 0.0
