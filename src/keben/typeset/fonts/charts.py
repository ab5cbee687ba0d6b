"""What each installed face has, as fontconfig lists it: asked only when a book needs more than its families."""

from collections.abc import Iterator
from functools import cache

from keben.typeset.fonts import ask, face_of

_UNUSABLE = frozenset(
    ("last resort", "lastresort", "adobe blank", "adobe notdef", "unicode bmp fallback sil")
)
"""Families whose glyphs are stand-ins for characters, and no letters."""

_SUFFIXES = (".ttf", ".otf", ".ttc", ".otc")


@cache
def charts() -> dict[str, frozenset[int]]:
    """Family → the code points that its regular face has, by family name; faces without outlines are left out.

    A font of coloured pictures has none, or has them in layers that are no letter by themselves (``COLR``).

    Raises:
        MachineError: fontconfig is not there.
    """
    found: dict[str, frozenset[int]] = {}
    for cells in _listed():
        if _is_pictures(cells):
            continue
        family, file, index = _family(cells), cells[1], int(cells[2]) & 0xFFFF
        if family in found or family.casefold() in _UNUSABLE or not file.lower().endswith(_SUFFIXES):
            continue
        face = face_of(family)
        if face is not None and (face.file, face.index) == (file, index):
            found[family] = _codes(cells[5])
    return dict(sorted(found.items(), key=lambda pair: (pair[0].casefold(), pair[0])))


@cache
def pictures() -> dict[str, frozenset[int]]:
    """As `charts`, of the fonts of coloured pictures, which set nothing in a PDF.

    Raises:
        MachineError: fontconfig is not there.
    """
    found: dict[str, frozenset[int]] = {}
    for cells in _listed():
        # A bitmap font of black letters is no help either, and no surprise.
        if _is_pictures(cells) and cells[4] == "True":
            family = _family(cells)
            found[family] = found.get(family, frozenset()) | _codes(cells[5])
    return dict(sorted(found.items()))


def _listed() -> Iterator[list[str]]:
    """Each face: family, file, index, whether it has outlines, whether it has colours, its code points."""
    form = "\t".join(f"%{{{name}}}" for name in ("family", "file", "index", "outline", "color", "charset"))
    for line in ask(f"--format={form}\n").splitlines():
        cells = line.split("\t")
        if len(cells) == 6:
            yield cells


def _is_pictures(cells: list[str]) -> bool:
    return cells[3] != "True" or cells[4] == "True"


def _family(cells: list[str]) -> str:
    return cells[0].split(",")[0].strip().replace("\\", "")


def _codes(charset: str) -> frozenset[int]:
    codes: set[int] = set()
    for part in charset.split():
        first, _, last = part.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)
