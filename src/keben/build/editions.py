"""A project → each edition's composition in its own script: parse, compose, convert."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TypeAlias

from keben.build.apart import calls
from keben.build.known import known_versions
from keben.build.request import Job
from keben.core.book import Book, Manuscript, Theme
from keben.core.composition import Composition, Conversion, Imprint
from keben.core.edition import Edition
from keben.core.editorial.unused import unused_decisions, unused_terms
from keben.core.errors import Finding, KebenError, MachineError, SourceError, UsageError, errors_in
from keben.core.media import FormatName
from keben.core.origins import Origins, origins_of
from keben.core.store import NO_STORE, Store
from keben.core.values import dataclass
from keben.core.version import __version__
from keben.formats import FORMATS
from keben.project import load
from keben.project.saidplaces import located
from keben.project.theme import load_theme

TOOLS = {"Keben": "", "OpenCC": "opencc", "EbookLib": "ebooklib", "WeasyPrint": "weasyprint"}
"""What a colophon and a manifest name, and each one's distribution."""


UNREAD = frozenset(("missing-chapter", "invalid-utf-8", "unreadable-file"))
"""Codes of findings after which a part of the book is not there at all."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project read from disk."""

    manuscript: Manuscript
    theme: Theme
    """That of editions without a design."""
    findings: tuple[Finding, ...]
    designed: Mapping[str, Theme] = field(default_factory=dict)
    """By the names of the designs that editions choose."""

    def theme_of(self, edition: Edition) -> Theme:
        """An edition's theme."""
        return self.designed.get(edition.design, self.theme)

    @property
    def origins(self) -> Origins:
        """Where the places of findings are in the files that a person has."""
        return origins_of(self.manuscript)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Editions ready to be packaged and typeset, by name."""

    compositions: Mapping[str, Composition]
    records: Mapping[str, str]
    """The text of `keben.script.record`, of each edition that was converted."""
    findings: tuple[Finding, ...]
    stopped: frozenset[Job] = frozenset()
    """Those of the jobs that cannot be done, for an error in the whole book, in their edition or in their format."""
    found: Mapping[Job, tuple[Finding, ...]] = field(default_factory=dict)
    """Those of the findings that each job has to do with."""


@dataclass(frozen=True, slots=True)
class _Converted:
    conversions: Mapping[str, Conversion]
    general: tuple[Finding, ...]
    """What was found in the source, whichever edition is made of it."""
    own: Mapping[str, tuple[Finding, ...]]
    """What was found by making each edition."""
    ahead: Mapping[str, "_Ahead"] = field(default_factory=dict)
    """What is known of the artifacts of those editions after which another one was made."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.general, *chain.from_iterable(self.own.values()))


_Foresee: TypeAlias = Callable[[Composition], tuple[Finding, ...]]
_Ahead: TypeAlias = Mapping[_Foresee, tuple[Finding, ...]]
"""What is known of an edition's artifacts before they are made, by what finds it."""


def read_project(root: Path, environment: Mapping[str, str], store: Store = NO_STORE) -> Project:
    """load, with the theme beside it. ``store`` keeps the settings from one build to the next."""
    manuscript, found = load(root, environment, store)
    theme, also = load_theme(root, is_own=manuscript.is_project)
    findings = [*found, *also]
    designed: dict[str, Theme] = {}
    for design in manuscript.settings.designs:
        designed[design.name], also = load_theme(root, is_own=manuscript.is_project, design=design)
        findings += also
    return Project(manuscript, theme, tuple(dict.fromkeys(findings)), designed)


@contextmanager
def errors_first(project: Project) -> Iterator[None]:
    """Where what is asked for is not there, say what is wrong in the project: that may be why.

    Raises:
        SourceError: something was asked for that the book does not have, and there are errors in the project.
    """
    try:
        yield
    except UsageError:
        if errors_in(project.findings):
            raise SourceError(*distinct(project.findings)) from None
        raise


