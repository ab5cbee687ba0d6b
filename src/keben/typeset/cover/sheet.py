"""A cover as a printer wants it: front, spine and back on one sheet, as they lie when it is seen from outside.

A book that is bound on the left has its front on the right half. One that is bound on the right, as vertical books are,
has it on the left half: there the spine lies at the front's right edge.

Text on the spine reads downwards, with upright characters: it is a line in the fonts of columns
(`columnfonts`), turned by 90°.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from keben.core.columns import for_columns
from keben.core.composition import Composition, Document
from keben.core.credits import credits_of, line_of, shortened
from keben.core.errors import Finding, Place
from keben.core.markup import Element, element
from keben.core.pressing import LEAST_SPINE
from keben.core.printed import style_characters
from keben.core.saying import wording
from keben.core.values import dataclass
from keben.typeset import weasy
from keben.typeset.cover.barcode import draw_barcode
from keben.typeset.families import with_stacks
from keben.typeset.fonts import FontProfile
from keben.typeset.fonts.columnfonts import ColumnFonts, column_rules, texts_of
from keben.typeset.fonts.latin import latin_rules
from keben.typeset.fonts.lent import font_faces
from keben.typeset.fonts.letters import letter_rules
from keben.typeset.fonts.tables import ROLES
from keben.typeset.page import WORKINGS, css_families
from keben.typeset.resources import BASE, Resources

STYLES = "cover-sheet.css"

_HEADROOM = 12.0
"""Millimetres from the spine's ends to its text."""
_PX = 96 / 25.4
"""CSS pixels in a millimetre."""
_SAFE = 4.0
"""Millimetres that text keeps from cuts and folds."""
_LARGEST, _SMALLEST = 9.0, 1.8
"""Millimetres: sizes of text on the spine."""
_SMALLER, _APART = 0.75, 0.08
"""Of the title's size: that of authors and publisher, and what the theme puts between the title's characters."""
_UNDER = 0.5
"""Millimetres by which the spine's ground goes under front and back, so that nothing white is between."""
_FOLDS, _LEAST_FOLD, _MOST_FOLD = 0.1, 0.4, 1.0
"""Of the spine's width that stays free on either side, for folds that wander; and millimetres, at least and at most."""


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """The measures of a cover that lies flat, in millimetres."""

    width: float
    """Of a page; so is ``height``."""
    height: float
    spine: float
    bleed: float
    right_bound: bool

    @property
    def folds(self) -> tuple[float, float]:
        """From the left edge of the trimmed sheet."""
        return self.width, self.width + self.spine

    @property
    def front(self) -> float:
        """Where the front begins."""
        return 0.0 if self.right_bound else self.width + self.spine

    @property
    def back(self) -> float:
        """Where the back begins."""
        return self.width + self.spine if self.right_bound else 0.0


def sheet_of(composition: Composition, pages: int) -> CoverSheet:
    """The measures of an edition's cover."""
    edition = composition.edition
    area, press = edition.area, edition.press
    vertical = edition.is_vertical
    return CoverSheet(area.width, area.height, press.spine(pages), press.bleed, vertical)


