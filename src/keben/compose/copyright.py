"""The copyright page by region: which rows it has, in which order, and what each says.

Mainland pages have the CIP data of `cip`.
"""

from collections.abc import Iterator, Mapping

from keben.compose.cip import SaidElsewhere, cip_lines
from keben.core.edition import Edition
from keben.core.language import region
from keben.core.leaves import leaves_of
from keben.core.numerals import chinese_numeral
from keben.core.publication import EditionRecord
from keben.core.regions import region_of
from keben.core.values import dataclass

_NUMERALS = frozenset(("TW", "HK"))
"""Regions whose editions are numbered 二版, and not 第2版."""


@dataclass(frozen=True, slots=True)
class CopyrightRow:
    """A row of the copyright page."""

    name: str
    label: str
    text: str
    only: str = ""
    """The value of ``data-only`` for it; empty: in every format."""
    is_own: bool = False
    """Whether its text is in the edition's script already."""
    counted: str = ""
    """``sheets`` or ``words``: what is counted when the pages are there, in place of a text."""


@dataclass(frozen=True, slots=True)
class CopyrightPage:
    """What `colophon.html` prints where ``book.toml`` has a table for it."""

    cip_title: str
    cip: tuple[tuple[str, ...], ...]
    """The lines of the CIP data, each in pieces that are not divided; an empty one is a space between its parts."""
    rows: tuple[CopyrightRow, ...]
    notice: str


def copyright_page(edition: Edition, book: SaidElsewhere, words: Mapping[str, str]) -> CopyrightPage | None:
    """The page of an edition; None where ``book.toml`` says nothing of its publication."""
    if not edition.publication.is_given:
        return None
    rows = _Rows(edition, book, words)
    names = region_of(edition.language).copyright_rows
    found = tuple(row for name in names for row in rows.of(name))
    more = tuple(
        CopyrightRow("more", label, text, is_own="more" in edition.publication.own)
        for label, text in edition.publication.more
    )
    return CopyrightPage(
        words["cip_title"],
        tuple(cip_lines(edition, book, words)),
        (*found, *more),
        edition.publication.notice,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    edition: Edition
    book: SaidElsewhere
    words: Mapping[str, str]

    @property
    def data(self) -> EditionRecord:
        return self.edition.publication

    @property
    def region(self) -> str:
        return region(self.edition.language)

    def of(self, name: str) -> Iterator[CopyrightRow]:
        """The rows of a name: none where the book says nothing of it."""
        if name == "credits":
            separator = self.words["list_separator"]
            for credit in self.book.credits:
                own = "authors" in self.edition.metadata.own
                yield CopyrightRow("credits", credit.title, separator.join(credit.names), is_own=own)
        elif name == "numbers":
            for only, label, text in self.book.numbers:
                yield CopyrightRow("numbers", label, text, only)
        elif name in _SAID:
            yield from _SAID[name](self)
        else:
            yield from self.plain(name)

    def row(
        self, name: str, text: str, label: str = "", *, is_own: bool | None = None
    ) -> Iterator[CopyrightRow]:
        if text:
            own = name in self.data.own if is_own is None else is_own
            yield CopyrightRow(name, label or self.words[f"imprint_{name}"], text, is_own=own)

    def plain(self, name: str) -> Iterator[CopyrightRow]:
        value = getattr(self.data, name)
        text = value if isinstance(value, str) else self.words["list_separator"].join(value)
        return self.row(name, text)

    def title(self) -> Iterator[CopyrightRow]:
        return self.row("title", self.book.title, is_own="title" in self.edition.metadata.own)

    def publisher(self) -> Iterator[CopyrightRow]:
        return self.row("publisher", self.book.publisher, is_own="publisher" in self.edition.metadata.own)

    def format(self) -> Iterator[CopyrightRow]:
        if self.data.format:
            yield from self.row("format", self.data.format)
            return
        area = self.edition.area
        leaves = leaves_of(area.width, area.height) if self.region == "CN" else None
        if leaves is not None:
            text = self.words["format_said"].format(
                width=leaves.width, height=leaves.height, count=leaves.count
            )
        else:
            text = self.words["trim_said"].format(width=_plain(area.width), height=_plain(area.height))
        yield CopyrightRow("format", self.words["imprint_format"], text, "pdf", is_own=True)

    def counted(self, name: str) -> Iterator[CopyrightRow]:
        text = getattr(self.data, name)
        if text.isdecimal() and name == "words":
            text = self.words["words_said"].format(number=round(int(text) / 1000) or 1)
        if text:
            yield from self.row(name, text)
        else:
            yield CopyrightRow(name, self.words[f"imprint_{name}"], "", "pdf", counted=name)

    def sheets(self) -> Iterator[CopyrightRow]:
        area = self.edition.area
        if self.data.sheets or leaves_of(area.width, area.height) is not None:
            yield from self.counted("sheets")

    def words_counted(self) -> Iterator[CopyrightRow]:
        return self.counted("words")

    def edition_row(self) -> Iterator[CopyrightRow]:
        data = self.data
        date = month(data.published) or month(self.edition.metadata.date)
        number = self.number(data.edition)
        if self.region == "TW":
            name = "edition_first" if data.edition == 1 else "edition_later"
            label = self.words[name if self.is_printing_said else f"{name}_only"].format(
                edition=number, printing=self.number(data.printing or 1)
            )
            text = month(data.printed) or date
        else:
            label = ""
            text = self.words["edition_said"].format(date=date, edition=number)
        own = "note" in data.own or not data.note
        yield from self.row("edition", f"{text}{_aside(data.note)}", label, is_own=own)

    @property
    def is_printing_said(self) -> bool:
        """A first printing is named where the book says so, or when it was printed, or in how many copies."""
        return bool(self.data.printing or self.data.printed or self.data.copies)

    def printing_row(self) -> Iterator[CopyrightRow]:
        data = self.data
        if not self.is_printing_said:
            return
        date = month(data.printed) or month(data.published) or month(self.edition.metadata.date)
        text = self.words["printing_said"].format(date=date, printing=self.number(data.printing or 1))
        yield from self.row("printing", text, is_own=True)

    def price(self) -> Iterator[CopyrightRow]:
        text = self.data.price
        if text.replace(".", "", 1).isdecimal():
            shown = f"{float(text):.2f}" if self.region == "CN" else text
            yield from self.row("price", self.words["price_said"].format(price=shown), is_own=True)
        else:
            yield from self.row("price", text)

    def copies(self) -> Iterator[CopyrightRow]:
        text = self.data.copies
        return self.row("copies", self.words["copies_said"].format(copies=text) if text.isdecimal() else text)

    def number(self, value: int) -> str:
        return chinese_numeral(value) if self.region in _NUMERALS else str(value)


_SAID = {
    "title": _Rows.title,
    "publisher": _Rows.publisher,
    "format": _Rows.format,
    "sheets": _Rows.sheets,
    "words": _Rows.words_counted,
    "edition": _Rows.edition_row,
    "printing": _Rows.printing_row,
    "price": _Rows.price,
    "copies": _Rows.copies,
}


def month(date: str) -> str:
    """A date of ISO 8601 to its month, as a record of editions has it: 2026年1月."""
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(date.split("-")[:2], "年月", strict=False) if part
    )


def _aside(note: str) -> str:
    """A note to an edition in its parentheses: （修订本）."""
    return note if not note or note[0] in "（(" else f"（{note}）"


def _plain(length: float) -> str:
    return f"{length:g}"
