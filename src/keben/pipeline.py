"""The whole road: a project's folder → its artifacts. The one place that knows every stage."""

import multiprocessing
from collections.abc import Iterable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from keben import __version__
from keben.errors import BuildError, Finding, SourceError, errors_in
from keben.fingerprint import fingerprint, program_fingerprint
from keben.jobs import Job, Progress, Report, Request, plan
from keben.markup import Element, transform
from keben.model import Artifact, Composition, Edition, Format, Imprint, Manuscript, Theme
from keben.project import load
from keben.release import make_manifest, read_manifest, release, standing
from keben.theme import load_theme

TOOLS = {"Keben": "", "OpenCC": "opencc", "EbookLib": "ebooklib", "WeasyPrint": "weasyprint"}
"""What a colophon and a manifest name, and each one's distribution."""


UNREAD = frozenset(("missing-chapter", "invalid-utf-8", "unreadable-file"))
"""Codes of findings after which a part of the book is not there at all."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    manifest: Mapping[str, Any]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project read from disk."""

    manuscript: Manuscript
    theme: Theme
    findings: tuple[Finding, ...]


def read_project(root: Path, environment: Mapping[str, str]) -> Project:
    """load, with the theme beside it."""
    manuscript, found = load(root, environment)
    theme, also = load_theme(root)
    return Project(manuscript, theme, (*found, *also))


def build(request: Request, environment: Mapping[str, str], report: Report) -> Outcome:
    """Build a project.

    Raises:
        SourceError: the project has errors; nothing was written.
        BuildError: an artifact came out wrong; nothing was written.
        MachineError: this machine lacks something; nothing was written.
        UsageError: the request names an edition or a format that the book does not have.
    """
    project = read_project(request.root, environment)
    jobs = plan(request, project.manuscript)
    before = {entry["name"]: entry for entry in read_manifest(request.output)["artifacts"]}
    marks = {job: source_mark(project, job) for job in jobs}
    kept = [
        job
        for job in jobs
        if request.reuse
        and not errors_in(project.findings)
        and before.get(job.name, {}).get("source") == marks[job]
        and standing(request.output, before[job.name])
    ]
    for job in kept:
        report(Progress(job, "kept", facts=before[job.name]))
    wanted = [job for job in jobs if job not in kept]
    findings = project.findings
    artifacts: list[Artifact] = []
    if wanted:
        compositions, found = compose_editions(project, wanted)
        findings = distinct((*findings, *found))
        if errors_in(findings):
            raise SourceError(*findings)
        artifacts = make_all(wanted, compositions, request.jobs, report)
    artifacts = [_with_source(artifact, marks) for artifact in artifacts]
    made = {artifact.name for artifact in artifacts}
    others = [entry for name, entry in before.items() if name not in made and standing(request.output, entry)]
    manifest = make_manifest(artifacts, others, about(project.manuscript))
    paths = release(request.output, artifacts, manifest)
    return Outcome(manifest, paths, findings, tuple(sorted(made)), tuple(job.name for job in kept))


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


def compose_editions(
    project: Project, jobs: Iterable[Job]
) -> tuple[dict[str, Composition], tuple[Finding, ...]]:
    """parse, then compose and convert each edition; with what all of them found, glyphs included."""
    from keben.compose import compose
    from keben.markdown import parse
    from keben.script import convert

    book, parsed = parse(project.manuscript)
    findings = [*parsed]
    compositions: dict[str, Composition] = {}
    formats: dict[str, set[Format]] = {}
    editions: dict[str, Edition] = {}
    for job in jobs:
        editions[job.edition.name] = job.edition
        formats.setdefault(job.edition.name, set()).add(job.format)
    for name, edition in editions.items():
        composition, found = compose(
            book, project.manuscript, project.theme, edition, imprint(edition, formats[name])
        )
        findings += found
        conversion = convert(composition)
        findings += conversion.findings
        compositions[name] = conversion.composition
        if "pdf" in formats[name]:
            from keben.typeset import missing_glyphs

            findings += missing_glyphs(conversion.composition)
    return compositions, tuple(findings)


