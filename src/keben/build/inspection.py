"""What ``keben check`` does: the source through every stage, then the artifacts that stand in the output folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from keben.build import try_making
from keben.build.audit import StandingFiles, look_at
from keben.build.editions import Project, distinct, errors_first, prepare, read_project
from keben.build.marks import source_mark
from keben.build.output import read_manifest
from keben.build.recalled import recalled
from keben.build.request import Job, Request, plan
from keben.core.composition import Artifact, Composition
from keben.core.ebook import StoreName
from keben.core.errors import BuildError, Finding, MachineError, Place, SourceError, UsageError, errors_in
from keben.core.foreign import foreign
from keben.core.saying import series, wording
from keben.core.store import fonts_folder
from keben.core.values import dataclass
from keben.formats import FORMATS, Material, ToProve, Validator, check_completeness, read_as

if TYPE_CHECKING:
    from keben.check import LineReport, StoreReport
    from keben.check.rare import RareReport


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was looked at, in words, and what was found."""

    checked: tuple[str, ...]
    findings: tuple[Finding, ...]
    lines: "Mapping[str, LineReport]"
    """How the lines of each PDF are set, by its name; not of one that is not what a build of this source made."""
    rare: "Mapping[str, RareReport]"
    """Characters outside the common set of the region, by edition. They are no faults."""
    stores: "tuple[StoreReport, ...]" = ()
    """What the stores that were asked for would say of each EPUB."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one step of an inspection looked at, in words, and what it found."""

    checked: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    lines: "Mapping[str, LineReport]" = field(default_factory=dict)


def inspect(
    root: Path, output: Path, environment: Mapping[str, str], stores: Sequence[StoreName] = ()
) -> Inspection:
    """Check a project and its artifacts, and hold what is sold against the rules of some stores.

    What stands as a build of this source made it is read again and compared with the source; what does not is made
    for a trial, so that what a build would find is found.

    Raises:
        SourceError: ``book.toml`` is so wrong that there is nothing to go on with.
        UsageError: the book has no artifacts.
    """
    project = read_project(root, environment)
    origins = project.origins
    with origins.in_errors():
        found = _inspect(project, root, output, environment, stores)
    rare = {
        name: replace(
            report,
            characters=tuple(replace(each, first=origins.place(each.first)) for each in report.characters),
        )
        for name, report in found.rare.items()
    }
    return replace(found, findings=tuple(sorted(origins.findings(found.findings))), rare=rare)


def inspect_epub(path: Path, stores: Sequence[StoreName] = ()) -> Inspection:
    """Check an EPUB from anywhere: its references, what EPUBCheck finds in it, and the rules of some stores.

    Raises:
        UsageError: it cannot be read from the disk.
    """
    from keben.check import broken_references, look_for_store

    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError.at(
            str(path),
            "unreadable",
            wording("This file cannot be read: {error}.", error=foreign(error.strerror)),
        ) from None
    found = broken_references(data, path.name)
    looks = [_Look((), found)]
    if not any(each.code == "broken-epub" for each in found):
        looks += [_validated(each, (path,)) for each in FORMATS["epub"].validators]
    reports = tuple(look_for_store(data, path.name, store) for store in stores)
    looks.append(_Look((), tuple(finding for report in reports for finding in report.findings)))
    return Inspection(
        tuple(words for look in looks for words in look.checked),
        distinct(finding for look in looks for finding in look.findings),
        {},
        {},
        reports,
    )


def _inspect(
    project: Project,
    root: Path,
    output: Path,
    environment: Mapping[str, str],
    stores: Sequence[StoreName],
) -> Inspection:
    with errors_first(project):
        jobs = (*plan(Request(root, output), project.manuscript), *_asked_for(project, output))
    prepared = prepare(project, jobs)
    compositions = prepared.compositions
    of_source = (*project.findings, *prepared.findings)
    standing = look_at(output, [job.name for job in jobs])
    current, of_files = _current(project, jobs, output, standing)
    checked = wording(
        "source: {count} chapters, {count2} editions",
        count=len(project.manuscript.sources),
        count2=len(compositions),
    )
    looks = [_Look((checked,), (*of_source, *standing.findings, *of_files))]
    if not errors_in(of_source):
        for job, artifact in current.items():
            form = job.form.twin
            twin = current.get(Job(job.edition, form)) if form else None
            looks.append(_prove(job, artifact, twin, compositions[job.edition.name], environment))
        missing = [job for job in jobs if job not in current]
        looks += [_try(job, compositions, environment) for job in _to_try(missing, jobs)]
    rare = {name: _rare(composition) for name, composition in compositions.items()}
    looks += _validate([job for job in jobs if job.name not in standing.changed], output)
    reports = tuple(_for_stores(jobs, output, stores))
    looks.append(_Look((), tuple(finding for report in reports for finding in report.findings)))
    return Inspection(
        tuple(words for look in looks for words in look.checked),
        distinct(finding for look in looks for finding in look.findings),
        {name: report for look in looks for name, report in look.lines.items()},
        rare,
        reports,
    )


def _asked_for(project: Project, output: Path) -> Iterator[Job]:
    """What stands there of formats that the editions do not list, because ``-f`` asked for it."""
    listed = {entry["name"] for entry in read_manifest(output)["artifacts"]}
    for edition in project.manuscript.settings.editions:
        for name, form in FORMATS.items():
            if form.is_for_all and name not in edition.formats and form.file_of(edition) in listed:
                yield Job(edition, name)


