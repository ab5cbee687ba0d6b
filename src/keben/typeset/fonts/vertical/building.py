"""A small font from nothing but its glyphs: what a page needs of a font, and no clock in it."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from io import BytesIO
from typing import Any

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.fonts.vertical.outlines import Draftsman, NewGlyph, scaled
from keben.typeset.fonts.vertical.source import USUAL_AXIS, SourceFont

_EM = 2000
"""Units of a font whose own cannot say 0.12 em: an ascent that is rounded makes lines of several fonts uneven."""

ASCENT, DESCENT = USUAL_AXIS + 0.5, 0.5 - USUAL_AXIS
"""In em, of every font made here: the em box fills the line, and its middle is the middle of the line."""

_LEGAL = (0, 7, 8, 9, 11, 13, 14)
"""Name IDs that go over: copyright, trademark, makers, licence (OpenType, `name`)."""


@dataclass(frozen=True, slots=True)
class FontPlan:
    """What a new font has, by the names of its glyphs."""

    family: str
    drawings: Mapping[str, NewGlyph]
    characters: Mapping[int, str]
    """Code points."""
    variants: Sequence[tuple[int, int, str | None]] = ()
    """A code point, a variation selector, and the glyph for both; None: the code point's own."""
    ligatures: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Glyphs one after another, and the one that is set for them, whatever the spacing of letters."""
    proportional: Mapping[str, str] = field(default_factory=dict)
    """Glyphs, and those that are set for them where a style asks for proportional widths (``pwid``)."""


def build(source: SourceFont, plan: FontPlan) -> bytes:
    """The font: the same bytes for the same source and plan.

    Its em box lies between 0.12 em under the baseline and 0.88 em over it, whatever the source's did, and these are
    its descent and its ascent; line gap 0.
    """
    units = units_of(source)
    scale = units / source.units
    plan = replace(plan, drawings={name: scaled(each, scale) for name, each in plan.drawings.items()})
    builder = FontBuilder(units, isTTF=source.is_truetype)
    builder.font.recalcTimestamp = False
    builder.font.recalcBBoxes = source.is_truetype
    order = [".notdef", *(name for name in plan.drawings if name != ".notdef")]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(dict(plan.characters), uvs=list(plan.variants) or None, allowFallback=False)
    advances = {name: plan.drawings[name].advance for name in order}
    bearings = _outlines(builder, source, plan, order)
    builder.setupHorizontalMetrics({name: (advances[name], bearings.get(name, 0)) for name in order})
    ascent, descent = round(ASCENT * units), round(DESCENT * units)
    builder.setupHorizontalHeader(
        ascent=ascent, descent=-descent, lineGap=0, advanceWidthMax=max(advances.values())
    )
    _heading(builder, source)
    _names(builder, source, plan.family)
    _heights(builder, source, ascent, descent)
    builder.addOpenTypeFeatures(_features(plan, descent))
    out = BytesIO()
    builder.font.save(out, reorderTables=False)
    return out.getvalue()


def units_of(source: SourceFont) -> int:
    """Units to an em of the fonts that are made of a source."""
    return source.units if source.units % 25 == 0 else _EM


def _outlines(builder: Any, source: SourceFont, plan: FontPlan, order: Sequence[str]) -> dict[str, int]:
    """Draw the glyphs; gives their left side bearings, which only TrueType asks for."""
    draftsman = Draftsman(source)
    if source.is_truetype:
        glyphs = {name: draftsman.truetype(plan.drawings[name]) for name in order}
        builder.setupGlyf(glyphs)
        return {name: getattr(glyph, "xMin", 0) for name, glyph in glyphs.items()}
    units = units_of(source)
    charstrings = {name: draftsman.charstring(plan.drawings[name], units) for name in order}
    box = _bounding_box(source)
    builder.setupCFF(
        _postscript(plan.family, source),
        {"FamilyName": plan.family, "FullName": plan.family, "FontBBox": list(box)},
        charstrings,
        {"defaultWidthX": units, "nominalWidthX": 0},
    )
    head = builder.font["head"]
    head.xMin, head.yMin, head.xMax, head.yMax = box
    return {}


def _bounding_box(source: SourceFont) -> tuple[int, int, int, int]:
    """A box that holds all that the source can draw, turned or not; no outline is drawn for it."""
    head, units = source.font["head"], units_of(source)
    furthest = max(source.units, *(abs(value) for value in (head.xMin, head.yMin, head.xMax, head.yMax)))
    reach = round(furthest * units / source.units)
    return -reach, -reach, reach + units, reach + units


def _heading(builder: Any, source: SourceFont) -> None:
    theirs, ours = source.font["head"], builder.font["head"]
    ours.created, ours.modified = theirs.created, theirs.modified
    ours.fontRevision, ours.macStyle = theirs.fontRevision, int(_is_bold(source))
    post, scale = source.font["post"], units_of(source) / source.units
    builder.setupPost(
        keepGlyphNames=False,
        underlinePosition=round(post.underlinePosition * scale),
        underlineThickness=round(post.underlineThickness * scale),
    )


def _weight(source: SourceFont) -> int:
    if "wght" in source.location:
        return round(source.location["wght"])
    return int(getattr(source.font.get("OS/2"), "usWeightClass", 400))


def _is_bold(source: SourceFont) -> bool:
    return _weight(source) >= 600


def _postscript(family: str, source: SourceFont) -> str:
    return f"{''.join(filter(str.isalnum, family))}-{'Bold' if _is_bold(source) else 'Regular'}"


def _names(builder: Any, source: SourceFont, family: str) -> None:
    style = "Bold" if _is_bold(source) else "Regular"
    postscript = _postscript(family, source)
    names = {
        1: family,
        2: style,
        3: f"Keben;{postscript}",
        4: f"{family} {style}",
        5: source.font["name"].getDebugName(5) or "Version 1.0",
        6: postscript,
    }
    for number in _LEGAL:
        text = source.font["name"].getDebugName(number)
        if text:
            names[number] = text
    builder.setupNameTable({})
    for number, text in sorted(names.items()):
        builder.font["name"].setName(text, number, 3, 1, 0x409)


def _heights(builder: Any, source: SourceFont, ascent: int, descent: int) -> None:
    theirs, scale = source.font.get("OS/2"), units_of(source) / source.units
    builder.setupOS2(
        version=4,
        sTypoAscender=ascent,
        sTypoDescender=-descent,
        sTypoLineGap=0,
        usWinAscent=ascent,
        usWinDescent=descent,
        usWeightClass=_weight(source),
        fsType=getattr(theirs, "fsType", 0),
        fsSelection=0x20 if _is_bold(source) else 0x40,
        sxHeight=round(getattr(theirs, "sxHeight", 0) * scale),
        sCapHeight=round(getattr(theirs, "sCapHeight", 0) * scale),
        achVendID="KEBN",
    )
    builder.font["OS/2"].recalcUnicodeRanges(builder.font)


def _features(plan: FontPlan, descent: int) -> str:
    """Feature code: ligatures, narrow forms, and the baselines by which Pango and CSS align fonts with one another."""
    # ccmp: Pango switches liga off wherever letters are spaced.
    lines = [f"sub {' '.join(parts)} by {name};" for parts, name in sorted(plan.ligatures.items())]
    ligatures = f"feature ccmp {{ {' '.join(lines)} }} ccmp;\n" if lines else ""
    narrow = " ".join(f"sub {wide} by {form};" for wide, form in sorted(plan.proportional.items()))
    ligatures += f"feature pwid {{ {narrow} }} pwid;\n" if narrow else ""
    scripts = ", ".join(f"{tag} ideo {-descent} 0" for tag in ("DFLT", "hani", "kana", "latn"))
    return f"{ligatures}table BASE {{ HorizAxis.BaseTagList ideo romn; HorizAxis.BaseScriptList {scripts}; }} BASE;"
