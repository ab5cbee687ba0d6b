"""Ctrl-C and its like: code in which they wait, and ways to wait for other threads that they may interrupt.

Python raises `KeyboardInterrupt` between any two instructions of the main thread. Inside a `threading.Condition`, of
which futures and executors are made, the lock would stay locked, and the threads that need it would wait for ever. So
the main thread asks for calls with signals held off, and waits for results on a `queue.SimpleQueue`, which is written
in C and has no such moment.
"""

import contextlib
import signal
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Any


@contextlib.contextmanager
def held_off() -> Iterator[None]:
    """Let the signals that end a program wait until this is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []

    def catch(number: int, _frame: FrameType | None) -> None:
        caught.append(number)

    before = {number: signal.signal(number, catch) for number in _ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
        for number in dict.fromkeys(caught):
            signal.raise_signal(number)


_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)


def submitted(executor: Executor, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """The future of a call that an executor makes."""
    with held_off():
        return executor.submit(function, *arguments)


def first_done(futures: Collection[Future[Any]]) -> frozenset[Future[Any]]:
    """Wait for the first of some futures; gives those that are done. Nothing else may wait for them."""
    done: SimpleQueue[Future[Any]] = SimpleQueue()
    with held_off():
        for each in futures:
            each.add_done_callback(done.put)
    found = {done.get()}
    with contextlib.suppress(Empty):
        while True:
            found.add(done.get_nowait())
    return frozenset(found)


def result_of(future: Future[Any]) -> Any:
    """Wait for a future's result.

    Raises:
        Exception: what its call raised.
    """
    first_done((future,))
    return future.result()
