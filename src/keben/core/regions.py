"""What differs in books from one region of Chinese to another, in one place."""

from collections.abc import Mapping

from keben.core import language
from keben.core.edition import Interpunct, Quotes
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class CharacterSet:
    """The characters that a region's books, fonts and readers can be trusted to know."""

    name: str
    codec: str
    """Python's."""


@dataclass(frozen=True, slots=True)
class Region:
    """How a region's books are set, as far as it is not as everywhere.

    Which fonts have a region's glyphs is in `keben.typeset.fonts`, what converts to its words in `keben.script`.
    """

    quotes: Quotes
    """What an edition has where it does not say (CLREQ 5.2)."""
    interpunct: Interpunct
    """What the dot of foreign names becomes in an edition that is converted from another region's text."""
    centred_stops: bool
    """。，、；：！？ stand in the middle of their em, and not in its corner (CLREQ 5.1)."""
    common: CharacterSet
    copyright_rows: tuple[str, ...]
    """The rows of the copyright page, in their order. Mainland: GB/T 12450—2001, 5.2; elsewhere as publishers have it
    (Taiwan's 出版 needs 著作人, 發行人, 出版者, 地址, date and edition on it)."""


_CN_ROWS = (
    "title credits series editors proofreaders designers supervisors publisher address postcode phone website email "
    "distributor printer format sheets words edition printing copies numbers price"
)
_TW_ROWS = (
    "title series credits issuer editors proofreaders designers supervisors publisher address postcode phone fax email "
    "website distributor printer format edition price numbers"
)
_HK_ROWS = (
    "title series credits issuer editors proofreaders designers supervisors publisher address phone fax email website "
    "distributor printer edition printing format numbers price"
)

REGIONS: Mapping[str, Region] = {
    "CN": Region("curly", "·", False, CharacterSet("GB 2312", "gb2312"), tuple(_CN_ROWS.split())),
    "TW": Region("corner", "keep", True, CharacterSet("Big5", "big5"), tuple(_TW_ROWS.split())),
    "HK": Region("corner", "keep", True, CharacterSet("Big5-HKSCS", "big5hkscs"), tuple(_HK_ROWS.split())),
}
"""By the region of a canonical language tag."""


def region_of(tag: str) -> Region:
    """The region of a language tag: of one that ``book.toml`` may use, else of its script."""
    usual = "zh-Hant-TW" if "hant" in tag.lower() else "zh-Hans-CN"
    return REGIONS[language.region(language.canonical(tag) or usual)]
