"""The whole road: a project's folder → its artifacts. With `conversions`, the half of it, it knows every stage."""

import multiprocessing
from collections.abc import Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from keben.binding import Booklet
from keben.columns import for_columns
from keben.conversions import (
    Prepared,
    Project,
    conversion_facts,
    distinct,
    is_converted,
    only,
    prepare,
    read_project,
    record_name,
    tools,
)
from keben.errors import BuildError, Finding, Place, SourceError, errors_in
from keben.fingerprint import fingerprint, program_fingerprint
from keben.jobs import Job, Progress, Report, Request, plan
from keben.model import Artifact, Composition, Format, Manuscript
from keben.pressing import Press
from keben.release import NOTHING, make_manifest, read_manifest, record_entry, release, standing

__all__ = ["Outcome", "build"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    manifest: Mapping[str, Any]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What a build made, or left as it stands, before a byte of it is written."""

    project: Project
    artifacts: tuple[Artifact, ...]
    """Those made."""
    records: Mapping[str, bytes]
    """By file name."""
    manifest: Mapping[str, Any]
    findings: tuple[Finding, ...]
    kept: tuple[str, ...]


def build(request: Request, environment: Mapping[str, str], report: Report) -> Outcome:
    """Build a project.

    Raises:
        SourceError: the project has errors; nothing was written.
        BuildError: an artifact came out wrong; nothing was written.
        MachineError: this machine lacks something; nothing was written.
        UsageError: the request names an edition or a format that the book does not have.
    """
    product = produce(request, environment, report)
    paths = release(request.output, product.artifacts, product.manifest, product.records)
    made = tuple(sorted(artifact.name for artifact in product.artifacts))
    return Outcome(product.manifest, paths, product.findings, made, product.kept)


def produce(request: Request, environment: Mapping[str, str], report: Report) -> Product:
    """All of a build but its writing; raises what `build` raises."""
    project = read_project(request.root, environment)
    jobs = plan(request, project.manuscript)
    old = NOTHING if request.alone else read_manifest(request.output)
    before = {entry["name"]: entry for entry in old["artifacts"]}
    records = {name: entry for name, entry in old["conversions"].items() if standing(request.output, entry)}
    marks = {job: source_mark(project, job) for job in jobs}
    kept = [
        job
        for job in jobs
        if request.reuse
        and not errors_in(project.findings)
        and before.get(job.name, {}).get("source") == marks[job]
        and standing(request.output, before[job.name])
        and (job.edition.name in records or not is_converted(job.edition))
    ]
    for job in kept:
        report(Progress(job, "kept", facts=before[job.name]))
    wanted = [job for job in jobs if job not in kept]
    prepared = Prepared({}, {}, ())
    artifacts: list[Artifact] = []
    told: tuple[Finding, ...] = ()
    if wanted:
        prepared = prepare(project, wanted)
        if errors_in((*project.findings, *prepared.findings)):
            raise SourceError(*distinct((*project.findings, *prepared.findings)))
        printed = _printed(project, request, wanted, before)
        cache = _cache(wanted, environment)
        artifacts, told = make_all(wanted, prepared.compositions, request.jobs, report, printed, cache)
    artifacts = [_with_source(artifact, marks) for artifact in artifacts]
    made = {artifact.name for artifact in artifacts}
    others = [entry for name, entry in before.items() if name not in made and standing(request.output, entry)]
    files: dict[str, bytes] = {}
    for edition in project.manuscript.settings.editions:
        if edition.name in prepared.records:
            name, data = record_name(edition), prepared.records[edition.name].encode()
            files[name] = data
            records[edition.name] = record_entry(name, data, conversion_facts(project, edition))
    manifest = make_manifest(artifacts, others, about(project.manuscript), records)
    findings = distinct((*project.findings, *prepared.findings, *told))
    return Product(project, tuple(artifacts), files, manifest, findings, tuple(job.name for job in kept))


def make_all(
    jobs: Iterable[Job],
    compositions: Mapping[str, Composition],
    workers: int,
    report: Report,
    printed: Mapping[str, Artifact],
    cache: Path | None = None,
) -> tuple[list[Artifact], tuple[Finding, ...]]:
    """Make each artifact, in this process or in several; in the order of the jobs, with what is to be warned of.

    ``printed`` has the PDFs that there are already, by the names of those that are made from them; ``cache`` keeps what
    one build can leave to the next.

    Raises:
        BuildError: artifacts came out wrong; with all that is wrong in any of them.
    """
    waiting = {job: ready(compositions[job.edition.name], job.text) for job in jobs}
    done: dict[Job, Artifact] = {}
    problems: list[Finding] = []
    alone = [job for job in waiting if job.base not in waiting]
    with _pool(min(workers, len(alone))) as pool:
        for job, (artifact, found, seconds) in _run(pool, waiting, dict(printed), report, cache):
            done[job] = artifact
            problems += found
            report(Progress(job, "made", seconds, artifact.facts))
    if errors_in(problems):
        raise BuildError(*sorted(set(problems)))
    return [done[job] for job in waiting], tuple(problems)


def try_making(job: Job, composition: Composition, environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """What making an artifact finds; nothing is kept of it.

    Raises:
        SourceError, BuildError: it cannot be made.
        MachineError: this machine lacks something.
    """
    return make(ready(composition, job.text), job.format, cache=_cache([job], environment))[1]


def ready(composition: Composition, format_: Format) -> Composition:
    """A composition as a format has it."""
    composition = only(composition, format_)
    return for_columns(composition) if composition.edition.writing == "vertical" else composition


def make(
    composition: Composition, format_: Format, printed: Artifact | None = None, cache: Path | None = None
) -> tuple[Artifact, tuple[Finding, ...], float]:
    """Package, typeset or impose, and check that nothing was lost; with the seconds it took.

    ``printed`` is the PDF that a booklet is imposed from; one is set for it where there is none. Of a cover it is the
    interior, which says how wide the spine is.
    """
    from keben.check import check_completeness, check_press, count_characters

    began = perf_counter()
    tagged: Artifact | None = None
    if format_ == "epub":
        from keben.epub import package

        artifact = package(composition, _cover(composition))
    elif format_ == "cover":
        return (*_cover_sheet(composition, printed, cache), perf_counter() - began)
    elif format_ == "press":
        artifact, tagged = _interior(composition, cache)
    elif printed is None:
        from keben.typeset import typeset

        artifact = typeset(composition, cache)
    else:
        artifact = printed
    lines = artifact.facts.get("lines")
    if format_ == "booklet":
        from keben.impose import impose_artifact

        tagged = artifact
        artifact = impose_artifact(artifact, composition.edition)
    artifact = replace(artifact, facts={**artifact.facts, "characters": count_characters(composition)})
    findings = (*check_completeness(composition, artifact, tagged), *_lines_not_set(artifact.name, lines))
    if format_ == "press":
        findings = (*findings, *check_press(artifact, composition.edition))
    return artifact, findings, perf_counter() - began


def _interior(composition: Composition, cache: Path | None) -> tuple[Artifact, Artifact]:
    """A printer's interior, and the tagged PDF that it was made from."""
    from keben.press import press_ready
    from keben.typeset import typeset

    press = composition.edition.press
    tagged = typeset(composition, cache, press)
    return press_ready(tagged, press, composition.epoch), tagged


def _cover_sheet(
    composition: Composition, interior: Artifact | None, cache: Path | None
) -> tuple[Artifact, tuple[Finding, ...]]:
    """A printer's cover, and what its making and the check of it found."""
    from keben.check import check_press
    from keben.press import press_ready
    from keben.typeset import cover_sheet

    if interior is None:
        raise ValueError("a cover is made for an interior")
    edition = composition.edition
    sheet, folds, found = cover_sheet(composition, interior.facts["pages"], cache)
    artifact = press_ready(sheet, edition.press, composition.epoch, "cover", folds)
    return artifact, (*found, *check_press(artifact, edition))


def _lines_not_set(name: str, lines: object) -> tuple[Finding, ...]:
    if lines == "weasyprint":
        message = (
            "Its Chinese lines are not set: this WeasyPrint has another inside than the one Keben knows."
        )
        advice = "Install another one of version 70; see docs/dependencies.md."
        return (Finding(Place(name), "lines-not-set", message, advice, "warning"),)
    return ()


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
    if job.text in ("pdf", "cover"):
        from keben.typeset import font_facts

        fonts = (*font_facts(job.edition), version("pikepdf"))
        if job.format == "cover":
            fonts = (*fonts, version("python-barcode"))
    settings = replace(project.manuscript.settings, editions=(), fail_on=())
    manuscript = replace(project.manuscript, settings=settings)
    edition = replace(job.edition, formats=())
    if job.format != "booklet":
        edition = replace(edition, booklet=Booklet())
    if job.format not in ("press", "cover"):
        edition = replace(edition, press=Press())
    program = (tools(), program_fingerprint(), fonts)
    return fingerprint(manuscript, project.theme, edition, job.format, *program)


def _printed(
    project: Project, request: Request, wanted: Iterable[Job], before: Mapping[str, Mapping[str, Any]]
) -> dict[str, Artifact]:
    """What stands in the output folder as it would be made now, by the names of those that are made from it."""
    printed: dict[str, Artifact] = {}
    for made in wanted if request.reuse else ():
        job = made.base
        if job is None:
            continue
        entry = before.get(job.name)
        if entry and entry.get("source") == source_mark(project, job) and standing(request.output, entry):
            data = (request.output / job.name).read_bytes()
            printed[made.name] = Artifact(job.name, job.edition.name, job.format, data, entry)
    return printed


def _with_source(artifact: Artifact, marks: Mapping[Job, str]) -> Artifact:
    mark = next(mark for job, mark in marks.items() if job.name == artifact.name)
    return replace(artifact, facts={**artifact.facts, "source": mark})


def _cache(jobs: Iterable[Job], environment: Mapping[str, str]) -> Path | None:
    if all(job.format == "epub" for job in jobs):
        return None
    from keben.typeset import font_cache

    return font_cache(environment)


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
    pool: Executor | None,
    waiting: Mapping[Job, Composition],
    printed: dict[str, Artifact],
    report: Report,
    cache: Path | None,
) -> Iterable[tuple[Job, tuple[Artifact, tuple[Finding, ...], float]]]:
    """Make what waits, each after what it is made from, if that is made too."""

    def finished(job: Job, artifact: Artifact) -> None:
        left.remove(job)
        printed.update((other.name, artifact) for other in waiting if other.base == job)

    left = list(waiting)
    if pool is None:
        for job in sorted(waiting, key=lambda job: job.base is not None):
            report(Progress(job, "started"))
            made = make(waiting[job], job.format, printed.get(job.name), cache)
            finished(job, made[0])
            yield job, made
        return
    futures: dict[Future[Any], Job] = {}
    while left:
        for job in left:
            if job not in futures.values() and job.base not in left:
                futures[pool.submit(make, waiting[job], job.format, printed.get(job.name), cache)] = job
                report(Progress(job, "started"))
        for future in wait(futures, return_when=FIRST_COMPLETED).done:
            job = futures.pop(future)
            finished(job, future.result()[0])
            yield job, future.result()
