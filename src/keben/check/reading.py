"""What counts when two texts are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from keben.core.characters import RIGHT_TO_LEFT, UNSEEN, has_rtl, unmirrored
from keben.core.values import dataclass

_IGNORED = re.compile(rf"(?:\s|{UNSEEN.pattern})+")
_MAYBE_PILES = re.compile(
    "[^\0-\u02ff\u2010-\u20cf\u2100-\u3029\u3030-\u3098\u309b-\ua66e\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff]{2,}"
)
"""Where marks may stand one over another; here the commonest characters do not."""

_LINE_END_HYPHENS = ("\x02", "\ufffe")
"""What PDFium makes of a hyphen at the end of a line."""

_HYPHENS = re.compile("[-\u2010]+")
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]+")

_LIGATURES = re.compile("[\ufb00-\ufb06]")
"""Latin ligatures, which PDFium takes apart."""

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
        text = _IGNORED.sub("", text)
        for hyphen in _LINE_END_HYPHENS:
            text = text.replace(hyphen, "-")
        if self.hyphenated:
            text = _HYPHENS.sub("", text)
        text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        if not unicodedata.is_normalized("NFD", text):
            text = _MAYBE_PILES.sub(_in_canonical_order, _apart(text))
        if self.mirrored:
            text = unmirrored(text)
        if self.folded:
            text = unicodedata.normalize("NFKC", text).casefold()
            if self.hyphenated:
                # Hyphens of other widths are hyphens now.
                text = _HYPHENS.sub("", text)
        if self.marked:
            text = "".join(MARKED if character in self.marked else character for character in text)
        return _RIGHT_TO_LEFT.sub(lambda match: "".join(sorted(match[0])), text)

    def again(self, texts: Sequence[str]) -> str:
        """Texts that are in this form already, as one text in it: what stands in two of them may go together there."""
        text = "".join(texts)
        borders = _BETWEEN.join(
            [f"{before[-1:]}{after[:1]}" for before, after in pairwise(filter(None, texts))]
        )
        goes_together = (
            self.folded or self.mirrored or _MAYBE_PILES.search(borders) or _RIGHT_TO_LEFT.search(borders)
        )
        return self(text) if goes_together else text

    def each(self, texts: Sequence[str], known: Mapping[str, str] = MappingProxyType({})) -> list[str]:
        """The same of many texts, all at once. ``known``: some that were read already."""
        unknown = [text for text in texts if text not in known]
        if not unknown:
            return [known[text] for text in texts]
        found = self(_BETWEEN.join(unknown)).split(_BETWEEN)
        if len(found) != len(unknown):
            found = list(map(self, unknown))
        if len(unknown) == len(texts):
            return found
        coming = iter(found)
        return [known[text] if text in known else next(coming) for text in texts]


_BETWEEN = "\x01"
"""Stands in no text of a book, and nothing goes together with it."""


class _Apart(dict[int, str]):
    """Each letter with its marks apart, as a font draws some; a character that is only another name of one stays.

    So 豈 (U+F900) is not 豈 (U+8C48), though Unicode calls them equal.
    """

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", chr(code))
        self[code] = apart if len(apart) > 1 else chr(code)
        return self[code]


_APART = _Apart()


_MAYBE_APART = re.compile(
    "[^\0-\xbf\u2010-\u20cf\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Among these are all letters with marks (Unicode 16, UnicodeData.txt), and few characters of a Chinese text."""

_MANY = 100
"""Different characters; of so many a table is faster."""


def _apart(text: str) -> str:
    """A text with each letter's marks apart."""
    letters = [letter for letter in set(_MAYBE_APART.findall(text)) if _APART[ord(letter)] != letter]
    if len(letters) > _MANY:
        return text.translate(_APART)
    for letter in letters:
        text = text.replace(letter, _APART[ord(letter)])
    return text


def _in_canonical_order(text: re.Match[str]) -> str:
    """Marks by their classes, which tell where each stands on its letter (Unicode 16, 3.11)."""
    found: list[str] = []
    marks: list[str] = []
    for character in text[0]:
        if unicodedata.combining(character):
            marks.append(character)
            continue
        found += sorted(marks, key=unicodedata.combining)
        found.append(character)
        marks.clear()
    return "".join((*found, *sorted(marks, key=unicodedata.combining)))