def prepare(
    project: Project,
    jobs: Collection[Job],
    store: Store = NO_STORE,
    count: int = 1,
    begin: Callable[[Job, Composition], None] | None = None,
    expect: Callable[[], None] = lambda: None,
) -> Prepared:
    """Each edition that jobs are for; with all that can be known of each artifact before it is made.

    ``store`` keeps results of single steps from one build to the next; up to ``count`` other processes may help.
    ``begin`` begins to make an artifact in which nothing is known to be wrong so far. ``expect`` is called before the
    last edition is made or waited for, when there may be a processor that has nothing to do; not where there are
    errors.
    """
    formats: dict[str, set[FormatName]] = {}
    for job in jobs:
        formats.setdefault(job.edition.name, set()).add(job.format)
    converted = _convert(project, formats, store=store, count=count, foresee=True, expect=expect)
    findings = [*converted.findings]
    stopped: set[Job] = set()
    whole = errors_in((*project.findings, *converted.general))
    if begin is not None and not whole:
        for job in jobs:
            name = job.edition.name
            if name in converted.conversions and not errors_in(converted.own.get(name, ())):
                begin(job, converted.conversions[name].composition)
    known = {
        name: converted.ahead.get(name) or _foreseen(conversion.composition, formats[name])
        for name, conversion in converted.conversions.items()
    }
    found: dict[Job, tuple[Finding, ...]] = {}
    for job in jobs:
        name = job.edition.name
        ahead = known[name][job.form.foresee] if name in known else ()
        findings += ahead
        found[job] = (*converted.general, *converted.own.get(name, ()), *ahead)
        if whole or errors_in((*converted.own.get(name, ()), *ahead)):
            stopped.add(job)
    stopped |= {job for job in jobs if job.base in stopped}
    conversions = converted.conversions
    return Prepared(
        {name: conversion.composition for name, conversion in conversions.items()},
        _records(conversions),
        tuple(findings),
        frozenset(stopped),
        found,
    )


def _foreseen(composition: Composition, formats: Iterable[FormatName]) -> _Ahead:
    return {
        foresee: foresee(composition)
        for foresee in dict.fromkeys(FORMATS[name].foresee for name in sorted(formats))
    }


def _records(conversions: Mapping[str, Conversion]) -> dict[str, str]:
    """The record of each edition that was converted."""
    made = {
        name: conversion.record
        for name, conversion in conversions.items()
        if is_converted(conversion.composition.edition)
    }
    if not made:
        return {}
    from keben.script.record import write_record

    return {name: write_record(record) for name, record in made.items()}


def convert_editions(
    project: Project, formats: Mapping[str, Collection[FormatName]], *, review: bool = False
) -> tuple[Mapping[str, Conversion], tuple[Finding, ...]]:
    """parse, then compose and convert the editions named, for the formats that each is wanted in.

    An edition that cannot be composed is left out, and the findings say why.
    """
    converted = _convert(project, formats, review=review)
    return converted.conversions, converted.findings


def _convert(
    project: Project,
    formats: Mapping[str, Collection[FormatName]],
    *,
    review: bool = False,
    store: Store = NO_STORE,
    count: int = 1,
    foresee: bool = False,
    expect: Callable[[], None] = lambda: None,
) -> _Converted:
    from keben.core.ownfonts import broken_fonts
    from keben.markdown import parse
    from keben.pictures import Studio

    manuscript, origins = project.manuscript, project.origins
    studio = Studio(manuscript.assets, store)
    book, parsed = parse(manuscript, store)
    general = [*parsed]
    own: dict[str, tuple[Finding, ...]] = {}
    conversions: dict[str, Conversion] = {}
    ahead: dict[str, _Ahead] = {}
    chosen = [edition for edition in manuscript.settings.editions if edition.name in formats]
    with calls(manuscript, chosen, store, 1 if review else count) as call:
        coming = [
            call(_made, book, project, edition, imprint(edition, formats[edition.name]), review, store)
            for edition in chosen
        ]
        for edition, result in zip(chosen, coming, strict=True):
            if edition is chosen[-1] and not errors_in((*project.findings, *general, *chain(*own.values()))):
                expect()
            made: _Edition = result()
            conversion, found = made.conversion, made.findings
            if conversion is None:
                own[edition.name] = found
                continue
            if not review:
                composition, shown = studio.ready(conversion.composition)
                conversion = replace(conversion, composition=composition)
                found = (*found, *shown, *broken_fonts(composition.assets))
            doubts = located(conversion.doubts, manuscript.settings.said)
            conversions[edition.name] = replace(
                conversion,
                doubts=tuple(replace(doubt, place=origins.place(doubt.place)) for doubt in doubts),
                record=tuple(replace(each, place=origins.place(each.place)) for each in conversion.record),
            )
            own[edition.name] = (*found, *conversion.findings)
            if foresee and edition is not chosen[-1]:
                # Other processes make the next edition meanwhile.
                ahead[edition.name] = _foreseen(conversion.composition, formats[edition.name])
    if len(conversions) == len(manuscript.settings.editions):
        # Only when every edition was converted is it known that a term stands nowhere.
        used = frozenset(place for conversion in conversions.values() for place in conversion.used)
        general += unused_terms(manuscript.editorial.glossary, used)
        withheld = {place: word for each in conversions.values() for place, word in each.withheld.items()}
        general += unused_decisions(manuscript.editorial.decisions, used, withheld)
    return _Converted(conversions, tuple(general), own, ahead)


