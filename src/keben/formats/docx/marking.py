"""WordprocessingML (ISO/IEC 29500-1, 17) as text, and the names that its parts share."""

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape

NAMES: Mapping[str, str] = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
}

_LONGEST = 40
"""Characters of a bookmark's name in Word."""


def tag(name: str, /, *inner: str, **values: object) -> str:
    """An element of ``w:``; its attributes are of ``w:`` too."""
    attributes = "".join(f' w:{key}="{quoted(str(value))}"' for key, value in values.items())
    content = "".join(inner)
    return f"<w:{name}{attributes}>{content}</w:{name}>" if content else f"<w:{name}{attributes}/>"


def quoted(text: str) -> str:
    """Text for an attribute."""
    return escape(text).replace("\n", "&#10;").replace("\t", "&#9;")


def shown(text: str) -> str:
    """The content of a run: its text, with elements for tabs and line breaks."""
    parts: list[str] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            parts.append("<w:br/>")
        for number, piece in enumerate(line.split("\t")):
            if number:
                parts.append("<w:tab/>")
            if piece:
                parts.append(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>')
    return "".join(parts)


def part(root: str, *inner: str) -> bytes:
    """A part with a root element of ``w:`` that declares all names."""
    names = "".join(f' xmlns:{prefix}="{name}"' for prefix, name in NAMES.items())
    text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{root}{names}>{"".join(inner)}</w:{root}>'
    return text.encode()


def bookmark_names(ids: Iterable[str]) -> dict[str, str]:
    """A bookmark's name for each id: letters, digits and ``_``, 40 at most, none twice whatever its case."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for each in ids:
        if each in found:
            continue
        name = "k_" + re.sub("[^0-9A-Za-z]", "_", each)
        if len(name) > _LONGEST or name.lower() in taken:
            name = f"k_{sha256(each.encode()).hexdigest()[:30]}"
        taken.add(name.lower())
        found[each] = name
    return found
