"""A project → each edition's composition in its own script: parse, compose, convert."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from keben import __version__
from keben.editorial.unused import unused_decisions, unused_terms
from keben.errors import Finding
from keben.jobs import Job
from keben.markup import Element, transform
from keben.model import Composition, Conversion, Edition, Format, Imprint, Manuscript, Theme
from keben.project import load
from keben.record import write_record
from keben.theme import load_theme

TOOLS = {"Keben": "", "OpenCC": "opencc", "EbookLib": "ebooklib", "WeasyPrint": "weasyprint"}
"""What a colophon and a manifest name, and each one's distribution."""


UNREAD = frozenset(("missing-chapter", "invalid-utf-8", "unreadable-file"))
"""Codes of findings after which a part of the book is not there at all."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project read from disk."""

    manuscript: Manuscript
    theme: Theme
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Editions ready to be packaged and typeset, by name."""

    compositions: Mapping[str, Composition]
    records: Mapping[str, str]
    """The text of `keben.record`, of each edition that was converted."""
    findings: tuple[Finding, ...]


def read_project(root: Path, environment: Mapping[str, str]) -> Project:
    """load, with the theme beside it."""
    manuscript, found = load(root, environment)
    theme, also = load_theme(root)
    return Project(manuscript, theme, (*found, *also))


def prepare(project: Project, jobs: Collection[Job]) -> Prepared:
    """Each edition that jobs are for; with what all of them found, glyphs included."""
    formats: dict[str, set[Format]] = {}
    for job in jobs:
        formats.setdefault(job.edition.name, set()).add(job.text)
    conversions, found = convert_editions(project, formats)
    findings = [*found]
    for job in jobs:
        if job.format == "booklet":
            from keben.impose import misfits

            findings += misfits(job.edition)
    for name, conversion in conversions.items():
        if formats[name] & {"pdf", "cover"}:
            from keben.typeset import missing_glyphs

            findings += missing_glyphs(conversion.composition)
    records = {
        name: write_record(conversion.record)
        for name, conversion in conversions.items()
        if is_converted(conversion.composition.edition)
    }
    return Prepared(
        {name: conversion.composition for name, conversion in conversions.items()}, records, tuple(findings)
    )


def convert_editions(
    project: Project, formats: Mapping[str, Collection[Format]], *, review: bool = False
) -> tuple[dict[str, Conversion], tuple[Finding, ...]]:
    """parse, then compose and convert the editions named, for the formats that each is wanted in."""
    from keben.compose import compose
    from keben.markdown import parse
    from keben.ownfonts import broken_fonts
    from keben.pictures import Studio
    from keben.script import convert

    studio = Studio()
    manuscript = project.manuscript
    book, parsed = parse(manuscript)
    findings = [*parsed]
    conversions: dict[str, Conversion] = {}
    for edition in manuscript.settings.editions:
        if edition.name not in formats:
            continue
        composition, found = compose(
            book, manuscript, project.theme, edition, imprint(edition, formats[edition.name])
        )
        if not review:
            composition, shown = studio.ready(composition)
            findings += (*shown, *broken_fonts(composition.assets))
        conversion = convert(composition, manuscript.editorial, review=review)
        conversions[edition.name] = conversion
        findings += (*found, *conversion.findings)
    if len(conversions) == len(manuscript.settings.editions):
        # Only when every edition was converted is it known that a term stands nowhere.
        used = frozenset(place for conversion in conversions.values() for place in conversion.used)
        findings += unused_terms(manuscript.editorial.glossary, used)
        withheld = {place: word for each in conversions.values() for place, word in each.withheld.items()}
        findings += unused_decisions(manuscript.editorial.decisions, used, withheld)
    return conversions, tuple(findings)


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


def only(composition: Composition, format_: Format) -> Composition:
    """A composition without the elements, and the front of the cover, that are meant for other formats."""

    def keep(node: Element) -> Element | None:
        if node.get("data-only", format_) != format_:
            return None
        return node.with_mapping({"data-only": None}) if "data-only" in node.attributes else node

    documents = tuple(
        replace(document, root=transform(document.root, keep))
        for document in composition.documents
        if format_ == "cover" or document.kind != "front"
    )
    return replace(composition, documents=documents)


def imprint(edition: Edition, formats: Iterable[Format]) -> Imprint:
    """What an edition's colophon says of fonts and tools."""
    fonts: tuple[str, ...] = ()
    if "pdf" in formats:
        from keben.typeset import font_names

        fonts = font_names(edition)
    return Imprint(fonts, tuple(tools().items()))


def tools() -> dict[str, str]:
    """The tools that make a book, and their versions."""
    return {name: version(package) if package else __version__ for name, package in TOOLS.items()}
