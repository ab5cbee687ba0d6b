"""A plain drawing (`plan`) as a picture: Pillow sets its text, by HarfBuzz and FreeType as the engine does.

It looks as the engine draws it, and takes a tenth of the time: most of that is loading the engine.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from math import ceil, floor
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFont, features

from keben.core.values import dataclass
from keben.typeset.cover.plan import DrawnLine, Part, Rectangle
from keben.typeset.fonts import Face, FontProfile, face_of, listed_with, spans
from keben.typeset.fonts.latin import is_latin
from keben.typeset.fonts.tables import BESIDE_LATIN
from keben.typeset.lines.drawn import shifts_of

_LEAST_BOLD = 600
_FILES = (".ttf", ".otf", ".ttc", ".otc")
_Fonts: TypeAlias = Callable[[Face, float], ImageFont.FreeTypeFont]
"""Opens a face at a size."""

_MEASURED = 1000
"""Pixels of an em by which widths are measured: at a size of so many, hinting does not round them."""


def paint(
    parts: Iterable[Part], profile: FontProfile, language: str, width: int, height: int
) -> Image.Image | None:
    """A picture of a drawing's parts; None where the engine must draw it.

    That is where a family of the profile lacks a character or the weight, where a font is a variable one, and where
    Pillow is without HarfBuzz.

    Raises:
        MachineError: fontconfig is not there.
    """
    parts = tuple(parts)
    faces = _faces([part for part in parts if isinstance(part, DrawnLine)], profile)
    if faces is None or not features.check("raqm"):
        return None
    # Of each call its own: a font that is open is for one thread.
    fonts = cache(_font)
    picture = Image.new("RGB", (width, height), "white")
    for part in parts:
        if isinstance(part, Rectangle):
            _fill(picture, part)
        else:
            _write(picture, part, _placed(part, faces, fonts, language), fonts, language)
    return picture


@dataclass(frozen=True, slots=True)
class _Standing:
    """A character, the face that sets it, and how far from the left edge it stands."""

    character: str
    face: Face
    x: float


def _faces(lines: Iterable[DrawnLine], profile: FontProfile) -> Mapping[tuple[DrawnLine, str], Face] | None:
    """The face that sets each character of each line; None where one of them is not there for all of its text."""
    families = {
        (line, character): _family(line, character, profile) for line in lines for character in line.text
    }
    texts: dict[str, set[str]] = {}
    for (_, character), family in families.items():
        texts.setdefault(family, set()).add(character)
    there = {
        family: listed_with(family, characters - {" "}) for family, characters in texts.items() if family
    }
    found: dict[tuple[DrawnLine, str], Face] = {}
    for (line, character), family in families.items():
        face = face_of(family, 700 if line.is_bold else 400) if family else None
        if face is None or (face.file, face.index) not in there[family] or not _is_fit(face, line):
            return None
        found[line, character] = face
    return found


def _family(line: DrawnLine, character: str, profile: FontProfile) -> str:
    """The family that a character is looked up in first; empty where that is for the engine to say."""
    if profile.latin and line.role in BESIDE_LATIN and is_latin(character):
        return ""
    serif = profile.families["serif"]
    if line.role == "kai" and profile.lent:
        is_lent = any(first <= ord(character) <= last for first, last in spans(profile.lent))
        return profile.families["kai"] if is_lent else serif
    return profile.families.get(line.role, serif)


def _is_fit(face: Face, line: DrawnLine) -> bool:
    """Whether a face is one of its own file, upright, and of the weight that is asked for."""
    if not face.upright or (face.weight >= _LEAST_BOLD) != line.is_bold:
        return False
    return face.file.lower().endswith(_FILES) and not _is_variable(face)


@cache
def _is_variable(face: Face) -> bool:
    try:
        _font(face, _MEASURED).get_variation_axes()
    except OSError:
        return False
    return True


def _font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.file, size, face.index, layout_engine=ImageFont.Layout.RAQM)


def _placed(
    line: DrawnLine, faces: Mapping[tuple[DrawnLine, str], Face], fonts: _Fonts, language: str
) -> tuple[_Standing, ...]:
    """The characters of a line, each behind the last one, and the whole at its anchor."""
    shifts = shifts_of(line.text, line.size, language) if line.is_prose else []
    end, behind = line.x, 0.0
    placed: list[_Standing] = []
    edges: list[float] = []
    for at, character in enumerate(line.text):
        face = faces[line, character]
        behind += shifts[at] if shifts else 0.0
        placed.append(_Standing(character, face, end + behind))
        end += fonts(face, _MEASURED).getlength(character, language=language) / _MEASURED * line.size
        edges.append(end + behind)
    whole = max(edges) - min(each.x for each in placed)
    moved = {"start": 0.0, "middle": whole / 2, "end": whole}[line.anchor]
    return tuple(_Standing(each.character, each.face, each.x - moved) for each in placed)


def _write(
    picture: Image.Image, line: DrawnLine, placed: Iterable[_Standing], fonts: _Fonts, language: str
) -> None:
    draw = ImageDraw.Draw(picture)
    for each in placed:
        font = fonts(each.face, line.size)
        draw.text((each.x, line.y), each.character, line.colour, font, anchor="ls", language=language)


def _fill(picture: Image.Image, shape: Rectangle) -> None:
    """Fill a rectangle; a pixel that it covers in part takes that part of its colour."""
    for top, bottom, down in _strips(shape.top, shape.bottom, picture.height):
        for left, right, across in _strips(shape.left, shape.right, picture.width):
            box = (left, top, right, bottom)
            share = round(255 * down * across)
            mask = None if share == 255 else Image.new("L", (right - left, bottom - top), share)
            picture.paste(shape.colour, box, mask)


def _strips(start: float, end: float, most: int) -> Iterator[tuple[int, int, float]]:
    """The pixels from one edge to the other inside a picture, in strips of which each is covered by one share."""
    cuts = sorted({floor(start), ceil(start), floor(end), ceil(end)})
    for first, last in pairwise(cuts):
        share = (min(last, end) - max(first, start)) / (last - first)
        first, last = max(first, 0), min(last, most)
        if share > 0 and first < last:
            yield first, last, share
