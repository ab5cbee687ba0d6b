"""Pictures of a vertical edition: the page lies on its side while it is laid out, so they are turned to stand on it."""

import re
from collections.abc import Mapping

from keben.core.book import Asset
from keben.core.composition import Composition
from keben.core.markup import BLOCKS, Element, MarkupError, parse, text_of, transform, walk
from keben.typeset.formulas import CLASS
from keben.typeset.page import PageLayout

_POINTS = 0.75
"""In a CSS pixel."""

LYING = "lying"
"""The class of a picture that lies along the columns."""

_WIDE, _LOW = 0.6, 1 / 3
"""Of a page's width and its height: a picture that is wider than the one and lower than the other is low and wide."""
_HALF = 0.5
"""Of a page's width: what such a picture takes. No chart is set smaller: its text is as large as it should be."""
_ACROSS = 0.7
"""Of a page's width: the most that a picture takes that lies along the columns. Its caption stands beside it."""

_AMONG_TEXT = "among-text"
"""The class of a picture that stands among the characters of a text, while pictures are turned."""

_LOW_LINES = 1.2
"""Lines: the most that a picture takes there across its column."""

_MIDDLE = 0.38
"""Em: how far above its baseline the middle of a column is."""

_LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|mm|cm|in)?\s*")
_SAID = re.compile(r"(width|height): ([\d.]+)(px|pt|mm|cm|in|em|%)")
"""What `keben.markdown` writes of a picture's size."""
_UNITS = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}


def turn_pictures(root: Element, composition: Composition, layout: PageLayout) -> Element:
    """A document whose pictures stand upright on the turned page, as large as they are and the page has room for.

    One that is low and wide takes half of a page's width at most, unless its size is said or it is a chart: else the
    page would have room for nothing beside it, and be empty below it. In a figure that is ``wide`` it lies along the
    columns.
    """
    drawings = {name: drawing.root for name, drawing in composition.drawings.items()}
    most = composition.edition.area.across("vertical"), layout.measure * layout.body

    def turn(node: Element) -> Element:
        if node.tag != "img" or CLASS in node.classes or LYING in node.classes:
            return node
        width, height = _size(node.get("src"), drawings, composition.assets)
        style = node.get("style")
        asked = _asked(style, (width, height), most[0], layout.body)
        scale = min(asked, most[0] / width, most[1] / height)
        if _AMONG_TEXT in node.classes and width * scale <= _LOW_LINES * layout.line:
            return _turned(node, width * scale, height * scale, em=layout.body)
        is_free = node.get("src") not in drawings and _SAID.fullmatch(style) is None
        if is_free and _is_low(width * scale, height * scale, most):
            scale = min(scale, _HALF * most[0] / width)
        return _turned(node, width * scale, height * scale)

    def lay(node: Element) -> Element:
        if node.tag != "img" or CLASS in node.classes:
            return node
        width, height = _size(node.get("src"), drawings, composition.assets)
        scale = min(most[1] / width, _ACROSS * most[0] / height)
        return _lying(node, width * scale, height * scale)

    def lay_wide(node: Element) -> Element:
        return transform(node, lay) if node.tag == "figure" and "wide" in node.classes else node

    return transform(transform(transform(root, lay_wide), _marked), turn)


def _marked(node: Element) -> Element:
    """A block of text whose pictures are known to stand among its characters."""
    if node.tag not in BLOCKS or not any(each.tag == "img" for each in walk(node)):
        return node
    is_text = bool(text_of(node).strip()) and not any(
        each.tag in BLOCKS or CLASS in each.classes for each in walk(node) if each is not node
    )
    return transform(node, _among_text) if is_text else node


def _among_text(node: Element) -> Element:
    if node.tag != "img" or LYING in node.classes:
        return node
    return node.with_attributes(**{"class": f"{node.get('class')} {_AMONG_TEXT}".strip()})


def _is_low(width: float, height: float, most: tuple[float, float]) -> bool:
    """Whether a picture takes most of a page's width, and little of its height."""
    return width > _WIDE * most[0] and height < _LOW * most[1]


def _asked(style: str, size: tuple[float, float], across: float, em: float) -> float:
    """How many times its own size a picture is said to have; ``across`` is what a percentage is of, in points."""
    match = _SAID.fullmatch(style)
    if match is None:
        return 1.0
    name, number, unit = match[1], float(match[2]), match[3]
    points = number * {**_UNITS, "%": across / 100, "em": em}[unit]
    return points / size[name == "height"]


def _turned(picture: Element, width: float, height: float, em: float = 0.0) -> Element:
    """A picture in a frame; with ``em``, the size of the text that it stands among, in the middle of its column."""
    own = (
        f"display: block; width: {width:.2f}pt; height: {height:.2f}pt; max-width: none; max-height: none; margin: 0; "
        f"transform-origin: 0 0; transform: translateY({width:.2f}pt) rotate(-90deg)"
    )
    frame = f"display: block; width: {height:.2f}pt; height: {width:.2f}pt"
    if em:
        low = _MIDDLE * em - width / 2
        frame = f"display: inline-block; width: {height:.2f}pt; height: {width:.2f}pt; vertical-align: {low:.2f}pt"
    return Element("span", {"class": "turned", "style": frame}, (picture.with_attributes(style=own),))


def _lying(picture: Element, width: float, height: float) -> Element:
    size = f"width: {width:.2f}pt; height: {height:.2f}pt; max-width: none; max-height: none"
    style = f"display: block; {size}; margin: 0 auto"
    return picture.with_attributes(style=style, **{"class": f"{LYING} {picture.get('class')}".strip()})


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
