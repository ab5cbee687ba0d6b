"""A picture of how sheets fold, page by page, as SVG.

For each signature first its leaves as they lie one inside another, seen from the head, with the numbers of the pages on
each; a sheet's leaves are of one colour. Then every sheet, front and back as printed: numbers that stand on their
heads are pages that do, dashes are folds, and the bar at a page's edge is its head.
"""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from keben.core.catalogues import translated
from keben.core.markup import Element, element, serialize
from keben.core.saying import marked, series, wording
from keben.impose.values import PlacedPage, Plan, Sheet, Side, shown

_COLOURS = ("#a63d2f", "#2f6690", "#4f772d", "#8a5a00", "#6a4c93", "#2a7f7f")
_INK = "#222"
_FAINT = "#999"
_WIDTH = 1000
_MARGIN = 30
_SIDE = 220
"""The longer side of a printed sheet, in pixels."""
_LEAF = 13
"""From one leaf to the next."""
_LEAF_LENGTH = 220
_NEST = 120.0
"""Room for spines that lie in one another."""
_LABEL = 80
_CAPTION = 22
_FRONT, _BACK = marked("Sheet {number}, front"), marked("Sheet {number}, back")
_EITHER_WAY = re.compile("[01689]*[69][01689]*")
"""A number that is another one when it stands on its head has a line under it."""
_TURNS = {"short-edge": wording("short edge"), "long-edge": wording("long edge")}
_BOUND = {"left": wording("left"), "right": wording("right")}


def draw_proof(plan: Plan, language: str = "en") -> str:
    """The picture, as the text of an SVG file; the same plan gives the same text.

    ``language``: of its words, one of `keben.core.catalogues.LANGUAGES`. The picture is for whoever folds the sheets,
    and no part of the book: it speaks as that person does, whatever the book's script.
    """
    drawing = _Drawing(plan, language)
    drawing.head()
    if plan.cover:
        drawing.signature(
            wording("Cover"), plan.cover, [sheet for sheet in plan.sheets if sheet.signature < 0]
        )
    for number, pages in enumerate(plan.signatures):
        title = (
            wording("Signature {number}", number=number + 1)
            if len(plan.signatures) > 1
            else wording("Booklet")
        )
        drawing.signature(title, pages, [sheet for sheet in plan.sheets if sheet.signature == number])
    return drawing.text()


