"""Which fonts set which language: the faces that are installed, by fontconfig, and a book's choice among them."""

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from keben.core.errors import MachineError
from keben.core.language import region
from keben.core.mingw import program
from keben.core.packages import install_advice
from keben.core.saying import series, wording
from keben.core.values import dataclass
from keben.typeset.fonts.tables import (
    BESIDE_LATIN,
    CHARACTERS,
    FAMILIES,
    MAINLAND_MARKS,
    MARKS,
    OTHERS,
    ROLES,
    Role,
)

LENT = " Han"
"""Ends the name under which a book's styles know a family that lends a part of its glyphs."""

LATIN = " Latin"
"""Ends the name under which a book's styles know the family that sets its Latin text."""

COLUMNS = " Columns"
"""Ends the name under which a vertical book's styles know a family that was made ready for columns."""

LETTERS = " Letters"
"""Ends the name under which a book's styles know a family that sets single characters which the others lack."""

STANDING = " Standing"
"""As `LETTERS`, in columns, for the characters that stand upright."""

MISSING = " Missing"
"""Ends the name under which a book's styles know the serif's mark for what no font has."""

MARK = "〓"
"""U+3013, geta: what Chinese and Japanese printers set where a type is wanting."""

OWN = (LENT, LATIN, LETTERS, STANDING, MISSING, COLUMNS)

# fontconfig's weights and OpenType's (fontconfig, fcweight.c).
_WEIGHTS = (
    (0, 100),
    (40, 200),
    (50, 300),
    (55, 350),
    (75, 380),
    (80, 400),
    (100, 500),
    (180, 600),
    (200, 700),
)

