"""The fonts of a book's fallbacks: each family cut down to the characters that it is for, on the serif's line.

A book's styles load them as fonts of their own, as `lent` has it for the 楷体. So a family that comes in for a few
letters sets those and nothing else, whatever else it has, and its size does not matter. What no font has is set in a
font too: its every glyph is the serif's 〓, and each copies as the character that it stands for.

In columns, what stands upright is made ready as all the others are (`vertical`); what lies on its side stays as it is,
with what makes letters join and accents find their place.
"""

import io
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from struct import error as StructError  # noqa: N812
from typing import Any

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

from keben.core.errors import MachineError
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts import COLUMNS, LETTERS, MARK, MISSING, STANDING, Face, FontProfile, covered, face_of
from keben.typeset.fonts.fallback import WHOLE, script_of
from keben.typeset.fonts.lent import on_line_of
from keben.typeset.fonts.vertical.building import ASCENT, DESCENT, FontPlan, build
from keben.typeset.fonts.vertical.orientation import orientation
from keben.typeset.fonts.vertical.outlines import as_it_is
from keben.typeset.fonts.vertical.prepare import name_of, place, prepare
from keben.typeset.fonts.vertical.source import opened, reading

USUAL = "zh-Hans-CN"

_WEIGHTS = (400, 700)
_LEAST_BOLD = 600
_TABLES = frozenset((
    "CFF ", "CFF2", "GDEF", "GPOS", "GSUB", "HVAR", "MVAR", "OS/2", "STAT", "VORG", "avar", "cmap", "fvar", "glyf",
    "gvar", "head", "hhea", "hmtx", "kern", "loca", "maxp", "name", "post", "vhea", "vmtx",
))  # fmt: skip
"""What setting a text takes of a font; anything else is left out."""
_KHMER = frozenset("\u17be\u17bf\u17c0\u17c4\u17c5")
"""Vowels that stand on two sides of their letter."""
_USUAL = frozenset(" ")
"""Pango sets a space in the font of what stands beside it."""


@dataclass(frozen=True, slots=True)
class _LoadedLetters:
    path: str
    """That styles load it from: ``fonts/letters-0-400``."""
    family: str
    """The name by which styles know it."""
    face: Face
    characters: frozenset[str]
    kind: str
    """``as it is``, ``upright`` (lying turned, for columns) or ``missing``."""


def letter_rules(profile: FontProfile, base: str, *, vertical: bool = False) -> str:
    """The ``@font-face`` rules; ``base`` comes before the faces' paths."""
    return "".join(
        f'@font-face {{ font-family: "{each.family}"; src: url({base}{each.path}); '
        f"font-weight: {each.path.rpartition('-')[2]}{_range(each)} }}\n"
        for each in _loaded(profile, vertical=vertical)
    )


def _range(each: "_LoadedLetters") -> str:
    """What keeps the letters that all fonts for columns have in their own fonts."""
    if each.kind != "upright":
        return ""
    return f"; unicode-range: {', '.join(f'U+{ord(character):X}' for character in sorted(each.characters))}"


def letter_font(profile: FontProfile, path: str, language: str = USUAL) -> tuple[bytes, Face] | None:
    """The font file behind a path and the face that it was made from; None where there is none.

    ``language`` is a canonical tag, whose glyphs are taken for columns.

    Raises:
        MachineError: ``bad-font``: its file cannot be read.
    """
    vertical = path.startswith("fonts/columns-")
    for each in _loaded(profile, vertical=vertical):
        if each.path == path:
            return _made(each, profile.families["serif"], language, vertical=vertical), each.face
    return None


def _loaded(profile: FontProfile, *, vertical: bool) -> Iterator[_LoadedLetters]:
    folder, ending = ("fonts/columns-", COLUMNS) if vertical else ("fonts/", "")
    for number, fallback in enumerate(profile.fallbacks):
        parts = {"as it is": fallback.characters}
        if vertical:
            standing = frozenset(each for each in fallback.characters if orientation(each) != "R")
            parts = {"upright": standing, "as it is": fallback.characters - standing}
        for face in _faces(fallback.family, fallback.characters):
            weight = _WEIGHTS[face.weight >= _LEAST_BOLD]
            for kind, characters in parts.items():
                if characters:
                    path = f"{folder}{'upright' if kind == 'upright' else 'letters'}-{number}-{weight}"
                    # WeasyPrint takes two fonts of one name, weight and style for one.
                    name = fallback.family + (STANDING if kind == "upright" else LETTERS) + ending
                    yield _LoadedLetters(path, name, face, characters, kind)
    serif = profile.families["serif"]
    marking = face_of(serif) if profile.missing else None
    if marking is not None:
        yield _LoadedLetters(
            f"{folder}missing-400", serif + MISSING + ending, marking, profile.missing, "missing"
        )


