"""縱中橫: a font whose numbers and single letters stand upright in a column, each in one em.

``12`` stays two characters in the text; the font has one glyph for both, with the digits side by side.
"""

from fontTools.misc.roundTools import otRound  # type: ignore[import-untyped]

from keben.typeset.fonts.vertical.building import FontPlan, build
from keben.typeset.fonts.vertical.outlines import GlyphPart, NewGlyph, as_it_is
from keben.typeset.fonts.vertical.prepare import name_of
from keben.typeset.fonts.vertical.source import USUAL_AXIS, SourceFont, opened, reading

_FIGURE, _CAPITAL = "0", "H"
"""Letters that stand as high as their like; a word is centred by them, so that words stand alike."""


def prepare_pairs(
    data: bytes,
    words: frozenset[str],
    *,
    family: str,
    language: str,
    index: int = 0,
    weight: int = 400,
) -> bytes:
    """A font in which each of these words is upright in one em of the column, centred on its axis.

    A word is set from half-width forms where the font has them and the word has two letters, and is narrowed where it
    is still wider than an em (CSS Writing Modes 4, 9.1.3). Words with a letter that the source lacks are left out.
    The font has nothing but the words' letters, one by one also each in an em, the ligatures, and a space, by which
    WeasyPrint measures lines.

    Args:
        data: a font file, as for `prepare`; the one that sets the book's digits.
        words: ``12``, ``3``, ``A``; one to four characters each.
        family: what the new font is called.
        language: a canonical tag.
        index: the face's in a collection.
        weight: on the axis of a variable font.

    Raises:
        MachineError: ``bad-font``: the file cannot be read.
    """
    with reading():
        return _prepare(opened(data, index, language, weight), words, family)


def _prepare(source: SourceFont, words: frozenset[str], family: str) -> bytes:
    drawings = {".notdef": as_it_is(".notdef", source.width(".notdef"), 0)}
    codes: dict[int, str] = {}
    ligatures: dict[tuple[str, ...], str] = {}
    space = source.glyph(" ")
    if space:
        codes[ord(" ")] = name_of(" ")
        drawings[name_of(" ")] = as_it_is(space, source.width(space), 0)
    whole = sorted(word for word in words if word and all(source.glyph(letter) for letter in word))
    for letter in sorted({letter for word in whole for letter in word}):
        codes[ord(letter)] = name_of(letter)
        drawings[name_of(letter)] = upright(source, letter)
    for word in whole:
        if len(word) > 1:
            parts = tuple(name_of(letter) for letter in word)
            ligatures[parts] = "_".join(parts)
            drawings["_".join(parts)] = upright(source, word)
    return build(source, FontPlan(family, drawings, codes, (), ligatures))


def upright(source: SourceFont, word: str) -> NewGlyph:
    """A word as one turned glyph, an em long."""
    units = source.units
    glyphs = [glyph for letter in word if (glyph := source.glyph(letter))]
    if len(glyphs) == 2:
        halves = [half for glyph in glyphs if (half := source.half_width(glyph))]
        glyphs = halves if len(halves) == 2 else glyphs
    widths = [source.width(glyph) for glyph in glyphs]
    narrowing = min(1.0, units / sum(widths)) if sum(widths) else 1.0
    down = otRound(_middle(source, word) + units / 2)
    parts, left = [], -sum(widths) / 2
    for glyph, width in zip(glyphs, widths, strict=True):
        across = otRound(left * narrowing + USUAL_AXIS * units)
        parts.append(GlyphPart(glyph, (0, narrowing, -1, 0, down, across)))
        left += width
    return NewGlyph(tuple(parts), units)


def _middle(source: SourceFont, word: str) -> float:
    """Half the height of a word's letters, over the baseline."""
    model = _FIGURE if word.isdecimal() else _CAPITAL if word.isalpha() else word[0]
    glyph = source.glyph(model) or source.glyph(word[0])
    box = source.box(glyph) if glyph else None
    return (box[1] + box[3]) / 2 if box else source.axis
