"""A request → what is to be written, in three steps that others may be put between: plan, get ready, finish."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field, replace
from itertools import chain
from typing import Any

from keben.build.artifacts import Elsewhere, Kept, Making, Results, kept_of
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
from keben.build.likeness import Fonts
from keben.build.marks import source_marks, theme_texts
from keben.build.output import NOTHING, Manifest, make_manifest, record_entry
from keben.build.outputs import (
    require_own,
    standing_bases,
    standing_manifest,
    standing_others,
    standing_records,
)
from keben.build.recalled import KEY, recalled, remembered
from keben.build.request import Job, Progress, Request, plan
from keben.build.sums import Sums
from keben.core.book import Manuscript
from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.errors import BuildError, Finding, KebenError, MachineError, SourceError, errors_in
from keben.core.store import caches_folder
from keben.core.values import dataclass
from keben.formats import begin


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
class Planned:
    """What a request comes to: which artifacts are as they would be made, and which are to be made."""

    request: Request
    project: Project
    marks: Mapping[Job, str]
    """Of each job, what `keben.build.marks` makes of what it is made from."""
    kept: tuple[Job, ...]
    wanted: tuple[Job, ...]
    old: Manifest
    before: Mapping[str, Mapping[str, Any]]
    """The entries of the manifest that stands there, by name."""
    records: Mapping[str, Any]
    keeps: Kept
    sums: Sums

    @property
    def size(self) -> tuple[int, int]:
        """How many characters the source has, and how many bytes its pictures."""
        manuscript = self.project.manuscript
        characters = sum(len(source.text) for source in manuscript.sources)
        return characters, sum(asset.size for asset in manuscript.assets.values())

    @property
    def alone(self) -> Job | None:
        """The artifact of which this machine sets the pages, where there is nothing to be made at the same time."""
        first = self._first
        if len(first) != 1 or self.request.scheduler:
            return None
        return first[0] if first[0].base is None and first[0].form.sets == "pages" else None

    @property
    def at_once(self) -> int:
        """How many artifacts this machine can make at the same time, each in a process of its own; 1 for `alone`."""
        return 1 if self.request.scheduler else min(self.request.jobs, len(self._first))

    @property
    def _first(self) -> tuple[Job, ...]:
        """What is made of nothing that is to be made, too."""
        return tuple(job for job in self.wanted if job.base not in self.wanted)

    @property
    def sets_pages(self) -> bool:
        """Whether pages are to be set."""
        return any(job.form.sets == "pages" for job in self.wanted)

    def announced(self, book: str = "") -> Iterator[Progress]:
        """What is said of each artifact that is kept."""
        return (Progress(job, "kept", facts=self.before[job.name], book=book) for job in self.kept)


@dataclass(frozen=True, slots=True)
class Ready:
    """A request whose editions are prepared."""

    planned: Planned
    prepared: Prepared
    able: tuple[Job, ...]
    """What can be made."""
    printed: Mapping[str, Artifact]

    def making(self, book: str = "") -> Making:
        """What is to be made of it; ``book`` tells it from others."""
        planned = self.planned
        kept: Kept | Elsewhere = planned.keeps
        if planned.request.scheduler:
            kept = Elsewhere(dict(_fonts_of(planned)), planned.request.reuse)
        return Making(self.able, self.prepared.compositions, self.printed, kept, planned.size, book)


def planned(request: Request, environment: Mapping[str, str], project: Project | None = None) -> Planned:
    """Plan a build.

    ``project`` is the one at the request's root where it was read already.

    Raises:
        SourceError: the project has errors, and cannot even be planned.
        MachineError: the output folder cannot be written into.
        UsageError: the request names an edition or a format that the book does not have.
    """
    keeps = kept_of(environment, reuse=request.reuse)
    project = project or read_project(request.root, environment, keeps.store)
    with project.origins.in_errors():
        return _planned(request, environment, project, keeps)


def _planned(request: Request, environment: Mapping[str, str], project: Project, keeps: Kept) -> Planned:
    with errors_first(project):
        jobs = plan(request, project.manuscript)
    old = standing_manifest(request.output)
    before = {} if request.alone else {entry["name"]: entry for entry in old["artifacts"]}
    sums = Sums.read(caches_folder(environment))
    marks = source_marks(project, jobs, keeps.caches)
    records = {} if request.alone else standing_records(project, request.output, old, sums)
    kept = tuple(
        job
        for job in jobs
        if request.reuse
        and not errors_in(project.findings)
        and before.get(job.name, {}).get("source") == marks[job]
        and sums.standing(request.output, before[job.name])
        and (job.edition.name in records or not is_converted(job.edition))
    )
    wanted = tuple(job for job in jobs if job not in kept)
    return Planned(request, project, marks, kept, wanted, old, before, records, keeps, sums)


def prepared(
    planned: Planned, apart: Apart | None = None, expect: Callable[[], None] = lambda: None
) -> Prepared:
    """What is wanted, in each edition's own script. With ``apart``, what is made alone is begun there.

    ``expect`` is called when artifacts are soon to be made.

    Raises:
        SourceError: the project cannot be composed.
    """
    if not planned.wanted:
        return Prepared({}, {}, ())
    with planned.project.origins.in_errors():
        # With a scheduler this machine has nothing else to do either.
        keeps, count = planned.keeps, planned.request.jobs

        def begin_alone(job: Job, composition: Composition) -> None:
            if apart is not None and job == planned.alone:
                begin(composition, job.format, keeps.cache, keeps.store, apart)

        return prepare(planned.project, planned.wanted, keeps.store, count, begin_alone, expect)


def ready(planned: Planned, prepared: Prepared) -> Ready:
    """Settle what can be made of what was prepared.

    Raises:
        SourceError, MachineError: there are errors, and what they leave is nothing, or is not asked for.
        BuildError: something of another origin has the name of what is to be written.
    """
    request, project = planned.request, planned.project
    with project.origins.in_errors():
        able = _able(project, prepared, planned.wanted, len(planned.kept), request)
        require_own(request.output, planned.old, able)
        printed = standing_bases(project, request, able, planned.before, planned.keeps.caches)
        return Ready(planned, prepared, tuple(able), printed)


def finished(ready: Ready, made: Results) -> Product:
    """What is to be written.

    Raises:
        BuildError, MachineError: an artifact failed, and the rest is not asked for.
    """
    project = ready.planned.project
    with project.origins.in_errors():
        product = _finished(ready, made)
    return replace(product, findings=tuple(sorted(project.origins.findings(product.findings))))


def _finished(ready: Ready, made: Results) -> Product:
    planned, prepared = ready.planned, ready.prepared
    project, before, request = planned.project, planned.before, planned.request
    _require_whole(made, len(planned.kept), request)
    facts = {
        job.name: {"source": mark, KEY: remembered((*prepared.found.get(job, ()), *made.found.get(job, ())))}
        for job, mark in planned.marks.items()
    }
    artifacts = [replace(each, facts={**each.facts, **facts[each.name]}) for each in made.artifacts]
    names = {each.name for each in artifacts}
    others, left = standing_others(project.manuscript, request.output, before, names, planned.sums)
    planned.sums.keep()
    records, files = dict(planned.records), {}
    for edition in project.manuscript.settings.editions:
        if edition.name in prepared.records and any(each.edition == edition.name for each in artifacts):
            name, data = record_name(edition), prepared.records[edition.name].encode()
            files[name] = data
            records[edition.name] = record_entry(name, data, conversion_facts(project, edition))
    manifest = make_manifest(artifacts, others, about(project.manuscript), records)
    again = chain.from_iterable(recalled(before[job.name]) for job in planned.kept)
    findings = distinct((*project.findings, *prepared.findings, *made.findings, *left, *again))
    missing = [job.name for job in planned.wanted if job not in ready.able or job in made.missing]
    kept_names = tuple(job.name for job in planned.kept)
    return Product(
        project, tuple(artifacts), files, manifest, findings, kept_names, tuple(missing), planned.old
    )


def _fonts_of(planned: Planned) -> Iterator[tuple[str, Fonts]]:
    """What other machines must have, by edition."""
    for edition in dict.fromkeys(job.edition for job in planned.wanted if job.form.sets_type(job.edition)):
        from keben.typeset.fonts.fontmarks import font_marks

        texts = theme_texts(planned.project, edition)
        yield edition.name, Fonts(texts, font_marks(edition, texts, planned.keeps.cache))


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
