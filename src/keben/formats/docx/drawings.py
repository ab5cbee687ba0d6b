"""A picture in a line, as DrawingML (ISO/IEC 29500-1, 20.4.2.8): its size and its alternative text."""

import re

from keben.formats.docx.figures import Shown
from keben.formats.docx.marking import NAMES, quoted
from keben.formats.docx.values import Picture

EMU = 914400
"""English metric units in an inch."""
WIDEST, HIGHEST = 5.7 * EMU, 8.2 * EMU
"""The type area of the page, nearly."""

_UNITS = {"px": EMU / 96, "pt": EMU / 72, "mm": EMU / 25.4, "cm": EMU / 2.54, "in": EMU, "em": EMU / 6}
_SIZE = re.compile(r"(width|height):\s*([\d.]+)(%|px|pt|mm|cm|in|em)")


def drawing(piece: Picture, file: Shown, number: int, relation: str, vector: str = "") -> str:
    """The drawing of a picture; ``vector`` is the relationship of an SVG, for programs that draw it."""
    width, height = extent(file.width, file.height, piece.style)
    name = quoted(piece.path.rpartition("/")[2])
    svg = ""
    if vector:
        svg = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip r:embed="{vector}"/></a:ext></a:extLst>'
        )
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{quoted(piece.alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{NAMES["pic"]}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="{name}" descr="{quoted(piece.alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}">{svg}</a:blip><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )


def extent(width: float, height: float, style: str = "") -> tuple[int, int]:
    """The size of a picture of so many pixels, in English metric units: its own, or the one asked for."""
    wide, high = width * EMU / 96, height * EMU / 96
    asked = {name: (float(number), unit) for name, number, unit in _SIZE.findall(style)}
    scale = 1.0
    if "width" in asked:
        scale = _length(asked["width"], WIDEST) / wide
    elif "height" in asked:
        scale = _length(asked["height"], HIGHEST) / high
    scale = min(scale, WIDEST / wide, HIGHEST / high)
    return max(round(wide * scale), 1), max(round(high * scale), 1)


def _length(asked: tuple[float, str], whole: float) -> float:
    number, unit = asked
    return number / 100 * whole if unit == "%" else number * _UNITS[unit]
