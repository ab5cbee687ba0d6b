"""Runs tasks, and says how far they are."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace

from keben.build.artifacts import Kept, Making, Results
from keben.build.estimates import Forecast
from keben.build.graph import Ended, Graph, Processes, Task
from keben.build.memory import memory_for_tasks
from keben.build.production import Ready
from keben.build.request import Job, Progress, Report
from keben.build.workers import workers
from keben.core.calls import Apart
from keben.core.composition import Artifact, Composition
from keben.core.store import Store


class GraphRun:
    """A graph that says what happens in it, and how long it will go on."""

    def __init__(
        self, processes: Processes, report: Report, begun: Callable[[Task, str], Progress | None]
    ) -> None:
        """``begun`` gives what is to be said of a task that begins."""
        memory = memory_for_tasks() if processes.is_shared and processes.at_once > 1 else None
        self.graph = Graph(processes, memory, self._listen)
        self.further = 0.0
        """Seconds that what will be added is expected to take."""
        self._report = report
        self._begun = begun
        self._forecast = Forecast(processes.at_once)

    def say(self, ended: Ended, progress: Progress | None) -> None:
        """Report what came of a task."""
        if ended.seconds:
            self._forecast.end(ended.task, ended.seconds)
        self._say(progress)

    def _listen(self, task: Task, what: str) -> None:
        self._forecast.begin(task)
        self._say(self._begun(task, what))

    def _say(self, progress: Progress | None) -> None:
        if progress is not None:
            left = self._forecast.left(self.graph.unfinished, self.further)
            self._report(replace(progress, left=left))


@contextmanager
def processes(count: int, scheduler: str) -> Iterator[Processes]:
    """What runs tasks: this process where ``count`` is 1, several of this machine, or a cluster.

    Raises:
        MachineError: the scheduler cannot be reached, or its workers would not make the same files.
    """
    if scheduler:
        from keben.build.cluster import cluster

        with cluster(scheduler) as shared:
            yield shared
    else:
        with workers(count) as own:
            yield own


def make_one(
    book: Ready, report: Report, apart: Apart | None = None, those: Processes | None = None
) -> Results:
    """Make what can be made of a book that is ready: in processes that are there, or in new ones.

    ``apart`` sets the pages of one artifact alone.
    """
    request = book.planned.request
    making = book.making()
    with _trimmed(book.planned.keeps.store):
        return _run(making, request.jobs, request.scheduler, report, apart, those)


@contextmanager
def _trimmed(store: Store) -> Iterator[None]:
    """Trim a store while the block runs: another process sets pages meanwhile, and what it adds counts next time."""
    # It may be left where it is at any moment, as a build may that is killed.
    thread = threading.Thread(target=store.trim, daemon=True)
    thread.start()
    yield
    thread.join()


def make_all(
    jobs: Collection[Job],
    compositions: Mapping[str, Composition],
    count: int,
    report: Report,
    printed: Mapping[str, Artifact],
    kept: Kept | None = None,
) -> Results:
    """Make each artifact, in this process or in ``count``; where one fails, the others are made all the same.

    ``printed`` has the PDFs that there are already, by the names of those that are made from them.
    """
    return _run(Making(jobs, compositions, printed, kept or Kept()), count, "", report)


def _run(
    making: Making,
    count: int,
    scheduler: str,
    report: Report,
    apart: Apart | None = None,
    there: Processes | None = None,
) -> Results:
    if not making.at_once:
        return making.results()
    with nullcontext(there) if there else processes(min(count, making.at_once), scheduler) as those:
        run = GraphRun(those, report, making.begun)
        # One artifact alone is made here, and its pages are set in another process.
        run.graph.add(*making.tasks(apart if making.at_once == 1 and not scheduler else None))
        for ended in run.graph.run():
            run.say(ended, making.take(ended))
    return making.results()
