"""Which package of Debian has a font for a character: what is said where a machine has none.

Each entry was made by looking into the packages (``apt-get download``, ``dpkg -x``, ``fc-scan``) of Debian 12:
fonts-noto-core 20201225, fonts-symbola 2.60, fonts-hanazono 20170904, fonts-babelstone-han 15.0.5, fonts-noto-cjk
20220127, fonts-hosny-amiri 0.113, fonts-unifont 15.0.01. Fonts of coloured pictures do not count.
"""

from bisect import bisect_right
from itertools import chain

from keben.core.saying import series, wording
from keben.typeset.fonts.fallback import script_of

NOTO = "fonts-noto-core"
"""Has all scripts of Unicode 12 but Chinese, Japanese and Korean, with few letters missing."""
SYMBOLS = "fonts-symbola"
HAN = "fonts-hanazono"

_IN_CJK = frozenset(("Hira", "Kana", "Hang", "Bopo"))
_ALSO = {
    "Arab": "fonts-hosny-amiri",
    "Thai": "fonts-thai-tlwg",
    "Mymr": "fonts-sil-padauk",
    "Cyrl": "fonts-dejavu",
    "Grek": "fonts-dejavu",
}
_LATER_THAN_12 = frozenset((
    "Berf", "Chrs", "Cpmn", "Diak", "Gara", "Gukh", "Jurc", "Kawi", "Kits", "Krai", "Maka", "Nagm", "Nand", "Onao",
    "Ougr", "Pcun", "Seal", "Sidt", "Sunu", "Tayo", "Tnsa", "Todr", "Tols", "Toto", "Tutg", "Vith",
))  # fmt: skip
"""Scripts that fonts-noto-core has no font of."""

_PICTURES = """
1F000-1F02B 1F030-1F093 1F0A0-1F0AE 1F0B1-1F0BF 1F0C1-1F0CF 1F0D1-1F0F5 1F100-1F10C 1F110-1F12E 1F130-1F16B 1F170-1F1AC
1F1E6-1F202 1F210-1F23B 1F240-1F248 1F250-1F251 1F260-1F265 1F300-1F6D4 1F6E0-1F6EC 1F6F0-1F6F8 1F700-1F773 1F780-1F7D4
1F800-1F80B 1F810-1F847 1F850-1F859 1F860-1F887 1F890-1F8AD 1F900-1F90B 1F910-1F93E 1F940-1F94C 1F950-1F96B 1F980-1F997
1F9C0-1F9C0 1F9D0-1F9E6
"""
"""What Symbola 2.60 has of the blocks U+1F000–1FAFF: the emoji of Unicode 10."""
_HAN_EXTENSIONS = "3400-4DBF 4E00-9FFF F900-FAFF 20000-2A6DF 2A700-2EBE0 2F800-2FA1F"
"""What HanaMin has nearly all of: the extensions A to F."""
_LATEST_HAN = "30000-323AF"
"""Extensions G and H, which BabelStone Han has 5,316 of 9,131 characters of."""


def _edges(ranges: str) -> list[int]:
    pairs = (part.partition("-") for part in ranges.split())
    return list(chain.from_iterable((int(first, 16), int(last, 16) + 1) for first, _, last in pairs))


_DRAWN, _OLD_HAN, _NEW_HAN = _edges(_PICTURES), _edges(_HAN_EXTENSIONS), _edges(_LATEST_HAN)


def packages_for(character: str) -> tuple[str, ...]:
    """Debian's packages that have a font for a character, the best first; empty where none is known."""
    code, script = ord(character), script_of(character)
    if script == "Hani":
        if bisect_right(_OLD_HAN, code) % 2:
            return (HAN, "fonts-babelstone-han")
        return ("fonts-babelstone-han",) if bisect_right(_NEW_HAN, code) % 2 else ()
    if script in _IN_CJK:
        return ("fonts-noto-cjk",)
    if 0x1F000 <= code <= 0x1FAFF:
        return (SYMBOLS,) if bisect_right(_DRAWN, code) % 2 else ("fonts-unifont",)
    if 0x1D000 <= code <= 0x1D24F:
        return (NOTO, SYMBOLS)
    if script in ("Zyyy", "Zinh", "Brai"):
        return (SYMBOLS, "fonts-freefont-ttf")
    if script == "Zzzz" or script in _LATER_THAN_12:
        return ()
    return (NOTO, *([_ALSO[script]] if script in _ALSO else []))


def advice_for(character: str) -> str:
    """What to do where no installed font has a character."""
    names = series(packages_for(character), " or ")
    if not names:
        return wording("Install a font that has it, or write it with another character.")
    return wording(
        "Install a font that has it (in Debian: {names}), or write it with another character.", names=names
    )
