"""The family that sets Latin text, where the book names one: its letters go in among the Chinese face's.

Its Latin is a font of its own to a book's styles, as `lent` has it for the 楷体: by its ranges it sets letters, digits
and the marks that only Latin text has. What Chinese writes with too (“ ” ‘ ’ … — – · × ° £) stays with the Chinese
face, which knows how wide and how high it is to stand there.
"""

import difflib
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from struct import error as StructError  # noqa: N812

from keben.core.errors import Finding, MachineError
from keben.core.paper import NamedFont
from keben.core.saying import wording
from keben.typeset.fonts import LATIN, Face, FontProfile, covered, face_of, installed, narrowed, spans
from keben.typeset.fonts.charts import charts
from keben.typeset.fonts.lent import on_line_of

RANGES = (
    "U+0020-007E, U+00A0-00A1, U+00A6, U+00A9-00AE, U+00B2-00B6, U+00B8-00D6, U+00D8-00F6, U+00F8-02C5, U+02C8, "
    "U+02CC, U+02CE-02D8, U+02DA-036F, U+1D00-1DBF, U+1E00-1EFF, U+2011-2012, U+2020-2021, U+2039-203A, U+2070-209F, "
    "U+2122, U+2C60-2C7F, U+A720-A7FF, U+AB30-AB6F, U+FB00-FB06"
)
"""What it sets, as CSS writes ranges: Unicode's blocks of Latin, without the signs that a Chinese set of characters
has: GB/T 2312, GBK, Big5 or HKSCS."""

WEIGHTS = (400, 700)

_LEAST_BOLD = 600
_LETTERS = frozenset(map(ord, "AZaz09"))
_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


def find_latin(named: NamedFont | None) -> tuple[str, tuple[Finding, ...]]:
    """The installed family that a book names, as fontconfig spells it, or what is wrong with the name.

    Raises:
        MachineError: fontconfig is not there.
    """
    if named is None:
        return "", ()
    usable = sorted(
        {name for face in installed() if face.file.lower().endswith(_SUFFIXES) for name in face.families}
    )
    asked = named.family.casefold()
    family = next((name for name in usable if name.casefold() == asked), "")
    if not family:
        near = difflib.get_close_matches(named.family, usable, n=1, cutoff=0.7)
        message = wording("No font family “{family}” is installed.", family=named.family)
        advice = wording("Install it, or take the line out.") + (
            wording(" Did you mean “{near}”?", near=near[0]) if near else ""
        )
        return "", (
            Finding(
                named.place,
                "no-latin-font",
                message,
                wording("{advice} `fc-list : family` lists all.", advice=advice),
            ),
        )
    face = face_of(family)
    if face is None or not covered(face) >= _LETTERS:
        message = wording("The font family “{family}” has no Latin letters.", family=family)
        return "", (
            Finding(
                named.place, "no-latin-font", message, wording("Name one that has, or take the line out.")
            ),
        )
    return family, ()


def unknown_fallbacks(named: Iterable[NamedFont]) -> tuple[Finding, ...]:
    """What is wrong with the families that a book names for what the others lack.

    Raises:
        MachineError: fontconfig is not there.
    """
    return tuple(found for each in named for found in _unknown(each, tuple(charts()), "no-fallback-font"))


def _unknown(named: NamedFont, usable: Sequence[str], code: str) -> Iterator[Finding]:
    if named.family in usable:
        return
    near = difflib.get_close_matches(named.family, usable, n=1, cutoff=0.7)
    message = wording("No font family “{family}” with outlines is installed.", family=named.family)
    advice = wording("Install it, or take it out of the list.") + (
        wording(" Did you mean “{near}”?", near=near[0]) if near else ""
    )
    yield Finding(
        named.place, code, message, wording("{advice} `fc-list : family` lists all.", advice=advice)
    )


@cache
def is_latin(character: str) -> bool:
    """Whether the Latin family sets a character, if it has it."""
    return any(first <= ord(character) <= last for first, last in spans(RANGES))


def latin_faces(profile: FontProfile) -> dict[str, Face]:
    """The faces by the path that styles load them from: ``fonts/latin-400``, ``fonts/latin-700-italic``.

    What the family lacks is not there; text that asks for it is set in the nearest of the others.
    """
    found: dict[str, Face] = {}
    for italic in (False, True) if profile.latin else ():
        for weight in WEIGHTS:
            face = face_of(profile.latin, weight, italic=italic)
            is_first = not found
            fits = face is not None and (
                face.upright != italic and (face.weight >= _LEAST_BOLD) == (weight >= _LEAST_BOLD)
            )
            if face is not None and (is_first or fits):
                found[f"fonts/latin-{weight}{'-italic' if italic else ''}"] = face
    return found


def latin_rules(profile: FontProfile, base: str) -> str:
    """The ``@font-face`` rules; ``base`` comes before the faces' paths."""
    return "".join(
        f'@font-face {{ font-family: "{profile.latin}{LATIN}"; src: url({base}{path}); '
        f"{descriptors(path)}; unicode-range: {narrowed(RANGES, face, profile.partial)} }}\n"
        for path, face in latin_faces(profile).items()
    )


def descriptors(path: str) -> str:
    """What a rule says of the weight and the style of the face behind a path."""
    is_italic = path.endswith("-italic")
    weight = path.removesuffix("-italic").rpartition("-")[2]
    return f"font-weight: {weight}; font-style: {'italic' if is_italic else 'normal'}"


def text_rules(profile: FontProfile) -> str:
    """How a book with a Latin family uses it.

    Figures are as high as capitals: old-style ones look lost between Chinese characters. Emphasis in Latin text is in
    the family's italic. Chinese has none, and stays upright.
    """
    if not profile.latin:
        return ""
    italic = "fonts/latin-400-italic" in latin_faces(profile)
    return "html { font-variant-numeric: lining-nums }\n" + (
        "em, cite, i, dfn { font-style: italic }\n" if italic else ""
    )


def latin_font(profile: FontProfile, path: str) -> tuple[bytes, Face] | None:
    """The font file behind a path, with the heights of the profile's serif, and its face; None where there is none.

    Raises:
        MachineError: ``bad-font``: its file cannot be read.
    """
    face = latin_faces(profile).get(path)
    if face is None:
        return None
    # Choosing fonts does without opening them.
    from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

    try:
        return on_line_of(_single(face), profile.families["serif"]), face
    except (OSError, TTLibError, StructError, LookupError, AssertionError, ValueError, EOFError) as error:
        message = wording(
            "The font {families} {style} cannot be read.", families=face.families[0], style=face.style
        )
        raise MachineError.at("fonts", "bad-font", message, wording("Reinstall it.")) from error


def _single(face: Face) -> bytes:
    """A face as a file of its own: out of its collection, at its weight if it is variable."""
    data = Path(face.file).read_bytes()
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), fontNumber=face.index, lazy=True, recalcTimestamp=False) as font:
        if data[:4] != b"ttcf" and "fvar" not in font:
            return data
        if "fvar" in font:
            axes = font["fvar"].axes
            place = {axis.axisTag: axis.defaultValue for axis in axes}
            weights = next((axis for axis in axes if axis.axisTag == "wght"), None)
            if weights:
                place["wght"] = min(max(face.weight, weights.minValue), weights.maxValue)
            from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

            instantiateVariableFont(font, place, inplace=True)
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()