def _for_stores(jobs: Iterable[Job], output: Path, stores: Sequence[StoreName]) -> "Iterator[StoreReport]":
    """What each store would say of each artifact that is sold and stands there."""
    sold = [job.name for job in jobs if job.form.is_sold and (output / job.name).is_file()]
    if not (stores and sold):
        return
    from keben.check import look_for_store

    for store in stores:
        for name in sold:
            yield look_for_store((output / name).read_bytes(), name, store)


def _current(
    project: Project, jobs: Sequence[Job], output: Path, standing: StandingFiles
) -> tuple[dict[Job, Artifact], tuple[Finding, ...]]:
    """The artifacts that stand as a build of this source made them; their findings, and why the others do not."""
    read = {job: _read(project, job, output, standing) for job in jobs}
    current = {job: artifact for job, (artifact, _) in read.items() if artifact}
    return current, tuple(finding for _, found in read.values() for finding in found)


def _read(
    project: Project, job: Job, output: Path, standing: StandingFiles
) -> tuple[Artifact | None, tuple[Finding, ...]]:
    """An artifact that stands as a build of this source made it, with its findings; else None, and why."""
    entry, path = standing.entries.get(job.name), output / job.name
    place = Place(str(path))
    if job.name in standing.changed:
        return None, ()
    if entry is None:
        return None, (
            Finding(
                place, "not-built", wording("It is not built."), wording("Run `keben build`."), "warning"
            ),
        )
    if entry.get("source") != source_mark(project, job):
        message = wording("It was made from other sources, or by other tools, than those here now.")
        return None, (Finding(place, "old-artifact", message, wording("Build it again."), "warning"),)
    artifact = Artifact(job.name, job.edition.name, job.format, path.read_bytes(), entry, recalled(entry))
    return artifact, artifact.findings


def _prove(
    job: Job,
    artifact: Artifact,
    twin: Artifact | None,
    composition: Composition,
    environment: Mapping[str, str],
) -> _Look:
    """Compare an artifact with the source; ``twin`` is the one whose pages it shows, if that stands."""
    said = read_as(composition, job.form)
    tagged, problems = _tagged(job, artifact, twin, composition, environment)
    findings = [*problems]
    checked: list[str] = []
    for proof in job.form.proofs_of(job.edition):
        found = proof.check(ToProve(said, artifact, tagged))
        findings += found
        checked += (
            [] if errors_in(found) else [wording("{name}: {passed}", name=job.name, passed=proof.passed)]
        )
        if any(each.code == "broken-pdf" for each in found):
            return _Look(tuple(checked), tuple(findings))
    from keben.check import LineReport

    reports = [measure.take(artifact, job.edition) for measure in job.form.measures]
    checked += [wording("{name}: {passed}", name=job.name, passed=report.summary()) for report in reports]
    for measure, report in zip(job.form.measures, reports, strict=True):
        findings += measure.judge(report, artifact, job.edition)
    lines = [(job.name, report) for report in reports if isinstance(report, LineReport)]
    return _Look(tuple(checked), tuple(findings), dict(lines))


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
    try:
        return form.tag_again(Material(said, cache=fonts_folder(environment))), ()
    except (BuildError, SourceError, MachineError) as error:
        return None, error.findings


def _try(job: Job, compositions: Mapping[str, Composition], environment: Mapping[str, str]) -> _Look:
    """Make what does not stand as this source makes it, and report what a build would find."""
    try:
        found = try_making(job, compositions[job.edition.name], environment)
    except (BuildError, SourceError) as error:
        found = error.findings
    return _Look(() if errors_in(found) else (wording("{name}: can be built", name=job.name),), found)


def _to_try(jobs: Sequence[Job], planned: Sequence[Job]) -> Iterator[Job]:
    """What is made from another artifact is not tried where that one is: a booklet's PDF, a cover's interior."""
    for job in jobs:
        if job.form.base is None or job.base not in planned:
            yield job


def _validate(jobs: Iterable[Job], output: Path) -> Iterator[_Look]:
    """Run each format's validators over the artifacts that are there, each validator once."""
    there = [job for job in jobs if (output / job.name).is_file()]
    for validator in dict.fromkeys(each for job in there for each in job.form.validators):
        yield _validated(
            validator, tuple(output / job.name for job in there if validator in job.form.validators)
        )


def _validated(validator: Validator, paths: tuple[Path, ...]) -> _Look:
    """What a validator looked at and found; a warning where it is not there: all else can be checked."""
    try:
        found = validator.check(paths)
    except MachineError as error:
        return _Look((), tuple(replace(finding, severity="warning") for finding in error.findings))
    said = wording("{name}: {passed}", name=validator.name, passed=series(path.name for path in paths))
    return _Look((said,), found)


def _rare(composition: Composition) -> "RareReport":
    from keben.check.rare import rare_characters

    edition = composition.edition
    forms = [FORMATS[name] for name in edition.formats]
    form = next((each for each in forms if each.sets == "pages"), forms[0])
    if form.sets != "pages":
        return rare_characters(composition, form.reads, lambda _: "")
    from keben.typeset import setting_font

    return rare_characters(composition, form.reads, partial(setting_font, edition))
