"""The bibliographic data in ``book.toml``: its schema, and the `Metadata` of an edition."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PrivateAttr

from keben.core.dates import FORM, DateError, read_date
from keben.core.errors import Finding
from keben.core.isbn import Isbns, in_half_width
from keben.core.metadata import Metadata, Person
from keben.core.relators import RELATORS, nearest_relator
from keben.core.saying import wording
from keben.core.toml.places import KeyPath
from keben.core.toml.schema import Table, Text, checked, refused
from keben.core.variants import carry_value, plain
from keben.project.settings.cataloguing import (
    AccessWords,
    OtherIdentifiers,
    SeriesList,
    Sources,
    Subjects,
    claims_of,
    code_of,
    name_of,
)
from keben.project.settings.tables import PlacedTable

LONGEST_SLUG = 80
"""Characters; the names of artifacts are longer by those of edition and format, and disks know 255."""

HINTS = {
    "title-sort": wording("Did you mean `title-file-as`?"),
    "accessibility": wording("Did you mean `accessibility-summary`?"),
    "certifier": wording("Did you mean `certified-by`?"),
    "hazards": wording("Did you mean `accessibility-hazards`?"),
    "page-list": wording("It stands in [epub]."),
    "embed-fonts": wording("It stands in [epub]."),
    "sample": wording("It stands in [epub]."),
    "bisac": wording('Write it among `subjects`: { name = "…", scheme = "BISAC", code = "FIC014000" }.'),
    "thema": wording('Write it among `subjects`: { name = "…", scheme = "THEMA", code = "FV" }.'),
    "clc": wording('Write it among `subjects`: { name = "…", scheme = "CLC", code = "I247.57" }.'),
    "price": wording("It stands in [book.imprint]."),
    "editor-in-charge": wording("Did you mean `editors` in [book.imprint]?"),
    "printer": wording("It stands in [book.imprint]."),
    "cip": wording("It stands in [book.imprint]."),
    "translator": wording('Write it among `authors`: { name = "…", role = "trl" }.'),
    "translators": wording('Write each among `authors`: { name = "…", role = "trl" }.'),
    "editor": wording('Write it among `authors`: { name = "…", role = "edt" }.'),
    "editors": wording('Write each among `authors`: { name = "…", role = "edt" }.'),
    "illustrator": wording('Write it among `authors`: { name = "…", role = "ill" }.'),
    "illustrators": wording('Write each among `authors`: { name = "…", role = "ill" }.'),
    "photographer": wording('Write it among `authors`: { name = "…", role = "pht" }.'),
    "contributors": wording('Write each among `authors`, with its `role`: { name = "…", role = "trl" }.'),
    "creator": wording("Did you mean `authors`?"),
    "name": wording("Did you mean `title`? A person's name stands in `authors`."),
    "design": wording("It stands in [print], or in the table of an edition's own print."),
    "isbn": wording("It stands in [book], or in the table of an edition."),
    "keywords": wording("Did you mean `subjects`?"),
    "tags": wording("Did you mean `subjects`?"),
    "copyright": wording("Did you mean `rights`?"),
    "license": wording("Did you mean `rights`?"),
    "lang": wording("Did you mean `language`?"),
    "year": wording("Did you mean `date`?"),
    "pubdate": wording("Did you mean `date`?"),
    "press": wording("Did you mean `publisher`? What a printer is given stands in [press]."),
    "font": wording(
        "Fonts are a style sheet's: styles/print.css. What sets Latin text is `latin` in [print]."
    ),
    "fonts": wording(
        "Fonts are a style sheet's: styles/print.css. What sets Latin text is `latin` in [print]."
    ),
    "src": wording("Chapters are listed in `chapters`, or are book/chapters/*.md."),
    "multilingual": wording("Editions are tables: [editions.zh-Hans]."),
}
"""Where things go that people look for a key for."""

_SLUG = wording(
    "Use ASCII letters, digits, “-”, “.” and “_”, 80 at most, a letter or digit first: “my-book”."
)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NUMBER = re.compile(r"(?:urn:)?isbn[-:0-9\s].*|[\d\s-]{10,}[xX]?", re.IGNORECASE)


def _day(value: object) -> str:
    try:
        return read_date(value)
    except DateError as error:
        raise refused(str(error), FORM) from None


def _role(value: object) -> object:
    code = value.strip().lower() if isinstance(value, str) else value
    if isinstance(value, str) and code not in RELATORS:
        raise refused(
            wording("“{value}” is not a code of the MARC list of relators", value=value[:40]),
            nearest_relator(value),
        )
    return code


def _urn(value: object) -> object:
    """``urn:uuid:…`` or ``urn:isbn:…``, which may be written without its beginning."""
    if not isinstance(value, str):
        return value
    text = in_half_width(value)
    if _UUID.fullmatch(bare := text.lower().removeprefix("urn:").removeprefix("uuid:")):
        return f"urn:uuid:{bare}"
    if _NUMBER.fullmatch(text):
        return text if text.lower().startswith("urn:isbn:") else f"urn:isbn:{text}"
    advice = wording(
        "Write “urn:isbn:” and an ISBN, or “urn:uuid:” and a UUID such as "
        "8c5b8c60-7b0e-4d8e-9d55-2f4f2f0b3f11."
    )
    raise refused(wording("“{text}” is not an identifier that Keben knows", text=text[:60]), advice)


class PersonTable(Table):
    """A person or body, what they did, and how a catalogue sorts the name."""

    name: Text
    role: Annotated[str, BeforeValidator(_role)] = "aut"
    file_as: str = ""


class IsbnTable(Table):
    """An ISBN for each publication of an edition; or one alone, which `bare` gives."""

    epub: Text | None = None
    pdf: Text | None = None
    print: Text | None = None
    _bare: str = PrivateAttr("")

    @property
    def bare(self) -> str:
        """The one number that stands in the place of a table."""
        return self._bare

    @classmethod
    def alone(cls, value: object) -> object:
        """One number as a table; anything else as it is."""
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            return value
        table = cls()
        table._bare = str(value)
        return table


def _person(value: object) -> object:
    """A name as a table; anything else as it is."""
    if isinstance(value, str) and value.strip():
        return PersonTable(name=value)
    if not isinstance(value, dict):
        advice = wording('Write a name, in straight quotes, or a table: { name = "…", role = "trl" }.')
        raise refused(wording("this is not a person"), advice)
    return value


def _several(value: object) -> object:
    """One entry as a list of it, and an empty text as a list of none."""
    return ([value] if value else []) if isinstance(value, str | dict) else value


Author = Annotated[PersonTable, BeforeValidator(_person)]


class CatalogueWords(AccessWords):
    """The keys of [book] that an edition may override."""

    title: Text | None = None
    title_file_as: str | None = None
    series: SeriesList | None = None
    identifiers: OtherIdentifiers | None = None
    source: Sources | None = None
    subtitle: str | None = None
    authors: Annotated[list[Author], BeforeValidator(_several)] | None = None
    identifier: Annotated[str, BeforeValidator(_urn)] | None = None
    isbn: Annotated[IsbnTable, BeforeValidator(IsbnTable.alone)] | None = None
    slug: (
        Annotated[
            str,
            checked(re.compile(rf"[A-Za-z0-9][A-Za-z0-9._-]{{0,{LONGEST_SLUG - 1}}}").fullmatch, _SLUG),
        ]
        | None
    ) = None
    version: str | None = None
    publisher: str | None = None
    date: Annotated[str, BeforeValidator(_day)] | None = None
    rights: str | None = None
    description: str | None = None
    subjects: Subjects | None = None
    cover: Text | None = None


_CARRYING = (
    "title",
    "title_file_as",
    "subtitle",
    "publisher",
    "rights",
    "description",
    "accessibility_summary",
)
"""The keys of `CatalogueWords` whose text may hold variants; beside them ``subjects``, ``series``, ``source`` and
``authors``."""

Said = TypeVar("Said", bound=CatalogueWords)


def carried(
    placed: PlacedTable[Said], tag: str, *, settled: bool = False
) -> tuple[Said, tuple[Finding, ...]]:
    """A table whose texts carry their variants, and what is wrong in those.

    ``settled``: the texts are as that language prints them.
    """
    read = {key: carry_value(text, tag, placed.place(*key)) for key, text in _texts(placed.table)}
    texts = {key: plain(text, tag) if settled else text for key, (text, _) in read.items()}
    return _with_texts(placed.table, texts), tuple(each for _, found in read.values() for each in found)


def _texts(words: CatalogueWords) -> Iterator[tuple[KeyPath, str]]:
    """The texts that may hold variants, each by its path from the table."""
    for name in _CARRYING:
        if (value := getattr(words, name)) is not None:
            yield (name.replace("_", "-"),), value
    for index, subject in enumerate(words.subjects or ()):
        yield ("subjects", index), name_of(subject)
    for index, series in enumerate(words.series or ()):
        yield ("series", index, "title"), series.title
    for index, source in enumerate(words.source or ()):
        yield ("source", index), source
    for index, author in enumerate(words.authors or ()):
        yield ("authors", index, "name"), author.name
        yield ("authors", index, "file-as"), author.file_as


def _with_texts(words: Said, texts: Mapping[KeyPath, str]) -> Said:
    """A table with other texts, by the paths that `_texts` gives them."""
    changes: dict[str, object] = {
        name: texts[key] for name in _CARRYING if (key := (name.replace("_", "-"),)) in texts
    }
    if words.subjects is not None:
        changes["subjects"] = [
            texts["subjects", index]
            if isinstance(each, str)
            else each.model_copy(update={"name": texts["subjects", index]})
            for index, each in enumerate(words.subjects)
        ]
    if words.series is not None:
        changes["series"] = [
            each.model_copy(update={"title": texts["series", index, "title"]})
            for index, each in enumerate(words.series)
        ]
    if words.source is not None:
        changes["source"] = [texts["source", index] for index in range(len(words.source))]
    if words.authors is not None:
        changes["authors"] = [
            author.model_copy(
                update={
                    "name": texts["authors", index, "name"],
                    "file_as": texts["authors", index, "file-as"],
                }
            )
            for index, author in enumerate(words.authors)
        ]
    return words.model_copy(update=changes)


def metadata(
    tag: str, table: CatalogueWords, book: CatalogueWords, identifier: str, isbns: Isbns
) -> Metadata:
    """An edition's metadata: what its table says, over what [book] does. ``tag`` is its language."""
    said: dict[str, Any] = {
        name: value for name in CatalogueWords.model_fields if (value := getattr(table, name)) is not None
    }
    merged = {name: said.get(name, getattr(book, name)) for name in CatalogueWords.model_fields}
    return Metadata(
        title=merged["title"],
        subtitle=merged["subtitle"] or "",
        authors=tuple(
            Person(author.name, author.role, plain(author.file_as, tag)) for author in merged["authors"] or ()
        ),
        identifier=identifier,
        slug=merged["slug"] or "book",
        version=merged["version"] or "",
        publisher=merged["publisher"] or "",
        date=merged["date"] or "",
        rights=merged["rights"] or "",
        description=merged["description"] or "",
        subjects=tuple(map(name_of, merged["subjects"] or ())),
        subject_codes=tuple(map(code_of, merged["subjects"] or ())),
        title_file_as=plain(merged["title_file_as"] or "", tag),
        series=tuple(each.value(each.title) for each in merged["series"] or ()),
        identifiers=tuple(dict.fromkeys(merged["identifiers"] or ())),
        source=tuple(merged["source"] or ()),
        claims=claims_of(merged),
        own=frozenset(said) - {"isbn"},
        isbns=isbns,
    )
