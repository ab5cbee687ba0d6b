"""What ``keben check`` does: the source through every stage, then the artifacts that stand in the output folder."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from keben.conversions import distinct, errors_first, only, prepare, read_project
from keben.errors import Finding, MachineError, Place, errors_in
from keben.jobs import Request, plan
from keben.marks import source_mark
from keben.model import Artifact, Composition
from keben.rare import RareReport, rare_characters
from keben.release import CHECKSUMS, read_manifest, standing

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


def inspect(root: Path, output: Path, environment: Mapping[str, str]) -> Inspection:
    """Check a project and its artifacts.

    Raises:
        SourceError: ``book.toml`` is so wrong that there is nothing to go on with.
        UsageError: the book has no artifacts.
    """
    from keben.check import check_completeness, check_press, measure_lines

    project = read_project(root, environment)
    with errors_first(project):
        jobs = plan(Request(root, output), project.manuscript)
    prepared = prepare(project, jobs)
    compositions, found = prepared.compositions, prepared.findings
    findings = [*project.findings, *found]
    checked = [f"source: {len(project.manuscript.sources)} chapters, {len(compositions)} editions"]
    entries = {entry["name"]: entry for entry in read_manifest(output)["artifacts"]}
    epubs: list[Path] = []
    lines: dict[str, LineReport] = {}
    for job in jobs:
        entry = entries.get(job.name)
        path = output / job.name
        place = Place(str(path))
        if entry is None or not path.is_file():
            findings.append(Finding(place, "not-built", "It is not built.", "Run `keben build`.", "warning"))
            continue
        whole = standing(output, entry)
        if not whole:
            message = f"Its bytes are not those that {CHECKSUMS} names."
            findings.append(Finding(place, "changed-artifact", message, "Build it again."))
        if entry.get("source") != source_mark(project, job):
            message = "It was made from other sources, or by other tools, than those here now."
            findings.append(Finding(place, "old-artifact", message, "Build it again.", "warning"))
        elif not errors_in(found):
            artifact = Artifact(job.name, job.edition.name, job.format, path.read_bytes(), entry)
            if job.format != "cover":
                findings += check_completeness(only(compositions[job.edition.name], job.format), artifact)
                checked.append(f"{job.name}: nothing of the text is lost")
            if whole and job.format in ("press", "cover"):
                findings += check_press(artifact, job.edition)
                checked.append(
                    f"{job.name}: boxes, fonts, black and output intent are as a printer needs them"
                )
            if whole and job.format == "pdf":
                vertical = job.edition.writing == "vertical"
                lines[job.name] = measure_lines(
                    artifact.data, job.edition.area, job.edition.language, vertical=vertical
                )
                checked.append(f"{job.name}: {lines[job.name].summary()}")
        if job.format == "epub":
            epubs.append(path)
    rare = {name: _rare(composition) for name, composition in compositions.items()}
    if epubs:
        found, ran = _validated(tuple(epubs))
        findings += found
        checked += ran
    return Inspection(tuple(checked), distinct(findings), lines, rare)


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
