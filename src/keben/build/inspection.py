"""What ``keben check`` does: the source through every stage, then the artifacts that stand in the output folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from keben.build import try_making
from keben.build.audit import StandingFiles, look_at
from keben.build.editions import Project, distinct, errors_first, prepare, read_project
from keben.build.marks import source_mark
from keben.build.recalled import recalled
from keben.build.request import Job, Request, plan
from keben.check.rare import RareReport, rare_characters
from keben.core.composition import Artifact, Composition
from keben.core.errors import BuildError, Finding, MachineError, Place, SourceError, errors_in
from keben.formats import FORMATS, Material, Validator, check_completeness, read_as

if TYPE_CHECKING:
    from keben.check import LineReport


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at, in words, and what was found."""

    checked: tuple[str, ...]
    findings: tuple[Finding, ...]
    lines: "Mapping[str, LineReport]"
    """How the lines of each PDF are set, by its name; not of one that is not what a build of this source made."""
    rare: Mapping[str, RareReport]
    """Characters outside the common set of the region, by edition. They are no faults."""


@dataclass(slots=True)
class _Told:
    """What an inspection has to tell so far."""

    checked: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    lines: "dict[str, LineReport]" = field(default_factory=dict)


def inspect(root: Path, output: Path, environment: Mapping[str, str]) -> Inspection:
    """Check a project and its artifacts.

    What stands as a build of this source made it is read again and compared with the source; what does not is made
    for a trial, so that what a build would find is found.

    Raises:
        SourceError: ``book.toml`` is so wrong that there is nothing to go on with.
        UsageError: the book has no artifacts.
    """
    project = read_project(root, environment)
    with errors_first(project):
        jobs = plan(Request(root, output), project.manuscript)
    prepared = prepare(project, jobs)
    compositions, found = prepared.compositions, prepared.findings
    told = _Told([f"source: {len(project.manuscript.sources)} chapters, {len(compositions)} editions"])
    told.findings += (*project.findings, *found)
    sound = not errors_in((*project.findings, *found))
    standing = look_at(output, [job.name for job in jobs])
    told.findings += standing.findings
    current = {job: artifact for job in jobs if (artifact := _current(project, job, output, standing, told))}
    told.findings += chain.from_iterable(artifact.findings for artifact in current.values())
    if sound:
        for job, artifact in current.items():
            form = job.form.twin
            twin = current.get(Job(job.edition, form)) if form else None
            _prove(job, artifact, twin, compositions[job.edition.name], environment, told)
        _try([job for job in jobs if job not in current], jobs, compositions, environment, told)
    rare = {name: _rare(composition) for name, composition in compositions.items()}
    there = [job for job in jobs if job.name not in standing.changed and (output / job.name).is_file()]
    for validator in dict.fromkeys(each for job in there for each in job.form.validators):
        paths = tuple(output / job.name for job in there if validator in job.form.validators)
        found, ran = _validated(validator, paths)
        told.findings += found
        told.checked += ran
    return Inspection(tuple(told.checked), distinct(told.findings), told.lines, rare)


def _current(
    project: Project, job: Job, output: Path, standing: StandingFiles, told: _Told
) -> Artifact | None:
    """An artifact that stands as a build of this source made it; else None, and why is told."""
    entry, path = standing.entries.get(job.name), output / job.name
    place = Place(str(path))
    if job.name in standing.changed:
        return None
    if entry is None:
        told.findings.append(Finding(place, "not-built", "It is not built.", "Run `keben build`.", "warning"))
        return None
    if entry.get("source") != source_mark(project, job):
        message = "It was made from other sources, or by other tools, than those here now."
        told.findings.append(Finding(place, "old-artifact", message, "Build it again.", "warning"))
        return None
    return Artifact(job.name, job.edition.name, job.format, path.read_bytes(), entry, recalled(entry))


def _prove(
    job: Job,
    artifact: Artifact,
    twin: Artifact | None,
    composition: Composition,
    environment: Mapping[str, str],
    told: _Told,
) -> None:
    """Compare an artifact with the source; ``twin`` is the one whose pages it shows, if that stands."""
    said = read_as(composition, job.form)
    tagged, found = _tagged(job, artifact, twin, composition, environment)
    told.findings += found
    for proof in job.form.proofs:
        found = proof.check(said, artifact, tagged)
        told.findings += found
        if not errors_in(found):
            told.checked.append(f"{job.name}: {proof.passed}")
        if any(each.code == "broken-pdf" for each in found):
            return
    for measure in job.form.measures:
        told.lines[job.name] = measure.take(artifact, job.edition)
        told.checked.append(f"{job.name}: {told.lines[job.name].summary()}")


def _tagged(
    job: Job,
    artifact: Artifact,
    twin: Artifact | None,
    composition: Composition,
    environment: Mapping[str, str],
) -> tuple[Artifact | None, tuple[Finding, ...]]:
    """The tagged PDF that the pages of an artifact without tags are compared with; None: its text is only counted.

    It is the one beside it, where that says the same page by page; else the one that it is made from, set again.
    """
    form = job.form
    if form.twin is None:
        return None, ()
    said = read_as(composition, form)
    same = twin if said == read_as(composition, FORMATS[form.twin]) else None
    if form.tag_again is None:
        return same, ()
    if same and not errors_in(check_completeness(said, artifact, same)):
        return same, ()
    from keben.typeset.fonts.vertical.cache import cache_folder

    try:
        return form.tag_again(Material(said, cache=cache_folder(environment))), ()
    except (BuildError, SourceError, MachineError) as error:
        return None, error.findings


def _try(
    jobs: Sequence[Job],
    planned: Sequence[Job],
    compositions: Mapping[str, Composition],
    environment: Mapping[str, str],
    told: _Told,
) -> None:
    """Make what does not stand as this source makes it, and tell what a build would find."""
    for job in _to_try(jobs, planned):
        try:
            found = try_making(job, compositions[job.edition.name], environment)
        except (BuildError, SourceError) as error:
            found = error.findings
        told.findings += found
        if not errors_in(found):
            told.checked.append(f"{job.name}: can be built")


def _to_try(jobs: Sequence[Job], planned: Sequence[Job]) -> Iterator[Job]:
    """What is made from another artifact is not tried where that one is: a booklet's PDF, a cover's interior."""
    for job in jobs:
        if job.base is None or job.base not in planned:
            yield job


def _validated(validator: Validator, paths: tuple[Path, ...]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What a validator found, and what it looked at; a warning where it is not there: all else can be checked."""
    try:
        found = validator.check(paths)
    except MachineError as error:
        return tuple(replace(finding, severity="warning") for finding in error.findings), ()
    return found, (f"{validator.name}: {', '.join(path.name for path in paths)}",)


def _rare(composition: Composition) -> RareReport:
    edition = composition.edition
    forms = [FORMATS[name] for name in edition.formats]
    form = next((each for each in forms if each.sets == "pages"), forms[0])
    if form.sets != "pages":
        return rare_characters(composition, form.reads, lambda _: "")
    from keben.typeset import setting_font

    return rare_characters(composition, form.reads, partial(setting_font, edition))
