"""The whole road: a project's folder → its artifacts. With `conversions`, the half of it, it knows every stage."""

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

from keben.build.editions import (
    Prepared,
    Project,
    conversion_facts,
    distinct,
    errors_first,
    is_converted,
    only,
    prepare,
    read_project,
    record_name,
    tools,
)
from keben.build.marks import source_marks
from keben.build.output import NOTHING, Manifest, Release, make_manifest, record_entry, release, standing
from keben.build.outputs import (
    require_own,
    standing_bases,
    standing_manifest,
    standing_others,
    standing_records,
)
from keben.build.recalled import KEY, recalled, remembered
from keben.build.request import Job, Progress, Report, Request, plan
from keben.build.workers import Workers, killed, workers
from keben.core.columns import for_columns
from keben.core.errors import BuildError, Finding, KebenError, MachineError, Place, SourceError, errors_in
from keben.core.faults import fault
from keben.core.model import Artifact, Asset, Composition, Format, Manuscript

__all__ = ["Outcome", "build"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did."""

    manifest: Mapping[str, Any]
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]
    made: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...] = ()
    """What did not come out, with `Request.keep_going`; the findings say why."""


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
    missing: tuple[str, ...] = ()
    """Those that did not come out."""
    old: Manifest = field(default_factory=lambda: NOTHING)
    """The manifest that stood in the output folder when it began."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of some jobs, in their order."""

    artifacts: tuple[Artifact, ...]
    found: Mapping[Job, tuple[Finding, ...]]
    missing: tuple[Job, ...]
    """Those that failed, and those that would be made from these."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(chain.from_iterable(self.found.values()))


def build(request: Request, environment: Mapping[str, str], report: Report) -> Outcome:
    """Build a project.

    With `Request.keep_going` what came out right is written, and `Outcome.missing` names the rest; an exception is
    raised only where nothing came out.

    Raises:
        SourceError: the project has errors; nothing was written.
        BuildError: an artifact came out wrong; nothing was written.
        MachineError: this machine lacks something; nothing was written.
        UsageError: the request names an edition or a format that the book does not have.
    """
    product = produce(request, environment, report)
    made = Release(product.artifacts, product.manifest, product.records, product.old)
    manifest, paths = release(request.output, made)
    names = tuple(sorted(artifact.name for artifact in product.artifacts))
    return Outcome(manifest, paths, product.findings, names, product.kept, product.missing)


def produce(
    request: Request, environment: Mapping[str, str], report: Report, project: Project | None = None
) -> Product:
    """All of a build but its writing; raises what `build` raises.

    ``project`` is the one at the request's root where it was read already.
    """
    project = project or read_project(request.root, environment)
    with errors_first(project):
        jobs = plan(request, project.manuscript)
    old = standing_manifest(request.output)
    before = {} if request.alone else {entry["name"]: entry for entry in old["artifacts"]}
    store = _cache(environment)
    marks = source_marks(project, jobs, store)
    records = {} if request.alone else standing_records(project, request.output, old)
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
    require_own(request.output, old, wanted)
    prepared = prepare(project, wanted) if wanted else Prepared({}, {}, ())
    able = _able(project, prepared, wanted, len(kept), request)
    printed = standing_bases(project, request, able, before, store)
    made = make_all(able, prepared.compositions, request.jobs, report, printed, store)
    _require_whole(made, len(kept), request)
    facts = {
        job.name: {"source": mark, KEY: remembered((*prepared.found.get(job, ()), *made.found.get(job, ())))}
        for job, mark in marks.items()
    }
    artifacts = [replace(each, facts={**each.facts, **facts[each.name]}) for each in made.artifacts]
    others, left = standing_others(
        project.manuscript, request.output, before, {each.name for each in artifacts}
    )
    files: dict[str, bytes] = {}
    for edition in project.manuscript.settings.editions:
        if edition.name in prepared.records and any(each.edition == edition.name for each in artifacts):
            name, data = record_name(edition), prepared.records[edition.name].encode()
            files[name] = data
            records[edition.name] = record_entry(name, data, conversion_facts(project, edition))
    manifest = make_manifest(artifacts, others, about(project.manuscript), records)
    again = chain.from_iterable(recalled(before[job.name]) for job in kept)
    findings = distinct((*project.findings, *prepared.findings, *made.findings, *left, *again))
    missing = [job.name for job in wanted if job not in able or job in made.missing]
    kept_names = tuple(job.name for job in kept)
    return Product(project, tuple(artifacts), files, manifest, findings, kept_names, tuple(missing), old)


def _able(
    project: Project, prepared: Prepared, wanted: Collection[Job], kept: int, request: Request
) -> list[Job]:
    """Those of the jobs that nothing is known to stand in the way of.

    Raises:
        SourceError, MachineError: there are errors, and what they leave is nothing, or is not asked for.
    """
    errors = errors_in((*project.findings, *prepared.findings))
    stopped = wanted if errors_in(project.findings) else prepared.stopped
    able = [job for job in wanted if job not in stopped]
    if errors and not (request.keep_going and (able or kept)):
        lacks = all(finding.code in _LACKS for finding in errors)
        found = distinct((*project.findings, *prepared.findings))
        error: KebenError = MachineError(*found) if lacks else SourceError(*found)
        error.others = len(able)
        raise error
    return able


_LACKS = frozenset(("no-font", "no-fontconfig", "no-pango", "killed", "no-memory"))
"""Codes of what a machine lacks."""


def _require_whole(made: Made, kept: int, request: Request) -> None:
    """Raise for what failed, unless the rest is to be written."""
    errors = errors_in(made.findings)
    if not errors or (request.keep_going and (made.artifacts or kept)):
        return
    lacks = all(finding.code in _LACKS for finding in errors)
    found = sorted(set(made.findings))
    error: KebenError = MachineError(*found) if lacks else BuildError(*found)
    error.others = len(made.artifacts)
    raise error


def make_all(
    jobs: Collection[Job],
    compositions: Mapping[str, Composition],
    processes: int,
    report: Report,
    printed: Mapping[str, Artifact],
    cache: Path | None = None,
) -> Made:
    """Make each artifact, in this process or in several; where one fails, the others are made all the same.

    ``printed`` has the PDFs that there are already, by the names of those that are made from them; ``cache`` keeps what
    one build can leave to the next.
    """
    waiting = {job: ready(compositions[job.edition.name], job.format) for job in jobs}
    done: dict[Job, Artifact] = {}
    findings: dict[Job, tuple[Finding, ...]] = {}
    alone = [job for job in waiting if job.base not in waiting]
    with workers(min(processes, len(alone))) as pool:
        for job, artifact, found, seconds in _run(pool, waiting, dict(printed), report, cache):
            findings[job] = found
            if artifact is not None:
                done[job] = artifact
                report(Progress(job, "made", seconds, artifact.facts))
            else:
                report(Progress(job, "failed", seconds))
    artifacts = tuple(done[job] for job in waiting if job in done)
    return Made(artifacts, findings, tuple(job for job in waiting if job not in done))


def try_making(job: Job, composition: Composition, environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """What making an artifact finds; nothing is kept of it.

    Raises:
        SourceError, BuildError: it cannot be made.
        MachineError: this machine lacks something.
    """
    return make(ready(composition, job.format), job.format, cache=_cache(environment))[1]


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
        from keben.formats.epub import package

        cover, found = _cover(composition)
        artifact = replace(package(composition, cover), findings=found)
    elif format_ == "cover":
        return (*_cover_sheet(composition, printed, cache), perf_counter() - began)
    elif format_ == "press":
        artifact, tagged = _interior(composition, cache)
    elif printed is None:
        from keben.typeset import typeset

        artifact = typeset(composition, cache)
    else:
        artifact = printed
    lines, told = artifact.facts.get("lines"), artifact.findings
    if format_ == "booklet":
        from keben.impose import impose_artifact

        tagged = artifact
        artifact = impose_artifact(artifact, composition.edition)
    artifact = replace(artifact, facts={**artifact.facts, "characters": count_characters(composition)})
    findings = (
        *told,
        *check_completeness(composition, artifact, tagged),
        *_lines_not_set(artifact.name, lines),
    )
    if format_ == "press":
        findings = (*findings, *check_press(artifact, composition.edition))
    return artifact, findings, perf_counter() - began


def _interior(composition: Composition, cache: Path | None) -> tuple[Artifact, Artifact]:
    """A printer's interior, and the tagged PDF that it was made from."""
    from keben.formats.press import press_ready
    from keben.typeset import typeset

    press = composition.edition.press
    tagged = typeset(composition, cache, press)
    return press_ready(tagged, press, composition.epoch), tagged


def _cover_sheet(
    composition: Composition, interior: Artifact | None, cache: Path | None
) -> tuple[Artifact, tuple[Finding, ...]]:
    """A printer's cover, and what its making and the check of it found."""
    from keben.check import check_press
    from keben.formats.press import press_ready
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


def _cache(environment: Mapping[str, str]) -> Path | None:
    from keben.typeset.fonts.vertical.cache import cache_folder

    return cache_folder(environment)


def _cover(composition: Composition) -> tuple[Asset | None, tuple[Finding, ...]]:
    """An EPUB's cover, and what drawing it found; a warning in its place where this machine cannot draw it."""
    if composition.edition.cover:
        return composition.assets[composition.edition.cover], ()
    from keben.typeset import draw_cover

    try:
        return draw_cover(composition)
    except MachineError as error:
        name = Job(composition.edition, "epub").name
        lacking = error.findings[0]
        message = f"It has no cover: this machine cannot draw one. {lacking.message}"
        advice = f"{lacking.advice.removesuffix('.')}; or name a picture: cover in book.toml."
        return None, (Finding(Place(name), "no-cover", message, advice, "warning"),)


_Done = tuple[Job, Artifact | None, tuple[Finding, ...], float]


def _run(
    pool: Workers,
    waiting: Mapping[Job, Composition],
    printed: dict[str, Artifact],
    report: Report,
    cache: Path | None,
) -> Iterator[_Done]:
    """Make what waits, each after what it is made from, if that is made too. What failed has no artifact."""
    left = list(waiting)
    running: dict[Future[Any], Job] = {}
    while left:
        for job in left:
            if job not in running.values() and job.base not in left and len(running) < pool.at_once:
                report(Progress(job, "started"))
                arguments = (waiting[job], job.format, printed.get(job.name), cache)
                running[pool.submit(make, *arguments)] = job
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            left.remove(job)
            done = _done(job, future)
            if done[1] is not None:
                printed.update((other.name, done[1]) for other in waiting if other.base == job)
            yield done
            if done[1] is None:
                # Nothing is made from what failed.
                for other in [other for other in left if other.base == job]:
                    left.remove(other)
                    yield other, None, (), 0.0


def _done(job: Job, future: "Future[tuple[Artifact, tuple[Finding, ...], float]]") -> _Done:
    """What a job came to; one that failed, or whose artifact is wrong, has none."""
    try:
        artifact, found, seconds = future.result()
    except KebenError as error:
        return job, None, error.findings, 0.0
    except BrokenProcessPool:
        return job, None, killed(job.name).findings, 0.0
    except Exception as error:  # noqa: BLE001 - one artifact's fault costs no other
        return job, None, (fault(error, job.name),), 0.0
    return job, None if errors_in(found) else artifact, found, seconds
