"""Processes that make artifacts: started fresh, ended with the one that started them, quiet at Ctrl-C."""

import contextlib
import multiprocessing
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any

from keben.build.interrupts import held_off, submitted
from keben.core.errors import MachineError
from keben.core.frugal import settle_memory
from keben.core.saying import wording


class KilledError(Exception):
    """A process ended before it had answered its call: the system or a person killed it."""


class Workers:
    """Runs calls one after the other in this process, or several at a time in others."""

    def __init__(self, pool: "_Pool | None") -> None:
        self._pool = pool

    @property
    def at_once(self) -> int:
        """How many calls run at the same time; without other processes, each is done before the next is given."""
        return 1 if self._pool is None else self._pool.count

    @property
    def is_shared(self) -> bool:
        """Whether they share this machine's memory."""
        return True

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A call's future; without other processes it is done at once.

        It fails with `KilledError` where its process is killed. Another process takes its place, so that the calls
        that wait are done all the same.
        """
        if self._pool is not None:
            return self._pool.submit(function, *arguments)
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments))
        except Exception as error:  # noqa: BLE001 - a future keeps any
            future.set_exception(error)
        return future

    def start(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Start all processes now, and have each call a function first; nobody is to ask for what that gives."""
        for _ in range(self._pool.count if self._pool else 0):
            self.submit(function, *arguments)

    def drop_idle(self) -> None:
        """End the processes that do nothing, so that the next call has their memory too."""
        if self._pool is not None:
            self._pool.drop_idle()


@contextlib.contextmanager
def workers(count: int, *, begun: bool = False) -> Iterator[Workers]:
    """Up to ``count`` processes, for as long as the block runs; none but this one where that is 1 or less.

    ``begun``: one is started before the block begins, where that can be a copy of this one, which takes no time to
    load what this one has. Where the block is left by an exception, calls that wait are given up and the processes are
    ended at once.
    """
    if count <= 1:
        yield Workers(None)
        return
    pool = _Pool(count)
    try:
        if begun and _can_be_copied():
            pool.begin()
        yield Workers(pool)
        # Ctrl-C can come while they end, too: one that is left would be waited for when the program ends.
        pool.close()
    except BaseException:
        # Also where it is Ctrl-C: nobody waits for a book that is not wanted any more. A second one waits.
        with held_off():
            pool.kill()
        raise