def _faces(family: str, characters: frozenset[str]) -> Iterator[Face]:
    """The regular face, and the bold one if it has the characters too."""
    regular = face_of(family)
    if regular is None:
        return
    yield regular
    bold = face_of(family, 700)
    if bold and bold.weight >= _LEAST_BOLD > regular.weight and covered(bold) >= {*map(ord, characters)}:
        yield bold


def _made(each: _LoadedLetters, serif: str, language: str, *, vertical: bool) -> bytes:
    try:
        if each.kind == "missing":
            return _marks(each.face, each.characters, each.family, language, None if vertical else serif)
        if each.kind == "upright":
            data = Path(each.face.file).read_bytes()
            return prepare(
                data,
                each.characters,
                family=each.family,
                language=language,
                index=each.face.index,
                weight=each.face.weight,
                # fontconfig passes over upright numbers if a font of letters, which comes first, has all of ASCII.
                always=_USUAL,
            )
        data = _cut(each.face, with_parts(each.characters) | _USUAL, _space_of(serif))
        return _lying(data) if vertical else on_line_of(data, serif)
    except (OSError, TTLibError, StructError, LookupError, AssertionError, ValueError, EOFError) as error:
        message = wording(
            "The font {families} {style} cannot be read.",
            families=each.face.families[0],
            style=each.face.style,
        )
        raise MachineError.at("fonts", "bad-font", message, wording("Install it again.")) from error


def with_parts(characters: frozenset[str]) -> frozenset[str]:
    """Some letters, and those that HarfBuzz sets in the place of one of them: a Thai ำ is drawn as ํ and า.

    Only parts of the same script, and not those of scripts whose letters are drawn as they are: a family must not set
    the e of é because it lends the é. HarfBuzz parts vowels by Unicode's decompositions, and those of Khmer that stand
    on two sides into U+17C1 and themselves (hb-ot-shaper-khmer.cc).
    """
    parts = {
        part
        for character in characters
        if (script := script_of(character)) not in WHOLE
        for part in unicodedata.normalize("NFKD", character)
        if script_of(part) == script
    }
    khmer = "\u17c1" if characters & _KHMER else ""
    return characters | parts | frozenset(khmer)


@cache
def _cut(face: Face, characters: frozenset[str], space: float) -> bytes:
    """A face with these characters only, and all that joins them; at its weight if it is variable.

    A space is ``space`` em wide: where it stands between two directions, Pango takes it from any of the book's fonts.
    """
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    with TTFont(face.file, fontNumber=face.index, lazy=True, recalcTimestamp=False) as font:
        options = Options(
            layout_features=["*"],
            drop_tables=sorted({*font.keys()} - _TABLES - {"GlyphOrder"}),
            hinting=False,
            glyph_names=False,
            notdef_outline=True,
            recalc_timestamp=False,
            name_IDs=["*"],
        )
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=sorted(map(ord, characters)))
        subsetter.subset(font)
        if "fvar" in font:
            _instantiate(font, face.weight)
        blank = font.getBestCmap().get(ord(" "))
        if blank:
            font["hmtx"][blank] = (round(space * font["head"].unitsPerEm), 0)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


@cache
def _space_of(family: str) -> float:
    """How wide a family's space is, in em."""
    face = face_of(family)
    if face is None:
        return 0.25
    with TTFont(face.file, fontNumber=face.index, lazy=True) as font:
        width: int = font["hmtx"][font.getBestCmap()[ord(" ")]][0]
        return width / int(font["head"].unitsPerEm)


def _instantiate(font: Any, weight: int) -> None:
    from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

    location = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    for axis in font["fvar"].axes:
        if axis.axisTag == "wght":
            location["wght"] = min(max(weight, axis.minValue), axis.maxValue)
    instantiateVariableFont(font, location, inplace=True)


def _lying(data: bytes) -> bytes:
    """A font with the heights of those that are made for columns."""
    with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        units = font["head"].unitsPerEm
        up, down = round(ASCENT * units), round(DESCENT * units)
        font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = up, -down, 0
        os2 = font["OS/2"]
        os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = up, -down, 0
        os2.usWinAscent, os2.usWinDescent = up, down
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()


def _marks(face: Face, characters: frozenset[str], family: str, language: str, serif: str | None) -> bytes:
    """A font in which each of these characters is a 〓; on the line of ``serif``, or (None) for columns."""
    with reading():
        source = opened(Path(face.file).read_bytes(), face.index, language, face.weight)
        glyph = source.glyph(MARK) or source.glyph("□") or ".notdef"
        drawing = place(source, MARK) if serif is None else None
        drawing = drawing or as_it_is(glyph, source.width(glyph), 0)
        drawings = {".notdef": as_it_is(".notdef", source.width(".notdef"), 0)}
        codes = {}
        for character in sorted(characters):
            drawings[name_of(character)], codes[ord(character)] = drawing, name_of(character)
        space = source.glyph(" ")
        if space:
            drawings[name_of(" ")], codes[ord(" ")] = as_it_is(space, source.width(space), 0), name_of(" ")
        data = build(source, FontPlan(family, drawings, codes))
    return data if serif is None else on_line_of(data, serif)
