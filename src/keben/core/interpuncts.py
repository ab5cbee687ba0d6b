"""The dots that stand between the parts of a foreign name (间隔号), whatever character a manuscript has for them.

GB/T 15834—2011, 4.13, has U+00B7; Taiwan's handbook of 2008 has U+2027. Much of what is printed in Taiwan and Hong Kong
has U+30FB or U+FF0E, and bullets come from keyboards and converters.
"""

import re
from collections.abc import Iterator

DOTS = "·‧・"
"""What stands in names, and nearly nowhere else."""

_BULLETS = "•∙⋅･"
_FULL_STOP = "．"
"""U+FF0E, which also stands after the number of a heading, and in decimals."""

ANY = DOTS + _BULLETS + _FULL_STOP
"""All of them."""

_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_COUNTS = "〇零一二三四五六七八九十百千萬万兩两廿卅甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

_USUAL = re.compile(rf"(?<=[^\x00-\x7f])[{DOTS}](?=[^\x00-\x7f])")
_IN_NAMES = re.compile(rf"(?<=[{_HAN}])[{_BULLETS}{_FULL_STOP}](?=[{_HAN}])")
_COUNT = re.compile(rf"(?:\A|[^{_HAN}])第?[{_COUNTS}]{{1,6}}\Z")
_LONGEST = 8
"""Characters before a full stop that are looked at."""


def odd_dots(text: str) -> Iterator[int]:
    """The offsets of bullets and of U+FF0E that stand between Chinese letters, and so between parts of a name."""
    for match in _IN_NAMES.finditer(text):
        if match[0] != _FULL_STOP or not _COUNT.search(
            text[max(0, match.start() - _LONGEST) : match.start()]
        ):
            yield match.start()


def dots(text: str) -> frozenset[int]:
    """The offsets of all dots of a text between characters that are no Latin and no digits."""
    return frozenset((*(match.start() for match in _USUAL.finditer(text)), *odd_dots(text)))
