"""A 楷体 that lends a part of its glyphs, and stands on the serif's line.

A book's styles load it as a font of their own: the ranges keep the marks of another region and of another width out,
and with the serif's ascent, descent and baselines a line in which both stand is no higher than another, so that the
lines of facing pages stay level. (Pango shifts runs until the bottoms of their ideographic faces agree.)
"""

import struct
from functools import cache
from pathlib import Path

from keben.core.values import dataclass
from keben.typeset.fonts import LENT, Face, FontProfile, face_of, narrowed
from keben.typeset.fonts.files import FontSums
from keben.typeset.fonts.keptfiles import kept_file

WEIGHTS = (400, 700)

# OpenType: offsets in `hhea` and `OS/2` of ascender, descender and line gap; two's complement, 16 bits.
_HEIGHTS = {b"hhea": 4, b"OS/2": 68}
_WIN_HEIGHTS = 74


def lent_faces(profile: FontProfile) -> dict[str, Face]:
    """The faces by the path that styles load them from: ``fonts/kai-400``."""
    if not profile.lent:
        return {}
    faces = ((weight, face_of(profile.families["kai"], weight)) for weight in WEIGHTS)
    return {f"fonts/kai-{weight}": face for weight, face in faces if face and face.weight == weight}


def font_faces(profile: FontProfile, base: str) -> str:
    """The ``@font-face`` rules; ``base`` comes before the faces' paths."""
    return "".join(
        f'@font-face {{ font-family: "{profile.families["kai"]}{LENT}"; src: url({base}{path}); '
        f"font-weight: {face.weight}; unicode-range: {narrowed(profile.lent, face, profile.partial)} }}\n"
        for path, face in lent_faces(profile).items()
    )


def lent_font(profile: FontProfile, path: str, cache: Path | None = None) -> tuple[bytes, Face] | None:
    """The font file behind a path, with the heights of the profile's serif, and its face; None where there is none.

    ``cache`` is a folder that keeps such files from one build to the next (`keptfiles`).
    """
    face = lent_faces(profile).get(path)
    if face is None:
        return None
    serif = profile.families["serif"]
    of_line = face_of(serif)
    sums = FontSums.read(cache)
    made_from: list[object] = ["lent", sums.of(face.file)]
    made_from += [sums.of(of_line.file), of_line.index] if of_line else []
    sums.keep()
    return kept_file(cache, made_from, lambda: on_line_of(Path(face.file).read_bytes(), serif)), face


def on_line_of(data: bytes, serif: str) -> bytes:
    """A font file with the heights and, where it has any, the baselines of an installed family."""
    face = face_of(serif)
    return _on_line_of(data, _stand(face.file, face.index)) if face else data


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a face stands on its line: ascent and descent (positive) in ems, and its table of baselines."""

    ascent: float
    descent: float
    units: int
    baselines: bytes


@cache
def _stand(file: str, index: int) -> _Stand:
    # Choosing fonts does without opening them.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(file, fontNumber=index, lazy=True) as font:
        units, heights = font["head"].unitsPerEm, font["hhea"]
        baselines = font.reader["BASE"] if "BASE" in font else b""
        return _Stand(heights.ascent / units, -heights.descent / units, units, baselines)


def _on_line_of(data: bytes, stand: _Stand) -> bytes:
    font = _without_table(data, b"GDEF")
    (count,) = struct.unpack_from(">H", font, 4)
    records = {bytes(font[at : at + 4]): at for at in range(12, 12 + 16 * count, 16)}
    start = {tag: struct.unpack_from(">L", font, at + 8)[0] for tag, at in records.items()}
    (units,) = struct.unpack_from(">H", font, start[b"head"] + 18)
    up, down = round(stand.ascent * units), round(stand.descent * units)
    for tag, offset in _HEIGHTS.items():
        struct.pack_into(">hhh", font, start[tag] + offset, up, -down, 0)
    struct.pack_into(">HH", font, start[b"OS/2"] + _WIN_HEIGHTS, up, down)
    if b"BASE" in records and stand.baselines and stand.units == units:
        font.extend(b"\0" * (-len(font) % 4))
        struct.pack_into(">LL", font, records[b"BASE"] + 8, len(font), len(stand.baselines))
        font.extend(stand.baselines)
    return bytes(font)


def _without_table(data: bytes, tag: bytes) -> bytearray:
    """A font file whose directory does not list a table (OpenType, "Table directory").

    In LXGW WenKai one table, GDEF, says of every glyph that it is a base; HarfBuzz before 10.2 cannot cut it down to
    more than some 850 characters. Ideographs have no use for it.
    """
    font = bytearray(data)
    (count,) = struct.unpack_from(">H", font, 4)
    records = [bytes(font[at : at + 16]) for at in range(12, 12 + 16 * count, 16)]
    kept = [record for record in records if record[:4] != tag]
    power = len(kept).bit_length() - 1
    head = struct.pack(">HHHH", len(kept), 16 << power, power, 16 * len(kept) - (16 << power))
    font[4 : 12 + 16 * count] = (head + b"".join(kept)).ljust(8 + 16 * count, b"\0")
    return font
