"""The fonts that chapters were drawn in, found again by what is said of them."""

from dataclasses import field
from typing import Any

from weasyprint.pdf.fonts import Font  # type: ignore[import-untyped]
from weasyprint.text.constants import PANGO_STRETCH  # type: ignore[import-untyped]
from weasyprint.text.ffi import (  # type: ignore[import-untyped]
    TO_UNITS,
    ffi,
    gobject,
    pango,
    unicode_to_char_p,
)
from weasyprint.text.fonts import get_pango_font_key  # type: ignore[import-untyped]

from keben.core.values import dataclass
from keben.typeset.weasy.drawn import FontUse, GlyphUse
from keben.typeset.weasy.fontbytes import font_file


def font_use(font: Any, size: float, uses: tuple[GlyphUse, ...]) -> FontUse:
    """What a chapter says of a font of WeasyPrint's."""
    return FontUse(
        font.hash,
        font.family,
        int(font.style),
        int(font.weight),
        _stretch_of(font),
        tuple(sorted(font.variations.items())),
        size,
        font.glyph_count,
        uses,
    )


def _stretch_of(font: Any) -> str:
    """How wide a font's face is among those of its family; Pango says so in its name only."""
    written = font.name.decode().rpartition("+")[2].removeprefix(font.family.replace(" ", "-")).lower()
    found = [name for name in PANGO_STRETCH if f"-{name}-" in f"{written}-"]
    return max(found, key=len, default="normal")


def is_plain(font: Any) -> bool:
    """Whether a font's glyphs are outlines and nothing else, and it has all that were asked of it."""
    return not (font.bitmap or font.png or font.svg or font.colr or font.missing or font.used_in_forms)


@dataclass(slots=True)
class UsedFonts:
    """The fonts of a document, found by what chapters say of them."""

    font_map: Any
    """Pango's."""
    found: dict[tuple[object, ...], tuple[int, Any] | None] = field(default_factory=dict)
    """In each size: heads and folios have others than the text, and take turns with it."""

    def find(self, use: FontUse) -> tuple[int, Any] | None:
        """The font that is meant, with WeasyPrint's key of it; None where this machine has another one or none."""
        said = use.name, use.family, use.style, use.weight, use.stretch, use.variations, use.glyphs, use.size
        if said not in self.found:
            self.found[said] = self._loaded(use)
        return self.found[said]

    def is_same(self, use: FontUse, font: Any) -> bool:
        """Whether the font that is found is one of WeasyPrint's."""
        found = self.find(use)
        return found is not None and (
            found[1].hb_face == font.hb_face
            or (found[1].index == font.index and _file_of(found[1]) == _file_of(font))
        )

    def _loaded(self, use: FontUse) -> tuple[int, Any] | None:
        description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
        family, _ = unicode_to_char_p(use.family)
        pango.pango_font_description_set_family(description, family)
        pango.pango_font_description_set_style(description, use.style)
        pango.pango_font_description_set_weight(description, use.weight)
        pango.pango_font_description_set_stretch(description, PANGO_STRETCH[use.stretch])
        pango.pango_font_description_set_absolute_size(description, use.size * TO_UNITS)
        if use.variations:
            text, _ = unicode_to_char_p(",".join(f"{axis}={value}" for axis, value in use.variations))
            pango.pango_font_description_set_variations(description, text)
        context = ffi.gc(pango.pango_font_map_create_context(self.font_map), gobject.g_object_unref)
        loaded = pango.pango_font_map_load_font(self.font_map, context, description)
        if loaded == ffi.NULL:
            return None
        pango_font = ffi.gc(loaded, gobject.g_object_unref)
        key, described, size = get_pango_font_key(pango_font)
        font = Font(pango_font, described, size)
        if font.hash != use.name or font.glyph_count != use.glyphs:
            return None
        # HarfBuzz's font is Pango's: it goes with that.
        font.keben_font = pango_font
        return key, font


def _file_of(font: Any) -> bytes:
    return font_file(font.hb_face)