_COLUMNS = ("family", "file", "index", "weight", "slant", "style", "width", "fontformat")
_FORMATS = frozenset(("TrueType", "CFF", ""))
"""What Pango can draw since its version 1.44, as FreeType calls it. Type 1 and bitmaps stand beside many families."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family, as fontconfig lists it."""

    families: tuple[str, ...]
    file: str
    index: int
    """In a collection; 0 otherwise."""
    weight: int
    """OpenType's: 400 is regular, 700 bold."""
    upright: bool
    style: str
    width: int = 100
    """fontconfig's: 100 is normal, less is condensed."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """A family that sets single characters of a book, and those characters."""

    family: str
    characters: frozenset[str]


@dataclass(frozen=True, slots=True)
class FontProfile:
    """The families that set one language; a role that no installed font serves falls to the serif."""

    families: Mapping[Role, str]
    other: str | None
    lent: str = ""
    """The ranges that the 楷体 lends; empty: it is used as it is installed."""
    latin: str = ""
    """The family that sets Latin text beside the serif and the 楷体; empty: their own Latin does."""
    fallbacks: tuple[Fallback, ...] = ()
    """For characters of one book that the other families lack, or have only some letters of a script of."""
    missing: frozenset[str] = frozenset()
    """Characters of one book that no family has: 〓 is printed in their place."""
    beside: frozenset[str] = frozenset()
    """Characters of one book, and of what styles print, that the serif lacks."""
    partial: frozenset[str] = frozenset()
    """Characters of one book in the ranges of the 楷体 or of the Latin family that not all faces of these have."""

    @property
    def names(self) -> tuple[str, ...]:
        """All families, each once: serif, 楷体, sans, mono, then the one for other letters."""
        named = [self.families[role] for role in ROLES if role in self.families]
        return tuple(dict.fromkeys([*named, *([self.other] if self.other else [])]))

    def stack(self, role: Role) -> tuple[str, ...]:
        """The families that text in a role is looked up in, in order: its own, and then all the others."""
        own = self.families.get(role, self.families["serif"])
        latin = [self.latin + LATIN] if self.latin and role in BESIDE_LATIN else []
        if role == "kai" and self.lent:
            own += LENT
        rest = [self.families["serif"], self.other, *self.names]
        names = [*self._letters, *latin, own, *(name for name in rest if name), *self._marks]
        return tuple(dict.fromkeys(names))

    @property
    def _letters(self) -> list[str]:
        return [each.family + LETTERS for each in self.fallbacks]

    @property
    def _marks(self) -> list[str]:
        return [self.families["serif"] + MISSING] if self.missing else []

    def columns(self, role: Role) -> tuple[str, ...]:
        """As `stack`, of the families that were made ready for columns."""
        own = self.families.get(role, self.families["serif"])
        latin = [self.latin + LATIN] if self.latin and role in BESIDE_LATIN else []
        standing = [each.family + STANDING for each in self.fallbacks]
        named = [*standing, *self._letters, *latin, own, self.families["serif"], *self.families.values()]
        others = [*([self.other] if self.other else []), *self._marks]
        return tuple(name + COLUMNS for name in dict.fromkeys([*named, *others]))


def choose(language: str, latin: str = "") -> FontProfile:
    """The profile of a canonical language tag, from what is installed.

    ``latin`` is a family that `keben.typeset.fonts.latin` found; empty: none.

    Raises:
        MachineError: fontconfig or a Chinese serif is missing.
    """
    faces = installed()
    present = {name for face in faces for name in face.families}
    candidates = FAMILIES[region(language)]
    families: dict[Role, str] = {}
    for role in ROLES:
        found = next((name for name in candidates[role] if name in present), None)
        if found:
            families[role] = found
    if "serif" not in families:
        message = wording(
            "No serif font for {language} is installed; looked for {candidates}.",
            language=language,
            candidates=series(candidates["serif"]),
        )
        raise MachineError.at("fonts", "no-font", message, install_advice("noto"))
    other = next((name for name in OTHERS if name in present), None)
    return FontProfile(families, other, _lent_by(families.get("kai", ""), region(language)), latin)


def _lent_by(family: str, place: str) -> str:
    face = face_of(family)
    if face is None or face.file.lower().endswith((".ttc", ".otc")):
        return ""
    corner = place != "CN" and family in MAINLAND_MARKS
    return CHARACTERS if corner else f"{CHARACTERS}, {MARKS}"


@cache
def installed() -> tuple[Face, ...]:
    """Every face that fontconfig knows and Pango can draw, as it stood when first asked.

    Raises:
        MachineError: ``fc-list`` is missing or fails.
    """
    form = "\t".join(f"%{{{column}}}" for column in _COLUMNS) + "\n"
    return tuple(sorted(_faces(ask(f"--format={form}")), key=lambda face: (face.file, face.index)))


def ask(*arguments: str) -> str:
    """What fontconfig's ``fc-list`` answers.

    Raises:
        MachineError: it is missing or fails.
    """
    try:
        run = _fc_list(arguments)
        if run.returncode < 0:  # a signal ended it, such as the kernel's where memory is short
            run = _fc_list(arguments)
        run.check_returncode()
    except (OSError, subprocess.SubprocessError):
        message = wording("fontconfig's `fc-list` cannot be run, so no font can be found.")
        raise MachineError.at("fontconfig", "no-fontconfig", message, install_advice("fontconfig")) from None
    return run.stdout.decode("utf-8", "replace")


def _fc_list(arguments: Sequence[str]) -> "subprocess.CompletedProcess[bytes]":
    # FC_LANG: fontconfig names fonts in the machine's language first unless it is given one.
    return subprocess.run(  # noqa: S603
        [program("fc-list") or "fc-list", *arguments],
        env={**os.environ, "FC_LANG": "en"},
        capture_output=True,
        check=False,
        timeout=120,
    )


def _faces(listing: str) -> Iterator[Face]:
    for line in listing.splitlines():
        cells = line.split("\t")
        if len(cells) != len(_COLUMNS):
            continue
        family, file, index, weight, slant, style, width, fontformat = cells
        if fontformat not in _FORMATS:
            continue
        names = tuple(name.strip().replace("\\", "") for name in family.split(","))
        # A variable font's weight is a range such as [0 210]; the high bits of an index name its instance.
        yield Face(
            names,
            file,
            int(index) & 0xFFFF,
            _opentype_weight(_number(weight, 80)),
            slant == "0",
            style.split(",")[0],
            _number(width, 100),
        )


def _number(text: str, otherwise: int) -> int:
    return int(float(text)) if text.replace(".", "", 1).isdigit() else otherwise


def _opentype_weight(weight: int) -> int:
    return min(_WEIGHTS, key=lambda pair: abs(pair[0] - weight))[1]


def face_of(family: str, weight: int = 400, *, italic: bool = False) -> Face | None:
    """The face of a family that is nearest: upright or not, of normal width, of that weight.

    The family may also be named as a book's own styles name it.
    """
    families = [
        [face for face in installed() if name in face.families] for name in (family, installed_name(family))
    ]
    faces = families[0] or families[1]

    def distance(face: Face) -> tuple[bool, int, int]:
        return face.upright == italic, abs(face.width - 100), abs(face.weight - weight)

    return min(faces, key=distance, default=None)


def installed_name(family: str) -> str:
    """The family behind its name in a book's styles."""
    for suffix in reversed(OWN):
        family = family.removesuffix(suffix)
    return family


