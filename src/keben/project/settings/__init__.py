"""``book.toml``: its schema, and its text turned into `Settings`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from keben.core import language
from keben.core.binding import Booklet
from keben.core.design import Design
from keben.core.ebook import USUAL_EPUB, EpubSettings, StoreName
from keben.core.edition import (
    Charts,
    Edition,
    Interpunct,
    MissingAlt,
    Names,
    NoteMarks,
    NotesAt,
    NotesNumber,
    Numbering,
    NumberingInParts,
    OrderName,
    Quotes,
    Reader,
    Settings,
    Vocabulary,
    Works,
)
from keben.core.editorial.values import DoubtKind, Segmentation
from keben.core.errors import Finding, Place
from keben.core.linting import LintSettings
from keben.core.media import MEDIA
from keben.core.paper import Writing
from keben.core.pressing import Press
from keben.core.publication import EditionRecord
from keben.core.regions import region_of
from keben.core.saying import series, wording
from keben.core.supply import NO_SUPPLY, Supply
from keben.core.toml.loading import Locate
from keben.core.toml.schema import Table, Text, read_toml, read_values
from keben.core.values import dataclass
from keben.project.designs import default_designs
from keben.project.settings.booklet import BookletTable, read_booklet
from keben.project.settings.catalogue import HINTS, CatalogueWords, carried, metadata
from keben.project.settings.ebook import EpubTable, read_epub
from keben.project.settings.identifiers import Identifiers, NamedEdition, identifiers
from keben.project.settings.imprint import ImprintTable, in_series, merged, read_imprint, unprinted
from keben.project.settings.lint import LintTable, lint_settings
from keben.project.settings.order import wrong_order
from keben.project.settings.press import PressTable, read_press
from keben.project.settings.print import PrintTable, type_area
from keben.project.settings.supply import SupplyTable, read_supply
from keben.project.settings.tables import PlacedTable

Asked = Literal["epub", "pdf", "booklet", "press", "docx", "onix", "sample"]
"""The formats that an edition can ask for."""

FORMATS: tuple[Asked, ...] = ("epub", "pdf")
"""What an edition comes in unless it says otherwise."""

FAIL_ON: tuple[DoubtKind, ...] = ("likely", "overlap", "glossary", "own", "several")
"""The kinds of doubtful conversions that must be decided unless ``[convert]`` says otherwise."""


class _BookTable(CatalogueWords):
    title: Text
    language: Text
    chapters: Text | list[Text] | None = None
    numbering: Numbering = "auto"
    numbering_in_parts: NumberingInParts = "through"
    order: list[OrderName] = Field(default_factory=list)
    imprint: ImprintTable = ImprintTable()
    reader: Reader = "generous"
    missing_alt: MissingAlt = "warn"
    highlight: bool = True
    notes: NoteMarks = "circled"
    notes_at: NotesAt = "page"
    notes_number: NotesNumber = "chapter"
    charts: Charts = "svg"


class _EditionTable(CatalogueWords):
    language: Text | None = None
    vocabulary: Vocabulary = "characters"
    quotes: Quotes | None = None
    interpunct: Interpunct | None = None
    names: Names = "plain"
    works: Works = "brackets"
    notes: NoteMarks | None = None
    notes_at: NotesAt | None = None
    notes_number: NotesNumber | None = None
    charts: Charts | None = None
    writing: Writing = "horizontal"
    order: list[OrderName] = Field(default_factory=list)
    imprint: ImprintTable = ImprintTable()
    print: PrintTable | None = None
    formats: list[Asked] = Field(default_factory=lambda: list(FORMATS), min_length=1)
    booklet: BookletTable = BookletTable()
    press: PressTable = PressTable()
    epub: EpubTable = EpubTable()
    onix: SupplyTable = SupplyTable()
    stores: list[StoreName] = Field(default_factory=list)


class _ConvertTable(Table):
    segmentation: Segmentation = "context"
    glossaries: list[str] = Field(default_factory=list)
    fail_on: list[DoubtKind] = Field(default_factory=lambda: list(FAIL_ON))


class _File(Table):
    book: _BookTable
    editions: dict[str, _EditionTable] = Field(default_factory=dict)
    print: PrintTable = PrintTable()
    booklet: BookletTable = BookletTable()
    press: PressTable = PressTable()
    epub: EpubTable = EpubTable()
    onix: SupplyTable = SupplyTable()
    convert: _ConvertTable = _ConvertTable()
    lint: LintTable = LintTable()


def read_settings(
    text: str, path: str, designs: Mapping[str, Design] | None = None
) -> tuple[Settings | None, tuple[Finding, ...]]:
    """Read the text of ``book.toml``; ``path`` is what messages call it, ``designs`` those that it can choose.

    Gives None beside the findings where the text cannot be used at all.
    """
    file, locate, problems = read_toml(text, path, _File, HINTS)
    return (None, problems) if file is None else _settings(file, locate, designs)


def read_tables(values: Mapping[str, Any], locate: Locate) -> tuple[Settings | None, tuple[Finding, ...]]:
    """What `read_settings` gives, of values that were read already; ``locate`` gives the places of their keys."""
    file, problems = read_values(values, locate, _File, HINTS)
    return (None, problems) if file is None else _settings(file, locate)


def _settings(
    file: _File, locate: Locate, designs: Mapping[str, Design] | None = None
) -> tuple[Settings | None, tuple[Finding, ...]]:
    known_designs = default_designs() if designs is None else designs
    source_language = language.canonical(file.book.language)
    if source_language is None:
        return None, (_unknown_language(file.book.language, locate(("book", "language"))),)
    tables = {
        name: PlacedTable(table, ("editions", name), locate)
        for name, table in (file.editions or {file.book.language: _EditionTable()}).items()
    }
    general, problems = _general(file, source_language, locate)
    findings = [*problems, *_same_names(tables)]
    named = [
        NamedEdition(name, placed, frozenset(MEDIA[each] for each in placed.table.formats if each in MEDIA))
        for name, placed in tables.items()
    ]
    known, problems = identifiers(general.book, named, source_language)
    findings += problems
    editions: list[Edition] = []
    for name, placed in tables.items():
        edition, problems = _edition(name, placed, known[name], general, known_designs)
        findings += (*problems, *_unweighed_vocabulary(placed, file.convert.segmentation))
        editions += [edition] if edition else []
    imprints = {name: placed.inner("imprint", placed.table.imprint) for name, placed in tables.items()}
    tags = {edition.name: edition.language for edition in editions}
    findings += (
        unprinted(general.book.inner("imprint", file.book.imprint), imprints, tags, source_language)
        if editions
        else ()
    )
    settings = Settings(
        tuple(editions),
        (file.book.chapters,) if isinstance(file.book.chapters, str) else tuple(file.book.chapters or ()),
        file.convert.segmentation,
        tuple(dict.fromkeys(file.convert.fail_on)),
        file.book.numbering,
        file.book.reader,
        file.book.missing_alt,
        file.book.highlight,
        numbering_in_parts=file.book.numbering_in_parts,
        glossaries=tuple(file.convert.glossaries),
        designs=tuple(
            known_designs[name] for name in sorted({each.design for each in editions if each.design})
        ),
    )
    # What is wrong in [print] is wrong for each edition.
    return settings, tuple(dict.fromkeys(findings))


def read_lint_settings(text: str, path: str) -> tuple[LintSettings, tuple[tuple[str, Place], ...]]:
    """What a text that `read_settings` can use says in ``[lint]``, and each rule that it names, with its place."""
    file, locate, _ = read_toml(text, path, _File, HINTS)
    if file is None:
        return LintSettings(), ()
    return lint_settings(file.lint, locate)


@dataclass(frozen=True, slots=True)
class _General:
    """What holds for every edition that does not say otherwise."""

    source_language: str
    book: PlacedTable[_BookTable]
    area: PlacedTable[PrintTable]
    booklet: Booklet
    press: Press
    epub: EpubSettings
    supply: Supply
    publication: EditionRecord


def _general(file: _File, source_language: str, locate: Locate) -> tuple[_General, tuple[Finding, ...]]:
    book = PlacedTable(file.book, ("book",), locate)
    words, wrong_words = carried(book, source_language)
    booklet, wrong_booklet = read_booklet(PlacedTable(file.booklet, ("booklet",), locate), Booklet())
    press, wrong_press = read_press(PlacedTable(file.press, ("press",), locate), Press())
    area = PlacedTable(file.print, ("print",), locate)
    publication, wrong_imprint = read_imprint(book.inner("imprint", file.book.imprint), source_language)
    epub = read_epub(file.epub, USUAL_EPUB)
    supply = read_supply(file.onix, NO_SUPPLY)
    general = _General(
        source_language, replace(book, table=words), area, booklet, press, epub, supply, publication
    )
    return general, (*wrong_words, *wrong_imprint, *wrong_booklet, *wrong_press)


def _unweighed_vocabulary(
    placed: PlacedTable[_EditionTable], segmentation: Segmentation
) -> Iterator[Finding]:
    if placed.table.vocabulary == "everyday" and segmentation == "opencc":
        message = wording('vocabulary = "everyday" weighs words, which segmentation = "opencc" does not.')
        advice = wording(
            'Write segmentation = "context" under [convert], or vocabulary = "technical" or "characters" here.'
        )
        yield Finding(placed.place("vocabulary"), "edition-vocabulary", message, advice)


def _edition(
    name: str,
    placed: PlacedTable[_EditionTable],
    known: Identifiers,
    general: _General,
    designs: Mapping[str, Design],
) -> tuple[Edition | None, tuple[Finding, ...]]:
    """An edition, None if it cannot be one, and what is wrong in its table."""
    table = placed.table
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        message = wording("The edition's name “{name}” cannot be part of a file name.", name=name)
        advice = wording("Use ASCII letters, digits, “-”, “.” and “_”.")
        return None, (Finding(placed.place(), "edition-name", message, advice),)
    tag = language.canonical(table.language or name)
    if tag is None:
        place = placed.place() if table.language is None else placed.place("language")
        return None, (_unknown_language(table.language or name, place),)
    # What an edition overrides stands in its own script: its variants are settled here.
    words, wrong_words = carried(placed, tag, settled=True)
    own_area = placed.inner("print", table.print) if table.print else None
    area, design, wrong_area = type_area(general.area, own_area, table.writing, designs)
    booklet, wrong_booklet = read_booklet(placed.inner("booklet", table.booklet), general.booklet)
    press, wrong_press = read_press(placed.inner("press", table.press), general.press)
    own_imprint, wrong_imprint = read_imprint(placed.inner("imprint", table.imprint), tag, settled=True)
    order = table.order or general.book.table.order
    notes_at = table.notes_at or general.book.table.notes_at
    notes_number = table.notes_number or general.book.table.notes_number
    wrong_notes = tuple(_uncounted_notes(placed, notes_at, notes_number))
    catalogue = metadata(tag, words, general.book.table, known.urn, known.isbns)
    same_region = language.region(tag) == language.region(general.source_language)
    edition = Edition(
        name=name,
        language=tag,
        source_language=general.source_language,
        metadata=catalogue,
        vocabulary=table.vocabulary,
        quotes=table.quotes or region_of(tag).quotes,
        interpunct=table.interpunct or ("keep" if same_region else region_of(tag).interpunct),
        names=table.names,
        works=table.works,
        notes=table.notes or general.book.table.notes,
        notes_at=notes_at,
        notes_number="chapter" if wrong_notes else notes_number,
        charts=table.charts or general.book.table.charts,
        writing=table.writing,
        formats=tuple(dict.fromkeys(table.formats)),
        area=area,
        booklet=booklet,
        press=press,
        epub=read_epub(table.epub, general.epub),
        supply=read_supply(table.onix, general.supply, same_region=same_region),
        stores=tuple(dict.fromkeys(table.stores)),
        cover=table.cover or general.book.table.cover or "",
        order=tuple(order),
        publication=in_series(merged(general.publication, own_imprint, same_region=same_region), catalogue),
        design=design.name if design else "",
    )
    wrong = wrong_order(order, placed.place if table.order else general.book.place)
    found = (*wrong_words, *wrong_imprint, *wrong, *wrong_area, *wrong_booklet, *wrong_press, *wrong_notes)
    return edition, (*found, *_uncertified(placed, general.book))


def _uncertified(placed: PlacedTable[_EditionTable], book: PlacedTable[_BookTable]) -> Iterator[Finding]:
    """A warning for a claim that nobody stands for (EPUB Accessibility 1.1, 4.3.1: it names who made it)."""
    tables = (placed, book)
    claiming = next((each for each in tables if each.table.conforms_to), None)
    if claiming is not None and not any(each.table.certified_by for each in tables):
        message = wording("The book says that it meets a standard, and not who found that.")
        advice = wording('Write certified-by = "…", the publisher or the body that tested it.')
        yield Finding(claiming.place("conforms-to"), "uncertified", message, advice, "warning")


_AT = {"chapter": wording("chapter"), "book": wording("book")}


def _uncounted_notes(
    placed: PlacedTable[_EditionTable], at: NotesAt, number: NotesNumber
) -> Iterator[Finding]:
    if number == "page" and at != "page":
        message = wording(
            "Notes that stand at the end of the {at} have no numbers by page: they count by chapter.",
            at=_AT[at],
        )
        advice = wording('Say notes-number = "chapter" or "book", or notes-at = "page".')
        yield Finding(placed.place(), "notes-number", message, advice, "warning")


def _same_names(tables: Mapping[str, PlacedTable[_EditionTable]]) -> Iterator[Finding]:
    """Names that differ in capitals only would be one file on many disks."""
    first: dict[str, str] = {}
    for name, placed in tables.items():
        other = first.setdefault(name.lower(), name)
        if other != name:
            message = wording(
                "The editions “{other}” and “{name}” differ in capitals only.", other=other, name=name
            )
            advice = wording("Give one of them another name: on many disks their files would be one.")
            yield Finding(placed.place(), "edition-name", message, advice)


def _unknown_language(tag: str, place: Place) -> Finding:
    known = series(("zh-Hans", "zh-Hant", "zh-Hant-TW", "zh-Hant-HK"))
    return Finding(
        place,
        "unknown-language",
        wording("“{tag}” is not a language that Keben makes books in.", tag=tag),
        wording(
            "Use one of {known}; an edition with another name says which in its `language`.", known=known
        ),
    )
