"""``book.toml``: its schema, and its text turned into `Settings`."""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from pydantic import Field

from keben.core import language
from keben.core.binding import Booklet
from keben.core.edition import (
    Edition,
    Interpunct,
    MissingAlt,
    Names,
    NoteMarks,
    Numbering,
    Quotes,
    Reader,
    Settings,
    Vocabulary,
    Works,
)
from keben.core.editorial.values import DoubtKind, Segmentation
from keben.core.errors import Finding, Place
from keben.core.media import MEDIA
from keben.core.paper import Writing
from keben.core.pressing import Press
from keben.core.regions import region_of
from keben.core.toml.schema import Locate, Table, Text, read_toml
from keben.project.settings.booklet import BookletTable, read_booklet
from keben.project.settings.catalogue import HINTS, CatalogueWords, carried, metadata
from keben.project.settings.identifiers import Identifiers, NamedEdition, identifiers
from keben.project.settings.press import PressTable, read_press
from keben.project.settings.print import PrintTable, type_area

Asked = Literal["epub", "pdf", "booklet", "press"]
"""The formats that an edition can ask for."""

FORMATS: tuple[Asked, ...] = ("epub", "pdf")
"""What an edition comes in unless it says otherwise."""

FAIL_ON: tuple[DoubtKind, ...] = ("overlap", "glossary")
"""The kinds of doubtful conversions that must be decided unless ``[convert]`` says otherwise."""


class _BookTable(CatalogueWords):
    title: Text
    language: Text
    chapters: list[Text] | None = None
    numbering: Numbering = "auto"
    reader: Reader = "generous"
    missing_alt: MissingAlt = "warn"


class _EditionTable(CatalogueWords):
    language: Text | None = None
    vocabulary: Vocabulary = "characters"
    quotes: Quotes | None = None
    interpunct: Interpunct = "keep"
    names: Names = "plain"
    works: Works = "brackets"
    notes: NoteMarks = "circled"
    writing: Writing = "horizontal"
    print: PrintTable | None = None
    formats: list[Asked] = Field(default_factory=lambda: list(FORMATS), min_length=1)
    booklet: BookletTable = BookletTable()
    press: PressTable = PressTable()


class _ConvertTable(Table):
    segmentation: Segmentation = "context"
    fail_on: list[DoubtKind] = Field(default_factory=lambda: list(FAIL_ON))


class _File(Table):
    book: _BookTable
    editions: dict[str, _EditionTable] = Field(default_factory=dict)
    print: PrintTable = PrintTable()
    booklet: BookletTable = BookletTable()
    press: PressTable = PressTable()
    convert: _ConvertTable = _ConvertTable()


def read_settings(text: str, path: str) -> tuple[Settings | None, tuple[Finding, ...]]:
    """Read the text of ``book.toml``; ``path`` is what messages call it.

    Gives None beside the findings where the text cannot be used at all.
    """
    file, locate, problems = read_toml(text, path, _File, HINTS)
    if file is None:
        return None, problems
    findings: list[Finding] = []
    source_language = language.canonical(file.book.language)
    if source_language is None:
        findings.append(_unknown_language(file.book.language, locate(("book", "language"))))
        return None, tuple(findings)
    book = carried(file.book, ("book",), source_language, locate, findings)
    booklet = read_booklet(file.booklet, Booklet(), ("booklet",), locate, findings)
    press = read_press(file.press, Press(), ("press",), locate, findings)
    tables = file.editions or {file.book.language: _EditionTable()}
    findings += _same_names(tables, locate)
    named = [
        NamedEdition(name, table, frozenset(MEDIA[each] for each in table.formats))
        for name, table in tables.items()
    ]
    known = identifiers(book, named, source_language, locate, findings)
    editions = tuple(
        edition
        for name, table in tables.items()
        if (
            edition := _edition(
                name, table, book, source_language, file, booklet, press, known[name], locate, findings
            )
        )
    )
    settings = Settings(
        editions,
        tuple(file.book.chapters or ()),
        file.convert.segmentation,
        tuple(dict.fromkeys(file.convert.fail_on)),
        file.book.numbering,
        file.book.reader,
        file.book.missing_alt,
    )
    # What is wrong in [print] is wrong for each edition.
    return settings, tuple(dict.fromkeys(findings))


def _edition(
    name: str,
    table: _EditionTable,
    book: _BookTable,
    source_language: str,
    file: _File,
    booklet: Booklet,
    press: Press,
    known: Identifiers,
    locate: Locate,
    findings: list[Finding],
) -> Edition | None:
    place = locate(("editions", name))
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        message = f"The edition's name “{name}” cannot be part of a file name."
        findings.append(
            Finding(place, "edition-name", message, "Use ASCII letters, digits, “-”, “.” and “_”.")
        )
        return None
    tag = language.canonical(table.language or name)
    if tag is None:
        if table.language is not None:
            place = locate(("editions", name, "language"))
        findings.append(_unknown_language(table.language or name, place))
        return None
    # What an edition says anew stands in its own script: its variants are settled here.
    table = carried(table, ("editions", name), tag, locate, findings, settled=True)
    return Edition(
        name=name,
        language=tag,
        source_language=source_language,
        metadata=metadata(tag, table, book, known.urn, known.isbns),
        vocabulary=table.vocabulary,
        quotes=table.quotes or region_of(tag).quotes,
        interpunct=table.interpunct,
        names=table.names,
        works=table.works,
        notes=table.notes,
        writing=table.writing,
        formats=tuple(dict.fromkeys(table.formats)),
        area=type_area(file.print, table.print, table.writing, name, locate, findings),
        booklet=read_booklet(table.booklet, booklet, ("editions", name, "booklet"), locate, findings),
        press=read_press(table.press, press, ("editions", name, "press"), locate, findings),
        cover=table.cover or book.cover or "",
    )


def _same_names(names: Iterable[str], locate: Locate) -> Iterator[Finding]:
    """Names that differ in capitals only would be one file on many disks."""
    first: dict[str, str] = {}
    for name in names:
        other = first.setdefault(name.lower(), name)
        if other != name:
            message = f"The editions “{other}” and “{name}” differ in capitals only."
            advice = "Give one of them another name: on many disks their files would be one."
            yield Finding(locate(("editions", name)), "edition-name", message, advice)


def _unknown_language(tag: str, place: Place) -> Finding:
    known = "zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK"
    return Finding(
        place,
        "unknown-language",
        f"“{tag}” is not a language that Keben makes books in.",
        f"Use one of {known}; an edition with another name says which in its `language`.",
    )
