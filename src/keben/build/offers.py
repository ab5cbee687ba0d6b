"""Calls that a process at work offers to others that have nothing to do: chapters to be drawn, while it draws the rest.

Whoever has an idle process asks for one of them (`keben.build.workers`). Until then the process that offers a call can
take it back, so that nothing waits for help that does not come.
"""

import pickle
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from multiprocessing.connection import Connection
from typing import Any

from keben.core.calls import Submit

_NUMBER = 8
"""Bytes before a call and before its answer, which tell what it is the answer to."""


class Offers:
    """The calls of one process that others may make."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = deque()
        self._taken: dict[int, Future[Any]] = {}
        self._numbers = count(1)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Offer a call. Its future can be cancelled as long as nobody has taken the call."""
        future: Future[Any] = Future()
        self._waiting.append((future, function, arguments))
        return future

    def take(self) -> bytes:
        """The first call that waits, pickled, behind its number; empty: there is none."""
        while self._waiting:
            future, function, arguments = self._waiting.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                call = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
            except Exception as error:  # noqa: BLE001 - whoever offers it decides
                future.set_exception(error)
                continue
            number = next(self._numbers)
            self._taken[number] = future
            return number.to_bytes(_NUMBER, "big") + call
        return b""

    def answer(self, data: bytes) -> None:
        """Take what a call gave, as `keben.build.workers.answer` pickles it, behind its number."""
        future = self._taken.pop(int.from_bytes(data[:_NUMBER], "big"))
        value, error = pickle.loads(data[_NUMBER:])  # noqa: S301 - from this program's own process
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)


def numbered(data: bytes) -> tuple[bytes, bytes]:
    """The number and the call in what `Offers.take` gave."""
    return data[:_NUMBER], data[_NUMBER:]


_own: Offers | None = None
"""Those of this process, where it works for another one."""


def offered() -> Submit | None:
    """What offers calls to idle processes; None where there is nobody to make them."""
    return None if _own is None else _own.submit


def serve_offers(pipe: Connection) -> None:
    """Have this process give its offers to who asks at the other end of a pipe, and take answers there."""
    global _own
    _own = Offers()
    threading.Thread(target=_serve, args=(pipe, _own), daemon=True).start()


def _serve(pipe: Connection, offers: Offers) -> None:
    try:
        while True:
            if data := pipe.recv_bytes():
                offers.answer(data)
            else:
                pipe.send_bytes(offers.take())
    except (EOFError, OSError):
        # The other process is gone, and this one ends with it.
        return
