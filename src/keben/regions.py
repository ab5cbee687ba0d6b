"""What differs in books from one region of Chinese to another, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass

from keben import language


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters that a region's books, fonts and readers can be trusted to know."""

    name: str
    codec: str
    """Python's."""


@dataclass(frozen=True, slots=True)
class Region:
    """How a region's books are set, as far as it is not as everywhere."""

    common: CharacterSet


REGIONS: Mapping[str, Region] = {
    "CN": Region(CharacterSet("GB 2312", "gb2312")),
    "TW": Region(CharacterSet("Big5", "big5")),
    "HK": Region(CharacterSet("Big5-HKSCS", "big5hkscs")),
}
"""By the region of a canonical language tag."""


def region_of(tag: str) -> Region:
    """The region of a canonical language tag."""
    return REGIONS[language.region(tag)]