def draw_sheet(
    composition: Composition, profile: FontProfile, pages: int, name: str, cache: Path | None
) -> tuple[weasy.Printed, CoverSheet, tuple[Finding, ...]]:
    """An edition's cover sheet as a PDF of one page, with its bleed; and the findings about it.

    Raises:
        BuildError: WeasyPrint found fault with the drawing or a style sheet.
    """
    edition, sheet = composition.edition, sheet_of(composition, pages)
    isbn = composition.metadata.isbn_of("print")
    drawings = {f"{composition.front.name}.svg": composition.front} if composition.front else {}
    if isbn:
        drawings["isbn.svg"] = Document("isbn.svg", "drawing", f"ISBN {isbn}", draw_barcode(isbn))
    findings = tuple(_thin(sheet, name)) if edition.press.spine_text else ()
    is_blank = bool(findings) or not edition.press.spine_text
    size, words = (_SMALLEST, {}) if is_blank else _spine_words(composition, sheet)
    vertical = edition.is_vertical
    root = element(
        "html",
        {"lang": edition.language},
        element("head", None, element("title", None, composition.metadata.title)),
        element(
            "body",
            {"class": "right-bound" if sheet.right_bound else "left-bound"},
            _spine(composition, words),
            _back(composition, isbn, vertical=vertical),
            _front(composition),
        ),
    )
    theme = composition.styles.get(STYLES, "")
    texts = texts_of(root, style_characters(composition))
    # Of what nothing is set in no font need be made.
    roles = [role for role in ROLES if role == "serif" or f"--{role}-columns" in theme]
    rules = column_rules(profile, BASE, roles, pairs=bool(texts["pairs"]))
    sheets = (
        weasy.StyleSheet("the cover's own styles", _css(sheet, size, profile) + rules),
        weasy.StyleSheet(
            f"styles/{STYLES}", with_stacks(theme, lambda role: css_families(profile.stack(role)))
        ),
    )
    fonts = ColumnFonts(profile, edition.language, texts, cache)
    resources = Resources(composition.assets, drawings, profile, fonts)
    job = weasy.PrintJob(
        name,
        root,
        sheets,
        resources,
        edition.area.kinsoku,
        columns=(0.0, 1.0) if vertical else None,
        emoji=(*profile.stack("serif"), *profile.columns("serif")),
    )
    record = weasy.Record(composition.metadata, edition.language, composition.epoch, "Keben")
    printed, places = weasy.print_sheet(job, record)
    return printed, sheet, (*findings, *_crowded(places, sheet, name))


def _thin(sheet: CoverSheet, name: str) -> Iterator[Finding]:
    if sheet.spine < LEAST_SPINE:
        message = wording(
            "The spine is {spine:g} mm wide, too narrow for text: it is left out.", spine=sheet.spine
        )
        advice = wording(
            "From {least_spine:g} mm on it has text. If it is to have none, set `spine-text = false` in [press].",
            least_spine=LEAST_SPINE,
        )
        yield Finding(Place(name), "thin-spine", message, advice, "warning")


def _crowded(places: Mapping[str, weasy.Corners], sheet: CoverSheet, name: str) -> Iterator[Finding]:
    """Whether the description leaves the back, or stands on what else is there."""
    boxes = {
        key: (min(x1, x2) / _PX, min(y1, y2) / _PX, max(x1, x2) / _PX, max(y1, y2) / _PX)
        for key, (x1, y1, x2, y2) in places.items()
    }
    left, top, right, bottom = boxes.pop("description")
    inside = (
        left >= sheet.back + _SAFE
        and right <= sheet.back + sheet.width - _SAFE
        and top >= _SAFE
        and bottom <= sheet.height - _SAFE
    )
    if not inside or any(
        left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in boxes.values()
    ):
        message = wording("The description is too long for the cover's back.")
        advice = wording(
            "Shorten `description` in book.toml, or make its type smaller in styles/{styles}.", styles=STYLES
        )
        yield Finding(Place(name), "long-description", message, advice, "warning")


def _authors(composition: Composition, most: int) -> str:
    """Everybody by what they did, with so many names at most of each part that they had."""
    words = composition.words
    found = credits_of(composition.metadata.authors, words)
    return "　　".join(line_of(shortened(credit, most, words), words) for credit in found)


def _spine_words(composition: Composition, sheet: CoverSheet) -> tuple[float, dict[str, str]]:
    """The title's size on the spine, and what stands there: authors and publisher only where they can be read."""
    data = composition.metadata
    main = re.split("[：:]", data.title)[0].strip() or data.title
    # With its subtitle before without, and with all names before with 等.
    for title, most in itertools.product(dict.fromkeys((data.title, main)), (100, 3, 1)):
        words = {"title": title, "authors": _authors(composition, most), "publisher": data.publisher}
        size = _spine_size(words, sheet)
        if size * _SMALLER >= _SMALLEST:
            return size, words
    words = {"title": data.title}
    size = _spine_size(words, sheet)
    room = int((sheet.height - 2 * _HEADROOM) / (size * (1 + _APART)))
    if len(data.title) > room:
        words = {"title": main if len(main) <= room else f"{data.title[: room - 1]}…"}
    return size, words


def _spine_size(words: dict[str, str], sheet: CoverSheet) -> float:
    """As large as the spine is wide enough for, and as all of its text has room."""
    title, *others = words.values()
    ems = len(title) * (1 + _APART) + _SMALLER * sum(len(text) + 2 for text in others)
    room = (sheet.height - 2 * _HEADROOM) / ems
    across = sheet.spine - 2 * min(max(_FOLDS * sheet.spine, _LEAST_FOLD), _MOST_FOLD)
    return round(max(min(_LARGEST, across, room), _SMALLEST), 2)


