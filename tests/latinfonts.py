"""A Latin family made of boxes, for tests: each letter a bar of a known width, in four cuts, in one file or in several."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

UNITS = 2048
"""Other units than the Chinese fonts have, and other heights."""

LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x20AC]
"""Marks that Chinese uses are among them: a family that has them must not set them."""

WIDTHS = {("Regular"): 1024, ("Bold"): 1280, ("Italic"): 896, ("Bold Italic"): 1152}
"""Of each character, by the cut's name."""


def cut(
    style: str, family: str = "Probe", letters: list[int] | None = None, *, variable: bool = False
) -> TTFont:
    """One face. Where it is variable it has a weight from 400 to 700, and is then as wide as the bold."""
    codes = {code: f"c{code:04X}" for code in letters or LETTERS}
    order = [".notdef", *codes.values()]
    width = WIDTHS[style]
    builder = FontBuilder(UNITS, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(codes)
    builder.setupGlyf({name: _bar(width, blank=name in (".notdef", "c0020", "c00A0")) for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (width, 100)))
    builder.setupHorizontalHeader(ascent=2600, descent=-1100)
    bold, italic = "Bold" in style, "Italic" in style
    builder.setupNameTable(
        {
            "familyName": family,
            "styleName": style,
            "version": "Version 1.500",
            "psName": f"{family}-{style.replace(' ', '')}",
        }
    )
    builder.setupOS2(
        sTypoAscender=2600,
        sTypoDescender=-1100,
        usWinAscent=2600,
        usWinDescent=1100,
        usWeightClass=700 if bold else 400,
        fsSelection=(0x20 if bold else 0) | (0x01 if italic else 0) or 0x40,
    )
    builder.setupPost(italicAngle=-12 if italic else 0)
    font = builder.font
    font.recalcTimestamp = False
    font["head"].macStyle = (1 if bold else 0) | (2 if italic else 0)
    font["head"].created = font["head"].modified = 3_800_000_000
    if variable:
        builder.setupFvar(
            [("wght", 400, 400, 700, "Weight")],
            [
                {"stylename": name, "location": {"wght": weight}}
                for name, weight in (("Regular", 400), ("Bold", 700))
            ],
        )
        more = WIDTHS["Bold"] - width
        wider = [(0, 0), (0, 0), (more, 0), (more, 0), (0, 0), (more, 0), (0, 0), (0, 0)]
        blank = [(0, 0), (more, 0), (0, 0), (0, 0)]
        builder.setupGvar(
            {
                name: [
                    TupleVariation(
                        {"wght": (0.0, 1.0, 1.0)}, wider if font["glyf"][name].numberOfContours else blank
                    )
                ]
                for name in order
            }
        )
    return font


def _bar(width: int, *, blank: bool) -> object:
    pen = TTGlyphPen(None)
    if not blank:
        pen.moveTo((100, 0))
        for point in ((100, 1400), (width - 100, 1400), (width - 100, 0)):
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def install(
    folder: Path,
    styles: tuple[str, ...] = tuple(WIDTHS),
    family: str = "Probe",
    letters: list[int] | None = None,
) -> None:
    """Put a family into a folder, each cut in a file."""
    for style in styles:
        cut(style, family, letters).save(folder / f"{family}-{style.replace(' ', '')}.ttf")


def install_collection(folder: Path) -> None:
    """All cuts in one file."""
    collection = TTCollection()
    collection.fonts = [cut(style) for style in reversed(WIDTHS)]
    collection.save(folder / "Probe.ttc")


def install_variable(folder: Path) -> None:
    """Two variable files: the upright one, and an italic that is not."""
    cut("Regular", variable=True).save(folder / "Probe-Variable.ttf")
    cut("Italic").save(folder / "Probe-Italic.ttf")


def installed_in(home: Path) -> tuple[Path, dict[str, str]]:
    """A folder for fonts that fontconfig looks into beside the machine's own, and the environment in which it does."""
    folder = home / "fonts"
    folder.mkdir()
    return folder, {"XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
