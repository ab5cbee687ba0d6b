"""Signs that Chinese fonts have as wide as a character: □ ★ → and others, whose width depends on the font.

Unicode calls their width ambiguous (Standard Annex 11): they are wide among Chinese and narrow among Latin letters.
"""

from collections.abc import Callable, Iterator

from keben.core.patterns import later

_SYMBOL = later("[\u00b1\u00d7\u00f7\u2100-\u214f\u2190-\u22ff\u2460-\u27bf\u2b00-\u2bff]")
_LETTER = later("[0-9A-Za-z\u00c0-\u024f]")

_NEAR = 0.03
"""How near to an em a width is that is taken for one, in em."""


def full_width_symbols(text: str, em: float, measure: Callable[[str], float]) -> Iterator[int]:
    """The signs in a text that are as wide as a character in the font that sets them, by their places.

    One between two letters or digits, as in 3×4, belongs to what it stands in.
    """
    for match in _SYMBOL.finditer(text):
        at = match.start()
        if _LETTER.match(text[at - 1 : at]) and _LETTER.match(text[at + 1 : at + 2]):
            continue
        if abs(measure(match[0]) - em) <= _NEAR * em:
            yield at
