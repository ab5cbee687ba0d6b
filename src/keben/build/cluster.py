"""The workers of a Dask scheduler, which run what this machine's processes would.

A worker gets all that a call needs as bytes, and gives bytes back: no folder needs to be shared. It must have the same
Keben, packages, libraries and fonts, which is compared before anything is made there, and again on each worker for
each call, since workers may come and go. A call whose worker is lost is run on another one.
"""

import logging
import pickle
import threading
import warnings
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError as GivenUpError
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from keben.build.interrupts import submitted
from keben.build.likeness import Likeness, differences, likeness, unlike
from keben.build.workers import KilledError, answer
from keben.core.errors import Finding, MachineError
from keben.core.saying import wording

PATIENCE = 20.0
"""Seconds that a scheduler may take to answer, and to have a worker."""
MOST = 64
"""Calls that are given to a cluster at once: the books that they are for are in memory here."""

_ONE_AT_A_TIME = threading.Lock()
"""A worker of several threads makes one artifact at a time: WeasyPrint's functions are replaced meanwhile."""


class Cluster:
    """Workers that take calls, as `keben.build.workers.Workers` does."""

    def __init__(self, client: Any, address: str, threads: int) -> None:
        self._client = client
        self._address = address
        self._ours = pickle.dumps(likeness())
        # More calls than there are threads, so that no worker waits for the next one.
        self.count = max(1, min(2 * threads, MOST))
        self._threads = ThreadPoolExecutor(self.count)

    @property
    def at_once(self) -> int:
        """How many calls may be given before one is done."""
        return self.count

    @property
    def is_shared(self) -> bool:
        """Whether they share this machine's memory."""
        return False

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """A call's future; it fails with `KilledError` where Dask has lost several workers over it."""
        return submitted(self._threads, self._ask, function, arguments)

    def drop_idle(self) -> None:
        """Do nothing: the workers are not ours to end."""

    def close(self) -> None:
        """Ask nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        from distributed import KilledWorker

        # Dask's scheduler sees bytes only, and keeps them: another worker can be given the call.
        call = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        try:
            data = self._client.submit(serve, self._ours, call, pure=False).result()
        except KilledWorker:
            raise KilledError from None
        except (CancelledError, GivenUpError, OSError):
            message = wording("The connection to this Dask scheduler is lost.")
            raise MachineError.at(
                self._address, "no-scheduler", message, wording("Start it, and build again.")
            ) from None
        except Exception as failure:  # noqa: BLE001 - what the call itself raises comes back as a value
            said = " ".join(f"{type(failure).__name__}: {failure}".split())[:200].rstrip(".")
            message = wording("Dask could not have this made ({said}).", said=said)
            advice = wording("See that its scheduler and its workers have this Keben, and what they print.")
            raise MachineError.at(self._address, "dask", message, advice) from None
        value, error = pickle.loads(data)  # noqa: S301 - a scheduler is trusted (docs/building.md)
        if error is not None:
            raise error
        return value


@contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The workers of a scheduler, for as long as the block runs.

    Raises:
        MachineError: Dask is not installed here, the scheduler cannot be reached, it has no worker, or a worker would
            not make the same files.
    """
    try:
        import dask
        import distributed
    except ImportError:
        message = wording("Dask is not installed.")
        raise MachineError.at(
            address, "no-dask", message, wording("Install it: pip install 'keben[dask]'")
        ) from None
    for name in ("distributed", "distributed.client", "distributed.core"):
        # What it would print is said by what comes of the calls.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
        client = _connected(distributed, address)
        try:
            shared = Cluster(client, address, _require_like(client, address))
            try:
                yield shared
            finally:
                shared.close()
        finally:
            with suppress(Exception):
                client.close()


def _connected(distributed: Any, address: str) -> Any:
    try:
        with warnings.catch_warnings():
            # Of versions that Keben's bytes do not hang on.
            warnings.simplefilter("ignore")
            return distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        said = " ".join(str(error).split()).rstrip(".")
        message = wording("No Dask scheduler answers here{said}.", said=f" ({said})" if said else "")
        advice = wording("Give its address as `dask scheduler` prints it, such as tcp://10.0.0.1:8786.")
        raise MachineError.at(address, "no-scheduler", message, advice) from None


def _require_like(client: Any, address: str) -> int:
    """See that all workers would make the same bytes; give how many threads they have.

    Raises:
        MachineError: there are none, or one would not.
    """
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        message = wording("This Dask scheduler has no workers.")
        advice = wording("Start one: dask worker --nthreads 1 {address}", address=address)
        raise MachineError.at(address, "no-workers", message, advice) from None
    ours = likeness()
    findings: list[Finding] = []
    for worker, theirs in sorted(client.run(likeness, on_error="return").items()):
        if not isinstance(theirs, Likeness):
            said = " ".join(f"{type(theirs).__name__}: {theirs}".split())
            findings += unlike(
                wording("it has no Keben, or another one ({said})", said=said), worker
            ).findings
        elif found := differences(ours, theirs):
            findings += unlike(found, worker).findings
    if findings:
        raise MachineError(*findings)
    return sum(client.nthreads().values())


def serve(ours: bytes, call: bytes) -> bytes:
    """What `keben.build.workers.answer` gives, on a worker that is like the machine that asks."""
    from distributed import get_worker

    with _ONE_AT_A_TIME:
        if found := differences(pickle.loads(ours), _own()):  # noqa: S301 - a worker does what it is asked
            return pickle.dumps((None, unlike(found, get_worker().address)))
        return answer(call)


@cache
def _own() -> Likeness:
    """That of this worker's machine, as it was when it was first asked."""
    return likeness()
