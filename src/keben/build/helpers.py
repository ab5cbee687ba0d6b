"""Processes for one artifact, where there is no other to make at the same time: one sets its pages, others help it."""

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from keben.build.interrupts import result_of, submitted
from keben.build.workers import KilledError, workers
from keben.core.calls import Apart, Submit
from keben.core.store import NO_STORE, Store


@contextlib.contextmanager
def helpers(count: int, *, begun: bool = False) -> Iterator[Submit | None]:
    """What has calls made in up to ``count`` other processes, for as long as the block runs; None for none.

    They are started when they are asked for something, with ``begun`` one of them before (`workers`). A future of a
    call that waits can be cancelled.
    """
    if count < 1:
        yield None
        return
    # A thread for each process: so many calls are on their way, and all others wait here.
    threads = ThreadPoolExecutor(count)
    with workers(count + 1, begun=begun) as pool:

        def call(*given: Any) -> Any:
            return pool.submit(*given).result()

        try:
            yield lambda *given: submitted(threads, call, *given)
        except BaseException:
            # The processes are ended next; then those threads end that wait for them.
            threads.shutdown(wait=False, cancel_futures=True)
            raise
        threads.shutdown(cancel_futures=True)


@contextlib.contextmanager
def setter(count: int, store: Store = NO_STORE, name: str = "") -> Iterator[Apart | None]:
    """A process of its own that sets pages, for as long as the block runs; None where ``count`` allows no other.

    It is started now, and loads what sets the pages of the PDF that is called ``name``, and what the ``store`` keeps of
    them, while this one has other things to do. Up to ``count`` - 1 further ones help it where there is much to set.
    """
    with helpers(1 if count > 1 else 0, begun=True) as submit:
        if submit is None:
            yield None
            return
        submit(load_for_pages, store, name)
        yield _Setter(submit, count - 1)


class _Setter:
    """Has calls made in one process, with up to ``count`` further ones that help it."""

    def __init__(self, submit: Submit, count: int) -> None:
        self._submit = submit
        self._count = count
        self._begun: tuple[tuple[Any, ...], Future[Any]] | None = None

    def begin(self, *call: Any) -> None:
        self._begun = call, self._submit(_with_helpers, self._count, *call)

    def __call__(self, function: Callable[..., Any], *values: Any) -> Callable[[], Any]:
        if self._begun is None or self._begun[0] != (function, *values):
            self.begin(function, *values)
        begun, self._begun = self._begun, None

        def result() -> Any:
            try:
                return result_of(begun[1]) if begun else function(*values, None)
            except KilledError:
                # The system ended it: it may be short of memory, and one process takes less than two.
                return function(*values, None)

        return result


def load_for_pages(store: Store = NO_STORE, name: str = "") -> None:
    """Load what sets the pages of the PDF of that name, and what the store has of them.

    Raises:
        MachineError: this machine lacks Pango, which is said again when pages are to be set.
    """
    from keben.typeset import load

    load(store, name)


def load_nothing() -> None:
    """Be there, in a process that is started before there is something to do."""


def _with_helpers(count: int, function: Callable[..., Any], *values: Any) -> Any:
    """What a function gives, called in this process, with further ones that may help it."""
    with helpers(count) as submit:
        return function(*values, submit)
