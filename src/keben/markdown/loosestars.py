"""Strong text with spaces inside its stars: ``** 粗 **``, ``**粗： **说明``, which CommonMark prints with the stars.

Where the stars of a paragraph pair up in order, each pair has Chinese in it, and one of them such a space, all of them
are strong: the space was meant for the eye. A power (``2 ** 3 ** 4``) has no Chinese in it.
"""

import re
from collections.abc import Mapping

from keben.core.patterns import later

LOOSE_STARS = "loose-stars"
"""The parser's option that such stars count."""

BLANK = " \t\u3000\u00a0"
_CODE = later(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\$[^$\n]+\$|<[A-Za-z/!][^<>]*>", re.DOTALL)
_STARS = later(r"(?<!\*)\*\*(?!\*)")
_CHINESE = later("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def loose_pairs(text: str) -> Mapping[int, bool]:
    """Where the pairs of stars stand in a paragraph that CommonMark would not read so; whether each begins a pair."""
    if not any(f"**{blank}" in text or f"{blank}**" in text for blank in BLANK):
        return {}
    opaque = [match.span() for match in _CODE.finditer(text)]
    stars = [
        match.start()
        for match in _STARS.finditer(text)
        if not any(start <= match.start() < end for start, end in opaque)
    ]
    pairs = list(zip(stars[::2], stars[1::2], strict=False))
    inner = [text[start + 2 : end] for start, end in pairs]
    if len(stars) % 2 or not all(piece.strip(BLANK) and _CHINESE.search(piece) for piece in inner):
        return {}
    if all(piece == piece.strip(BLANK) for piece in inner):
        return {}
    return {place: begins for pair in pairs for place, begins in zip(pair, (True, False), strict=True)}
