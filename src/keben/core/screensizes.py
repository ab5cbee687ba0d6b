"""How large pictures are on a screen's page: their sizes, held to a part of the page that readers leave alone.

Readers in pages (foliate-js, epub.js) put limits of their own on every picture, the whole page, over a style sheet's
``max-width`` and ``max-height``. A caption then has no room beside it. Neither touches ``width`` and ``height``.
"""

import re

from keben.core.markup import Element
from keben.core.patterns import later

_SIZE = later(r"(width|height): ([\d.]+)(%|[a-z]+)")
_LIMITED = re.compile(r"((?:width|height): [^;]+); (?:width|height): min\(.*\)")
_OWN = "--size: "
_MORE = "--more: "
_CAPTION, _MOST_LINES = 18, 4
"""Characters in a line of a caption on a telephone in large type, and the lines beside the first that count."""
_ANY = 3000.0
_SMALL = {"px": 200.0, "pt": 150.0, "em": 8.0}
"""A picture that is said to be no larger fits any page."""


def natural_size(width: float, height: float, *, vertical: bool) -> str:
    """The style of a picture that the book gives no size: its own, for the style sheet to hold to the page.

    Empty where it fits any page. ``width`` and ``height`` are in CSS pixels.
    """
    if max(width, height) <= _SMALL["px"]:
        return ""
    longest = f"{height:.5g}px" if vertical else f"{width:.5g}px"
    return f"{_OWN}{longest}; --shape: {width / height:.4g}"


def said_size(style: str, shape: float | None, *, vertical: bool) -> str:
    """A style that says a picture's width or height, held to the page; ``shape`` is its width by its height.

    The first declaration is for readers that cannot compare lengths.
    """
    match = _SIZE.fullmatch(style)
    if match is None or float(match[2]) <= _SMALL.get(match[3], 0):
        return style
    # The axis along which pages follow one another is the one that has an end.
    along = "width" if vertical else "height"
    room = "var(--room, 80vw)" if vertical else "var(--room, 80vh)"
    if match[1] != along:
        if shape is None:
            return style
        room = f"calc({room} {'/' if vertical else '*'} {shape:.4g})"
    return f"{style}; {match[1]}: min({match[2]}{match[3]}, {room})"


def chart_size(width: str, extent: tuple[float, float] | None, *, vertical: bool) -> str:
    """The style of a chart so wide, in em; its type has to be read, so that its caption gets less than another's."""
    room = f"80vh * {extent[0] / extent[1]:.4g}" if extent else ""
    most = "90vw - 3em" if vertical else room
    return f"width: {width}; width: min({width}, {most})" if most else f"width: {width}"


def beside_caption(characters: int) -> str:
    """The style of a figure with a caption so long: what its picture leaves it more than a short one.

    Empty for nothing.
    """
    lines = min(-(-characters // _CAPTION) - 1, _MOST_LINES)
    return f"{_MORE}{lines * 1.3:.3g}em" if lines > 0 else ""


def size_said(style: str) -> str:
    """What a style said before the other functions here: the size that the book gives; empty for none."""
    if style.startswith((_OWN, _MORE)):
        return ""
    match = _LIMITED.fullmatch(style)
    return match[1] if match else style


def svg_size(root: Element) -> tuple[float, float] | None:
    """The width and height of an ``svg`` as its attributes say them, in CSS pixels; None where they do not.

    One that says its shape alone is as wide as the page, and so as wide as any.
    """
    sizes = [re.fullmatch(r"\s*([\d.]+)(px|pt)?\s*", root.get(name)) for name in ("width", "height")]
    box = re.findall(r"[-+.\deE]+", root.get("viewBox"))
    try:
        said = [float(each[1]) * (4 / 3 if each[2] == "pt" else 1) if each else 0.0 for each in sizes]
        shape = float(box[2]) / float(box[3]) if len(box) == 4 else 0.0
    except (ValueError, ZeroDivisionError):
        return None
    width, height = said
    if width > 0 and height > 0:
        return width, height
    if shape <= 0:
        return None
    if height > 0:
        return height * shape, height
    return width or _ANY, (width or _ANY) / shape
