"""What templates see. A template gets these and nothing else of the program."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import ceil

from markupsafe import Markup

from keben.compose.cip import SaidElsewhere
from keben.compose.copyright import CopyrightPage, copyright_page
from keben.compose.fitting import ems
from keben.compose.numbering import Numbered, plain_text
from keben.compose.render import markup
from keben.core.book import ChapterKind
from keben.core.credits import Credit, credits_of, kept, line_of
from keben.core.edition import Edition
from keben.core.endnotes import ENDNOTES
from keben.core.language import region, script
from keben.core.markup import Element
from keben.core.metadata import Metadata, Person
from keben.core.values import dataclass

# EPUB Structural Semantics Vocabulary 1.1, and the DPUB-ARIA 1.1 role that goes with each.
_SEMANTICS: Mapping[ChapterKind, tuple[str, str]] = {
    "frontispiece": ("", ""),
    "dedication": ("dedication", "doc-dedication"),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "part": ("part", "doc-part"),
    "chapter": ("chapter", "doc-chapter"),
    "appendix": ("appendix", "doc-appendix"),
    "afterword": ("afterword", "doc-afterword"),
}


@dataclass(frozen=True, slots=True)
class BookView:
    """The book as title page, colophon and cover say it."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    """The names of the authors alone: those of other roles are in ``credits``."""
    credits: tuple[Credit, ...]
    """Everybody, by what they did."""
    publisher: str
    version: str
    date: str
    """2026年1月1日"""
    identifier: str
    numbers: tuple["Number", ...]
    """What identifies the edition, in each format."""
    rights: str
    description: str
    subjects: tuple[str, ...]
    is_crowded: bool
    """The title page has more to say than one page of usual size has room for."""
    edition: str
    """繁体版（台湾）"""
    copyright: CopyrightPage | None
    """What the book says of its publication; None where it says nothing."""
    typeset_with: bool
    """Whether the colophon names tools and fonts."""

    @classmethod
    def of(cls, edition: Edition, words: Mapping[str, str]) -> "BookView":
        """The view of an edition's metadata."""
        data = edition.metadata
        is_converted = edition.language != edition.source_language
        persons = [replace(each, name=kept(each.name)) if is_converted else each for each in data.authors]
        by_role, numbers = credits_of(persons, words), tuple(_numbers(data, words))
        publisher = kept(data.publisher) if is_converted else data.publisher
        rows = [(each.only, each.label, each.text) for each in numbers]
        printed = SaidElsewhere(data.title, data.subtitle, publisher, by_role, rows)
        return cls(
            data.title,
            data.subtitle,
            tuple(author.name for author in persons if author.role == "aut"),
            by_role,
            publisher,
            data.version,
            _day(data.date),
            data.identifier,
            numbers,
            data.rights,
            data.description,
            data.subjects,
            _fills_a_page(data, persons, words, edition),
            words[f"edition_{script(edition.language)}_{region(edition.language)}"],
            copyright_page(edition, printed, words),
            edition.publication.typeset_with,
        )


def _fills_a_page(
    data: Metadata, persons: Iterable[Person], words: Mapping[str, str], edition: Edition
) -> bool:
    """By the theme's sizes: title of 28 pt on two lines and a half each, subtitle of 13, names of 11 pt.

    They grow with larger text; in columns there is less white before the title.
    """
    area = edition.area
    measure = area.measure * area.body_pt
    larger = max(1.0, area.body_pt / 10.5)

    def lines(text: str, size: float) -> int:
        return ceil(ems(text) * size * larger / measure)

    names = sum(lines(line_of(credit, words), 11) for credit in credits_of(persons, words))
    blank = 2 + 3 + 2 if edition.is_vertical else 5 + 4 + 1
    return blank + lines(data.title, 28) * 2.5 + lines(data.subtitle, 13) * 1.5 + names > area.lines


@dataclass(frozen=True, slots=True)
class Number:
    """A row of the colophon: an ISBN, or the identifier of an edition that has none."""

    only: str
    """The value of ``data-only`` for it; empty: in every format."""
    label: str
    text: str


def _numbers(data: Metadata, words: Mapping[str, str]) -> Iterator[Number]:
    each = {
        only: f"ISBN {number}" if number else ""
        for only, number in (
            ("epub", data.isbn_of("epub")),
            ("screen", data.isbn_of("pdf")),
            ("print", data.isbn_of("print")),
        )
    }
    for only, text in each.items() if len({*each.values()}) > 1 else (("", each["epub"]),):
        yield Number(only, words["isbn"] if text else words["identifier"], text or data.identifier)


def _day(date: str) -> str:
    """A date of ISO 8601 as Chinese writes it, to the day, the month or the year."""
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False) if part
    )


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter as its template places it."""

    id: str
    kind: ChapterKind
    epub_type: str
    role: str
    label: str
    number: str
    title: Markup
    heading: str
    """Label and title as plain text."""
    body: Markup
    notes: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the contents."""

    id: str
    label: str
    title: Markup
    entries: tuple["ContentsEntry", ...] = ()


def view_chapter(chapter: Numbered, notes: tuple[Element, ...]) -> ChapterView:
    """The view of a chapter, without its body: see `keben.compose.render.Renderer.chapter`."""
    epub_type, role = _SEMANTICS[chapter.chapter.kind]
    return ChapterView(
        chapter.id,
        chapter.chapter.kind,
        epub_type,
        role,
        chapter.label,
        chapter.number,
        markup(chapter.title_nodes),
        chapter.heading,
        Markup(),
        tuple(markup(note) for note in notes),
    )


KEEP = Markup(' translate="no"')
"""An attribute that keeps a text from conversion."""


def view_endnotes(words: Mapping[str, str]) -> ChapterView:
    """The view of the document that takes the notes of a book, still empty."""
    title = words["notes"]
    return ChapterView(
        ENDNOTES,
        "afterword",
        "endnotes",
        "doc-endnotes",
        "",
        "",
        Markup.escape(title),
        title,
        Markup(),
        (),
    )


def entry_of(chapter: ChapterView) -> ContentsEntry:
    """The line of the contents for a document that is no chapter of the source."""
    return ContentsEntry(chapter.id, chapter.label, chapter.title)


def own_attributes(edition: Edition) -> dict[str, Markup]:
    """For each field of the metadata an attribute that keeps it from conversion, where the edition overrode it."""
    names = type(edition.metadata).__dataclass_fields__
    return {name: KEEP if name in edition.metadata.own else Markup() for name in names}


def contents_entries(chapters: tuple[Numbered, ...]) -> Iterator[ContentsEntry]:
    """The contents: chapters, and in them their sections (``h2``)."""
    for chapter in chapters:
        sections = tuple(
            ContentsEntry(node.get("id"), "", Markup.escape(plain_text(node.children)))
            for node in chapter.chapter.body
            if isinstance(node, Element) and node.tag == "h2" and node.get("id")
        )
        yield ContentsEntry(chapter.id, chapter.label, Markup.escape(chapter.title), sections)
