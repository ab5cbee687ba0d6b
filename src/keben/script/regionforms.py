"""Forms in which an edition differs from what OpenCC prints for its region: 帳 in Taiwan, where OpenCC has 賬.

OpenCC's variants for a region are few. ``regions.tsv`` has what they lack, each row with its source. It is applied
last, to what OpenCC printed, and only where text is converted in context: ``segmentation = "opencc"`` is OpenCC alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

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
    """OpenCC's form → the region's. Equal forms keep a word from shorter entries."""
    pattern: re.Pattern[str]

    def apply(self, text: str) -> str:
        """What OpenCC printed, in the region's forms; the longest entry wins, from left to right."""
        return self.pattern.sub(lambda match: self.forms[match[0]], text)

    def matches(self, text: str) -> Iterator[tuple[int, int, str]]:
        """The entries in a text that OpenCC printed: start, end and the region's form."""
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.forms[match[0]]


@cache
def region_forms(name: str) -> RegionForms:
    """The forms that follow an OpenCC configuration; none for one that ends in OpenCC's own standard.

    Kept for the life of the process.
    """
    region = next((region for region, names in _REGIONS if names.fullmatch(name)), "")
    forms = {found: form for row, found, form, _ in table_rows(TABLES[0]) if row == region}
    longest = sorted(forms, key=lambda found: (-len(found), found))
    return RegionForms(forms, re.compile("|".join(map(re.escape, longest)) if longest else "(?!)"))
