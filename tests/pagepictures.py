"""Pictures of pages: drawn by PDFium, kept small, and compared so that what a reader would see counts and no more."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from keben.check.pdftext import open_pdf
from keben.core.pdfium import PDFIUM

DPI = 60
FINER = 4
"""How much finer a page is drawn before it is reduced: at 60 dpi rasterisers move and thicken strokes."""
GREYS = 16
"""Levels of grey that a picture is kept with: a page has some 10 kB."""

BLUR = 0.8
"""The radius, in pixels, within which a difference counts less: edges of letters differ by rasterisers."""
BLOCK = 8
"""The side of the squares that are compared, in pixels: about a character."""
WHOLE = 1.5
"""How much the whole of a page may differ, in levels of 0 to 255."""
PART = 12.0
"""How much one square may."""


@dataclass(frozen=True)
class Difference:
    """How much two pictures differ."""

    whole: float
    part: float
    """Of the square that differs most."""
    where: tuple[int, int, int, int]
    """All squares that differ too much: left, top, right, bottom, in millimetres of the page."""
    squares: int
    """How many of them there are."""

    @property
    def is_too_much(self) -> bool:
        return self.whole > WHOLE or self.squares > 0

    def __str__(self) -> str:
        left, top, right, bottom = self.where
        return (
            f"on average by {self.whole:.2f} levels (allowed: {WHOLE}), in one square by {self.part:.1f} (allowed: {PART}); "
            f"{self.squares} squares differ, all between {left} and {right} mm from the left and {top} and {bottom} mm "
            "from the top"
        )


def draw(data: bytes, index: int, dpi: int = DPI) -> Image.Image:
    """A page of a PDF in greys; ``index`` counts from 0."""
    with PDFIUM:
        document = open_pdf(data)
        try:
            bitmap = document[index].render(scale=FINER * dpi / 72, grayscale=True)
            return bitmap.to_pil().convert("L").reduce(FINER)
        finally:
            document.close()


def pack(picture: Image.Image) -> bytes:
    """A picture as a PNG of few greys."""
    step = 255 / (GREYS - 1)
    few = picture.convert("L").point(lambda level: round(level / step))
    packed = Image.new("P", few.size)
    packed.putdata(list(few.get_flattened_data() if hasattr(few, "get_flattened_data") else few.getdata()))
    packed.putpalette([round(level * step) for level in range(GREYS) for _ in range(3)])
    stream = io.BytesIO()
    packed.save(stream, "PNG", bits=4, optimize=True)
    return stream.getvalue()


def unpack(data: bytes) -> Image.Image:
    """What `pack` packed, in greys."""
    with Image.open(io.BytesIO(data)) as picture:
        return picture.convert("L")


def compare(one: Image.Image, other: Image.Image, dpi: int = DPI) -> Difference | None:
    """How much two pictures differ; None where they are not of one size."""
    if one.size != other.size:
        return None
    soft = [unpack(pack(each)).filter(ImageFilter.GaussianBlur(BLUR)) for each in (one, other)]
    apart = ImageChops.difference(*soft)
    squares = apart.reduce(BLOCK)
    levels = squares.histogram()
    whole = sum(level * count for level, count in enumerate(levels)) / sum(levels)
    loud = squares.point(lambda level: 255 if level > PART else 0)
    box = loud.getbbox() or (0, 0, 0, 0)
    to_mm = BLOCK * 25.4 / dpi
    left, top, right, bottom = (round(each * to_mm) for each in box)
    return Difference(whole, squares.getextrema()[1], (left, top, right, bottom), loud.histogram()[255])


def beside(one: Image.Image, other: Image.Image) -> Image.Image:
    """Two pictures and what differs in them (dark), side by side."""
    size = (max(one.width, other.width), max(one.height, other.height))
    padded = []
    for each in (one, other):
        canvas = Image.new("L", size, 255)
        canvas.paste(each, (0, 0))
        padded.append(canvas)
    panels = (*padded, ImageChops.invert(ImageChops.difference(*padded)))
    whole = Image.new("L", (3 * size[0] + 8, size[1]), 128)
    for number, panel in enumerate(panels):
        whole.paste(panel, (number * (size[0] + 4), 0))
    return whole
