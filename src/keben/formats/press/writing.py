"""Pages as a printer wants them: standing upright, with boxes and marks, and without what is for the screen.

Printer's marks stand in every ink (``/Separation /All``; ISO 32000-1, 8.6.6.4), so that they show whether the plates
lie on one another.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from keben.core.lengths import POINTS_PER_MM
from keben.core.pressing import Press
from keben.formats.press.geometry import Box, TrimmedSheet, crop_marks, fold_marks, targets

_RADIUS = 1.2 * POINTS_PER_MM
_CURVE = 0.5523
"""How far the handles of a quarter circle's curve reach, in radii."""

_ALL = "/KebenAll"

_SCREEN = ("/Annots", "/StructParents", "/Tabs", "/Rotate", "/CropBox", "/ArtBox")
_SCREEN_ROOT = (
    "/AcroForm", "/MarkInfo", "/Metadata", "/Names", "/OpenAction", "/Outlines", "/OutputIntents", "/PageLayout",
    "/PageMode", "/StructTreeRoot",
)  # fmt: skip


def finish_pages(pdf: pikepdf.Pdf, press: Press, folds: Sequence[float]) -> tuple[float, float]:
    """Change every page in place; gives the trimmed page's width and height in millimetres.

    ``folds`` are millimetres from the trimmed page's left edge.
    """
    for name in _SCREEN_ROOT:
        if name in pdf.Root:
            del pdf.Root[name]
    size = (0.0, 0.0)
    every_ink = pdf.make_indirect(_every_ink())
    for page in pdf.pages:
        left, bottom, right, top = (float(side) for side in page.trimbox)
        turned = int(page.obj.get("/Rotate", 0)) % 360 == 90
        width, height = right - left, top - bottom
        sheet = TrimmedSheet(width, height, press.bleed * POINTS_PER_MM, press.marks)
        if turned:
            sheet = TrimmedSheet(height, width, press.bleed * POINTS_PER_MM, press.marks)
            # Turned clockwise: what was the left lower corner is the left upper one.
            x, y = sheet.edge - bottom, sheet.edge + right
            matrix = f"0 -1 1 0 {_numbers(x, y)} cm"
        else:
            matrix = f"1 0 0 1 {_numbers(sheet.edge - left, sheet.edge - bottom)} cm"
        size = (sheet.width / POINTS_PER_MM, sheet.height / POINTS_PER_MM)
        _set_boxes(page, sheet)
        before = f"q {_rectangle(sheet.bleeds)} re W n {matrix}"
        marks = _marks(sheet, tuple(fold * POINTS_PER_MM for fold in folds)) if press.marks else ""
        if marks:
            _with_ink(page, every_ink)
        page.contents_coalesce()
        content = page.Contents.read_bytes()
        page.Contents = pdf.make_stream(b"\n".join((before.encode(), content, b"Q", marks.encode())))
    return size


def _set_boxes(page: pikepdf.Page, sheet: TrimmedSheet) -> None:
    for name in _SCREEN:
        if name in page.obj:
            del page.obj[name]
    for name, box in (("/MediaBox", sheet.media), ("/BleedBox", sheet.bleeds), ("/TrimBox", sheet.trim)):
        page.obj[name] = Array([Decimal(_number(side)) for side in box])


def _every_ink() -> Object:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1], C1=[0], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceGray, tint])


def _with_ink(page: pikepdf.Page, every_ink: Object) -> None:
    resources = page.resources
    if "/ColorSpace" not in resources:
        resources.ColorSpace = Dictionary()
    resources.ColorSpace[_ALL] = every_ink


@cache
def _marks(sheet: TrimmedSheet, folds: tuple[float, ...]) -> str:
    return "\n".join(_lines(sheet, folds))


def _lines(sheet: TrimmedSheet, folds: Sequence[float]) -> Iterator[str]:
    yield f"q 0.25 w {_ALL} CS 1 SCN"
    for line in crop_marks(sheet):
        yield _stroke(line)
    for x, y in targets(sheet, folds):
        arm = 2 * _RADIUS
        yield _stroke((x - arm, y, x + arm, y))
        yield _stroke((x, y - arm, x, y + arm))
        yield from _circle(x, y)
    yield "[2 1.5] 0 d"
    for line in fold_marks(sheet, folds):
        yield _stroke(line)
    yield "Q"


def _stroke(line: tuple[float, float, float, float]) -> str:
    return f"{_numbers(*line[:2])} m {_numbers(*line[2:])} l S"


def _circle(x: float, y: float) -> Iterator[str]:
    r, k = _RADIUS, _RADIUS * _CURVE
    yield f"{_numbers(x + r, y)} m"
    yield f"{_numbers(x + r, y + k, x + k, y + r, x, y + r)} c"
    yield f"{_numbers(x - k, y + r, x - r, y + k, x - r, y)} c"
    yield f"{_numbers(x - r, y - k, x - k, y - r, x, y - r)} c"
    yield f"{_numbers(x + k, y - r, x + r, y - k, x + r, y)} c S"


def _rectangle(box: Box) -> str:
    left, bottom, right, top = box
    return _numbers(left, bottom, right - left, top - bottom)


def _numbers(*values: float) -> str:
    return " ".join(_number(value) for value in values)


def _number(value: float) -> str:
    """A number as PDF writes it, to a thousandth of a point."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