class _Drawing:
    """Goes down the picture."""

    def __init__(self, plan: Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._parts: list[Element] = []
        self._y = 0.0
        self._sheet = 0
        self._scale = _SIDE / float(max(plan.width, plan.height))

    def text(self) -> str:
        height = _real(self._y + _MARGIN)
        attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(_WIDTH),
            "height": height,
            "viewBox": f"0 0 {_WIDTH} {height}",
            "font-family": "'Noto Sans', 'DejaVu Sans', Arial, sans-serif",
            "font-size": "12",
            "fill": _INK,
        }
        if self._language != "en":
            attributes["xml:lang"] = self._language
        ground = element("rect", {"width": str(_WIDTH), "height": height, "fill": "#fff"})
        title = element("title", None, self._said(wording("How the sheets fold")))
        return serialize(element("svg", attributes, title, ground, *self._parts)) + "\n"

    def head(self) -> None:
        plan = self._plan
        sheets, sides = len(plan.sheets), plan.sheets[0].up if not plan.cover else plan.sheets[-1].up
        blank = wording(", {blanks} blank", blanks=plan.blanks) if plan.blanks else ""
        self._y += _MARGIN + 8
        said = wording(
            "{pages} pages{blank}, on {sheets} of {width} × {height} mm; bound on the {binding}",
            pages=plan.pages,
            blank=blank,
            sheets=_sheets(sheets),
            width=shown(plan.width),
            height=shown(plan.height),
            binding=_BOUND[plan.binding],
        )
        self._write(said, 16)
        self._y += 20
        turned = wording("Print on both sides, turned round the {edge}.", edge=_TURNS[plan.duplex])
        self._write(wording("{turned} {how}", turned=turned, how=_how(sides)), 12)
        self._y += 10

    def signature(self, title: str, pages: Sequence[int | None], sheets: Sequence[Sheet]) -> None:
        self._y += 2 * _CAPTION
        said = wording(
            "{title}: {pages}, {count}", title=title, pages=_range(pages), count=_sheets(len(sheets))
        )
        self._write(said, 14)
        self._y += 10
        self._leaves(pages, len(sheets))
        across = _MARGIN
        tall = float(self._plan.height) * self._scale
        for index, sheet in enumerate(sheets):
            if index % 2 == 0:
                across = _MARGIN
                self._y += _CAPTION + (tall if index else 0)
            colour = _COLOURS[index % len(_COLOURS)]
            self._sheet += 1
            for side, caption in ((sheet.front, _FRONT), (sheet.back, _BACK)):
                caption = self._said(wording(caption, number=self._sheet))
                self._parts.append(_words(caption, across, self._y - 6, 11, fill=colour, anchor="start"))
                self._parts += _side(self._plan, side, across, self._y, self._scale, colour, self._language)
                across += _SIDE + 12
            across += 16
        self._y += tall

    def _leaves(self, pages: Sequence[int | None], sheets: int) -> None:
        """The leaves from the head: the spine on the side of the binding, the first page on top."""
        leaves = len(pages) // 2
        bifolia = leaves // 2
        step = min(6.0, _NEST / bifolia)
        right = self._plan.binding == "right"
        for bifolium in range(bifolia):
            top = self._y + _LEAF * (bifolium + 0.5)
            low = self._y + _LEAF * (leaves - bifolium - 0.5)
            colour = _COLOURS[bifolium * sheets // bifolia % len(_COLOURS)]
            back = bifolium * step
            round_ = min((low - top) / 2, 12.0)
            # Without their mirror: the leaves' free ends are on the right where the spine is on the left.
            x = [_NEST + _LEAF_LENGTH, back + round_, back]
            x = [_MARGIN + _LABEL + _NEST + _LEAF_LENGTH - at if right else _MARGIN + at for at in x]
            end, bend, spine = map(_real, x)
            curve = (
                f"M{end} {_real(top)}H{bend}Q{spine} {_real(top)} {spine} {_real(top + round_)}"
                f"V{_real(low - round_)}Q{spine} {_real(low)} {bend} {_real(low)}H{end}"
            )
            self._parts.append(
                element("path", {"d": curve, "fill": "none", "stroke": colour, "stroke-width": "1.6"})
            )
            for leaf, y in ((bifolium, top), (leaves - 1 - bifolium, low)):
                said = " · ".join(self._said(_name(page)) for page in pages[2 * leaf : 2 * leaf + 2])
                away = -8 if right else 8
                anchor = "end" if right else "start"
                self._parts.append(_words(said, x[0] + away, y + 3.5, 10, fill=colour, anchor=anchor))
        self._y += _LEAF * leaves + 8

    def _said(self, text: str) -> str:
        return translated(text, self._language)

    def _write(self, text: str, size: int) -> None:
        self._parts.append(_words(self._said(text), _MARGIN, self._y, size, anchor="start"))


def _side(
    plan: Plan, side: Side, x: float, y: float, scale: float, colour: str, language: str
) -> Iterator[Element]:
    def box(left: Fraction, top: Fraction, width: Fraction, height: Fraction) -> dict[str, str]:
        """A rectangle by its upper left corner on the sheet, whose y grows upwards."""
        return {
            "x": _real(x + float(left) * scale),
            "y": _real(y + float(plan.height - top) * scale),
            "width": _real(float(width) * scale),
            "height": _real(float(height) * scale),
        }

    yield element(
        "rect",
        {**box(Fraction(0), plan.height, plan.width, plan.height), "fill": "#f4f2ee", "stroke": _FAINT},
    )
    for placed in side.pages:
        page = placed.box
        fill = "#e3dfd6" if placed.page is None else "#fff"
        outline = {"fill": fill, "stroke": _FAINT, "stroke-width": "0.6"}
        yield element("rect", {**box(page.x, page.top, page.width, page.height), **outline})
        head = page.height / 60
        top = page.y + head if placed.turned else page.top
        yield element("rect", {**box(page.x, top, page.width, head), "fill": colour})
        yield _number(placed, x + float(page.x + page.width / 2) * scale, y, plan, scale, language)
    for line in _folds(side):
        x1, y1, x2, y2 = line
        ends = {
            "x1": _real(x + float(x1) * scale),
            "y1": _real(y + float(plan.height - y1) * scale),
            "x2": _real(x + float(x2) * scale),
            "y2": _real(y + float(plan.height - y2) * scale),
        }
        yield element("line", {**ends, "stroke": _INK, "stroke-dasharray": "4 3", "stroke-width": "0.8"})
    if mark := side.collation:
        rect = box(mark.x, mark.top, mark.width, mark.height)
        rect["stroke"] = rect["fill"] = _INK
        yield element("rect", rect)


def _number(placed: PlacedPage, middle: float, y: float, plan: Plan, scale: float, language: str) -> Element:
    page = placed.box
    size = min(24.0, float(page.width) * scale / 3)
    centre = y + float(plan.height - page.y - page.height / 2) * scale
    text = translated(_name(placed.page), language)
    if placed.page is None:
        size *= 0.6
    words = _words(text, middle, centre + size * 0.36, size, anchor="middle")
    if _EITHER_WAY.fullmatch(text):
        words = words.with_attributes(text_decoration="underline")
    if placed.turned:
        return words.with_attributes(transform=f"rotate(180 {_real(middle)} {_real(centre)})")
    return words


def _folds(side: Side) -> Iterator[tuple[Fraction, Fraction, Fraction, Fraction]]:
    """The folds between cells, over the whole block."""
    cells = [placed.clip for placed in side.pages]
    left, right = min(cell.x for cell in cells), max(cell.right for cell in cells)
    low, high = min(cell.y for cell in cells), max(cell.top for cell in cells)
    for edge in sorted({cell.x for cell in cells} - {left}):
        yield edge, low, edge, high
    for edge in sorted({cell.y for cell in cells} - {low}):
        yield left, edge, right, edge


def _how(up: int) -> str:
    return {
        2: wording("Lay the sheets of a signature together as they come, and fold them."),
        4: wording(
            "Fold each sheet crosswise, heads together, then at the spine; "
            "lay the sheets of a signature in one another."
        ),
        8: wording(
            "Fold each sheet at the fore edge, crosswise, then at the spine; "
            "lay the sheets of a signature in one another."
        ),
    }[up]


def _sheets(count: int) -> str:
    return wording("{count} sheet", count=count) if count == 1 else wording("{count} sheets", count=count)


def _range(pages: Sequence[int | None]) -> str:
    numbers = [page + 1 for page in pages if page is not None]
    if not numbers:
        return wording("blank pages")
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        if len(numbers) > 1:
            return wording("pages {first}–{last}", first=numbers[0], last=numbers[-1])
        return wording("page {number}", number=numbers[0])
    return wording("pages {numbers}", numbers=series(numbers))


def _name(page: int | None) -> str:
    return wording("blank") if page is None else str(page + 1)


def _words(text: str, x: float, y: float, size: float, *, anchor: str, fill: str = _INK) -> Element:
    attributes = {"x": _real(x), "y": _real(y), "font-size": _real(size), "text-anchor": anchor, "fill": fill}
    return element("text", attributes, text)


def _real(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
