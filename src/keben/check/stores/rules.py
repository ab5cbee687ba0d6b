"""Stores' rules as data: which stores have each, where they say it, and what cannot be looked at from outside.

A rule that a store refuses files for is an ``error``; what it advises against is a ``warning``; what its readers'
programs only show otherwise is a ``notice``.
"""

from collections.abc import Mapping
from dataclasses import replace

from keben.check.stores import looking, writing
from keben.check.stores.looking import Look
from keben.check.stores.sources import (
    APPLE_BOOK,
    APPLE_COVER,
    APPLE_DIRECTIONS,
    APPLE_FONTS,
    APPLE_NOTES,
    APPLE_PICTURES,
    APPLE_PROGRESSION,
    DUOKAN,
    GOOGLE,
    GOOGLE_FILES,
    KDP_COVER,
    KDP_PICTURES,
    KDP_TEXT,
    KINDLE_LEVELS,
    KINDLE_NCX,
    KINDLE_SVG,
    KINDLE_TEXT,
    KOBO,
    TDPF,
    StoreSource,
)
from keben.core.ebook import StoreName
from keben.core.errors import Severity
from keben.core.saying import wording
from keben.core.values import dataclass


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


_RGB = wording("Save it in RGB.")
_SMALLER = wording("Take a smaller one.")
_CONVERT = wording("Save it as JPEG or PNG.")
_LARGE_COVER = wording("1600 × 2560 pixels are right.")

_COVER = StoreRule(
    "cover",
    wording("the package names its cover"),
    KOBO,
    looking.has_cover,
    wording("Name one: cover in [book]."),
)
_NO_CMYK = StoreRule("rgb", wording("pictures are in RGB or grey"), KOBO, looking.no_cmyk, _RGB)
_STILL = StoreRule(
    "still", wording("no picture moves"), KDP_PICTURES, looking.still, wording("Take a still one.")
)
_OPAQUE = StoreRule(
    "opaque", wording("pictures are opaque"), KOBO, looking.opaque, wording("Give it a ground."), "warning"
)
_NAMES = StoreRule(
    "ascii-names",
    wording("files are named in ASCII"),
    TDPF,
    looking.ascii_names,
    wording("Rename it in ASCII."),
    "warning",
)
_TURNED = StoreRule(
    "progression",
    wording("a book in columns is turned from right to left"),
    TDPF,
    writing.turned_as_written,
    wording('Say writing = "vertical" in the edition\'s table: Keben sets both.'),
    "warning",
)
_FOUR_KINDS = ("image/jpeg", "image/png", "image/gif", "image/svg+xml")
_TAIWAN = (replace(_COVER, source=TDPF), _NAMES, replace(_NO_CMYK, source=TDPF), _TURNED)
"""What the guide for Taiwan says to all stores there."""

