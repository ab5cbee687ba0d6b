"""Where stores say what they want, as it was read in November 2026."""

from typing import Literal

from keben.core.saying import wording
from keben.core.values import dataclass

Known = Literal["read", "copy", "passed on"]
"""How a rule is known: read where its maker publishes it, read in somebody's copy, or from what others say of it."""


@dataclass(frozen=True, slots=True)
class StoreSource:
    """Where a store says what it wants, as it was read in November 2026."""

    title: str
    url: str
    known: Known = "read"

    @property
    def cited(self) -> str:
        """What a message calls it."""
        if self.known == "read":
            return self.title
        if self.known == "copy":
            return wording("{title} (a copy)", title=self.title)
        return wording("{title} (passed on)", title=self.title)


_APPLE = "https://help.apple.com/itc/booksassetguide/en.lproj"
APPLE_PICTURES = StoreSource(wording("Apple Books Asset Guide, images"), f"{_APPLE}/itca71ad3c33.html")
APPLE_DIRECTIONS = StoreSource(
    wording("Apple Books Asset Guide, Text Directions"), f"{_APPLE}/itc7e9ec52f7.html"
)
APPLE_PROGRESSION = StoreSource(
    wording("Apple Books Asset Guide, Page Progression Direction"), f"{_APPLE}/itc078b6673e.html"
)
APPLE_BOOK = StoreSource(
    wording("Apple Books for Publishers, Prepare your book"),
    "https://itunespartner.apple.com/books/support/9-prepare-book",
)
APPLE_COVER = StoreSource(
    wording("Apple's rule for covers, as a distributor has it"),
    "https://help.inscribedigital.com/support/solutions/articles/26000012882-cover-images-for-retailer-websites-and-marketing",
    "passed on",
)
APPLE_FONTS = StoreSource(
    wording("Apple Books Asset Guide, fonts, as wikimedia/ws-export quotes it"),
    "https://github.com/wikimedia/ws-export/pull/296",
    "passed on",
)
APPLE_NOTES = StoreSource(
    wording("what readers of Apple Books found"),
    "https://digglife.net/articles/epub-pop-up-footnote.html",
    "passed on",
)
_KDP = "https://kdp.amazon.com/en_US/help/topic"
KDP_COVER = StoreSource(wording("Kindle Publishing Guidelines, cover image"), f"{_KDP}/G6GTK3T3NUHKLEFX")
KDP_PICTURES = StoreSource(wording("Kindle Publishing Guidelines, images"), f"{_KDP}/G75V4YX5X8GRGXWV")
KDP_TEXT = StoreSource(
    wording("KDP Help, text guidelines"), "https://kdp.amazon.com/help?topicId=A1KSPVAI36UUC1"
)
_SCRIBD = "https://www.scribd.com/document"
KINDLE_SVG = StoreSource(
    wording("Kindle Publishing Guidelines 2019, SVG"), f"{_SCRIBD}/409219928/011", "copy"
)
KINDLE_TEXT = StoreSource(
    wording("Kindle Publishing Guidelines 2019, 9.3.2"), f"{_SCRIBD}/409178213/006", "copy"
)
KINDLE_LEVELS = StoreSource(
    wording("Kindle Publishing Guidelines 2019.2, 5.2"),
    "https://www.mobileread.com/forums/showpost.php?p=3943590&postcount=14",
    "passed on",
)
KINDLE_NCX = StoreSource(
    wording("Kindle Publishing Guidelines 2019, 5.2"), f"{_SCRIBD}/409172565/004", "copy"
)
KOBO = StoreSource("Kobo ePub Guidelines", "https://github.com/kobolabs/epub-spec")
GOOGLE = StoreSource(
    wording("Google Play Books Partner Help, EPUB files"),
    "https://support.google.com/books/partner/answer/3316879",
)
GOOGLE_FILES = StoreSource(
    wording("Google Play Books Partner Help, files"),
    "https://support.google.com/books/partner/answer/3424254",
)
TDPF = StoreSource("台灣 EPUB 3 製作指引 1.0 (TDPF)", "https://github.com/dpublishing/epub3guide")
DUOKAN = StoreSource(
    wording("多看电子书规范扩展, as others keep it"),
    "https://saudadez21.github.io/novel-downloader/notes/duokan_epub",
    "passed on",
)
