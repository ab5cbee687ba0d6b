"""A graph of tasks: each is run after those that it needs, on whatever processes there are.

A task is a function that another process can find by its name, and values that can be pickled. The graph knows nothing
of books. Tasks may be added while it runs, so what a result leads to need not be known before.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from time import perf_counter
from typing import Any, Protocol

from keben.build.interrupts import first_done
from keben.build.workers import KilledError
from keben.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One call, and what it needs first."""

    name: str
    """Unique in its graph."""
    function: Callable[..., Any]
    values: tuple[Any, ...] = ()
    """Its first arguments."""
    needs: tuple[str, ...] = ()
    """Names of tasks whose results are its further arguments, in this order."""
    label: str = ""
    """What a person reads of it while it runs."""
    seconds: float = 0.0
    """What it is expected to take. Among tasks that are ready, the longest begins first."""
    memory: int = 0
    """Bytes that it is expected to take."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A task that is over, with its result or what it raised."""

    task: Task
    value: Any = None
    error: Exception | None = None
    seconds: float = 0.0


class NeedFailedError(Exception):
    """A task was not begun: one that it needs failed."""


class Processes(Protocol):
    """What runs the calls: `keben.build.workers.Workers`, or a cluster."""

    @property
    def at_once(self) -> int:
        """How many calls may be given before one is done."""

    @property
    def is_shared(self) -> bool:
        """Whether calls that run at once take memory from each other, so that a killed one is tried again alone."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A call's future; it fails with `KilledError` where its process is killed."""

    def drop_idle(self) -> None:
        """End processes that do nothing, so that the next call has their memory too."""


Listener = Callable[[Task, str], None]
"""Called when a task ``started``, or is begun ``again`` because its process was killed."""


def _ignore(_task: Task, _what: str) -> None:
    """Whoever runs tasks without a reader."""


class Graph:
    """Tasks that wait, and tasks that run."""

    def __init__(self, processes: Processes, memory: int | None = None, listen: Listener = _ignore) -> None:
        """``memory``: bytes that tasks may take together; a task that takes more runs alone. None: not bounded."""
        self._processes = processes
        self._memory = memory
        self._listen = listen
        self._waiting: dict[str, Task] = {}
        self._again: list[Task] = []
        self._killed: set[str] = set()
        self._running: dict[Future[Any], tuple[Task, float]] = {}
        self._results: dict[str, Any] = {}

    def add(self, *tasks: Task) -> None:
        """Have further tasks run.

        Raises:
            ValueError: two tasks have one name, or one needs a task that does not wait or run.
        """
        fresh = {task.name: task for task in tasks}
        known = {*self._waiting, *(task.name for task in self.unfinished)}
        if len(fresh) < len(tasks) or fresh.keys() & known:
            raise ValueError("two tasks of a graph have one name")
        for task in tasks:
            if unknown := set(task.needs) - fresh.keys() - known:
                raise ValueError(f"{task.name} needs {sorted(unknown)}, which is not there")
        self._waiting |= fresh

    @property
    def unfinished(self) -> tuple[Task, ...]:
        """Tasks that run, that are to run again, and that wait."""
        running = (task for task, _ in self._running.values())
        return (*running, *self._again, *self._waiting.values())

    @property
    def has_room(self) -> bool:
        """Whether another task could begin now, if there were one that needs nothing."""
        begun = len(self._running) + len(self._again)
        ready = sum(map(self._is_ready, self._waiting.values()))
        # One more where there are several processes, so that none waits until it is there.
        return begun + ready < self._processes.at_once + (self._processes.at_once > 1)

    def run(self) -> Iterator[Ended]:
        """Each task as it ends, until none is left. Whoever iterates may add tasks meanwhile.

        Raises:
            ValueError: tasks that are left need each other.
        """
        while self._waiting or self._again or self._running:
            self._begin()
            if not self._running:
                raise ValueError(f"tasks need each other: {sorted(self._waiting)}")
            for future in first_done(self._running):
                yield from self._end(future)

    def _begin(self) -> None:
        if self._again:
            # It may have been killed because there was no memory for it and others.
            if not self._running:
                task = self._again.pop(0)
                self._processes.drop_idle()
                self._listen(task, "again")
                self._submit(task)
            return
        ready = [task for task in self._waiting.values() if self._is_ready(task)]
        if self._processes.at_once > 1:
            ready.sort(key=lambda task: -task.seconds)
        for task in ready:
            if len(self._running) < self._processes.at_once and self._fits(task):
                del self._waiting[task.name]
                self._listen(task, "started")
                self._submit(task)

    def _is_ready(self, task: Task) -> bool:
        return all(name in self._results for name in task.needs)

    def _fits(self, task: Task) -> bool:
        if self._memory is None or not self._running:
            return True
        return sum(each.memory for each, _ in self._running.values()) + task.memory <= self._memory

    def _submit(self, task: Task) -> None:
        needed = (self._results[name] for name in task.needs)
        future = self._processes.submit(task.function, *task.values, *needed)
        self._running[future] = task, perf_counter()

    def _end(self, future: Future[Any]) -> Iterator[Ended]:
        task, began = self._running.pop(future)
        error = future.exception()
        if isinstance(error, KilledError) and self._processes.is_shared and task.name not in self._killed:
            self._killed.add(task.name)
            self._again.append(task)
            return
        if error is None:
            value = future.result()
            self._results[task.name] = value
            yield Ended(task, value, None, perf_counter() - began)
        elif isinstance(error, Exception):
            yield Ended(task, None, error, perf_counter() - began)
            yield from self._give_up(task)
        else:
            raise error
        self._forget()

    def _give_up(self, failed: Task) -> Iterator[Ended]:
        """Nothing is made from what failed, nor from what would have been made from that."""
        for task in [each for each in self._waiting.values() if failed.name in each.needs]:
            if self._waiting.pop(task.name, None):
                yield Ended(task, None, NeedFailedError(failed.name))
                yield from self._give_up(task)

    def _forget(self) -> None:
        """Drop the results that nobody waits for."""
        needed = {name for task in (*self._waiting.values(), *self._again) for name in task.needs}
        self._results = {name: value for name, value in self._results.items() if name in needed}
