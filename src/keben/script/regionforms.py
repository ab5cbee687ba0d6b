"""Forms in which an edition differs from what OpenCC prints for its region: 帳 in Taiwan, where OpenCC has 賬.

OpenCC's variants for a region are few. ``regions.tsv`` has what they lack, each row with its source. It is applied
last, to what OpenCC printed, and only where text is converted in context: ``segmentation = "opencc"`` is OpenCC alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from keben.core.values import dataclass
from keben.script.tables import table_rows

TABLES = ("regions.tsv",)

_REGIONS = (
    ("TW", re.compile(r"[st]2twp?|t2tw")),
    ("HK", re.compile(r"[st]2hkp?|t2hk")),
    ("CN", re.compile(r"(?:tw|hk)2sp?")),
)


@dataclass(frozen=True, slots=True)
class RegionForms:
    """The forms of one region. Each is as long as OpenCC's, so offsets stay as they are."""

    forms: Mapping[str, str]
    """OpenCC's form → the region's."""
    pattern: re.Pattern[str]
    """Any of OpenCC's forms; where several begin at one place, the longest."""
    kept: re.Pattern[str]
    """Words that stay: no form that overlaps one of them is replaced. 买帐 is 买账, but 买帐篷 stays."""

    def apply(self, text: str) -> str:
        """What OpenCC printed, in the region's forms."""
        pieces, done = [], 0
        for start, end, form in self.matches(text):
            pieces += [text[done:start], form]
            done = end
        return "".join((*pieces, text[done:])) if pieces else text

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The forms to be replaced in a text that OpenCC printed: start, end and the region's form."""
        found = [*self.pattern.finditer(text)]
        kept = [match.span() for match in self.kept.finditer(text)] if found else []
        for match in found:
            start, end = match.span()
            if not any(first < end and start < last for first, last in kept):
                yield start, end, self.forms[match[0]]


@cache
def region_forms(name: str) -> RegionForms:
    """The forms that follow an OpenCC configuration; none for one that ends in OpenCC's own standard.

    Kept for the life of the process.
    """
    region = next((region for region, names in _REGIONS if names.fullmatch(name)), "")
    rows = [(found, form) for row, found, form, _ in table_rows(TABLES[0]) if row == region]
    forms = {found: form for found, form in rows if found != form}
    return RegionForms(forms, _any_of(forms), _any_of(found for found, form in rows if found == form))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) if longest_first else "(?!)")
