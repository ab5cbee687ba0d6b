"""Runs the jobs of a build: each after what it is made from, in this process or in several."""

from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

from keben.build.helpers import helpers
from keben.build.request import Job, Progress, Report
from keben.build.workers import Workers, killed, workers
from keben.core.calls import Submit
from keben.core.composition import Artifact, Composition
from keben.core.errors import Finding, KebenError, errors_in
from keben.core.faults import fault
from keben.core.media import FormatName
from keben.core.store import NO_STORE, Store
from keben.formats import make

_Means = tuple[Path | None, Store, Submit | None]
"""The cache of fonts, the store, and what has calls made in other processes."""


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


def make_all(
    jobs: Collection[Job],
    compositions: Mapping[str, Composition],
    processes: int,
    report: Report,
    printed: Mapping[str, Artifact],
    cache: Path | None = None,
    store: Store = NO_STORE,
) -> Results:
    """Make each artifact, in this process or in several; where one fails, the others are made all the same.

    ``printed`` has the PDFs that there are already, by the names of those that are made from them; ``cache`` and
    ``store`` keep fonts and results of single steps from one build to the next.
    """
    waiting = {job: compositions[job.edition.name] for job in jobs}
    done: dict[Job, Artifact] = {}
    findings: dict[Job, tuple[Finding, ...]] = {}
    alone = [job for job in waiting if job.base not in waiting]
    # One artifact alone is made here, and other processes help with it.
    spare = processes - 1 if len(alone) == 1 else 0
    with workers(min(processes, len(alone))) as pool, helpers(spare) as submit:
        means = cache, store, submit
        for job, artifact, found, seconds in _run(pool, waiting, dict(printed), report, means):
            findings[job] = found
            if artifact is not None:
                done[job] = artifact
                report(Progress(job, "made", seconds, artifact.facts))
            else:
                report(Progress(job, "failed", seconds))
    artifacts = tuple(done[job] for job in waiting if job in done)
    return Results(artifacts, findings, tuple(job for job in waiting if job not in done))


def _timed(
    composition: Composition, name: FormatName, base: Artifact | None, means: _Means
) -> tuple[Artifact, tuple[Finding, ...], float]:
    """What `keben.formats.make` gives, with the seconds that it took."""
    began = perf_counter()
    return (*make(composition, name, base, *means), perf_counter() - began)


_Done = tuple[Job, Artifact | None, tuple[Finding, ...], float]


def _run(
    pool: Workers,
    waiting: Mapping[Job, Composition],
    printed: dict[str, Artifact],
    report: Report,
    means: _Means,
) -> Iterator[_Done]:
    """Make what waits, each after what it is made from, if that is made too. What failed has no artifact."""
    left = list(waiting)
    running: dict[Future[Any], Job] = {}
    while left:
        for job in left:
            if job not in running.values() and job.base not in left and len(running) < pool.at_once:
                report(Progress(job, "started"))
                arguments = (waiting[job], job.format, printed.get(job.name), means)
                running[pool.submit(_timed, *arguments)] = job
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            left.remove(job)
            done = _done(job, future)
            if done[1] is not None:
                printed.update((other.name, done[1]) for other in waiting if other.base == job)
            yield done
            if done[1] is None:
                # Nothing is made from what failed, nor from what would have been made from that.
                for other in _hanging_on(job, left):
                    left.remove(other)
                    yield other, None, (), 0.0


def _hanging_on(job: Job, others: Collection[Job]) -> list[Job]:
    """Those of other jobs that are made from a job, or from one that is."""
    found = [job]
    for base in found:
        found += [other for other in others if other.base == base]
    return found[1:]


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
