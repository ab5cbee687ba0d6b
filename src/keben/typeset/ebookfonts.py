"""Parts of fonts for an EPUB: the fonts that set its characters in a PDF, cut down to these.

OpenType 1.9, OS/2, fsType: what a font says of being put into documents is kept to.
"""

import io
from collections.abc import Iterator
from struct import error as StructError  # noqa: N812
from typing import Any

from keben.core.ebook import EbookFont
from keben.core.edition import Edition
from keben.core.errors import Finding, MachineError, Place
from keben.core.packing import packed, unpacked
from keben.core.saying import wording
from keben.core.store import NO_STORE, Store
from keben.typeset.fonts import Face, choose, face_of
from keben.typeset.fonts.files import hash_of
from keben.typeset.fonts.glyphs import setter_of, with_fallbacks
from keben.typeset.fonts.latin import find_latin

_RESTRICTED, _FREER, _WHOLE_ONLY, _BITMAPS_ONLY = 0x0002, 0x000C, 0x0100, 0x0200
_COLOURED = frozenset(("CBDT", "sbix", "COLR", "SVG "))
"""Tables of fonts of emoji: readers have their own."""

_SHOWN = 8
"""Characters that a message names."""

_SAYS = ((0, "Copyright"), (5, "Version"), (8, "Maker"), (13, "Licence"), (14, wording("Licence at")))
"""Names that a font has, by their numbers (OpenType 1.9, name)."""


def ebook_fonts(
    edition: Edition, characters: frozenset[str], store: Store = NO_STORE
) -> tuple[tuple[EbookFont, ...], tuple[Finding, ...]]:
    """The parts of fonts that have some characters; warnings of what no font has, and of what may not be cut.

    ``store`` keeps parts from one build to the next.

    Raises:
        MachineError: this machine lacks fontconfig or a Chinese font, or a font cannot be read.
    """
    asked = tuple(font.family for font in edition.area.fallback)
    profile = with_fallbacks(choose(edition.language, find_latin(edition.area.latin)[0]), characters, asked)
    setter = setter_of(profile)
    families: dict[str, set[str]] = {}
    for character in sorted(characters):
        families.setdefault(setter(character), set()).add(character)
    found: list[EbookFont] = []
    findings: list[Finding] = [*_unfound(edition, sorted(families.pop("", ())))]
    for family, own in families.items():
        face = face_of(family)
        if face is None:
            continue
        made, reason = _part(face, family, frozenset(own), store)
        found += [made] if made else []
        findings += [_left_out(edition, family, len(own), reason)] if reason else []
    return tuple(found), tuple(findings)


def _unfound(edition: Edition, characters: list[str]) -> Iterator[Finding]:
    if characters:
        named = " ".join(f"{each} U+{ord(each):04X}" for each in characters[:_SHOWN])
        more = (
            wording(" and {count} more", count=len(characters) - _SHOWN) if len(characters) > _SHOWN else ""
        )
        message = wording(
            "The EPUB of {name} brings no font for {named}{more}: none that is installed has it.",
            name=edition.name,
            named=named,
            more=more,
        )
        yield Finding(
            Place("book/book.toml"), "unembedded-font", message, wording("Install one that has."), "warning"
        )


def _left_out(edition: Edition, family: str, count: int, reason: str) -> Finding:
    message = wording(
        "The EPUB of {name} brings no part of {family}, which sets {count} of its characters: {reason}.",
        name=edition.name,
        family=family,
        count=count,
        reason=reason,
    )
    return Finding(
        Place("book/book.toml"), "unembedded-font", message, wording("Install another font."), "warning"
    )


def _part(face: Face, family: str, characters: frozenset[str], store: Store) -> tuple[EbookFont | None, str]:
    """A part of a face; else why it may not be made, empty where a reader needs none."""
    key = store.key("ebook-font", hash_of(face.file), face.index, face.weight, characters)
    known = unpacked(store.get(key) or b"")
    if isinstance(known, tuple) and len(known) == 3:
        data, kind, licence = known
        return EbookFont(family, data, kind, characters, licence), ""
    # Choosing fonts does without opening them.
    from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

    try:
        with _opened(face) as font:
            if reason := forbidden(font):
                return None, reason
            if _COLOURED & set(font.keys()):
                return None, ""
            licence = _licence(font, family)
            data = _cut(font, characters)
            kind = "font/otf" if "CFF " in font or "CFF2" in font else "font/ttf"
    except (OSError, TTLibError, StructError, LookupError, AssertionError, ValueError, EOFError) as error:
        message = wording(
            "The font {families} {style} cannot be read.", families=face.families[0], style=face.style
        )
        raise MachineError.at("fonts", "bad-font", message, wording("Install it again.")) from error
    if (entry := packed((data, kind, licence))) is not None:
        store.put(key, entry)
    return EbookFont(family, data, kind, characters, licence), ""


def _opened(face: Face) -> Any:
    from fontTools.ttLib import TTFont

    font = TTFont(face.file, fontNumber=face.index, lazy=True, recalcTimestamp=False)
    if "fvar" in font:
        from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

        place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        weights = next((axis for axis in font["fvar"].axes if axis.axisTag == "wght"), None)
        if weights:
            place["wght"] = min(max(face.weight, weights.minValue), weights.maxValue)
        instantiateVariableFont(font, place, inplace=True)
    return font


def forbidden(font: Any) -> str:
    """Why a font may not be given on in part, by its own bits; empty where it may."""
    metrics = font.get("OS/2")
    bits = metrics.fsType if metrics else 0
    if bits & _RESTRICTED and not bits & _FREER:
        return wording("it says that it may not be embedded")
    if bits & _WHOLE_ONLY:
        return wording("it says that it may be embedded whole only")
    return wording("it says that only bitmaps of it may be embedded") if bits & _BITMAPS_ONLY else ""


def _licence(font: Any, family: str) -> str:
    names = font["name"]
    said = [(label, names.getDebugName(number)) for number, label in _SAYS]
    lines = [family, *(f"{label}: {' '.join(text.split())}" for label, text in said if text)]
    return "\n".join(lines)


def _cut(font: Any, characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]

    options = Options()
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
