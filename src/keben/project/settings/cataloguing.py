"""Series, subjects, identifiers and claims of accessibility in ``book.toml``: the schema of each."""

import difflib
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from keben.core.cataloguing import (
    AUTHORITIES,
    CONFORMANCE,
    DENIALS,
    HAZARDS,
    AccessClaims,
    Series,
    SubjectCode,
    authority_of,
    is_code,
)
from keben.core.saying import series, wording
from keben.core.toml.schema import Table, Text, checked, refused

_HAZARDS = (*HAZARDS, *DENIALS, "none", "unknown")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")


def _figure(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _issn(text: str) -> bool:
    digits = text.replace("-", "").upper()
    if not _ISSN.fullmatch(text):
        return False
    total = sum((10 if sign == "X" else int(sign)) * (8 - at) for at, sign in enumerate(digits))
    return total % 11 == 0


class SeriesTable(Table):
    """A series, the book's number in it, and its ISSN."""

    title: Text
    number: Annotated[
        Annotated[
            str, checked(re.compile(r"\d+(?:\.\d+)*").fullmatch, wording("Write figures: 3, or “2.1”."))
        ]
        | None,
        BeforeValidator(_figure),
    ] = None
    kind: Literal["series", "set"] = "series"
    issn: (
        Annotated[str, checked(_issn, wording("An ISSN has 8 digits, the last of which checks them."))] | None
    ) = None

    def value(self, title: str) -> Series:
        """The series under a title."""
        return Series(title, self.number or "", self.kind == "set", self.issn or "")


class SubjectTable(Table):
    """A subject, with the code that a classification has for it."""

    name: Text | None = None
    scheme: Text
    code: Text


def _series(value: object) -> object:
    """One series as a list of it, one title as a table; anything else as it is."""
    several = value if isinstance(value, list) else [value] if value else []
    return [{"title": each} if isinstance(each, str) and each else each for each in several]


def _subjects(value: object) -> object:
    return ([value] if value else []) if isinstance(value, str | dict) else value


def _subject(value: object) -> object:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        advice = wording('Write a text, or a table: { name = "长篇小说", scheme = "CLC", code = "I247.57" }.')
        raise refused(wording("this is not a subject"), advice)
    table = SubjectTable.model_validate(value)
    known = authority_of(table.scheme)
    if not known:
        near = difflib.get_close_matches(table.scheme.upper(), AUTHORITIES, 1, 0.6)
        advice = (
            wording("Did you mean {near}?", near=near[0])
            if near
            else wording("Use one of {authorities}.", authorities=series(AUTHORITIES))
        )
        raise refused(
            wording("“{scheme}” is not a scheme of subjects that EPUB knows", scheme=table.scheme[:40]),
            advice,
        )
    if not is_code(known, table.code):
        what = AUTHORITIES[known][0]
        raise refused(
            wording("“{code}” does not have the form of its codes: {what}", code=table.code[:40], what=what),
            wording("Look it up again."),
        )
    return table.model_copy(update={"scheme": known})


def _identifier(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if _DOI.fullmatch(text):
        return f"doi:{text}"
    if not _URI.fullmatch(text):
        advice = wording(
            "Write a DOI (10.1000/182), a URN (urn:…) or a web address; the ISBN goes into `isbn`."
        )
        raise refused(wording("“{text}” is not an identifier that others can read", text=text[:60]), advice)
    return text


def _hazards(value: object) -> object:
    named = [value] if isinstance(value, str) else value
    if not isinstance(named, list):
        return value
    for name in named:
        if name not in _HAZARDS:
            raise refused(
                wording("“{name}” is not a hazard", name=str(name)[:40]),
                wording("Use {hazards}.", hazards=series(_HAZARDS)),
            )
    alone = {"none", "unknown"} & set(named)
    if (alone and len(set(named)) > 1) or any(no in named and yes in named for no, yes in DENIALS.items()):
        raise refused(
            wording("it says one thing and its contrary"), wording("Say what there is, and deny the rest.")
        )
    return named


def _several(value: object) -> object:
    return ([value] if value else []) if isinstance(value, str) else value


SeriesList = Annotated[list[SeriesTable], BeforeValidator(_series)]
Subjects = Annotated[
    list[Annotated[Text | SubjectTable, BeforeValidator(_subject)]], BeforeValidator(_subjects)
]
OtherIdentifiers = Annotated[list[Annotated[str, BeforeValidator(_identifier)]], BeforeValidator(_several)]
Sources = Annotated[list[Text], BeforeValidator(_several)]
Conformance = Annotated[
    str,
    checked(
        CONFORMANCE.fullmatch,
        wording(
            "Write “EPUB Accessibility 1.1 - WCAG 2.1 Level AA”, with the version and level that were tested."
        ),
    ),
]
Hazards = Annotated[list[str], BeforeValidator(_hazards)]
WebAddress = Annotated[
    str, checked(re.compile(r"https?://[^\s/]+\S*").fullmatch, "Write a web address: https://….")
]


class AccessWords(Table):
    """The keys of what a person says of the book's accessibility."""

    conforms_to: Conformance | None = None
    certified_by: Text | None = None
    certifier_credential: Text | None = None
    certifier_report: WebAddress | None = None
    accessibility_summary: str | None = None
    accessibility_hazards: Annotated[Hazards, Field(min_length=1)] | None = None


def claims_of(merged: dict[str, Any]) -> AccessClaims:
    """What some keys of `AccessWords` say."""
    return AccessClaims(
        merged["conforms_to"] or "",
        merged["certified_by"] or "",
        merged["certifier_credential"] or "",
        merged["certifier_report"] or "",
        merged["accessibility_summary"] or "",
        tuple(merged["accessibility_hazards"] or ()),
    )


def code_of(subject: str | SubjectTable) -> SubjectCode:
    """The code of a subject."""
    return SubjectCode() if isinstance(subject, str) else SubjectCode(subject.scheme, subject.code)


def name_of(subject: str | SubjectTable) -> str:
    """A subject in words; its code where it has none."""
    return subject if isinstance(subject, str) else subject.name or subject.code
