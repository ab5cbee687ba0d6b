"""Pages that were laid out on their side among others that stand: turned, so that all are of one shape.

A wide table's head is at the left of the page that is read then: the book is turned clockwise to read it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.pdf import pydyf  # type: ignore[import-untyped]

_BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")


def stand_up(pdf: Any) -> None:
    """Turn the pages of a file that are wide where the first one is high, or high where that is wide."""
    pages = [
        thing for thing in pdf.objects if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/Page"
    ]
    lying = [page for page in pages if _is_wide(page) != _is_wide(pages[0])]
    for page in lying:
        # (x, y) comes to (right - y, x), counted from the lower left corner of the media.
        left, bottom, _, top = page["MediaBox"]
        right = left + top - bottom
        _draw_turned(pdf, page, f"0 1 -1 0 {right + bottom:.5f} {bottom - left:.5f}")
        for name in _BOXES:
            if name in page:
                page[name] = _turned(page[name], right + bottom, bottom - left)
        for annotation in _annotations(pdf, page):
            annotation["Rect"] = _turned(annotation["Rect"], right + bottom, bottom - left)


def _is_wide(page: Any) -> bool:
    left, bottom, right, top = page["MediaBox"]
    return bool(right - left > top - bottom)


def _turned(box: Sequence[float], right: float, up: float) -> Any:
    x1, y1, x2, y2 = box
    return pydyf.Array((right - y2, x1 + up, right - y1, x2 + up))


def _draw_turned(pdf: Any, page: Any, matrix: str) -> None:
    before, after = (pydyf.Stream([text]) for text in (f"q {matrix} cm", "Q"))
    for stream in (before, after):
        pdf.add_object(stream)
    drawn = page["Contents"]
    references = drawn if isinstance(drawn, list) else [drawn]
    page["Contents"] = pydyf.Array([before.reference, *references, after.reference])


def _annotations(pdf: Any, page: Any) -> Iterator[Any]:
    for reference in page.get("Annots", ()):
        # As in “12 0 R”.
        yield pdf.objects[int(reference.split()[0])]