def coverage(family: str) -> frozenset[int]:
    """The code points that a family's regular face has glyphs for."""
    face = face_of(family)
    return covered(face) if face else frozenset()


@cache
def covered(face: Face) -> frozenset[int]:
    """The code points that a face has glyphs for: its cmap, as fontconfig and so Pango see it."""
    codes: set[int] = set()
    listing = ask("--format=%{file}\t%{index}\t%{charset}\n", f":family={_quoted(face.families[0])}")
    for line in listing.splitlines():
        file, index, charset = line.split("\t")
        if file == face.file and int(index) & 0xFFFF == face.index:
            for part in charset.split():
                first, _, last = part.partition("-")
                codes.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(codes)


def listed_with(family: str, characters: Iterable[str]) -> frozenset[tuple[str, int]]:
    """File and index of the faces of a family that have all of some characters, as fontconfig and so Pango see it.

    Raises:
        MachineError: ``fc-list`` is missing or fails.
    """
    codes = " ".join(f"{ord(character):x}" for character in sorted(characters))
    charset = f":charset={codes}" if codes else ""
    listing = ask("--format=%{file}\t%{index}\n", f":family={_quoted(family)}{charset}")
    pairs = (line.split("\t") for line in listing.splitlines())
    return frozenset((file, int(index) & 0xFFFF) for file, index in pairs)


@cache
def spans(ranges: str) -> tuple[tuple[int, int], ...]:
    """The first and the last code points of ranges as CSS writes them: ``U+20-7E, U+A0``."""
    pairs = (part.strip().removeprefix("U+").partition("-") for part in ranges.split(","))
    return tuple((int(first, 16), int(last or first, 16)) for first, _, last in pairs)


def narrowed(ranges: str, face: Face, partial: Iterable[str]) -> str:
    """Ranges as CSS writes them, without those of some characters that a face has no glyph for.

    Fontconfig, and so Pango, believe that a font has whatever a rule's ``unicode-range`` names.
    """
    have = covered(face)
    parts = spans(ranges)
    for code in sorted(code for code in map(ord, partial) if code not in have):
        parts = tuple(part for each in parts for part in _without(each, code))
    return ", ".join(f"U+{first:04X}" + (f"-{last:04X}" if last > first else "") for first, last in parts)


def _without(span: tuple[int, int], code: int) -> Iterator[tuple[int, int]]:
    first, last = span
    if not first <= code <= last:
        yield span
        return
    if first < code:
        yield first, code - 1
    if code < last:
        yield code + 1, last


def _quoted(family: str) -> str:
    return "".join(f"\\{mark}" if mark in "\\-:,=" else mark for mark in family)
