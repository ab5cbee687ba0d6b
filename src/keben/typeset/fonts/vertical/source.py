"""A font as columns see it: which glyph stands for a character, and where it stands in the column.

Lengths are in font units. The *axis* is the height over the baseline of the middle of the ideographic em box: the
middle of the column, once the page is turned.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from io import BytesIO
from struct import error as StructError  # noqa: N812
from typing import Any

from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

from keben.core.errors import MachineError
from keben.core.language import region
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset.fonts.vertical.contours import header

_LANGUAGE_SYSTEMS = {"CN": "ZHS ", "TW": "ZHT ", "HK": "ZHH "}
_SCRIPTS = ("hani", "DFLT", "kana", "latn")

_FIRST, _LAST = 0x3000, 0x9FFF

USUAL_AXIS = 0.38
"""In em: the em box of nearly every Chinese font reaches from -0.12 to 0.88."""


@dataclass(frozen=True, slots=True)
class StandingGlyph:
    """A glyph in a column: its vertical origin, and how far the column goes on after it."""

    glyph: str
    middle: float
    """x of the vertical origin."""
    top: float
    """y of the vertical origin."""
    advance: int


@contextmanager
def reading() -> Iterator[None]:
    """Say what goes wrong inside as an error of the machine: fontTools reads on as far as it can, then fails anyhow.

    Raises:
        MachineError: ``bad-font``.
    """
    try:
        yield
    except (TTLibError, StructError, LookupError, AssertionError, ValueError, EOFError) as error:
        message = wording("A font for columns cannot be read: it is damaged, or no font.")
        raise MachineError.at("fonts", "bad-font", message, wording("Reinstall it.")) from error


@lru_cache(maxsize=1)
def opened(data: bytes, index: int, language: str, weight: int) -> "SourceFont":
    """The `SourceFont` of these arguments: what was read of a large font is kept for what is made of it next."""
    return SourceFont(data, index, language, weight)


class SourceFont:
    """A font's face, opened for reading; nothing of it is changed."""

    def __init__(self, data: bytes, index: int, language: str, weight: int) -> None:
        """Open one face.

        Args:
            data: the file's bytes; TrueType or OpenType, in a collection or not.
            index: of the face in a collection; 0 otherwise.
            language: a canonical tag, whose glyphs are taken (``locl``).
            weight: on the axis of a variable font; its other axes stand at their defaults.

        Raises:
            Whatever fontTools raises of a broken font: see `reading`.
        """
        self.font: Any = TTFont(BytesIO(data), fontNumber=index, lazy=True, recalcBBoxes=False)
        self.units: int = self.font["head"].unitsPerEm
        self.characters: dict[int, str] = self.font.getBestCmap() or {}
        self.location = self._location(weight)
        self.glyphs: Any = self.font.getGlyphSet(location=self.location or None)
        self.language_system = _LANGUAGE_SYSTEMS[region(language)]

    def _location(self, weight: int) -> dict[str, float]:
        if "fvar" not in self.font:
            return {}
        axes = self.font["fvar"].axes
        return {
            axis.axisTag: min(max(weight, axis.minValue), axis.maxValue)
            if axis.axisTag == "wght"
            else axis.defaultValue
            for axis in axes
        }

    @property
    def is_truetype(self) -> bool:
        """Whether its outlines are quadratic (``glyf``); they are cubic otherwise (``CFF``)."""
        return "glyf" in self.font

    @cached_property
    def axis(self) -> float:
        """The height of the middle of the em box, by ``BASE`` (``ideo``), else by the typographic heights.

        A font without Chinese goes by the usual one: its letters then stand as those in a Chinese font do.
        """
        if not any(_FIRST <= code <= _LAST for code in self.characters):
            return USUAL_AXIS * self.units
        for tags, values in self._baselines():
            if "ideo" in tags:
                coordinate: float = values[tags.index("ideo")].Coordinate
                return coordinate + self.units / 2
        os2 = self.font.get("OS/2")
        if os2 and os2.sTypoAscender - os2.sTypoDescender == self.units:
            return float(os2.sTypoAscender + os2.sTypoDescender) / 2
        return USUAL_AXIS * self.units

    def _baselines(self) -> Iterator[tuple[list[str], list[Any]]]:
        axis = self.font["BASE"].table.HorizAxis if "BASE" in self.font else None
        if axis and axis.BaseTagList:
            records = {each.BaseScriptTag: each.BaseScript for each in axis.BaseScriptList.BaseScriptRecord}
            for script in _SCRIPTS:
                values = records[script].BaseValues if script in records else None
                if values:
                    yield axis.BaseTagList.BaselineTag, values.BaseCoord

    def glyph(self, character: str) -> str | None:
        """The glyph that sets a character in a line of the font's language."""
        name = self.characters.get(ord(character))
        return None if name is None else self.localized(name)

    def localized(self, glyph: str) -> str:
        """The form of a glyph for the font's language."""
        return self._local.get(glyph, glyph)

    def vertical_form(self, glyph: str) -> str | None:
        """The form of a glyph in columns, where the font has one."""
        return self._vertical.get(glyph)

    def half_width(self, glyph: str) -> str | None:
        """The form of a glyph that is half an em wide, where the font has one."""
        found = self._half.get(glyph)
        return found if found and self.width(found) * 2 == self.units else None

    def proportional(self, character: str) -> str | None:
        """The form of a character that is as wide as Latin text has it (``pwid``), where the font has one."""
        plain = self.characters.get(ord(character))
        forms = [self._proportional.get(glyph) for glyph in (plain, self.glyph(character)) if glyph]
        return next((form for form in reversed(forms) if form), None)

    def width(self, glyph: str) -> int:
        """How far a line goes on after a glyph."""
        width: float = self.glyphs[glyph].width
        return round(width)

    def standing(self, glyph: str) -> StandingGlyph:
        """Where a glyph stands in a column: its vertical metrics (``vmtx``, ``VORG``), or else an em box's."""
        middle, em_top = self.width(glyph) / 2, self.axis + self.units / 2
        if "vmtx" not in self.font:
            return StandingGlyph(glyph, middle, em_top, self.units)
        advance, bearing = self.font["vmtx"][glyph]
        if "VORG" in self.font:
            return StandingGlyph(glyph, middle, self.font["VORG"][glyph], advance)
        box = self.box(glyph)
        return StandingGlyph(glyph, middle, bearing + box[3] if box else em_top, advance)

    def outline(self, glyph: str) -> bytes:
        """A glyph of TrueType as it lies in the file; empty for a blank, and where fontTools has read it already."""
        data: bytes = getattr(self.font["glyf"].glyphs[glyph], "data", b"")
        return data

    def box(self, glyph: str) -> tuple[float, float, float, float] | None:
        """The bounds of a glyph's outline: left, bottom, right, top; None for a blank."""
        if self.is_truetype and not self.location:
            if data := self.outline(glyph):
                known = header(data)
                return known[1] if known and known[0] else None
            drawn = self.font["glyf"][glyph]
            return (drawn.xMin, drawn.yMin, drawn.xMax, drawn.yMax) if drawn.numberOfContours else None
        pen = BoundsPen(self.glyphs)
        self.glyphs[glyph].draw(pen)
        bounds: tuple[float, float, float, float] | None = pen.bounds
        return bounds

    @cached_property
    def _local(self) -> dict[str, str]:
        return self._replacements("locl")

    @cached_property
    def _vertical(self) -> dict[str, str]:
        # vrt2 also turns Latin letters, which are turned with the page: it serves where there is no vert.
        return self._replacements("vert") or self._replacements("vrt2")

    @cached_property
    def _half(self) -> dict[str, str]:
        return self._replacements("hwid")

    @cached_property
    def _proportional(self) -> dict[str, str]:
        return self._replacements("pwid")

    def _replacements(self, feature: str) -> dict[str, str]:
        """A feature's replacements of one glyph by one, for the font's language; the first lookup wins."""
        found: dict[str, str] = {}
        if "GSUB" not in self.font:
            return found
        table = self.font["GSUB"].table
        numbers = {
            lookup
            for index in self._features(table)
            if table.FeatureList.FeatureRecord[index].FeatureTag == feature
            for lookup in table.FeatureList.FeatureRecord[index].Feature.LookupListIndex
        }
        for number in sorted(numbers):
            replaced = {
                before: after
                for subtable in reversed(table.LookupList.Lookup[number].SubTable)
                for before, after in getattr(
                    getattr(subtable, "ExtSubTable", subtable), "mapping", {}
                ).items()
                if isinstance(after, str)
            }
            # Lookups run one after another: a later one takes what an earlier one has made.
            found = {before: replaced.get(after, after) for before, after in found.items()}
            found = {**replaced, **found}
        return found

    def _features(self, table: Any) -> list[int]:
        scripts = (
            {each.ScriptTag: each.Script for each in table.ScriptList.ScriptRecord}
            if table.ScriptList
            else {}
        )
        script = next((scripts[tag] for tag in _SCRIPTS if tag in scripts), None)
        if script is None:
            return []
        systems = {each.LangSysTag: each.LangSys for each in script.LangSysRecord}
        system = systems.get(self.language_system) or script.DefaultLangSys
        return list(system.FeatureIndex) if system else []