def imprint(edition: Edition, formats: Iterable[Format]) -> Imprint:
    """What an edition's colophon says of fonts and tools."""
    fonts: tuple[str, ...] = ()
    if "pdf" in formats:
        from keben.typeset import font_names

        fonts = font_names(edition.language)
    return Imprint(fonts, tuple(tools().items()))


def tools() -> dict[str, str]:
    """The tools that make a book, and their versions."""
    return {name: version(package) if package else __version__ for name, package in TOOLS.items()}


def make_all(
    jobs: Iterable[Job], compositions: Mapping[str, Composition], workers: int, report: Report
) -> list[Artifact]:
    """Make each artifact, in this process or in several, and give them in the order of the jobs.

    Raises:
        BuildError: artifacts came out wrong; with all that is wrong in any of them.
    """
    waiting = {job: only(compositions[job.edition.name], job.format) for job in jobs}
    done: dict[Job, Artifact] = {}
    problems: list[Finding] = []
    with _pool(min(workers, len(waiting))) as pool:
        for job, (artifact, found, seconds) in _run(pool, waiting, report):
            done[job] = artifact
            problems += found
            report(Progress(job, "made", seconds, artifact.facts))
    if errors_in(problems):
        raise BuildError(*sorted(set(problems)))
    return [done[job] for job in waiting]


def make(composition: Composition, format_: Format) -> tuple[Artifact, tuple[Finding, ...], float]:
    """Package or typeset, and check that nothing was lost; with the seconds it took."""
    from keben.check import check_completeness

    began = perf_counter()
    if format_ == "epub":
        from keben.epub import package

        artifact = package(composition, _cover(composition))
    else:
        from keben.typeset import typeset

        artifact = typeset(composition)
    return artifact, check_completeness(composition, artifact), perf_counter() - began


def only(composition: Composition, format_: Format) -> Composition:
    """A composition without the elements that are meant for other formats (``data-only``)."""

    def keep(node: Element) -> Element | None:
        if node.get("data-only", format_) != format_:
            return None
        return node.with_mapping({"data-only": None}) if "data-only" in node.attributes else node

    documents = tuple(
        replace(document, root=transform(document.root, keep)) for document in composition.documents
    )
    return replace(composition, documents=documents)


def about(manuscript: Manuscript) -> dict[str, Any]:
    """What the manifest says of the book as a whole."""
    first = manuscript.settings.editions[0].metadata
    return {
        "manifest": 1,
        "slug": first.slug,
        "version": first.version,
        "source-date-epoch": manuscript.epoch,
        "tools": tools(),
    }


def source_mark(project: Project, job: Job) -> str:
    """A hash of all that an artifact is made from: sources, theme, settings, time, program, tools and fonts."""
    fonts: object = ()
    if job.format == "pdf":
        from keben.typeset import font_facts

        fonts = font_facts(job.edition.language)
    manuscript = replace(project.manuscript, settings=replace(project.manuscript.settings, editions=()))
    return fingerprint(
        manuscript, project.theme, job.edition, job.format, tools(), program_fingerprint(), fonts
    )


def _with_source(artifact: Artifact, marks: Mapping[Job, str]) -> Artifact:
    mark = next(mark for job, mark in marks.items() if job.name == artifact.name)
    return replace(artifact, facts={**artifact.facts, "source": mark})


def _cover(composition: Composition) -> Any:
    from keben.typeset import draw_cover

    if composition.edition.cover:
        return composition.assets[composition.edition.cover]
    return draw_cover(composition)


def _pool(workers: int) -> AbstractContextManager[Executor | None]:
    if workers <= 1:
        return nullcontext()
    # Forking a process that has Pango's threads and caches in it is not safe; a fresh one is.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _run(
    pool: Executor | None, waiting: Mapping[Job, Composition], report: Report
) -> Iterable[tuple[Job, tuple[Artifact, tuple[Finding, ...], float]]]:
    if pool is None:
        for job, composition in waiting.items():
            report(Progress(job, "started"))
            yield job, make(composition, job.format)
        return
    futures: dict[Future[Any], Job] = {}
    for job, composition in waiting.items():
        futures[pool.submit(make, composition, job.format)] = job
        report(Progress(job, "started"))
    for future in as_completed(futures):
        yield futures[future], future.result()
