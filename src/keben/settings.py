"""``book.toml``: its schema, and its text turned into `Settings`."""

import re
import uuid
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, Field

from keben import language
from keben.binding import Booklet
from keben.booklets import BookletTable, read_booklet
from keben.errors import Finding, Place
from keben.isbn import check_isbn
from keben.model import (
    DoubtKind,
    Edition,
    Interpunct,
    Metadata,
    Names,
    NoteMarks,
    Numbering,
    Person,
    Quotes,
    Segmentation,
    Settings,
    Vocabulary,
    Works,
    Writing,
)
from keben.presses import PressTable, read_press
from keben.pressing import Press
from keben.regions import region_of
from keben.schema import Table, Text, read_toml
from keben.tomlplaces import KeyPath
from keben.typearea import Locate, PrintTable, type_area
from keben.variants import carry_value, plain

IDENTIFIERS = uuid.UUID("5a1c2a0e-6d0b-5d0e-9b55-0c1f4b1d2c71")
"""The namespace (RFC 9562, version 5) of identifiers that an edition does not name itself."""

Asked = Literal["epub", "pdf", "booklet", "press"]
"""The formats that an edition can ask for."""

FORMATS: tuple[Asked, ...] = ("epub", "pdf")
"""What an edition comes in unless it says otherwise."""

FAIL_ON: tuple[DoubtKind, ...] = ("overlap", "glossary")
"""The kinds of doubtful conversions that must be decided unless ``[convert]`` says otherwise."""

Day = Annotated[
    str,
    BeforeValidator(lambda value: value.isoformat() if isinstance(value, date) else value),
    Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?"),
]


class _Person(Table):
    name: Text
    role: Annotated[str, Field(pattern=r"^[a-z]{3}$")] = "aut"
    file_as: str = ""


Author = Annotated[
    _Person, BeforeValidator(lambda value: _Person(name=value) if isinstance(value, str) and value else value)
]


class _Words(Table):
    """The keys of [book] that an edition may say anew."""

    title: Text | None = None
    subtitle: str | None = None
    authors: list[Author] | None = None
    identifier: Annotated[str, Field(pattern=r"^urn:(uuid|isbn):[0-9A-Fa-fX-]+$")] | None = None
    slug: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] | None = None
    version: str | None = None
    publisher: str | None = None
    date: Day | None = None
    rights: str | None = None
    description: str | None = None
    subjects: list[Text] | None = None
    cover: Text | None = None


_CARRYING = ("title", "subtitle", "publisher", "rights", "description")
"""The keys of `_Words` whose text may hold variants; beside them ``subjects`` and ``authors``."""

_Said = TypeVar("_Said", bound=_Words)


class _BookTable(_Words):
    title: Text
    language: Text
    chapters: list[Text] | None = None
    numbering: Numbering = "auto"


class _EditionTable(_Words):
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
    file, locate, problems = read_toml(text, path, _File)
    if file is None:
        return None, problems
    findings: list[Finding] = []
    source_language = language.canonical(file.book.language)
    if source_language is None:
        findings.append(_unknown_language(file.book.language, locate(("book", "language"))))
        return None, tuple(findings)
    book = _carried(file.book, ("book",), source_language, locate, findings)
    booklet = read_booklet(file.booklet, Booklet(), ("booklet",), locate, findings)
    press = read_press(file.press, Press(), ("press",), locate, findings)
    _check_identifier(file.book, ("book",), locate, findings)
    editions = tuple(
        edition
        for name, table in (file.editions or {file.book.language: _EditionTable()}).items()
        if (edition := _edition(name, table, book, source_language, file, booklet, press, locate, findings))
    )
    settings = Settings(
        editions,
        tuple(file.book.chapters or ()),
        file.convert.segmentation,
        tuple(dict.fromkeys(file.convert.fail_on)),
        file.book.numbering,
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
    _check_identifier(table, ("editions", name), locate, findings)
    # What an edition says anew stands in its own script: its variants are settled here.
    table = _carried(table, ("editions", name), tag, locate, findings, settled=True)
    return Edition(
        name=name,
        language=tag,
        source_language=source_language,
        metadata=_metadata(name, tag, table, book, source_language),
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


def _metadata(
    edition: str, tag: str, table: _EditionTable, book: _BookTable, source_language: str
) -> Metadata:
    said = {name: value for name in _Words.model_fields if (value := getattr(table, name)) is not None}
    merged = {name: said.get(name, getattr(book, name)) for name in _Words.model_fields}
    slug = merged["slug"] or "book"
    title = plain(book.title, source_language)
    whole = book.identifier or f"urn:uuid:{uuid.uuid5(IDENTIFIERS, f'{slug} {title}')}"
    identifier = table.identifier or f"urn:uuid:{uuid.uuid5(IDENTIFIERS, f'{whole} {edition}')}"
    return Metadata(
        title=merged["title"],
        subtitle=merged["subtitle"] or "",
        authors=tuple(
            Person(author.name, author.role, plain(author.file_as, tag)) for author in merged["authors"] or ()
        ),
        identifier=identifier.lower() if identifier.startswith("urn:uuid:") else identifier,
        slug=slug,
        version=merged["version"] or "",
        publisher=merged["publisher"] or "",
        date=merged["date"] or "",
        rights=merged["rights"] or "",
        description=merged["description"] or "",
        subjects=tuple(merged["subjects"] or ()),
        own=frozenset(said),
    )


def _carried(
    words: _Said, key: KeyPath, tag: str, locate: Locate, findings: list[Finding], *, settled: bool = False
) -> _Said:
    """A table whose texts carry their variants; ``settled``: as that language prints them."""

    def text(value: str, *where: str | int) -> str:
        carried = carry_value(value, tag, locate((*key, *where)), findings)
        return plain(carried, tag) if settled else carried

    changes: dict[str, object] = {
        name: text(value, name) for name in _CARRYING if (value := getattr(words, name)) is not None
    }
    if words.subjects is not None:
        changes["subjects"] = [
            text(subject, "subjects", index) for index, subject in enumerate(words.subjects)
        ]
    if words.authors is not None:
        changes["authors"] = [
            author.model_copy(
                update={
                    "name": text(author.name, "authors", index, "name"),
                    "file_as": text(author.file_as, "authors", index, "file-as"),
                }
            )
            for index, author in enumerate(words.authors)
        ]
    return words.model_copy(update=changes)


def _check_identifier(words: _Words, key: KeyPath, locate: Locate, findings: list[Finding]) -> None:
    identifier = words.identifier or ""
    problem = check_isbn(identifier.removeprefix("urn:isbn:")) if identifier.startswith("urn:isbn:") else ""
    if problem:
        place = locate((*key, "identifier"))
        findings.append(Finding(place, "isbn", f"{problem}.", "Copy it anew from the agency's notice."))


def _unknown_language(tag: str, place: Place) -> Finding:
    known = "zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK"
    return Finding(
        place,
        "unknown-language",
        f"“{tag}” is not a language that Keben makes books in.",
        f"Use one of {known}; an edition with another name says which in its `language`.",
    )
