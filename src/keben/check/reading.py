"""What counts when two texts are compared."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from keben.characters import RIGHT_TO_LEFT, UNSEEN, has_rtl, unmirrored

_IGNORED = re.compile(rf"(?:\s|{UNSEEN.pattern})+")
_LINE_END_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""What PDFium makes of a hyphen at the end of a line."""

_HYPHENS = re.compile("[-\u2010]+")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]+")

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
    mirrored: bool = False
    """Whether a closing bracket counts as an opening one: beside words that are read from right to left, a reader of
    PDFs gives one for the other."""

    @classmethod
    def of(cls, styles: Iterable[str], marked: str = "", texts: Iterable[str] = ()) -> "Reading":
        """The reading of some texts, set with some style sheets."""
        text = "\n".join(styles)
        return cls(
            "text-transform" in text,
            bool(re.search(r"\bhyphens\s*:\s*(auto|manual)", text)),
            frozenset(marked),
            any(map(has_rtl, texts)),
        )

    def __call__(self, text: str) -> str:
        """The text in the form that is compared."""
        text = _piles().sub(_each_once, _IGNORED.sub("", text)).translate(_LINE_END_HYPHENS)
        text = _COMPOSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        if self.mirrored:
            text = unmirrored(text)
        if self.folded:
            text = unicodedata.normalize("NFKC", text).casefold()
        if self.hyphenated:
            text = _HYPHENS.sub("", text)
        if self.marked:
            text = "".join(MARKED if character in self.marked else character for character in text)
        return _RIGHT_TO_LEFT.sub(lambda match: "".join(sorted(match[0])), text)


@cache
def _piles() -> re.Pattern[str]:
    """Several marks over or under one letter (Unicode's General_Category M)."""
    last = 0x1F000
    marks = [code for code in range(0x300, last) if unicodedata.category(chr(code))[0] == "M"]
    starts = [code for code, before in zip(marks, [0, *marks], strict=False) if code != before + 1]
    ends = [code for code, after in zip(marks, [*marks[1:], last], strict=True) if code != after - 1]
    ranges = "".join(f"{chr(first)}-{chr(end)}" for first, end in zip(starts, ends, strict=True))
    return re.compile(f"[{ranges}]{{2,}}")


def _each_once(pile: re.Match[str]) -> str:
    """Marks, each once: PDFium takes a glyph that is drawn again in its place for a bold one."""
    return "".join(dict.fromkeys(pile[0]))
