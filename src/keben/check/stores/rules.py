"""Stores' rules as data: which stores have each, where they say it, and what cannot be looked at from outside.

A rule that a store refuses files for is an ``error``; what it advises against is a ``warning``; what its readers'
programs only show otherwise is a ``notice``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from keben.check.stores import looking
from keben.check.stores.looking import Look
from keben.core.ebook import StoreName
from keben.core.errors import Severity


@dataclass(frozen=True, slots=True)
class StoreSource:
    """Where a store says what it wants."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoreRule:
    """One thing that a store wants."""

    code: str
    says: str
    """What is so where nothing is wrong."""
    source: StoreSource
    look: Look
    advice: str
    severity: Severity = "error"


APPLE = StoreSource("Apple Books Asset Guide 5.3", "https://help.apple.com/itc/booksassetguide/")
KINDLE = StoreSource(
    "Amazon Kindle Publishing Guidelines",
    "https://kindlegen.s3.amazonaws.com/AmazonKindlePublishingGuidelines.pdf",
)
KDP = StoreSource("KDP Help, eBook cover image", "https://kdp.amazon.com/help/topic/G200645690")
KOBO = StoreSource("Kobo ePub Guidelines", "https://github.com/kobolabs/epub-spec")
GOOGLE = StoreSource(
    "Google Play Books Partner Help, EPUB files", "https://support.google.com/books/partner/answer/3316879"
)
GOOGLE_FILES = StoreSource(
    "Google Play Books Partner Help, files", "https://support.google.com/books/partner/answer/3424254"
)
TDPF = StoreSource("台灣數位出版聯盟 (TDPF), EPUB 3 製作指引")
READERS = StoreSource("多看电子书规范扩展, as makers of its files pass it on")
TRADE = StoreSource("no public rules: what every store asks for")

_RGB = "Save it in RGB."
_SMALLER = "Take a smaller one."
_CONVERT = "Save it as JPEG or PNG."

_COVER = ("cover", "the package names its cover", looking.has_cover, "Name one: cover in [book].")
_NAMES = (
    "ascii-names",
    "files are named in ASCII",
    looking.ascii_names,
    "Rename it in ASCII.",
)
_FOUR_KINDS = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")

_OF_THE_TRADE = (
    StoreRule(
        "catalogue",
        "title, author and publisher are named",
        TRADE,
        looking.described,
        "Write it in [book].",
        "warning",
    ),
    StoreRule("rgb", "pictures are in RGB or grey", TRADE, looking.no_cmyk, _RGB, "warning"),
)
"""What is usual where a store has no public rules."""

