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
from keben.core.saying import wording


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
READERS = StoreSource(wording("多看电子书规范扩展, as makers of its files pass it on"))
TRADE = StoreSource(wording("no public rules: what every store asks for"))

_RGB = wording("Save it in RGB.")
_SMALLER = wording("Take a smaller one.")
_CONVERT = wording("Save it as JPEG or PNG.")

_COVER = (
    "cover",
    wording("the package names its cover"),
    looking.has_cover,
    wording("Name one: cover in [book]."),
)
_NAMES = (
    "ascii-names",
    wording("files are named in ASCII"),
    looking.ascii_names,
    wording("Rename it in ASCII."),
)
_FOUR_KINDS = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")

_OF_THE_TRADE = (
    StoreRule(
        "catalogue",
        wording("title, author and publisher are named"),
        TRADE,
        looking.described,
        wording("Write it in [book]."),
        "warning",
    ),
    StoreRule("rgb", wording("pictures are in RGB or grey"), TRADE, looking.no_cmyk, _RGB, "warning"),
)
"""What is usual where a store has no public rules."""

RULES: Mapping[StoreName, tuple[StoreRule, ...]] = {
    "apple": (
        StoreRule(_COVER[0], _COVER[1], APPLE, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            wording("the cover has 1400 pixels on its shorter side"),
            APPLE,
            looking.cover_of_size(1400),
            wording("Take a larger one: 1600 × 2560 pixels are right."),
            "warning",
        ),
        StoreRule("rgb", wording("pictures are in RGB or grey"), APPLE, looking.no_cmyk, _RGB),
        StoreRule(
            "pixels",
            wording("pictures in the text have 5.6 million pixels at most"),
            APPLE,
            looking.pixels(5_600_000),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "writing-mode",
            wording("writing modes are those of html and body"),
            APPLE,
            looking.direction_on_roots,
            wording("Set it on html, and turn single characters by text-combine-upright."),
            "warning",
        ),
        StoreRule(
            "specified-fonts",
            wording("a book with fonts says so"),
            APPLE,
            looking.told_fonts,
            wording("Build it again: Keben says it of itself."),
            "warning",
        ),
        StoreRule(
            "asides",
            wording("notes are asides, which pop up"),
            APPLE,
            looking.notes_in_asides,
            wording("Leave the theme's notes as asides."),
            "warning",
        ),
    ),
    "kindle": (
        StoreRule(_COVER[0], _COVER[1], KINDLE, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            wording("the cover has 1000 pixels on its longer side"),
            KDP,
            looking.cover_of_size(1000, 10_000, longer=True),
            wording("1600 × 2560 pixels are right."),
        ),
        StoreRule(
            "kinds",
            wording("pictures are JPEG, PNG, GIF or SVG"),
            KINDLE,
            looking.pictures_of_kinds(*_FOUR_KINDS),
            _CONVERT,
        ),
        StoreRule(
            "picture-bytes",
            wording("pictures have 5 MB at most"),
            KINDLE,
            looking.picture_bytes(5),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "svg-text",
            wording("drawings hold no text"),
            KINDLE,
            looking.no_svg_text,
            wording("Draw the chart as a picture for this store."),
            "warning",
        ),
        StoreRule(
            "svg-numbers",
            wording("drawings' sizes are whole numbers"),
            KINDLE,
            looking.whole_numbers_in_svg,
            wording("Round them in the drawing."),
            "warning",
        ),
        StoreRule(
            "svg-count",
            wording("there are 25 drawings at most"),
            KINDLE,
            looking.few_drawings(25),
            wording("With more, Enhanced Typesetting is off: take pictures."),
            "warning",
        ),
        StoreRule(
            "line-height",
            wording("the text has the reader's line height"),
            KINDLE,
            looking.own_line_height,
            wording("Leave it out of the theme's epub.css."),
            "notice",
        ),
        StoreRule(
            "ncx",
            wording("the contents are there as an NCX"),
            KINDLE,
            looking.has_ncx,
            wording("Build it again."),
        ),
        StoreRule(
            "levels",
            wording("the contents have two levels"),
            KINDLE,
            looking.shallow_contents(2),
            wording("The third is reached through the second."),
            "notice",
        ),
    ),
    "kobo": (
        StoreRule(_COVER[0], _COVER[1], KOBO, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-alone",
            wording("the cover has a page of its own"),
            KOBO,
            looking.cover_alone,
            wording("Take the text off the cover's page."),
            "warning",
        ),
        StoreRule("rgb", wording("pictures are in RGB or grey"), KOBO, looking.no_cmyk, _RGB),
        StoreRule(
            "opaque",
            wording("pictures are opaque"),
            KOBO,
            looking.opaque,
            wording("Give it a ground."),
            "warning",
        ),
        StoreRule(
            "picture-bytes",
            wording("pictures have 5 MB at most"),
            KOBO,
            looking.picture_bytes(5),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "page-bytes",
            wording("pages have 10 MB at most"),
            KOBO,
            looking.page_bytes(10_000),
            wording("Part the chapter."),
            "warning",
        ),
        StoreRule(
            "whole-bytes",
            wording("the file has 1 GB at most"),
            KOBO,
            looking.whole_bytes(1024),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "columns",
            wording("tables have four columns at most"),
            KOBO,
            looking.table_columns(4),
            wording("Look at it on a small reader."),
            "notice",
        ),
        StoreRule(_NAMES[0], _NAMES[1], KOBO, _NAMES[2], _NAMES[3], "warning"),
    ),
    "google": (
        StoreRule(_COVER[0], _COVER[1], GOOGLE_FILES, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-size",
            wording("the cover has 640 to 7200 pixels on a side"),
            GOOGLE_FILES,
            looking.cover_of_size(640, 7200),
            wording("1600 × 2560 pixels are right."),
        ),
        StoreRule(
            "kinds",
            wording("pictures are JPEG, PNG, GIF or SVG"),
            GOOGLE,
            looking.pictures_of_kinds(*_FOUR_KINDS),
            _CONVERT,
        ),
        StoreRule("still", wording("no picture moves"), GOOGLE, looking.still, wording("Take a still one.")),
        StoreRule(
            "svg-side",
            wording("drawings are 3200 wide and high at most"),
            GOOGLE,
            looking.svg_side(3200),
            wording("Draw it smaller."),
        ),
        StoreRule(
            "whole-bytes",
            wording("the file has 2 GB at most"),
            GOOGLE_FILES,
            looking.whole_bytes(2047),
            _SMALLER,
        ),
        StoreRule(
            "isbn",
            wording("it has an ISBN, which is not the printed book's"),
            GOOGLE_FILES,
            looking.has_isbn,
            wording("Write isbn.epub; without one, Google gives the book a GGKEY."),
            "notice",
        ),
    ),
    "readmoo": (
        StoreRule(_COVER[0], _COVER[1], TDPF, _COVER[2], _COVER[3]),
        StoreRule(
            "cover-name",
            wording("the cover's file is called cover.jpg"),
            TDPF,
            looking.cover_named,
            wording("Build it again."),
            "warning",
        ),
        StoreRule(_NAMES[0], _NAMES[1], TDPF, _NAMES[2], _NAMES[3]),
        StoreRule("rgb", wording("pictures are in RGB or grey"), TDPF, looking.no_cmyk, _RGB),
        StoreRule(
            "pixels",
            wording("pictures in the text have 3.5 million pixels at most"),
            TDPF,
            looking.pixels(3_500_000),
            _SMALLER,
            "warning",
        ),
        StoreRule(
            "page-bytes",
            wording("pages have 256 kB at most"),
            TDPF,
            looking.page_bytes(262),
            wording("Part the chapter: its longest table or list fills a file."),
            "warning",
        ),
        StoreRule(
            "isbn-form",
            wording("an ISBN has no hyphens"),
            TDPF,
            looking.bare_isbn,
            wording("Build it again."),
        ),
        StoreRule(
            "language",
            wording("it is in Taiwan's Chinese"),
            TDPF,
            looking.taiwanese,
            wording("Send the edition for Taiwan."),
            "warning",
        ),
    ),
    "weread": (
        StoreRule(_COVER[0], _COVER[1], TRADE, _COVER[2], _COVER[3]),
        *_OF_THE_TRADE,
        StoreRule(
            "duokan",
            wording("notes carry the class duokan-footnote"),
            READERS,
            looking.duokan_notes,
            wording('Say notes = "duokan" in [epub].'),
            "warning",
        ),
        StoreRule(
            "fonts",
            wording("nothing is obfuscated"),
            TRADE,
            looking.plain_fonts,
            wording("Build it again."),
            "warning",
        ),
    ),
    "bookwalker": (
        StoreRule(_COVER[0], _COVER[1], TRADE, _COVER[2], _COVER[3]),
        *_OF_THE_TRADE,
        StoreRule(_NAMES[0], _NAMES[1], TRADE, _NAMES[2], _NAMES[3], "warning"),
    ),
}
"""By store, in the order in which they are looked at."""

_EVERYWHERE = (
    wording("how it looks in the store's own programs"),
    wording("contracts, prices, and what people there look at"),
)

UNSEEN: Mapping[StoreName, tuple[str, ...]] = {
    "apple": (wording("what Transporter finds"), *_EVERYWHERE),
    "kindle": (wording("what Kindle Previewer and the conversion to KFX make of it"), *_EVERYWHERE),
    "kobo": (wording("what its old devices show (kepub)"), *_EVERYWHERE),
    "google": (wording("the pages that Google makes of it"), *_EVERYWHERE),
    "readmoo": (wording("what its quality control sees"), *_EVERYWHERE),
    "weread": (wording("its rules for publishers, which are not public"), *_EVERYWHERE),
    "bookwalker": (wording("its rules for publishers, which are not public"), *_EVERYWHERE),
}
"""What cannot be looked at here, by store."""