RULES: Mapping[StoreName, tuple[StoreRule, ...]] = {
    "apple": (
        replace(_COVER, source=APPLE_COVER, severity="warning"),
        StoreRule(
            "cover-size",
            wording("the cover has 1400 pixels on its shorter side"),
            APPLE_COVER,
            looking.cover_of_size(1400),
            wording("Take a larger one: {large_cover}", large_cover=_LARGE_COVER),
            "warning",
        ),
        replace(_NO_CMYK, source=APPLE_PICTURES),
        StoreRule(
            "kinds",
            wording("pictures are JPEG, PNG or SVG"),
            APPLE_PICTURES,
            looking.pictures_of_kinds("image/jpeg", "image/png", "image/svg+xml"),
            _CONVERT,
            "warning",
        ),
        StoreRule(
            "pixels",
            wording("pictures in the text have 5.6 million pixels at most"),
            APPLE_PICTURES,
            looking.pixels(5_600_000),
            _SMALLER,
        ),
        StoreRule(
            "writing-mode",
            wording("writing modes are those of html and body"),
            APPLE_DIRECTIONS,
            writing.direction_on_roots,
            wording("Set it on html, and turn single characters by text-combine-upright."),
        ),
        replace(_TURNED, source=APPLE_PROGRESSION),
        StoreRule(
            "specified-fonts",
            wording("a book with fonts says so"),
            APPLE_FONTS,
            looking.told_fonts,
            wording("Build it again: Keben says it of itself."),
            "warning",
        ),
        StoreRule(
            "asides",
            wording("notes are asides, which pop up"),
            APPLE_NOTES,
            looking.notes_in_asides,
            wording("Leave the theme's notes as asides."),
            "warning",
        ),
        StoreRule(
            "whole-bytes",
            wording("the file has 2 GB at most"),
            APPLE_BOOK,
            looking.whole_bytes(2047),
            _SMALLER,
        ),
    ),
    "kindle": (
        replace(_COVER, source=KDP_COVER, severity="warning"),
        StoreRule(
            "cover-size",
            wording("the cover has 1000 pixels on its longer side"),
            KDP_COVER,
            looking.cover_of_size(1000, 10_000, longer=True),
            wording("The store's own cover must have them: {large_cover}", large_cover=_LARGE_COVER),
            "warning",
        ),
        StoreRule(
            "kinds",
            wording("pictures are JPEG, PNG, GIF, BMP or SVG"),
            KDP_PICTURES,
            looking.pictures_of_kinds(*_FOUR_KINDS, "image/bmp"),
            _CONVERT,
        ),
        replace(_NO_CMYK, source=KDP_PICTURES),
        _STILL,
        replace(_OPAQUE, source=KDP_PICTURES),
        StoreRule(
            "svg-text",
            wording("drawings hold no text"),
            KINDLE_SVG,
            looking.no_svg_text,
            wording('Say charts = "png" in [book], for this store.'),
            "warning",
        ),
        StoreRule(
            "svg-numbers",
            wording("drawings' sizes are whole numbers"),
            KINDLE_SVG,
            looking.whole_numbers_in_svg,
            wording("Round them in the drawing."),
            "warning",
        ),
        StoreRule(
            "svg-count",
            wording("there are 25 drawings at most"),
            KINDLE_SVG,
            looking.few_drawings(25),
            wording("With more, Enhanced Typesetting is off: take pictures."),
            "warning",
        ),
        StoreRule(
            "line-height",
            wording("the text has the reader's line height"),
            KDP_TEXT,
            writing.own_line_height,
            wording("Leave it out of the theme's epub.css, or put it in @supports."),
            "notice",
        ),
        StoreRule(
            "margins",
            wording("the text has the reader's margins"),
            KINDLE_TEXT,
            writing.own_margins,
            wording("Leave them out of the theme's epub.css, or put them in @supports."),
            "notice",
        ),
        StoreRule(
            "ncx",
            wording("the contents are there as an NCX"),
            KINDLE_NCX,
            looking.has_ncx,
            wording("Build it again."),
        ),
        StoreRule(
            "levels",
            wording("the contents have two levels"),
            KINDLE_LEVELS,
            looking.shallow_contents(2),
            wording("The third is reached through the second."),
            "notice",
        ),
    ),
    "kobo": (
        replace(_COVER, severity="warning"),
        StoreRule(
            "cover-kind",
            wording("the cover is JPEG or PNG"),
            KOBO,
            looking.cover_of_kinds("image/jpeg", "image/png"),
            _CONVERT,
        ),
        StoreRule(
            "cover-alone",
            wording("the cover has a page of its own"),
            KOBO,
            looking.cover_alone,
            wording("Take the text off the cover's page."),
            "warning",
        ),
        _NO_CMYK,
        _OPAQUE,
        StoreRule(
            "page-bytes",
            wording("a page with its pictures has 10 MB at most"),
            KOBO,
            looking.page_and_picture_bytes(10),
            wording("Part the chapter, or take smaller pictures."),
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
        replace(_NAMES, source=KOBO),
    ),
    "google": (
        replace(_COVER, source=GOOGLE_FILES),
        StoreRule(
            "cover-size",
            wording("the cover has 640 to 7200 pixels on a side"),
            GOOGLE_FILES,
            looking.cover_of_size(640, 7200),
            _LARGE_COVER,
        ),
        StoreRule(
            "kinds",
            wording("pictures are JPEG, PNG, GIF or SVG"),
            GOOGLE,
            looking.pictures_of_kinds(*_FOUR_KINDS),
            _CONVERT,
        ),
        replace(_STILL, source=GOOGLE),
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
        *_TAIWAN,
        StoreRule(
            "cover-name",
            wording("the cover's file is called cover.jpg or cover.png"),
            TDPF,
            looking.cover_named,
            wording("Build it again."),
            "notice",
        ),
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
            wording("pages have about 256 kB at most"),
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
        StoreRule(
            "duokan",
            wording("notes carry the class duokan-footnote"),
            DUOKAN,
            looking.duokan_notes,
            wording('Say notes = "duokan" in [epub].'),
            "warning",
        ),
    ),
    "bookwalker": _TAIWAN,
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
    "readmoo": (wording("its own rules, which are not public beyond the guide for Taiwan"), *_EVERYWHERE),
    "weread": (wording("its rules for publishers, which are not public: ask for them"), *_EVERYWHERE),
    "bookwalker": (
        wording("its rules for Taiwan, which are not public beyond the guide for all stores there"),
        *_EVERYWHERE,
    ),
}
"""What cannot be looked at here, by store."""
