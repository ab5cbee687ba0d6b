"""An ISBN as a barcode (EAN-13; ISO/IEC 15420), with its text above, as a drawing for the back of a cover.

python-barcode says which modules are dark; the drawing is ours, in black alone and in the edition's fonts. Sizes are
the nominal ones (GS1 General Specifications, 5.2): modules of 0.33 mm, quiet zones of 11 and 7 modules.
"""

from barcode.ean import EuropeanArticleNumber13  # type: ignore[import-untyped]

from keben.core.markup import Element, Node, element

_LEFT, _RIGHT = 11, 7
"""Quiet zones, in modules."""
_MODULES = 95
_HEIGHT = 69
"""Of bars, in modules: 22.85 mm."""
_GUARD = 5
"""How much further guard bars go down."""
_HEAD, _FOOT = 12, 10
"""For the text above and the digits below."""
_GUARDS = frozenset((*range(3), *range(45, 50), *range(92, 95)))

WIDTH = (_LEFT + _MODULES + _RIGHT) * 0.33
HEIGHT = (_HEAD + _HEIGHT + _FOOT) * 0.33
"""Millimetres."""


def draw_barcode(isbn: str) -> Element:
    """The drawing of an ISBN of 13 digits, which may have hyphens; a user unit is a module."""
    digits = isbn.replace("-", "")
    (modules,) = EuropeanArticleNumber13(digits[:12]).build()
    width, height = _LEFT + _MODULES + _RIGHT, _HEAD + _HEIGHT + _FOOT
    parts: list[Node] = [_box(0, 0, width, height, "#fff")]
    for at, run in _runs(modules):
        tall = _HEIGHT + (_GUARD if at in _GUARDS else 0)
        parts.append(_box(_LEFT + at, _HEAD, run, tall, "#000"))
    parts.append(_text(f"ISBN {isbn}", _LEFT + _MODULES / 2, _HEAD - 3, 8))
    for index, digit in enumerate(digits):
        parts.append(_text(digit, _LEFT + _place(index), _HEAD + _HEIGHT + 8.5, 9))
    size = {"width": f"{width * 0.33:.2f}mm", "height": f"{height * 0.33:.2f}mm"}
    return element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {width} {height}", **size}, *parts
    )


def _place(index: int) -> float:
    """The middle of a digit: the first before the bars, six under each half."""
    if index == 0:
        return -6.0
    return 3 + 7 * (index - 0.5) if index < 7 else 50 + 7 * (index - 6.5)


def _runs(modules: str) -> list[tuple[int, int]]:
    """Where dark bars begin, and how wide they are."""
    runs: list[tuple[int, int]] = []
    for at, module in enumerate(modules):
        if module != "1":
            continue
        if runs and sum(runs[-1]) == at:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((at, 1))
    return runs


def _box(x: float, y: float, width: float, height: float, fill: str) -> Element:
    return element(
        "rect", {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}", "fill": fill}
    )


def _text(text: str, x: float, y: float, size: float) -> Element:
    return element(
        "text",
        {
            "x": f"{x:g}",
            "y": f"{y:g}",
            "font-size": f"{size:g}",
            "font-family": "sans-serif",
            "text-anchor": "middle",
            "fill": "#000",
        },
        text,
    )