class _Pool:
    """A thread for each call that runs, which gives it to a process of its own and waits for the answer.

    `concurrent.futures.ProcessPoolExecutor` is no choice here: where a process is killed just as another starts, the
    thread that minds them dies, and those who wait for its processes wait for ever (Python 3.11: gh-94777,
    gh-107219). Here nobody shares anything: a process that is killed closes its own pipe.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._threads = ThreadPoolExecutor(count)
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._all: set[_Process] = set()
        self._closed = False

    def begin(self) -> None:
        """Start a process that is a copy of this one."""
        process = _Process("fork")
        self._all.add(process)
        self._idle.append(process)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        return submitted(self._threads, self._call, function, arguments)

    def drop_idle(self) -> None:
        """End the processes that do nothing."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.kill()
        with self._lock:
            self._all.difference_update(idle)

    def close(self) -> None:
        """Wait for all calls, then end the processes."""
        self._threads.shutdown()
        for process in self._all:
            process.end()

    def kill(self) -> None:
        """End the processes at once; calls that run or wait fail."""
        with self._lock:
            self._closed = True
            running = tuple(self._all)
        for process in running:
            process.kill()
        self._threads.shutdown(cancel_futures=True)

    def _call(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        # Before a process is taken: what cannot be sent costs none.
        call = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        process = self._take()
        try:
            answer, error = process.ask(call)
        except (EOFError, OSError):
            with self._lock:
                self._all.discard(process)
            process.kill()
            raise KilledError from None
        with self._lock:
            self._idle.append(process)
        if error is not None:
            raise error
        return answer

    def _take(self) -> "_Process":
        with self._lock:
            if self._closed:
                raise KilledError
            if self._idle:
                return self._idle.pop()
            process = _Process()
            self._all.add(process)
            return process


class _Process:
    """Another process, and our end of the pipe to it."""

    def __init__(self, method: str = "spawn") -> None:
        context: Any = multiprocessing.get_context(method)
        is_copy = method == "fork"
        # The tracker must not inherit what is blocked for the workers: it would undo that for all of us.
        if not is_copy and hasattr(signal, "pthread_sigmask"):  # Windows has neither.
            resource_tracker.ensure_running()
        self._ending = threading.Lock()
        self._pipe, theirs = context.Pipe()
        # What it leaves there, however it ends, goes with the folder: WeasyPrint's copies of fonts, for one.
        self._folder = tempfile.mkdtemp(prefix="keben-")
        # A copy has our end of the pipe, too, and would never see that we closed it.
        ours = self._pipe if is_copy else None
        self._process = context.Process(target=_serve, args=(theirs, self._folder, ours))
        with _interrupts_blocked():
            self._process.start()
        # Only the other process holds its end, so that ours notices when it is gone.
        theirs.close()

    def ask(self, call: bytes) -> tuple[Any, Exception | None]:
        """What a pickled call gives or raises there.

        Raises:
            EOFError, OSError: the process is gone.
        """
        self._pipe.send_bytes(call)
        answer: tuple[Any, Exception | None] = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 - our own
        return answer

    def end(self) -> None:
        """Let the process end by itself, which it does when nobody can ask it any more."""
        self._pipe.close()
        self._process.join(_PATIENCE)
        self.kill()

    def kill(self) -> None:
        """End the process now. The thread that waits for its answer notices that it is gone."""
        # Two threads that wait for one process would each take the other's answer away.
        with self._ending:
            self._process.kill()
            self._process.join()
        shutil.rmtree(self._folder, ignore_errors=True)


_UNSAFE_TO_COPY = frozenset(("weasyprint", "pypdfium2", "fontTools", "PIL", "distributed"))
"""Modules that load libraries with threads or caches of their own, or come with those that do."""


def _can_be_copied() -> bool:
    """Whether another process may begin as a copy of this one (fork(2)).

    Another thread may hold a lock that nobody would release in the copy, and so may a library such as Pango. On macOS
    the system's own libraries do.
    """
    is_alone = threading.active_count() == 1 and threading.current_thread() is threading.main_thread()
    return sys.platform == "linux" and is_alone and not _UNSAFE_TO_COPY & sys.modules.keys()


_PATIENCE = 10.0
"""How many seconds a process may take to end by itself."""


def killed(name: str) -> MachineError:
    """What is said when the system ended a process that was making an artifact."""
    message = wording("The process that was making it was killed twice: the machine may be short of memory.")
    return MachineError.at(name, "killed", message, wording("Close other programs, or build with -j 1."))


def _serve(pipe: Connection, folder: str, others: Connection | None) -> None:
    """Answer calls until nobody asks. Ctrl-C is left to the parent, and the process ends where that has ended.

    Temporary files stand in ``folder``. ``others`` is the other end of the pipe, where this process has that too.
    """
    tempfile.tempdir = folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if others is not None:
        # What the parent does about it is not for a copy.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        others.close()
    settle_memory()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel, folder), daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send_bytes(answer(pipe.recv_bytes()))


def answer(call: bytes) -> bytes:
    """What a pickled function and its arguments give: a pickled result and None, or None and the exception."""
    try:
        function, arguments = pickle.loads(call)  # noqa: S301 - our own
        return pickle.dumps((function(*arguments), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 - whoever asked decides
        # The place is lost on the way, and a fault's report needs it.
        error.add_note(traceback.format_exc())
        try:
            data = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
            pickle.loads(data)  # noqa: S301 - our own: some errors cannot be made again
        except Exception:  # noqa: BLE001 - whatever their own methods raise
            other = RuntimeError(f"{type(error).__name__}: {error}")
            other.add_note(traceback.format_exc())
            return pickle.dumps((None, other), pickle.HIGHEST_PROTOCOL)
        return data


def _end_with(sentinel: int, folder: str) -> None:
    wait([sentinel])
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let what is started now never see Ctrl-C, not even before it can say what to do then."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
