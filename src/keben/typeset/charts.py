"""What each installed face has, as fontconfig lists it: asked only when a book needs more than its families."""

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
    form = "\t".join(f"%{{{name}}}" for name in ("family", "file", "index", "outline", "color", "charset"))
    found: dict[str, frozenset[int]] = {}
    for line in ask(f"--format={form}\n").splitlines():
        cells = line.split("\t")
        if len(cells) != 6 or cells[3] != "True" or cells[4] == "True":
            continue
        names, file, index = cells[0], cells[1], int(cells[2]) & 0xFFFF
        family = names.split(",")[0].strip().replace("\\", "")
        if family in found or family.casefold() in _UNUSABLE or not file.lower().endswith(_SUFFIXES):
            continue
        face = face_of(family)
        if face is not None and (face.file, face.index) == (file, index):
            found[family] = _codes(cells[5])
    return dict(sorted(found.items(), key=lambda pair: (pair[0].casefold(), pair[0])))


def _codes(charset: str) -> frozenset[int]:
    codes: set[int] = set()
    for part in charset.split():
        first, _, last = part.partition("-")
        codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)
