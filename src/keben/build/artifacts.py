"""The artifacts of a book as tasks of a graph: each after what it is made from."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from keben.build.caches import store_of
from keben.build.estimates import expected_of
from keben.build.graph import Ended, NeedFailedError, Task
from keben.build.likeness import Fonts, require_fonts
from keben.build.request import Job, Progress
from keben.build.workers import KilledError, killed
from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.errors import BuildError, Finding, KebenError, errors_in
from keben.core.faults import fault
from keben.core.frugal import give_back
from keben.core.media import FormatName
from keben.core.store import FONTS, NO_STORE, Lookups, Store, caches_folder
from keben.core.values import dataclass
from keben.formats import FORMATS, make


@dataclass(frozen=True, slots=True)
class Results:
    """What came of some jobs, in their order."""

    artifacts: tuple[Artifact, ...]
    found: Mapping[Job, tuple[Finding, ...]]
    missing: tuple[Job, ...]
    """Those that failed, and those that would be made from these."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Those of all jobs."""
        return tuple(chain.from_iterable(self.found.values()))


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeps fonts and results of single steps from one build to the next."""

    caches: Path | None = None
    """The user's folder for Keben's caches."""
    cache: Path | None = None
    """That of fonts below it."""
    store: Store = NO_STORE
    apart: Apart | None = None
    """What has pages set in another process; None: all is made in this one."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That artifacts are made on other machines, which keep what they like below their own users' caches."""

    fonts: Mapping[str, Fonts]
    """What must be the same there, by edition."""
    reuse: bool = True
    """Whether they may use what they keep."""


def kept_of(environment: Mapping[str, str], *, reuse: bool) -> Kept:
    """What a user keeps; without ``reuse`` only fonts, which are found by all that they are made from."""
    caches = caches_folder(environment)
    return Kept(caches, caches / FONTS if caches else None, store_of(caches) if reuse else NO_STORE)


class _Made(NamedTuple):
    """An artifact that passed its proofs."""

    artifact: Artifact
    findings: tuple[Finding, ...]
    seconds: float
    steps: tuple[int, int]


class Making:
    """The artifacts of one book, on their way."""

    def __init__(
        self,
        jobs: Collection[Job],
        compositions: Mapping[str, Composition],
        printed: Mapping[str, Artifact],
        kept: Kept | Elsewhere,
        size: tuple[int, int] = (0, 0),
        book: str = "",
    ) -> None:
        """``printed`` has the PDFs that there are already, by the names of those that are made from them.

        ``size`` is how many characters the source has, and how many bytes its pictures; ``book`` tells its tasks from
        those of other books.
        """
        self._jobs = {_task_name(book, job): job for job in jobs}
        self._compositions = compositions
        self._printed = printed
        self._kept = kept
        self._size = size
        self._book = book
        self._done: dict[Job, Artifact] = {}
        self._found: dict[Job, tuple[Finding, ...]] = {}

    @property
    def at_once(self) -> int:
        """How many can be made at the same time."""
        return sum(job.base not in self._jobs.values() for job in self._jobs.values())

    @property
    def is_done(self) -> bool:
        """Whether each is made, or failed."""
        return len(self._found) == len(self._jobs)

    def tasks(self, apart: Apart | None = None) -> Iterator[Task]:
        """One for each artifact; ``apart`` has pages set in another process, where a task runs in this one."""
        for name, job in self._jobs.items():
            base = _task_name(self._book, job.base) if job.base else ""
            function, how = self._function(job, apart)
            values = (self._compositions[job.edition.name], job.format, *how)
            # The base is what the task that makes it gives, or what is there already.
            there = () if base in self._jobs else (_there(self._printed.get(job.name)),)
            needs = (base,) if base in self._jobs else ()
            expected = expected_of(job.form, *self._size, columns=job.edition.is_vertical)
            yield Task(name, function, (*values, *there), needs, job.name, expected.seconds, expected.memory)

    def _function(self, job: Job, apart: Apart | None) -> tuple[Callable[..., _Made], tuple[Any, ...]]:
        if isinstance(self._kept, Kept):
            return _make, (replace(self._kept, apart=apart),)
        fonts = self._kept.fonts[job.edition.name] if job.form.sets_type(job.edition) else None
        return _make_elsewhere, (fonts, self._kept.reuse)

    def begun(self, task: Task, state: str) -> Progress:
        """What is said of a task that begins."""
        return Progress(self._jobs[task.name], state, book=self._book)

    def take(self, ended: Ended) -> Progress:
        """Keep what came of a task; give what is said of it. Where its artifact is wrong, it has failed."""
        job = self._jobs[ended.task.name]
        if ended.error is None:
            made: _Made = ended.value
            self._done[job], self._found[job] = made.artifact, made.findings
            return Progress(job, "made", made.seconds, made.artifact.facts, self._book, made.steps)
        self._found[job] = findings_of(ended.error, job.name)
        return Progress(job, "failed", ended.seconds, book=self._book)

    def results(self) -> Results:
        """What came of all."""
        jobs = tuple(self._jobs.values())
        return Results(
            tuple(self._done[job] for job in jobs if job in self._done),
            {job: self._found[job] for job in jobs},
            tuple(job for job in jobs if job not in self._done),
        )


def _task_name(book: str, job: Job) -> str:
    return f"{book}:{job.edition.name}:{job.format}"


def findings_of(error: Exception, name: str) -> tuple[Finding, ...]:
    """What is said of an exception that a task ended with; ``name`` is what it was to make."""
    match error:
        case KebenError():
            return error.findings
        case KilledError():
            return killed(name).findings
        case NeedFailedError():
            return ()
        case _:
            return (fault(error, name),)


def _make(composition: Composition, name: FormatName, kept: Kept, base: _Made | None) -> _Made:
    """What `keben.formats.make` gives, with the seconds that it took.

    Raises:
        BuildError: the artifact did not pass its proofs.
    """
    began = perf_counter()
    if FORMATS[name].sets == "pages" and kept.apart is None:
        # What this process made before is let go.
        give_back()
    lookups = Lookups()
    store = replace(kept.store, lookups=lookups)
    artifact, found = make(composition, name, base.artifact if base else None, kept.cache, store, kept.apart)
    if errors_in(found):
        raise BuildError(*found)
    return _Made(artifact, found, perf_counter() - began, (lookups.asked, lookups.found))


def _make_elsewhere(
    composition: Composition, name: FormatName, fonts: Fonts | None, reuse: bool, base: _Made | None
) -> _Made:
    """The same on another machine than the one that asks.

    Raises:
        MachineError: its fonts are not the same.
    """
    kept = kept_of(os.environ, reuse=reuse)
    if fonts is not None:
        require_fonts(composition.edition, fonts, kept.cache)
    return _make(composition, name, kept, base)


def _there(artifact: Artifact | None) -> _Made | None:
    return _Made(artifact, (), 0.0, (0, 0)) if artifact else None
