"""The CIP data of a book that its copyright page prints, where they were not copied as they were issued.

Records of 2024 and later are by GB/T 12451—2023, 8.3 (in force since April 2024): the description in one paragraph, up
to the ISBN; the classification; the number of the record. Older ones are by GB/T 12451—2001: series and ISBN in lines
of their own, index entries for title, persons, subjects and classification, and a space between the parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from keben.core.credits import Credit
from keben.core.edition import Edition
from keben.core.publication import CipData
from keben.core.values import dataclass
from keben.core.variants import plain

_NEW = 2024
"""The year from which records have the form of the standard of 2023."""
_PART = "．—"
"""What stands before each item of the description but the first."""


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """What the page says that stands elsewhere too."""

    title: str
    subtitle: str
    publisher: str
    credits: Sequence[Credit]
    numbers: Sequence[tuple[str, str, str]]
    """Rows of ISBNs: value of ``data-only``, label and text."""


def cip_lines(edition: Edition, book: SaidElsewhere, words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """The lines of the CIP data, each in pieces that are not divided; an empty one is a space between their parts."""
    data = edition.publication.cip
    if data is None:
        return
    if data.text:
        yield from ((line.rstrip(),) if line.strip() else () for line in data.text.split("\n"))
        return
    book = _in_script(edition, book)
    year = _year_of(data.number) or _year_of(edition.publication.published or edition.metadata.date)
    number = words["cip_number"].format(number=record_number(data.number)) if data.number else ""
    if year >= _NEW:
        yield from _of_2023(edition, book, data, number)
    else:
        yield from _of_2001(edition, book, data, number)


def _of_2023(edition: Edition, book: SaidElsewhere, data: CipData, number: str) -> Iterator[tuple[str, ...]]:
    series, isbn = edition.publication.series, _isbn(edition)
    items = [f"（{series}）" if series else "", f"ISBN {isbn}" if isbn else ""]
    yield (_PART.join([_described(edition, book), *filter(None, items)]),)
    if data.classification:
        yield (f"Ⅰ．{data.classification}",)
    if number:
        yield (number,)


def _of_2001(edition: Edition, book: SaidElsewhere, data: CipData, number: str) -> Iterator[tuple[str, ...]]:
    yield (_described(edition, book),)
    if edition.publication.series:
        yield (f"（{edition.publication.series}）",)
    if isbn := _isbn(edition):
        yield (f"ISBN {isbn}",)
    yield ()
    yield tuple(_headings(book, data))
    if number:
        yield ()
        yield (number,)


def _in_script(edition: Edition, book: SaidElsewhere) -> SaidElsewhere:
    """What is said elsewhere, without the variants of other editions."""
    tag = edition.language
    return replace(
        book,
        title=plain(book.title, tag),
        subtitle=plain(book.subtitle, tag),
        publisher=plain(book.publisher, tag),
        credits=[
            replace(each, word=plain(each.word, tag), names=tuple(plain(name, tag) for name in each.names))
            for each in book.credits
        ],
    )


def _isbn(edition: Edition) -> str:
    return edition.metadata.isbn_of("print") or edition.metadata.isbn_of("pdf")


def _year_of(text: str) -> int:
    """The year that a date or a record's number begins with; 0: none."""
    year = text.lstrip("（(第")[:4]
    return int(year) if year.isdecimal() else 0


def _described(edition: Edition, book: SaidElsewhere) -> str:
    """题名与责任说明项, 版本项, 出版项."""
    data = edition.publication
    title = f"{book.title}：{book.subtitle}" if book.subtitle else book.title
    by = "；".join(f"{'，'.join(credit.names)}{credit.word}" for credit in book.credits)
    number = f"{data.edition}版" if data.edition > 1 else ""
    said = f"{title} / {by}" if by else title
    parts = (part.split("-") for part in [data.published or edition.metadata.date])
    date = next(
        (".".join([part[0], *(str(int(each)) for each in part[1:2])]) for part in parts if part[0]), ""
    )
    place = f"{data.place}：" if data.place else ""
    issued = f"{place}{book.publisher}{f'，{date}' if date else ''}"
    return _PART.join(filter(None, (said, number, issued)))


def _headings(book: SaidElsewhere, data: CipData) -> Iterator[str]:
    """检索数据: title, persons, subjects, classification."""
    names = [name for credit in book.credits for name in credit.names]
    groups = [
        [f"{book.title[:1]}…"],
        [f"{name[:1]}…" for name in dict.fromkeys(names)],
        list(data.subjects),
        [data.classification] if data.classification else [],
    ]
    before = ""
    for roman, several in zip("ⅠⅡⅢⅣ", groups, strict=True):
        for at, text in enumerate(several):
            if before:
                yield before
            yield f"{'' if at else f'{roman}．'}{chr(0x2460 + at)}{text}"
            before = " "
        before = "　" if before else ""


def record_number(text: str) -> str:
    """The number of a record as it is printed: of 2026012345 it is 第2026012345号, of 2023012345 （2023）第012345号."""
    if len(text) != 10 or not text[:4].isdecimal():
        return text
    return f"第{text}号" if int(text[:4]) >= _NEW else f"（{text[:4]}）第{text[4:]}号"
