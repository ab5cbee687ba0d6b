"""``[book.imprint]`` of ``book.toml``: its schema, and its values as an `EditionRecord`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from keben.core.dates import FORM, DateError, read_date
from keben.core.errors import Finding
from keben.core.language import region
from keben.core.metadata import Metadata
from keben.core.publication import CipData, EditionRecord
from keben.core.regions import REGIONS, region_of
from keben.core.saying import series, wording
from keben.core.toml.schema import Table, Text, refused
from keben.core.variants import carry_value, plain
from keben.project.settings.tables import PlacedTable

_CIP = wording(
    "Write the text as it was issued, or a table: { number = …, subjects = […], classification = … }."
)


def _day(value: object) -> str:
    try:
        return read_date(value)
    except DateError as error:
        raise refused(str(error), FORM) from None


def _several(value: object) -> object:
    return ([value] if value else []) if isinstance(value, str) else value


def _figure(value: object) -> object:
    """A number as text: what is counted may be given as either."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return str(value)


def _cip(value: object) -> object:
    if isinstance(value, str):
        return {"text": value.strip("\n")}
    if not isinstance(value, dict):
        raise refused(wording("this is not a CIP record"), _CIP)
    return value


class CipTable(Table):
    """A CIP record: as it was issued, or what it is written from."""

    text: str = ""
    number: str = ""
    subjects: Annotated[list[Text], BeforeValidator(_several)] = Field(default_factory=list)
    classification: str = ""


Names = Annotated[list[Text], BeforeValidator(_several)]
Figure = Annotated[str, BeforeValidator(_figure)]
Day = Annotated[str, BeforeValidator(_day)]
Count = Annotated[int, Field(ge=1, le=999)]


class ImprintTable(Table):
    """``[book.imprint]``, or an edition's own. What is left out stays as it was."""

    editors: Names = Field(default_factory=list)
    proofreaders: Names = Field(default_factory=list)
    designers: Names = Field(default_factory=list)
    supervisors: Names = Field(default_factory=list)
    issuer: str = ""
    place: str = ""
    address: str = ""
    postcode: Figure = ""
    phone: Figure = ""
    fax: Figure = ""
    email: str = ""
    website: str = ""
    distributor: str = ""
    printer: str = ""
    series: str = ""
    format: str = ""
    sheets: Figure = ""
    words: Figure = ""
    edition: Count = 1
    printing: Count | None = None
    note: str = ""
    published: Day = ""
    printed: Day = ""
    copies: Figure = ""
    price: Figure = ""
    cip: Annotated[CipTable, BeforeValidator(_cip)] | None = None
    notice: str = ""
    more: dict[str, Figure] = Field(default_factory=dict)
    typeset_with: bool = False


NAMES = ("editors", "proofreaders", "designers", "supervisors")
OF_REGION = frozenset(("price", "cip", "format", "sheets", "words", "copies"))
"""What [book.imprint] says for editions of its own region alone: they are numbers of one publication."""


def read_imprint(
    placed: PlacedTable[ImprintTable], tag: str, *, settled: bool = False
) -> tuple[EditionRecord, tuple[Finding, ...]]:
    """A table as a `EditionRecord`, and what is wrong in its variants. ``tag`` is the language that it is in.

    ``settled``: the texts are as that language prints them.
    """
    found: list[Finding] = []
    table = placed.table

    def said(text: str, *key: str | int) -> str:
        carried, problems = carry_value(text, tag, placed.place(*key))
        found.extend(problems)
        return plain(carried, tag) if settled else carried

    changes: dict[str, Any] = {"is_given": bool(table.model_fields_set - {"typeset_with"})}
    for name in table.model_fields_set:
        value = getattr(table, name)
        if name in NAMES:
            changes[name] = tuple(said(each, name, at) for at, each in enumerate(value))
        elif name == "more":
            changes[name] = tuple(
                (said(label, name), said(text, name, label)) for label, text in value.items()
            )
        elif name == "cip":
            changes[name] = (
                CipData(value.text, value.number, tuple(value.subjects), value.classification)
                if value
                else None
            )
        else:
            changes[name] = said(value, name.replace("_", "-")) if isinstance(value, str) else value
    own = frozenset(table.model_fields_set) if settled else frozenset()
    return EditionRecord(**changes, own=own), tuple(found)


def merged(general: EditionRecord, own: EditionRecord, *, same_region: bool) -> EditionRecord:
    """What an edition says over what [book.imprint] does."""
    kept = general if same_region else replace(general, **dict(_nothing()))
    changes = {name: getattr(own, name) for name in own.own}
    return replace(kept, **changes, is_given=kept.is_given or own.is_given, own=own.own)


def unprinted(
    general: PlacedTable[ImprintTable],
    own: Mapping[str, PlacedTable[ImprintTable]],
    tags: Mapping[str, str],
    source: str,
) -> Iterator[Finding]:
    """A warning for each key without a row: in [book.imprint] on all editions' pages, in an edition's own on its page.

    Both mappings are by the editions' names; ``tags`` has their languages, ``source`` is that of the book.
    """
    rows = {name: frozenset(region_of(tag).copyright_rows) for name, tag in tags.items()}
    printed = (
        rows[name] if region(tag) == region(source) else rows[name] - OF_REGION for name, tag in tags.items()
    )
    yield from _unprinted(general, frozenset().union(*printed), tags)
    for name in tags:
        yield from _unprinted(own[name], rows[name], (name,))


def _unprinted(
    placed: PlacedTable[ImprintTable], rows: frozenset[str], editions: Iterable[str]
) -> Iterator[Finding]:
    for name in sorted(placed.table.model_fields_set & _ROWS - rows):
        message = wording(
            "`{key}` is printed nowhere: the copyright page of {editions} has no row for it.",
            key=name,
            editions=series(editions),
        )
        advice = wording('Give it a row of its own: more = { "…" = "…" }.')
        yield Finding(placed.place(name), "unprinted-key", message, advice, "warning")


_ROWS = frozenset(row for each in REGIONS.values() for row in each.copyright_rows) - {"printing"}
"""What a page has a row for in one region at least. Taiwan's has the printing in that of the edition."""


def in_series(record: EditionRecord, metadata: Metadata) -> EditionRecord:
    """A record with the first series of the catalogue, where it says none itself."""
    if not record.is_given or record.series or not metadata.series:
        return record
    return replace(record, series=metadata.series[0].title, own=record.own | ({"series"} & metadata.own))


def _nothing() -> Iterator[tuple[str, Any]]:
    empty = EditionRecord()
    return ((name, getattr(empty, name)) for name in OF_REGION)
