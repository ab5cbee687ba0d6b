"""The font of a vertical edition's text: upright characters lie turned, Latin letters stay as they are.

Where the glyphs lie: the font's em box is that of an upright font, from 0.12 em under the baseline to 0.88 em over it,
which are its descent and ascent. A line is a column on its side: its left is the column's top, and its upper edge the
column's right. So the column's axis runs 0.38 em over the baseline, in the middle of the line whatever its height.
"""

from collections.abc import Iterator, Mapping

from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts.vertical.building import FontPlan, build
from keben.typeset.fonts.vertical.orientation import orientation
from keben.typeset.fonts.vertical.outlines import GlyphPart, NewGlyph, as_it_is, lying
from keben.typeset.fonts.vertical.source import USUAL_AXIS, SourceFont, opened, reading

UPRIGHT_STOPS = frozenset("：；")
"""Chinese fonts without a vertical form of these mean them to stand upright, while UAX #50 thinks of Japanese ones,
which turn them (CLREQ 5.1; UAX #50, 5)."""

TONES = frozenset("ˊˇˋˉ˙")
"""Tones of zhuyin stand as its letters do. UAX #50 turns them, and a second tone that is turned is a fourth one."""

LATIN_MARKS = frozenset("‘’“”")
"""Marks of Chinese and of Latin text: those of Latin text lie on their side as its letters do (CLREQ 6.3.3)."""

DASH, LONG_DASH = "—", "⸺"
"""U+2014; two of them are one stroke of 2 em, for which U+2E3A stands by itself (CLREQ 5.1)."""

ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u2010\u3000")
"""What layout needs beside the text: spaces, hyphens, the letters by which ``ex`` and ``ch`` are measured, folios."""


def prepare(
    data: bytes,
    characters: frozenset[str],
    *,
    family: str,
    language: str,
    index: int = 0,
    weight: int = 400,
    always: frozenset[str] = ALWAYS,
) -> bytes:
    """A font of its own for these characters, in which a horizontal line is a column that lies on its side.

    ASCII is always among them, unless other characters are named for that.

    Each character has a glyph of its own, so that text can be read back from it.
    Characters that the source lacks it lacks too. The outlines keep their kind (CFF or TrueType); vertical forms stand
    in the place of horizontal ones. Kerning and features are gone, but for ``——``, which is one stroke, and for the
    quotation marks of Latin text, which lie as its letters do where ``pwid`` is asked for.

    Args:
        data: a font file: TrueType or OpenType, variable or not, in a collection or not.
        characters: single characters, variation selectors among them.
        family: what the new font is called.
        language: a canonical tag, whose glyphs are taken.
        index: the face's in a collection.
        weight: on the axis of a variable font.
        always: what the font has beside the characters.

    Raises:
        MachineError: ``bad-font``: the file cannot be read.
    """
    with reading():
        return _prepare(opened(data, index, language, weight), characters | always, family)


def _prepare(source: SourceFont, characters: frozenset[str], family: str) -> bytes:
    drawings = {".notdef": as_it_is(".notdef", source.width(".notdef"), 0)}
    codes: dict[int, str] = {}
    for character in sorted(characters):
        drawing = place(source, character)
        if drawing:
            name = name_of(character)
            drawings[name], codes[ord(character)] = drawing, name
    variants = []
    for base, selector, glyph in _variants(source, characters):
        form = f"{name_of(chr(base))}.{selector:x}" if glyph else None
        if form and glyph:
            drawings[form] = _placed(source, chr(base), source.localized(glyph))
        variants.append((base, selector, form))
    ligatures: dict[tuple[str, ...], str] = {}
    dash = name_of(DASH)
    if dash in drawings:
        ligatures[dash, dash] = f"{dash}_{dash}"
        drawings[f"{dash}_{dash}"] = long_dash(source)
    narrow = dict(_latin_marks(source, codes))
    drawings.update((form.name, form.drawing) for form in narrow.values())
    proportional = {mark: form.name for mark, form in narrow.items()}
    return build(source, FontPlan(family, drawings, codes, tuple(variants), ligatures, proportional))


@dataclass(frozen=True, slots=True)
class _Form:
    """A glyph that is set for another one."""

    name: str
    drawing: NewGlyph


def _latin_marks(source: SourceFont, codes: Mapping[int, str]) -> Iterator[tuple[str, _Form]]:
    """The forms that Latin text has of quotation marks, by the names of the glyphs that Chinese text has."""
    for character in sorted(LATIN_MARKS):
        name, glyph = codes.get(ord(character)), source.proportional(character) or source.glyph(character)
        if name and glyph:
            drawing = as_it_is(glyph, source.width(glyph), USUAL_AXIS * source.units - source.axis)
            yield name, _Form(f"{name}.pwid", drawing)


def name_of(character: str) -> str:
    """The name of a character's glyph (Adobe Glyph List Specification, 2)."""
    code = ord(character)
    return f"uni{code:04X}" if code < 0x10000 else f"u{code:X}"


def place(source: SourceFont, character: str) -> NewGlyph | None:
    """How a character lies in the line; None where the source has no glyph for it."""
    glyph = source.glyph(character)
    return None if glyph is None else _placed(source, character, glyph)


def _placed(source: SourceFont, character: str, glyph: str) -> NewGlyph:
    kind, form = orientation(character), source.vertical_form(glyph)
    axis = USUAL_AXIS * source.units
    if kind == "U" or form or character in UPRIGHT_STOPS | TONES:
        return lying(source.standing(form or glyph), axis)
    return as_it_is(glyph, source.width(glyph), axis - source.axis)


def long_dash(source: SourceFont) -> NewGlyph:
    """Two dashes as one stroke of 2 em: the font's own U+2E3A if it is as long, else a dash drawn out."""
    units = source.units
    whole = place(source, LONG_DASH)
    if whole and whole.advance == 2 * units:
        return whole
    dash = place(source, DASH)
    if dash is None:
        raise ValueError(wording("The font has no dash."))
    (part,) = dash.parts
    xx, xy, yx, yy, dx, dy = part.matrix
    stretch = 2 * units / dash.advance
    return NewGlyph(
        (GlyphPart(part.glyph, (xx * stretch, xy, yx * stretch, yy, dx * stretch, dy)),), 2 * units
    )


def _variants(source: SourceFont, characters: frozenset[str]) -> Iterator[tuple[int, int, str | None]]:
    """Variation sequences of the text's characters: code point, selector, glyph (None: the usual one)."""
    for table in source.font["cmap"].tables:
        if table.format != 14:
            continue
        for selector in sorted(set(table.uvsDict) & {ord(each) for each in characters}):
            for base, glyph in sorted(table.uvsDict[selector], key=lambda pair: pair[0]):
                if chr(base) in characters and base in source.characters:
                    yield base, selector, glyph
