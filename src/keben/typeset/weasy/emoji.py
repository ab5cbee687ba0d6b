"""The fonts of emoji: those that the book's other text has.

Pango looks emoji up in a family of its own, ``emoji``, whatever a style names, and fontconfig gives the machine's
font of coloured pictures for it. What fontconfig is asked for can be changed for a map of fonts; nothing else can.
"""

from typing import Any

from weasyprint.text.ffi import ffi, fontconfig, pangoft2  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]

_EMOJI = "emoji"

_DECLARED = """
typedef void (*KebenSubstitute) (FcPattern *pattern, void *data);
void pango_ft2_font_map_set_default_substitute (
    PangoFontMap *map, KebenSubstitute function, void *data, void *notify);
FcBool FcPatternDel (FcPattern *pattern, const char *object);
FcBool FcPatternAddBool (FcPattern *pattern, const char *object, FcBool value);
"""
"""Public functions of Pango (PangoFT2) and fontconfig that WeasyPrint does not declare."""

ffi.cdef(_DECLARED)

_FOUND = ffi.typeof("FcResult").relements["FcResultMatch"]


def name_emoji_fonts(fonts: FontConfiguration, families: tuple[str, ...]) -> None:
    """Have emoji looked up in these families, in order; none: leave it as the machine has it."""
    if not families:
        return
    names = [family.encode() for family in families]

    def substitute(pattern: Any, _: Any) -> None:
        asked = _families(pattern)
        # A style that names an emoji font of its own has the family among others.
        if _EMOJI.encode() not in asked or not asked.isdisjoint(names):
            return
        fontconfig.FcPatternDel(pattern, b"family")
        for name in names:
            fontconfig.FcPatternAddString(pattern, b"family", name)
        # A coloured font would come before every family that is named.
        fontconfig.FcPatternDel(pattern, b"color")
        fontconfig.FcPatternAddBool(pattern, b"color", False)

    callback = ffi.callback("KebenSubstitute", substitute)
    pangoft2.pango_ft2_font_map_set_default_substitute(fonts.font_map, callback, ffi.NULL, ffi.NULL)
    # It lives as long as the map that calls it.
    fonts.keben_emoji = callback


def _families(pattern: Any) -> set[bytes]:
    found: list[bytes] = []
    name = ffi.new("FcChar8 **")
    while fontconfig.FcPatternGetString(pattern, b"family", len(found), name) == _FOUND:
        found.append(ffi.string(name[0]))
    return set(found)
