"""Which families set the letters and signs of a book that the families of its language lack.

They are looked up by character, and named: Pango's own substitution would take another font on another machine, and
nobody would know. The order is fixed: the families that the book names, then those known to be good for a script, then
any that is installed, by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from fontTools import unicodedata as scripts  # type: ignore[import-untyped]

from keben.typeset.fonts import Fallback

_GENERAL = ("Noto Serif", "DejaVu Serif", "Noto Sans", "DejaVu Sans", "FreeSerif", "FreeSans")
_SIGNS = (
    "DejaVu Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Symbols 2", "Noto Sans Math", "Noto Emoji",
    "Symbola", "FreeSerif", "Noto Music",
)  # fmt: skip
_HAN = (
    "Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Serif CJK KR", "HanaMinA", "HanaMinB", "HanaMinC", "BabelStone Han",
    "Plangothic P1", "Plangothic P2", "TW-Sung", "TW-Sung-Ext-B", "TW-Sung-Plus", "SimSun-ExtB", "SimSun-ExtG",
    "MingLiU-ExtB",
)  # fmt: skip

_BY_SCRIPT: Mapping[str, Sequence[str]] = {
    "Arab": (
        "Noto Naskh Arabic",
        "Amiri",
        "Scheherazade New",
        "Scheherazade",
        "Noto Sans Arabic",
        "FreeSerif",
    ),
    "Hebr": ("Noto Serif Hebrew", "SBL Hebrew", "Ezra SIL", "FreeSerif", "Noto Sans Hebrew", "DejaVu Sans"),
    "Thai": ("Noto Serif Thai", "Norasi", "Noto Sans Thai", "Garuda", "FreeSerif"),
    "Tibt": ("Noto Serif Tibetan", "Jomolhari", "Tibetan Machine Uni"),
    "Mong": ("Noto Sans Mongolian", "Mongolian Baiti"),
    "Syrc": ("Noto Sans Syriac",),
    "Deva": ("Noto Serif Devanagari", "Noto Sans Devanagari", "FreeSerif"),
    "Mymr": ("Noto Serif Myanmar", "Padauk", "Noto Sans Myanmar"),
    "Hang": ("Noto Serif CJK KR", "Noto Serif KR", "UnBatang", "NanumMyeongjo"),
    "Hani": _HAN,
    "Hira": _HAN,
    "Kana": _HAN,
    "Bopo": _HAN,
    "Yiii": ("Noto Sans Yi",),
    "Zyyy": _SIGNS,
}
"""Families known to set a script (ISO 15924) well, the best first. `packages` says where Debian has them."""

_SHARED = frozenset(("Zyyy", "Zinh", "Zzzz"))
"""Signs and accents that several scripts use, by the property Script (Unicode Standard Annex 24)."""

_MIXED = frozenset(("Hani", "Hira", "Kana", "Bopo", "Hang", "Latn", *_SHARED))
"""Scripts whose letters may come from two families in one word: they do not join, or the second one has but few."""


WHOLE = frozenset((*_MIXED, "Grek", "Cyrl", "Arab", "Hebr"))
"""Scripts whose letters HarfBuzz draws as they are, where a font has them."""


def fall_back(
    used: Iterable[str],
    setter: Callable[[str], str],
    installed: Callable[[], Mapping[str, frozenset[int]]],
    asked: Sequence[str] = (),
) -> tuple[tuple[Fallback, ...], frozenset[str]]:
    """The families for what a book's own lack, in the order in which text is looked up in them; and what none has.

    Where no family of the book's sets all letters of a script, one that has them all does, if there is one: a word of
    two fonts looks broken, and Arabic is.

    Args:
        used: the characters that the book prints.
        setter: the family that sets a character without this; empty where none does.
        installed: gives the families there are, with their code points; asked only where something is lacking.
        asked: families that come first.
    """
    groups: dict[str, set[str]] = {}
    letters = frozenset(used)
    present = {script_of(character) for character in letters}
    for character in letters:
        groups.setdefault(_group(character, present), set()).add(character)
    chosen: dict[str, set[str]] = {}
    missing: set[str] = set()
    for script in sorted(groups):
        setters = {setter(character) for character in groups[script]}
        if "" not in setters and (script in _MIXED or len(setters) == 1):
            continue
        lacking = {character for character in groups[script] if not setter(character)}
        there = installed()
        families = _order(script, there, asked)
        shares = (
            [*_parts(lacking, [name for name in asked if name in there], there)] if script in _MIXED else []
        )
        left = lacking.difference(*(characters for _, characters in shares))
        shares += _shares(groups[script] if script not in _MIXED else left, left, families, there)
        for family, characters in shares:
            chosen.setdefault(family, set()).update(characters)
            lacking -= characters
        missing |= lacking
    order = sorted(
        chosen, key=lambda family: (list(asked).index(family) if family in asked else len(asked), family)
    )
    return tuple(Fallback(family, frozenset(chosen[family])) for family in order), frozenset(missing)


def script_of(character: str) -> str:
    """A character's script as ISO 15924 has it: ``Arab``; ``Zyyy`` or ``Zinh`` where several share it."""
    found: str = scripts.script(character)
    return found


def _group(character: str, present: set[str]) -> str:
    """The script whose letters a character must look like: an Arabic comma goes with the Arabic letters of the text."""
    own = script_of(character)
    if own not in _SHARED:
        return own
    with_it = sorted((scripts.script_extension(character) - _MIXED) & present)
    return str(with_it[0]) if with_it else "Zyyy"


def _order(script: str, there: Mapping[str, frozenset[int]], asked: Sequence[str]) -> tuple[str, ...]:
    order = dict.fromkeys([*asked, *_BY_SCRIPT.get(script, ()), *_GENERAL, *_SIGNS, *there])
    return tuple(family for family in order if family in there)


def _shares(
    whole: set[str], lacking: set[str], families: Sequence[str], there: Mapping[str, frozenset[int]]
) -> Iterable[tuple[str, set[str]]]:
    """Who sets what: one family all of it, or else each what those before it do not have."""
    for family in families if whole else ():
        if all(ord(character) in there[family] for character in whole):
            return [(family, set(whole))]
    return _parts(lacking, families, there)


def _parts(
    lacking: set[str], families: Sequence[str], there: Mapping[str, frozenset[int]]
) -> Iterable[tuple[str, set[str]]]:
    left = set(lacking)
    for family in families:
        found = {character for character in left if ord(character) in there[family]}
        if found:
            yield family, found
            left -= found
