"""What counts when two texts are compared."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from keben.characters import DEFAULT_IGNORABLE


def _ranges(characters: Iterable[str]) -> str:
    """Characters as the inside of a pattern's class, in ranges: a class of thousands is slow."""
    spans: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


_IGNORED = re.compile(f"[\\s{_ranges(DEFAULT_IGNORABLE)}]+")
_LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium makes of a hyphen at the end of a line."""

_HYPHENS = re.compile("[-\u2010]+")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]+"
)

_COMPOSED = re.compile("[^\u0300-\u036f][\u0300-\u036f\u3099\u309a]+|[\ufb00-\ufb06]")
"""A letter with its accents, which a font may have as one glyph; a ligature, which PDFium takes apart."""

MARKED = "〓"
"""What a draft prints for a character that no font has."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read: characters as they are, without white space and what is never seen.

    Words that are read from right to left are known by their letters, not by their order: whether a PDF gives them as
    they are read or as they stand is each reader's own.
    """

    folded: bool = False
    """Whether capitals and widths do not count: a style changes them."""
    hyphenated: bool = False
    """Whether hyphens do not count: a style divides words."""
    marked: frozenset[str] = frozenset()
    """Characters for which a draft prints `MARKED`."""

    @classmethod
    def of(cls, styles: Iterable[str], marked: str = "") -> "Reading":
        """The reading of what is set with some style sheets."""
        text = "\n".join(styles)
        return cls(
            "text-transform" in text,
            bool(re.search(r"\bhyphens\s*:\s*(auto|manual)", text)),
            frozenset(marked),
        )

    def __call__(self, text: str) -> str:
        """The text in the form that is compared."""
        text = _IGNORED.sub("", text).translate(_LINE_END_HYPHENS)
        text = _COMPOSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        if self.folded:
            text = unicodedata.normalize("NFKC", text).casefold()
        if self.hyphenated:
            text = _HYPHENS.sub("", text)
        if self.marked:
            text = "".join(MARKED if character in self.marked else character for character in text)
        return _RIGHT_TO_LEFT.sub(lambda match: "".join(sorted(match[0])), text)
