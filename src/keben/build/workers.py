"""Processes that make artifacts: started anew, ended with the one that started them, quiet at Ctrl-C."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Any

from keben.core.errors import MachineError


class Workers:
    """Runs calls one after the other in this process, or several at a time in others."""

    def __init__(self, executor: Executor | None) -> None:
        self._executor = executor

    @property
    def at_once(self) -> int:
        """How many calls may be given before one is done."""
        return 1 if self._executor is None else sys.maxsize

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A call's future; without other processes it is done at once. It fails where a process has been killed."""
        if self._executor is None:
            future: Future[Any] = Future()
            try:
                future.set_result(function(*arguments))
            except Exception as error:  # noqa: BLE001 - a future keeps any
                future.set_exception(error)
            return future
        try:
            with _interrupts_blocked():
                return self._executor.submit(function, *arguments)
        except BrokenProcessPool as error:
            broken: Future[Any] = Future()
            broken.set_exception(error)
            return broken


@contextlib.contextmanager
def workers(count: int) -> Iterator[Workers]:
    """Up to ``count`` processes, for as long as the block runs; none but this one where that is 1 or less.

    Where the block is left by an exception, calls that wait are given up and the processes are ended at once.
    """
    if count <= 1:
        yield Workers(None)
        return
    # The tracker must not inherit what is blocked for the workers: it would undo that for all of us.
    resource_tracker.ensure_running()
    before = set(multiprocessing.active_children())
    # Forking a process that has Pango's threads and caches in it is not safe; a fresh one is.
    context = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(count, mp_context=context, initializer=_begin)
    with _quiet_manager():
        try:
            yield Workers(executor)
        except BaseException:
            # Also where it is Ctrl-C: nobody waits for a book that is not wanted any more.
            for process in multiprocessing.active_children():
                if process not in before:
                    process.kill()
            _let_go(executor)
            executor.shutdown(wait=True, cancel_futures=True)
            raise
        _let_go(executor)
        executor.shutdown()


@contextlib.contextmanager
def _quiet_manager() -> Iterator[None]:
    """Print no traceback of the thread that minds the processes.

    Where one is killed just as another is started, that thread can fail while it ends the others (Python 3.11). Each
    call that waits has failed by then, and that is what is reported.
    """
    before = threading.excepthook

    def hook(failed: threading.ExceptHookArgs) -> None:
        # The executor forgets its thread when it is shut down, and the thread's class is private too.
        if type(failed.thread).__module__ != ProcessPoolExecutor.__module__:
            before(failed)

    threading.excepthook = hook
    try:
        yield
    finally:
        threading.excepthook = before


def _let_go(executor: ProcessPoolExecutor) -> None:
    """Close this process's reading end of the pipe that calls go through, so that writing fails where nobody reads.

    A call that is larger than the pipe is written by a thread, which `shutdown` waits for: for ever, where a process
    was killed before it had read the call. Python 3.12 does this by itself (gh-94777).
    """
    reader = getattr(getattr(executor, "_call_queue", None), "_reader", None)
    if reader is not None:
        reader.close()


def killed(name: str) -> MachineError:
    """What is said when the system ended a process that was making an artifact."""
    message = "A process that was making it was killed: the machine may be short of memory."
    return MachineError.at(name, "killed", message, "Close other programs, or build with -j 1.")


def _begin() -> None:
    """What each process does first: leave Ctrl-C to its parent, and watch that there is one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let what is started now never hear of Ctrl-C, not even before it can say what to do then."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
