"""build: a request → the artifacts of a project in its output folder. It drives the stages, and knows all of them.

Comes in: a `Request`, the environment, and whom to report progress to.
Goes out: an `Outcome`; the files, all of them or none; findings of every stage.
Touches: the output folder, the cache of fonts, processes, and what of the machine goes into keys.

1. `request` says what is to be built, as jobs; `editions` takes each edition to its own script.
2. `marks` makes each artifact's key (`distributions`, `machine`); `outputs` says what of the folder can be used.
3. `runner` makes what is missing, in `workers`.
4. `output` writes, under a lock (`locks`), all together (`together`).

`inspection` is ``keben check``: it reads what stands in the folder (`audit`) and proves it again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from keben.build.caches import store_of
from keben.build.editions import (
    Prepared,
    Project,
    conversion_facts,
    distinct,
    errors_first,
    is_converted,
    prepare,
    read_project,
    record_name,
    tools,
)
from keben.build.marks import source_marks
from keben.build.output import NOTHING, Manifest, Release, make_manifest, record_entry, release
from keben.build.outputs import (
    require_own,
    standing_bases,
    standing_manifest,
    standing_others,
    standing_records,
)
from keben.build.recalled import KEY, recalled, remembered
from keben.build.request import Job, Progress, Report, Request, plan
from keben.build.runner import Results, make_all
from keben.build.sums import Sums
from keben.core.book import Manuscript
from keben.core.composition import Artifact, Composition
from keben.core.errors import BuildError, Finding, KebenError, MachineError, SourceError, errors_in
from keben.core.store import NO_STORE, caches_folder, fonts_folder
from keben.formats import make

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
    sums = Sums.read(caches_folder(environment))
    for entry in product.manifest["artifacts"]:
        sums.note(request.output / entry["name"], entry["sha256"])
    sums.keep()
    names = tuple(sorted(artifact.name for artifact in product.artifacts))
    return Outcome(manifest, paths, product.findings, names, product.kept, product.missing)


def produce(
    request: Request, environment: Mapping[str, str], report: Report, project: Project | None = None
) -> Product:
    """All of a build but its writing; raises what `build` raises.

    ``project`` is the one at the request's root where it was read already.
    """
    project = project or read_project(request.root, environment)
    with project.origins.in_errors():
        product = _produce(request, environment, report, project)
    return replace(product, findings=tuple(sorted(project.origins.findings(product.findings))))


def _produce(request: Request, environment: Mapping[str, str], report: Report, project: Project) -> Product:
    with errors_first(project):
        jobs = plan(request, project.manuscript)
    old = standing_manifest(request.output)
    before = {} if request.alone else {entry["name"]: entry for entry in old["artifacts"]}
    fonts, caches = fonts_folder(environment), caches_folder(environment)
    sums = Sums.read(caches)
    marks = source_marks(project, jobs, caches)
    records = {} if request.alone else standing_records(project, request.output, old, sums)
    kept = [
        job
        for job in jobs
        if request.reuse
        and not errors_in(project.findings)
        and before.get(job.name, {}).get("source") == marks[job]
        and sums.standing(request.output, before[job.name])
        and (job.edition.name in records or not is_converted(job.edition))
    ]
    for job in kept:
        report(Progress(job, "kept", facts=before[job.name]))
    wanted = [job for job in jobs if job not in kept]
    results = store_of(caches) if request.reuse and wanted else NO_STORE
    prepared = prepare(project, wanted, results) if wanted else Prepared({}, {}, ())
    able = _able(project, prepared, wanted, len(kept), request)
    require_own(request.output, old, able)
    printed = standing_bases(project, request, able, before, caches)
    made = make_all(able, prepared.compositions, request.jobs, report, printed, fonts, results)
    if made.artifacts:
        results.trim()
    _require_whole(made, len(kept), request)
    facts = {
        job.name: {"source": mark, KEY: remembered((*prepared.found.get(job, ()), *made.found.get(job, ())))}
        for job, mark in marks.items()
    }
    artifacts = [replace(each, facts={**each.facts, **facts[each.name]}) for each in made.artifacts]
    others, left = standing_others(
        project.manuscript, request.output, before, {each.name for each in artifacts}, sums
    )
    sums.keep()
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


def _require_whole(made: Results, kept: int, request: Request) -> None:
    """Raise for what failed, unless the rest is to be written."""
    errors = errors_in(made.findings)
    if not errors or (request.keep_going and (made.artifacts or kept)):
        return
    lacks = all(finding.code in _LACKS for finding in errors)
    found = sorted(set(made.findings))
    error: KebenError = MachineError(*found) if lacks else BuildError(*found)
    error.others = len(made.artifacts)
    raise error


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


def try_making(job: Job, composition: Composition, environment: Mapping[str, str]) -> tuple[Finding, ...]:
    """What making an artifact finds; nothing is kept of it.

    Raises:
        SourceError, BuildError: it cannot be made.
        MachineError: this machine lacks something.
    """
    return make(composition, job.format, cache=fonts_folder(environment))[1]
