"""Which families set which region, by the role of the text: the tables of what serves.

The families are named outright: the generic names ``serif`` and ``sans-serif`` give a Japanese face on many machines.
"""

from collections.abc import Mapping
from typing import Literal

Role = Literal["serif", "kai", "sans", "mono"]

ROLES: tuple[Role, ...] = ("serif", "kai", "sans", "mono")

GENERIC: Mapping[str, Role] = {
    "serif": "serif",
    "sans-serif": "sans",
    "monospace": "mono",
    "cursive": "kai",
    "var(--serif)": "serif",
    "var(--kai)": "kai",
    "var(--sans)": "sans",
    "var(--mono)": "mono",
}
"""The roles that a drawing asks for by CSS's generic names, or by the names that a theme has for them."""

FAMILIES: Mapping[str, Mapping[Role, tuple[str, ...]]] = {
    "CN": {
        "serif": ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC"),
        "kai": ("LXGW WenKai", "AR PL UKai CN", "KaiTi", "Kaiti SC", "STKaiti"),
        "sans": ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC"),
        "mono": ("Noto Sans Mono CJK SC", "Sarasa Mono SC"),
    },
    "TW": {
        "serif": ("Noto Serif CJK TC", "Source Han Serif TC", "Source Han Serif TW", "Noto Serif TC"),
        "kai": (
            "LXGW WenKai TC",
            "LXGW WenKai",
            "AR PL UKai TW",
            "TW-Kai",
            "DFKai-SB",
            "BiauKai",
            "Kaiti TC",
        ),
        "sans": ("Noto Sans CJK TC", "Source Han Sans TC", "Source Han Sans TW", "Noto Sans TC"),
        "mono": ("Noto Sans Mono CJK TC", "Sarasa Mono TC"),
    },
    "HK": {
        "serif": (
            "Noto Serif CJK HK",
            "Source Han Serif HC",
            "Source Han Serif HK",
            "Noto Serif HK",
            "Noto Serif CJK TC",
            "Noto Serif TC",
        ),
        "kai": (
            "LXGW WenKai TC",
            "LXGW WenKai",
            "AR PL UKai HK",
            "TW-Kai",
            "DFKai-SB",
            "BiauKai",
            "Kaiti TC",
        ),
        "sans": (
            "Noto Sans CJK HK",
            "Source Han Sans HC",
            "Source Han Sans HK",
            "Noto Sans HK",
            "Noto Sans CJK TC",
        ),
        "mono": ("Noto Sans Mono CJK HK", "Noto Sans Mono CJK TC", "Sarasa Mono HC"),
    },
}
"""For each region and role the families that serve, the best first. Only the serif must be there."""

BESIDE_LATIN = frozenset[Role](("serif", "kai"))
"""The roles whose Latin text the book's Latin family sets. A sans and code have letters that go with them."""

MAINLAND_MARKS = ("LXGW WenKai",)
"""Of the families that serve Taiwan and Hong Kong, those whose stops sit in the corner, as on the mainland (CLREQ
5.1): the serif's marks stand between their characters."""

CHARACTERS = "U+2E80-2FDF, U+3005-3007, U+3021-3029, U+3038-303B, U+3400-9FFF, U+F900-FAFF, U+20000-323AF"
MARKS = "U+3000-3004, U+3008-3020, U+3030-3037, U+303D-303F, U+FE30-FE4F, U+FF00-FFEF"
"""What a 楷体 lends, as CSS writes ranges. Its “ ”, ‘ ’, — and … are not among it: in many they are as narrow as
Latin ones."""

OTHERS = ("Noto Serif", "DejaVu Serif", "FreeSerif", "Liberation Serif")
"""One of these sets the letters and signs that the Chinese faces lack; for what it lacks too, see `fallback`."""
