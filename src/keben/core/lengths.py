"""Lengths and sheets of paper, as a book's settings and the command line write them."""

import re

MM_PER = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72}

POINTS_PER_MM = 72 / 25.4

PAPERS = {
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "B4": (250.0, 353.0),
    "B5": (176.0, 250.0),
    "B6": (125.0, 176.0),
    "LETTER": (215.9, 279.4),
    "TABLOID": (279.4, 431.8),
}
"""Width and height in millimetres, upright (ISO 216; ANSI/ASME Y14.1)."""

_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(mm|cm|in|pt)")


def millimetres(text: str) -> float | None:
    """A CSS length in millimetres; None where the text is none."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * MM_PER[match[2]] if match else None


def paper(text: str) -> tuple[float, float] | None:
    """Width and height in millimetres of ``A5`` or of ``148mm 210mm``; None where the text is neither."""
    if known := PAPERS.get(text.upper()):
        return known
    lengths = [millimetres(word) for word in text.split()]
    if len(lengths) == 2 and lengths[0] and lengths[1]:
        return lengths[0], lengths[1]
    return None
