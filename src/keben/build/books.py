"""Several books in one graph: each is read, prepared, made and written; an error in one does not affect the others."""

import os
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

from keben.build.artifacts import Making, findings_of, kept_of
from keben.build.editions import Prepared, Project, prepare
from keben.build.estimates import expected_of_reading
from keben.build.graph import Ended, Processes, Task
from keben.build.production import Planned, Product, Ready, finished, planned, ready
from keben.build.request import Job, Progress, Report, Request
from keben.build.runner import GraphRun, processes
from keben.core.errors import BuildError, KebenError, UsageError
from keben.core.saying import wording
from keben.core.values import dataclass

Written = TypeVar("Written")


def make_books(
    requests: Sequence[Request],
    environment: Mapping[str, str],
    report: Report,
    write: Callable[[Request, Product], Written],
) -> tuple[Written | KebenError, ...]:
    """Build several books; give what ``write`` gives of each, or why nothing was written of it.

    A book is begun when a process would have nothing else to do, so that few are in memory at once.

    Raises:
        MachineError: the scheduler cannot be reached, or its workers would not make the same files.
        UsageError: two of them would write into one folder.
    """
    _require_apart(requests)
    if not requests:
        return ()
    with processes(requests[0].jobs, requests[0].scheduler) as those:
        ended = _Books(requests, environment, report, write, those).run()
    kept_of(environment, reuse=True).store.trim()
    return ended


def _require_apart(requests: Sequence[Request]) -> None:
    outputs = [os.path.realpath(request.output) for request in requests]
    for request, output in zip(requests, outputs, strict=True):
        if outputs.count(output) > 1:
            message = wording("Two of the books would be written into this folder.")
            raise UsageError.at(
                str(request.output), "same-output", message, wording("Build one after the other.")
            )


@dataclass(frozen=True, slots=True)
class _InReading:
    """A book whose editions are being prepared."""

    number: int
    planned: Planned

    def begun(self, _task: Task, _state: str) -> Progress:
        """What is said when that begins."""
        return Progress(None, "read", book=_name(self.planned.request))


@dataclass(frozen=True, slots=True)
class _InMaking:
    """A book whose artifacts are being made."""

    number: int
    ready: Ready
    making: Making

    def begun(self, task: Task, state: str) -> Progress:
        """What is said when one of them begins."""
        return self.making.begun(task, state)


class _Books(Generic[Written]):
    """All of them: those that wait, those on their way, and what came of the others."""

    def __init__(
        self,
        requests: Sequence[Request],
        environment: Mapping[str, str],
        report: Report,
        write: Callable[[Request, Product], Written],
        those: Processes,
    ) -> None:
        self._waiting = deque(enumerate(requests))
        self._environment = environment
        self._report = report
        self._write = write
        self._run = GraphRun(those, report, lambda task, state: self._under_way[task.name].begun(task, state))
        self._under_way: dict[str, _InReading | _InMaking] = {}
        """The book of each task."""
        self._expected: list[float] = []
        """Seconds, of each book that was begun."""
        self._ended: dict[int, Written | KebenError] = {}

    def run(self) -> tuple[Written | KebenError, ...]:
        """Build all, and give what came of each in their order."""
        self._begin_some()
        while self._run.graph.unfinished:
            for ended in self._run.graph.run():
                self._take(ended)
                self._begin_some()
        return tuple(self._ended[number] for number in sorted(self._ended))

    def _begin_some(self) -> None:
        while self._waiting and self._run.graph.has_room:
            number, request = self._waiting.popleft()
            with self._kept(number, request):
                self._begin(number, request)
        begun = self._expected
        self._run.further = len(self._waiting) * sum(begun) / len(begun) if begun else 0.0

    @contextmanager
    def _kept(self, number: int, request: Request) -> Iterator[None]:
        """Keep what is wrong with a book as what came of it."""
        try:
            yield
        except KebenError as error:
            self._ended[number] = error
        except Exception as error:  # noqa: BLE001 - one book's fault costs no other
            self._ended[number] = BuildError(*findings_of(error, _name(request)))

    def _begin(self, number: int, request: Request) -> None:
        plan = planned(request, self._environment)
        for progress in plan.announced(_name(request)):
            self._report(progress)
        if plan.wanted:
            self._add(_InReading(number, plan), _reading(plan))
        else:
            self._make(number, plan, Prepared({}, {}, ()))

    def _add(self, book: _InReading | _InMaking, *tasks: Task) -> None:
        self._under_way |= dict.fromkeys((task.name for task in tasks), book)
        self._expected.append(sum(task.seconds for task in tasks))
        self._run.graph.add(*tasks)

    def _take(self, ended: Ended) -> None:
        book = self._under_way.pop(ended.task.name)
        if isinstance(book, _InReading):
            self._run.say(ended, None)
            with self._kept(book.number, book.planned.request):
                self._make(book.number, book.planned, _value(ended, book.planned))
            return
        self._run.say(ended, book.making.take(ended))
        if book.making.is_done:
            with self._kept(book.number, book.ready.planned.request):
                self._finish(book)

    def _make(self, number: int, plan: Planned, prepared: Prepared) -> None:
        able = ready(plan, prepared)
        book = _InMaking(number, able, able.making(_name(plan.request)))
        if book.making.is_done:
            self._finish(book)
        else:
            self._add(book, *book.making.tasks())

    def _finish(self, book: _InMaking) -> None:
        request = book.ready.planned.request
        self._ended[book.number] = self._write(request, finished(book.ready, book.making.results()))


def _name(request: Request) -> str:
    """What tells a book's tasks and progress from those of others."""
    return str(request.root)


def _value(ended: Ended, plan: Planned) -> Prepared:
    """What a book's reading gave.

    Raises:
        KebenError: it failed.
    """
    if ended.error is None:
        value: Prepared = ended.value
        return value
    with plan.project.origins.in_errors():
        if isinstance(ended.error, KebenError):
            raise ended.error
        raise BuildError(*findings_of(ended.error, _name(plan.request)))


def _reading(plan: Planned) -> Task:
    """What prepares a book's editions."""
    characters, pictures = plan.size
    editions = {job.edition for job in plan.wanted}
    expected = expected_of_reading(characters * len(editions), pictures)
    name, seconds, memory = _name(plan.request), expected.seconds, expected.memory
    values = (plan.project, plan.wanted)
    if plan.request.scheduler:
        return Task(name, _prepare_elsewhere, (*values, plan.request.reuse), (), name, seconds, memory)
    return Task(name, prepare, (*values, plan.keeps.store), (), name, seconds, memory)


def _prepare_elsewhere(project: Project, wanted: Collection[Job], reuse: bool) -> Prepared:
    """Prepare editions on another machine than the one that asks, with what that one keeps."""
    return prepare(project, wanted, kept_of(os.environ, reuse=reuse).store)
