"""What a build can use, or leave as it is, of what stands in its output folder when it begins."""

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from keben.build.editions import Project, is_converted, record_name
from keben.build.locks import locked
from keben.build.marks import source_marks
from keben.build.output import CHECKSUMS, MANIFEST, NOTHING, Manifest, listed, read_manifest, standing
from keben.build.ownership import require_keben_s
from keben.build.recalled import recalled
from keben.build.request import Job, Request, possible_names
from keben.build.sums import Sums
from keben.build.together import recover
from keben.core.book import Manuscript
from keben.core.composition import Artifact
from keben.core.errors import Finding, MachineError, Place
from keben.core.saying import wording
from keben.project import is_project
from keben.project.finding import is_emptied


def standing_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder, after what a killed build left there is dealt with.

    Raises:
        MachineError: nothing can be written there.
    """
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    if not there.is_dir():
        message = wording("The output folder cannot be made: this is not a folder.")
        raise MachineError.at(str(there), "write-failed", message, wording("Name another one."))
    if not os.access(there, os.W_OK | os.X_OK):
        message = wording("Nothing can be written into this folder.")
        raise MachineError.at(
            str(there), "write-failed", message, wording("Fix its permissions, or name another one.")
        )
    if folder.is_dir():
        try:
            with locked(folder):
                recover(folder)
        except OSError:
            # That it cannot be written into is reported when that is tried.
            pass
    return read_manifest(folder)


def output_of(root: Path) -> Path:
    """The folder that the artifacts of a book go to where nobody names one: ``build`` in it, or beside its one file.

    A ``build`` that another tool wrote stays its own: then it is ``keben-build``.
    """
    folder = root.parent if root.is_file() else root
    output = folder / "build"
    if is_project(root):
        return output
    is_free = read_manifest(output) != NOTHING or not output.is_dir() or not any(output.iterdir())
    return output if is_free and not is_emptied(root, output.name) else folder / "keben-build"


def require_own(folder: Path, old: Manifest, jobs: Iterable[Job]) -> None:
    """See that what a build would write over is what a build wrote: its manifest says so, or the file itself.

    Raises:
        BuildError: ``stranger``: a file of another origin has the name of one that is to be written.
    """
    jobs = tuple(jobs)
    records = {record_name(job.edition) for job in jobs if is_converted(job.edition)}
    known = {entry["name"] for entry in listed(old)} | ({MANIFEST, CHECKSUMS} if old != NOTHING else set())
    names = {job.name for job in jobs} | records | {MANIFEST, CHECKSUMS} if jobs else set()
    require_keben_s(folder / name for name in sorted(names - known))


def standing_records(project: Project, output: Path, old: Manifest, sums: Sums) -> dict[str, Any]:
    """What the manifest says of the conversions of the editions that the book still has."""
    names = {edition.name for edition in project.manuscript.settings.editions if is_converted(edition)}
    return {
        name: entry
        for name, entry in old["conversions"].items()
        if name in names and sums.standing(output, entry)
    }


def standing_others(
    manuscript: Manuscript,
    output: Path,
    before: Mapping[str, Mapping[str, Any]],
    made: Collection[str],
    sums: Sums,
) -> tuple[list[Mapping[str, Any]], tuple[Finding, ...]]:
    """What stays in the folder as it is, and a notice for each artifact that the book does not have any more."""
    possible = possible_names(manuscript)
    others = []
    left = []
    for name, entry in before.items():
        if name in made or not sums.standing(output, entry):
            continue
        if name in possible:
            others.append(entry)
        else:
            message = wording(
                "The book has no such edition or format any more: this file of an earlier build is deleted."
            )
            left.append(Finding(Place(str(output / name)), "left-over", message, severity="notice"))
    return others, tuple(left)


def standing_bases(
    project: Project,
    request: Request,
    wanted: Iterable[Job],
    before: Mapping[str, Mapping[str, Any]],
    caches: Path | None,
) -> dict[str, Artifact]:
    """What stands in the output folder as it would be made now, by the names of those that are made from it."""
    bases = {job.name: job.base for job in wanted if job.base} if request.reuse else {}
    marks = source_marks(project, dict.fromkeys(bases.values()), caches) if bases else {}
    printed: dict[str, Artifact] = {}
    for name, job in bases.items():
        entry = before.get(job.name)
        if entry and entry.get("source") == marks[job] and standing(request.output, entry):
            data = (request.output / job.name).read_bytes()
            printed[name] = Artifact(job.name, job.edition.name, job.format, data, entry, recalled(entry))
    return printed
