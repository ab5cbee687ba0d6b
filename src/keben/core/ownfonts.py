"""Fonts that a book brings itself: whether they can be used, and what they are."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import lru_cache
from typing import Any

from keben.core.book import Asset
from keben.core.errors import Finding, Place, Severity
from keben.core.saying import series, wording
from keben.core.values import dataclass

ADVICE = wording("Take a .ttf, .otf, .woff or .woff2 that other programs open.")

_RESTRICTED = 0x0002
"""OpenType, OS/2, fsType: Restricted License embedding, where no freer bit is set with it."""
_FREER = 0x000C
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")


@dataclass(frozen=True, slots=True)
class OwnFont:
    """A font file that can be used."""

    data: bytes = field(repr=False)
    """Without the packing of WOFF: what sets a PDF."""
    families: tuple[str, ...]
    style: str
    weight: int
    upright: bool
    version: str
    codes: frozenset[int] = field(repr=False)
    """The code points that it has glyphs for."""
    restricted: bool
    """Whether it says that it may not be embedded."""


class FontError(ValueError):
    """A font file that cannot be used."""


def glance_at(data: bytes) -> tuple[str, bool]:
    """A font's family, and whether it says that it may not be embedded; quick, for each build looks.

    Raises:
        FontError: it is none, or a part that setting text needs is missing.
    """
    with _opened(data) as font:
        _require_tables(font)
        return font["name"].getDebugName(16) or font["name"].getDebugName(1) or "?", _is_restricted(font)


@lru_cache(maxsize=16)
def read_font(data: bytes) -> OwnFont:
    """A font file: TrueType or OpenType, packed as WOFF or not.

    Raises:
        FontError: it is none, or a part that setting text needs is missing or broken.
    """
    with _opened(data) as font:
        _require_tables(font)
        return _read(font, data)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    if data[:4] == b"ttcf":
        raise FontError(wording("this is a collection of fonts, which a style sheet cannot take one of"))
    # Most books have no fonts of their own.
    from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

    try:
        with TTFont(io.BytesIO(data), lazy=True) as font:
            yield font
    except FontError:
        raise
    except Exception as error:  # noqa: BLE001 - fontTools raises anything on broken tables
        reason = " ".join(str(error).split()) if isinstance(error, TTLibError) else wording("it is broken")
        raise FontError(
            wording(
                "this is not a font that can be read ({reason})", reason=reason or wording("it is broken")
            )
        ) from None


def _require_tables(font: Any) -> None:
    missing = [tag for tag in _NEEDED if tag not in font]
    if not any(tag in font for tag in ("glyf", "CFF ", "CFF2")):
        missing.append("glyf")
    if missing:
        raise FontError(wording("its tables {missing} are missing", missing=series(missing)))


def _is_restricted(font: Any) -> bool:
    metrics = font.get("OS/2")
    bits = metrics.fsType if metrics else 0
    return bool(bits & _RESTRICTED) and not bits & _FREER


def _read(font: Any, data: bytes) -> OwnFont:
    names, metrics = font["name"], font.get("OS/2")
    # Both are read whole, so that a broken one is found here.
    codes = frozenset(font.getBestCmap() or {})
    font.getGlyphOrder()
    if data[:3] == b"wOF":
        out = io.BytesIO()
        font.flavor = font.flavorData = None
        font.recalcTimestamp = False
        font.save(out, reorderTables=None)
        data = out.getvalue()
    families = dict.fromkeys(name for identifier in (16, 1) if (name := names.getDebugName(identifier)))
    return OwnFont(
        data=data,
        families=tuple(families) or ("?",),
        style=names.getDebugName(17) or names.getDebugName(2) or "Regular",
        weight=metrics.usWeightClass if metrics else 400,
        upright=not (metrics and metrics.fsSelection & 0x0201),
        version=(names.getDebugName(5) or "").removeprefix("Version ").split(";")[0].strip(),
        codes=codes,
        restricted=_is_restricted(font),
    )


def problems_of(data: bytes) -> Iterator[tuple[str, str, str, Severity]]:
    """Code, message, advice and severity of what is wrong with a font file."""
    try:
        family, restricted = glance_at(data)
    except FontError as error:
        yield "broken-font", wording("This font cannot be used: {error}.", error=error), ADVICE, "error"
        return
    if restricted:
        message = wording("The font {family} says that it may not be embedded in a document.", family=family)
        yield (
            "restricted-font",
            message,
            wording("Ask its maker for a license, or take another font."),
            "warning",
        )


def broken_fonts(assets: Mapping[str, Asset]) -> Iterator[Finding]:
    """An error for each font among a book's files that cannot be read whole, and a glance finds no fault in.

    What a glance finds is reported where a style sheet names the font (`problems_of`).
    """
    for path, asset in assets.items():
        if asset.media_type.startswith("font/") and _passes_a_glance(asset.data):
            try:
                read_font(asset.data)
            except FontError as error:
                message = wording("This font cannot be used: {error}.", error=error)
                yield Finding(Place(f"book/{path}"), "broken-font", message, ADVICE)


def _passes_a_glance(data: bytes) -> bool:
    try:
        glance_at(data)
    except FontError:
        return False
    return True