def _upright(root: Element, composition: Composition) -> Element:
    """With the numbers that stand upright in columns."""
    document = Document("words", "titlepage", "", root)
    return for_columns(replace(composition, documents=(document,))).documents[0].root


def _spine(composition: Composition, words: dict[str, str]) -> Element:
    spans = [element("span", {"class": kind}, text) for kind, text in words.items() if text]
    return element(
        "div", {"class": "spine"}, _upright(element("p", {"class": "columns"}, *spans), composition)
    )


def _front(composition: Composition) -> Element:
    path = composition.edition.cover or "front.svg"
    return element("div", {"class": "front"}, element("img", {"src": BASE + quote(path), "alt": ""}))


def _back(composition: Composition, isbn: str, *, vertical: bool) -> Element:
    data = composition.metadata
    columns = "columns description" if vertical else "description"
    words = element("p", {"class": columns, "id": "description"}, data.description)
    if vertical:
        words = _upright(words, composition)
    publisher = element("p", {"class": "publisher", "id": "publisher"}, data.publisher)
    picture = {"class": "isbn", "id": "isbn", "src": f"{BASE}isbn.svg", "alt": f"ISBN {isbn}"}
    code = [element("img", picture)] if isbn else []
    return element("div", {"class": "back"}, element("div", {"class": "face"}, words, publisher, *code))


def _css(sheet: CoverSheet, size: float, profile: FontProfile) -> str:
    """Where everything stands; what it looks like is the theme's (``cover-sheet.css``)."""
    bleed, width, height = sheet.bleed, sheet.width, sheet.height
    # A panel reaches into the bleed on all sides but that of the spine.
    front, back = (at - (bleed if at == 0 else 0) for at in (sheet.front, sheet.back))
    inside = 0 if sheet.front == 0 else -bleed
    face = bleed if sheet.back == 0 else 0
    stacks = "".join(
        f"--{role}: {css_families(profile.stack(role))}; --{role}-columns: {css_families(profile.columns(role))};\n"
        for role in ROLES
    )
    return f"""@page {{ size: {2 * width + sheet.spine:g}mm {height:g}mm; margin: 0; bleed: {bleed:g}mm }}
:root {{ --width: {width:g}mm; --height: {height:g}mm; --bleed: {bleed:g}mm; --spine: {sheet.spine:g}mm;
--size: {size:g}mm;
{stacks}}}
html, body, p {{ margin: 0 }}
html {{ font-family: var(--serif) }}
.front, .spine, .back {{ position: absolute; top: -{bleed:g}mm; height: {height + 2 * bleed:g}mm; overflow: hidden }}
.front, .back {{ width: {width + bleed:g}mm }}
.front {{ left: {front:g}mm }}
.back {{ left: {back:g}mm }}
.spine {{ left: {width - _UNDER:g}mm; width: {sheet.spine + 2 * _UNDER:g}mm }}
.front img {{
  position: absolute; left: {inside:g}mm; top: 0; width: {width + 2 * bleed:g}mm; height: {height + 2 * bleed:g}mm;
  object-fit: cover;
}}
.face {{ position: absolute; left: {face:g}mm; top: {bleed:g}mm; width: {width:g}mm; height: {height:g}mm }}
.columns {{ font-family: var(--serif-columns); transform-origin: 0 0 }}
.upright {{ --upright: all; font-stretch: ultra-condensed }}
.spine .columns {{
  position: absolute; left: {_UNDER:g}mm; top: {bleed:g}mm; width: {height:g}mm; height: {sheet.spine:g}mm;
  box-sizing: border-box; padding: 0 {_HEADROOM:g}mm; transform: translateX({sheet.spine:g}mm) rotate(90deg);
  font-size: var(--size); line-height: {sheet.spine:g}mm; white-space: nowrap; display: flex;
}}
.isbn {{ position: absolute }}
{WORKINGS}{font_faces(profile, BASE)}{latin_rules(profile, BASE)}{letter_rules(profile, BASE)}
{letter_rules(profile, BASE, vertical=True)}"""