@dataclass(frozen=True, slots=True)
class _Edition:
    """What became of an edition, without what its pictures are for pages; no conversion where it cannot be made."""

    conversion: Conversion | None
    findings: tuple[Finding, ...]
    """Without those of the conversion."""


def _made(
    book: Book, project: Project, edition: Edition, imprint: Imprint, review: bool, store: Store
) -> _Edition:
    """compose, check and convert one edition, in this process or in another."""
    from keben.check import check_source
    from keben.compose import compose
    from keben.pictures.svgtexts import with_words
    from keben.script import convert
    from keben.script.credits import settle_credits

    manuscript, theme = project.manuscript, project.theme_of(edition)
    try:
        named = settle_credits(edition, manuscript.editorial, store)
        composition, found = compose(book, manuscript, theme, named.edition, imprint, store)
        found = (*found, *check_source(book, composition, theme.origins))
        worded = with_words(composition)
        conversion = convert(worded, manuscript.editorial, review=review, store=store)
    except KebenError as error:
        return _Edition(None, error.findings)
    doubts = (*(named.doubts if review else ()), *conversion.doubts)
    return _Edition(replace(conversion, doubts=doubts, used=conversion.used | named.used), found)


def is_converted(edition: Edition) -> bool:
    """Whether an edition is in another language than the source."""
    return edition.language != edition.source_language


def record_name(edition: Edition) -> str:
    """The file name of an edition's record."""
    return f"{edition.metadata.slug}-{edition.name}.record.tsv"


def conversion_facts(project: Project, edition: Edition) -> dict[str, object]:
    """What the manifest says of an edition's conversion, besides its record."""
    from keben.script import facts

    manuscript = project.manuscript
    files = {name: sha256(data).hexdigest() for name, data in manuscript.editorial_files.items()}
    return {**facts.conversion_facts(edition, manuscript.editorial), "files": files}


def distinct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of their places, without those that only repeat or follow from others.

    Every edition finds the same faults of the source again; and what a chapter that could not be read would have held
    is missing everywhere.
    """
    first = {
        (finding.place, finding.code, finding.message): finding for finding in sorted(findings, reverse=True)
    }
    unread = any(finding.code in UNREAD for finding in first.values())
    return tuple(
        sorted(found for found in first.values() if not (unread and found.code == "missing-reference"))
    )


def imprint(edition: Edition, formats: Iterable[FormatName]) -> Imprint:
    """What an edition's colophon says of fonts and tools; nothing of fonts where the machine has none."""
    fonts: tuple[str, ...] = ()
    if any(FORMATS[name].sets == "pages" for name in formats):
        from keben.typeset import font_names

        # That there are none is reported for what is to be set in them (`prepare`), and costs nothing else.
        with suppress(MachineError):
            fonts = font_names(edition)
    return Imprint(fonts, tuple(tools().items()))


def tools() -> dict[str, str]:
    """The tools that make a book, and their versions."""
    versions = {name: version for name, version, _ in known_versions()}
    return {name: versions[package] if package else __version__ for name, package in TOOLS.items()}
