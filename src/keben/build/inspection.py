"""What ``keben check`` does: the source through every stage, then the artifacts that stand in the output folder."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from keben.build import ready, try_making
from keben.build.audit import Standing, look_at
from keben.build.editions import Project, distinct, errors_first, prepare, read_project
from keben.build.marks import source_mark
from keben.build.recalled import recalled
from keben.build.request import Job, Request, plan
from keben.check.rare import RareReport, rare_characters
from keben.core.errors import BuildError, Finding, MachineError, Place, SourceError, errors_in
from keben.core.model import Artifact, Composition

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
            printed = next(
                (each for other, each in current.items() if other == Job(job.edition, "pdf")), None
            )
            _prove(job, artifact, printed, compositions[job.edition.name], environment, told)
        _try([job for job in jobs if job not in current], jobs, compositions, environment, told)
    rare = {name: _rare(composition) for name, composition in compositions.items()}
    epubs = tuple(
        output / job.name
        for job in jobs
        if job.format == "epub" and job.name not in standing.changed and (output / job.name).is_file()
    )
    if epubs:
        found, ran = _validated(epubs)
        told.findings += found
        told.checked += ran
    return Inspection(tuple(told.checked), distinct(told.findings), told.lines, rare)


def _current(project: Project, job: Job, output: Path, standing: Standing, told: _Told) -> Artifact | None:
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
    printed: Artifact | None,
    composition: Composition,
    environment: Mapping[str, str],
    told: _Told,
) -> None:
    """Compare an artifact with the source; ``printed`` is the PDF of its edition, if that stands."""
    from keben.check import check_completeness, check_press, measure_lines

    edition = job.edition
    if job.format != "cover":
        if job.format == "press":
            found = _interior_proved(artifact, printed, composition, environment)
        else:
            base = printed if job.format == "booklet" else None
            found = check_completeness(ready(composition, job.format), artifact, base)
        told.findings += found
        if not errors_in(found):
            told.checked.append(f"{job.name}: nothing of the text is lost")
        if any(each.code == "broken-pdf" for each in found):
            return
    if job.format in ("press", "cover"):
        problems = check_press(artifact, edition)
        told.findings += problems
        if not errors_in(problems):
            told.checked.append(
                f"{job.name}: boxes, fonts, black and output intent are as a printer needs them"
            )
    if job.format == "pdf":
        vertical = edition.writing == "vertical"
        told.lines[job.name] = measure_lines(artifact.data, edition.area, edition.language, vertical=vertical)
        told.checked.append(f"{job.name}: {told.lines[job.name].summary()}")


def _interior_proved(
    artifact: Artifact, printed: Artifact | None, composition: Composition, environment: Mapping[str, str]
) -> tuple[Finding, ...]:
    """What is lost in a printer's interior, page by page.

    It has no structure to be read by: its pages are compared with those of the PDF, where they say the same, else with
    those of the tagged PDF that it is made from, which is set again.
    """
    from keben.check import check_completeness
    from keben.typeset import typeset
    from keben.typeset.fonts.vertical.cache import cache_folder

    said = ready(composition, "press")
    if printed and said == ready(composition, "pdf"):
        found = check_completeness(said, artifact, printed)
        if not errors_in(found):
            return found
    try:
        tagged = typeset(said, cache_folder(environment), composition.edition.press)
    except (BuildError, SourceError, MachineError) as error:
        # Its text can still be counted.
        return (*error.findings, *check_completeness(said, artifact))
    return check_completeness(said, artifact, tagged)


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
    """A booklet is made of its PDF, and a cover goes with its interior: those are tried for them."""
    for job in jobs:
        if job.format != "cover" and not (job.base and job.base in planned):
            yield job


def _validated(paths: tuple[Path, ...]) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """What EPUBCheck found, and what it looked at; a warning where it is not there: all else can be checked."""
    from keben.check import check_epubs

    try:
        found = check_epubs(paths)
    except MachineError as error:
        return tuple(replace(finding, severity="warning") for finding in error.findings), ()
    return found, (f"EPUBCheck: {', '.join(path.name for path in paths)}",)


def _rare(composition: Composition) -> RareReport:
    edition = composition.edition
    if "pdf" not in edition.formats:
        return rare_characters(composition, edition.formats, lambda _: "")
    from keben.typeset import setting_font

    return rare_characters(composition, edition.formats, partial(setting_font, edition))