RULES: Mapping[StoreName, tuple[StoreRule, ...]] = {
    "apple": (
        StoreRule(_COVER[0], _COVER[1], APPLE, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            "the cover has 1400 pixels on its shorter side",
            APPLE,
            looking.cover_of_size(1400),
            "Take a larger one: 1600 × 2560 pixels are right.",
            "warning",
        ),
        StoreRule("rgb", "pictures are in RGB or grey", APPLE, looking.no_cmyk, _RGB),
        StoreRule(
            "pixels",
            "pictures in the text have 5.6 million pixels at most",
            APPLE,
            looking.pixels(5_600_000),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "writing-mode",
            "writing modes are those of html and body",
            APPLE,
            looking.direction_on_roots,
            "Set it on html, and turn single characters by text-combine-upright.",
            "warning",
        ),
        StoreRule(
            "specified-fonts",
            "a book with fonts says so",
            APPLE,
            looking.told_fonts,
            "Build it again: Keben says it of itself.",
            "warning",
        ),
        StoreRule(
            "asides",
            "notes are asides, which pop up",
            APPLE,
            looking.notes_in_asides,
            "Leave the theme's notes as asides.",
            "warning",
        ),
    ),
    "kindle": (
        StoreRule(_COVER[0], _COVER[1], KINDLE, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            "the cover has 1000 pixels on its longer side",
            KDP,
            looking.cover_of_size(1000, 10_000, longer=True),
            "1600 × 2560 pixels are right.",
        ),
        StoreRule(
            "kinds",
            "pictures are JPEG, PNG, GIF or SVG",
            KINDLE,
            looking.pictures_of_kinds(*_FOUR_KINDS),
            _CONVERT,
        ),
        StoreRule(
            "picture-bytes",
            "pictures have 5 MB at most",
            KINDLE,
            looking.picture_bytes(5),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "svg-text",
            "drawings hold no text",
            KINDLE,
            looking.no_svg_text,
            "Draw the chart as a picture for this store.",
            "warning",
        ),
        StoreRule(
            "svg-numbers",
            "drawings' sizes are whole numbers",
            KINDLE,
            looking.whole_numbers_in_svg,
            "Round them in the drawing.",
            "warning",
        ),
        StoreRule(
            "svg-count",
            "there are 25 drawings at most",
            KINDLE,
            looking.few_drawings(25),
            "With more, Enhanced Typesetting is off: take pictures.",
            "warning",
        ),
        StoreRule(
            "line-height",
            "the text has the reader's line height",
            KINDLE,
            looking.own_line_height,
            "Leave it out of the theme's epub.css.",
            "notice",
        ),
        StoreRule("ncx", "the contents are there as an NCX", KINDLE, looking.has_ncx, "Build it again."),
        StoreRule(
            "levels",
            "the contents have two levels",
            KINDLE,
            looking.shallow_contents(2),
            "The third is reached through the second.",
            "notice",
        ),
    ),
    "kobo": (
        StoreRule(_COVER[0], _COVER[1], KOBO, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-alone",
            "the cover has a page of its own",
            KOBO,
            looking.cover_alone,
            "Take the text off the cover's page.",
            "warning",
        ),
        StoreRule("rgb", "pictures are in RGB or grey", KOBO, looking.no_cmyk, _RGB),
        StoreRule("opaque", "pictures are opaque", KOBO, looking.opaque, "Give it a ground.", "warning"),
        StoreRule(
            "picture-bytes", "pictures have 5 MB at most", KOBO, looking.picture_bytes(5), _SMALLER, "warning"
        ),
        StoreRule(
            "page-bytes",
            "pages have 10 MB at most",
            KOBO,
            looking.page_bytes(10_000),
            "Part the chapter.",
            "warning",
        ),
        StoreRule(
            "whole-bytes", "the file has 1 GB at most", KOBO, looking.whole_bytes(1024), _SMALLER, "warning"
        ),
        StoreRule(
            "columns",
            "tables have four columns at most",
            KOBO,
            looking.table_columns(4),
            "Look at it on a small reader.",
            "notice",
        ),
        StoreRule(_NAMES[0], _NAMES[1], KOBO, _NAMES[2], _NAMES[3], "warning"),
    ),
    "google": (
        StoreRule(_COVER[0], _COVER[1], GOOGLE_FILES, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            "the cover has 640 to 7200 pixels on a side",
            GOOGLE_FILES,
            looking.cover_of_size(640, 7200),
            "1600 × 2560 pixels are right.",
        ),
        StoreRule(
            "kinds",
            "pictures are JPEG, PNG, GIF or SVG",
            GOOGLE,
            looking.pictures_of_kinds(*_FOUR_KINDS),
            _CONVERT,
        ),
        StoreRule("still", "no picture moves", GOOGLE, looking.still, "Take a still one."),
        StoreRule(
            "svg-side",
            "drawings are 3200 wide and high at most",
            GOOGLE,
            looking.svg_side(3200),
            "Draw it smaller.",
        ),
        StoreRule(
            "whole-bytes", "the file has 2 GB at most", GOOGLE_FILES, looking.whole_bytes(2047), _SMALLER
        ),
        StoreRule(
            "isbn",
            "it has an ISBN, which is not the printed book's",
            GOOGLE_FILES,
            looking.has_isbn,
            "Write isbn.epub; without one, Google gives the book a GGKEY.",
            "notice",
        ),
    ),
    "readmoo": (
        StoreRule(_COVER[0], _COVER[1], TDPF, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-name",
            "the cover's file is called cover.jpg",
            TDPF,
            looking.cover_named,
            "Build it again.",
            "warning",
        ),
        StoreRule(_NAMES[0], _NAMES[1], TDPF, _NAMES[2], _NAMES[3]),
        StoreRule("rgb", "pictures are in RGB or grey", TDPF, looking.no_cmyk, _RGB),
        StoreRule(
            "pixels",
            "pictures in the text have 3.5 million pixels at most",
            TDPF,
            looking.pixels(3_500_000),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "page-bytes",
            "pages have 256 kB at most",
            TDPF,
            looking.page_bytes(262),
            "Part the chapter: its longest table or list fills a file.",
            "warning",
        ),
        StoreRule("isbn-form", "an ISBN has no hyphens", TDPF, looking.bare_isbn, "Build it again."),
        StoreRule(
            "language",
            "it is in Taiwan's Chinese",
            TDPF,
            looking.taiwanese,
            "Send the edition for Taiwan.",
            "warning",
        ),
    ),
    "weread": (
        StoreRule(_COVER[0], _COVER[1], TRADE, _COVER[2], _COVER[3]),
        *_OF_THE_TRADE,
        StoreRule(
            "duokan",
            "notes carry the class duokan-footnote",
            READERS,
            looking.duokan_notes,
            'Say notes = "duokan" in [epub].',
            "warning",
        ),
        StoreRule("fonts", "nothing is obfuscated", TRADE, looking.plain_fonts, "Build it again.", "warning"),
    ),
    "bookwalker": (
        StoreRule(_COVER[0], _COVER[1], TRADE, _COVER[2], _COVER[3]),
        *_OF_THE_TRADE,
        StoreRule(_NAMES[0], _NAMES[1], TRADE, _NAMES[2], _NAMES[3], "warning"),
    ),
}
"""By store, in the order in which they are looked at."""

_EVERYWHERE = ("how it looks in the store's own programs", "contracts, prices, and what people there look at")

UNSEEN: Mapping[StoreName, tuple[str, ...]] = {
    "apple": ("what Transporter finds", *_EVERYWHERE),
    "kindle": ("what Kindle Previewer and the conversion to KFX make of it", *_EVERYWHERE),
    "kobo": ("what its old devices show (kepub)", *_EVERYWHERE),
    "google": ("the pages that Google makes of it", *_EVERYWHERE),
    "readmoo": ("what its quality control sees", *_EVERYWHERE),
    "weread": ("its rules for publishers, which are not public", *_EVERYWHERE),
    "bookwalker": ("its rules for publishers, which are not public", *_EVERYWHERE),
}
"""What cannot be looked at here, by store."""
